using System.Globalization;
using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Parsing;

/// <summary>Reads attributes of one element; what is missing or wrong is reported with its place and replaced by a harmless value.</summary>
internal readonly struct ElementReader
{
    private readonly XElement _element;
    private readonly FileFindings _findings;

    internal ElementReader(XElement element, FileFindings findings)
    {
        _element = element;
        _findings = findings;
    }

    internal string Kind => _element.Name.LocalName;

    internal SourcePosition Position => _findings.PositionOf(_element);

    /// <summary>The element's own text, not trimmed: a blank in a number is an error that the writer should see.</summary>
    internal string Text => string.Concat(_element.Nodes().OfType<XText>().Select(static text => text.Value));

    /// <summary>Reports attributes that the language does not know: a typing error must not pass for a default.</summary>
    internal void CheckAttributes()
    {
        if (KnownAttributes.Of(Kind) is not { } known)
        {
            return;
        }

        foreach (XAttribute attribute in _element.Attributes())
        {
            bool isForeign = attribute.IsNamespaceDeclaration || attribute.Name.NamespaceName.Length > 0;
            if (!isForeign && !known.Contains(attribute.Name.LocalName))
            {
                _findings.Report(
                    Rules.UnknownAttribute, attribute, $"{Kind} has no attribute '{attribute.Name.LocalName}'; it has {string.Join(", ", known)}");
            }
        }
    }

    internal void CheckNoChildren()
    {
        foreach (XElement child in _element.Elements())
        {
            _findings.Report(Rules.UnexpectedElement, child, $"'{child.Name.LocalName}' has no place in {Kind}");
        }
    }

    internal string? Optional(string name) => _element.Attribute(name)?.Value;

    internal string Required(string name)
    {
        string? value = Optional(name);
        if (string.IsNullOrEmpty(value))
        {
            _findings.Report(Rules.MissingAttribute, Position, $"{Kind} needs the attribute {name}");
        }

        return value ?? "";
    }

    internal int Integer(string name, int fallback, int max = int.MaxValue) => IntegerOrNull(name, max) ?? fallback;

    internal int? IntegerOrNull(string name, int max = int.MaxValue)
    {
        XAttribute? attribute = _element.Attribute(name);
        if (attribute is null)
        {
            return null;
        }

        if (int.TryParse(attribute.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= max)
        {
            return value;
        }

        _findings.Report(Rules.BadAttribute, attribute, $"{name} must be a whole number from 0 to {max}, not '{attribute.Value}'");
        return null;
    }

    /// <summary>An offset or a length.</summary>
    internal int? BytesOrNull(string name) => IntegerOrNull(name, SchemaLimits.BlockBytesMax);

    /// <summary>A required id: unsigned 16 bit (the schema's XSD).</summary>
    internal int Id()
    {
        Required("id");
        return Optional("id") is null or "" ? 0 : Integer("id", 0, ushort.MaxValue);
    }

    internal Presence? Presence() => Choice("presence", "required", "optional", "constant") switch
    {
        "required" => Model.Presence.Required,
        "optional" => Model.Presence.Optional,
        "constant" => Model.Presence.Constant,
        _ => null,
    };

    internal bool IsBigEndian() => Choice("byteOrder", "littleEndian", "bigEndian") == "bigEndian";

    internal bool Flag(string name) => Choice(name, "true", "false") == "true";

    internal Label Label() =>
        new(
            Required("name"), Position, Integer("sinceVersion", 0), Optional("description"),
            IntegerOrNull("deprecated") is > 0 and var deprecated ? deprecated : null);

    internal Meaning Meaning() => new(Optional("semanticType"), Optional("epoch"), Optional("timeUnit"));

    /// <summary>Reports a version that is written although the element around it is newer.</summary>
    internal void CheckNotOlderThan(ElementReader owner, int ownerVersion)
    {
        if (Optional("sinceVersion") is not null && Integer("sinceVersion", 0) is var own && own < ownerVersion)
        {
            _findings.Report(
                Rules.OlderThanOwner, Position,
                $"{Kind} {Optional("name")}: sinceVersion {own} is below {ownerVersion}, that of {owner.Kind} {owner.Optional("name")}, which counts");
        }
    }

    /// <summary>One of some words; null if the attribute is missing or, with a report, another word.</summary>
    private string? Choice(string name, params string[] words)
    {
        XAttribute? attribute = _element.Attribute(name);
        if (attribute is null || words.Contains(attribute.Value))
        {
            return attribute?.Value;
        }

        _findings.Report(Rules.BadAttribute, attribute, $"{name} must be {string.Join(" or ", words)}, not '{attribute.Value}'");
        return null;
    }
}
