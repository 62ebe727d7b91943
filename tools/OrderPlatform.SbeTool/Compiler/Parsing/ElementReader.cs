using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Parsing;

/// <summary>Reads attributes of one element; what is missing or wrong is reported with its place and replaced by a harmless value.</summary>
internal readonly struct ElementReader
{
    private readonly XElement _element;
    private readonly DiagnosticBag _diagnostics;

    internal ElementReader(XElement element, DiagnosticBag diagnostics)
    {
        _element = element;
        _diagnostics = diagnostics;
    }

    internal string Kind => _element.Name.LocalName;

    internal SourcePosition Position => PositionOf(_element);

    /// <summary>The element's own text, not trimmed: a blank in a number is an error that the writer should see.</summary>
    internal string Text => string.Concat(_element.Nodes().OfType<XText>().Select(static text => text.Value));

    internal static SourcePosition PositionOf(IXmlLineInfo place) => new(place.LineNumber, place.LinePosition);

    internal string? Optional(string name) => _element.Attribute(name)?.Value;

    internal string Required(string name)
    {
        string? value = Optional(name);
        if (string.IsNullOrEmpty(value))
        {
            _diagnostics.Report(Rules.MissingAttribute, Position, $"{Kind} needs a {name} attribute");
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

        _diagnostics.Report(Rules.BadAttribute, PositionOf(attribute), $"{name} must be a whole number from 0 to {max}, not '{attribute.Value}'");
        return null;
    }

    /// <summary>A required id: unsigned 16 bit (the schema's XSD).</summary>
    internal int Id()
    {
        Required("id");
        return Optional("id") is null or "" ? 0 : Integer("id", 0, ushort.MaxValue);
    }

    internal Presence? Presence()
    {
        switch (Optional("presence"))
        {
            case null:
                return null;
            case "required":
                return Model.Presence.Required;
            case "optional":
                return Model.Presence.Optional;
            case "constant":
                return Model.Presence.Constant;
            default:
                Bad("presence", "required, optional or constant");
                return null;
        }
    }

    internal bool IsBigEndian()
    {
        string? order = Optional("byteOrder");
        if (order is not (null or "littleEndian" or "bigEndian"))
        {
            Bad("byteOrder", "littleEndian or bigEndian");
        }

        return order == "bigEndian";
    }

    internal Label Label() => new(Required("name"), Position, Integer("sinceVersion", 0), Optional("description"));

    private void Bad(string name, string allowed)
    {
        XAttribute attribute = _element.Attribute(name)!;
        _diagnostics.Report(Rules.BadAttribute, PositionOf(attribute), $"{name} must be {allowed}, not '{attribute.Value}'");
    }
}
