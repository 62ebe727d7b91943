using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Parsing;

/// <summary>Reads type, enum, set, composite and ref elements.</summary>
internal sealed class TypeParser(FileFindings findings)
{
    /// <summary>The definition, or null where the element has no place.</summary>
    internal TypeDefinition? Parse(XElement element, bool insideComposite)
    {
        var reader = new ElementReader(element, findings);
        reader.CheckAttributes();
        switch (reader.Kind)
        {
            case "type":
                return ParseEncodedType(reader);
            case "enum":
                return new EnumDefinition(
                    reader.Label(), reader.BytesOrNull("offset"), reader.Optional("semanticType"),
                    reader.Required("encodingType"), ParseEnumPresence(reader), reader.Optional("nullValue"), ParseValues(element, "validValue"));
            case "set":
                return new SetDefinition(
                    reader.Label(), reader.BytesOrNull("offset"), reader.Optional("semanticType"),
                    reader.Required("encodingType"), ParseValues(element, "choice"));
            case "composite":
                return new CompositeDefinition(
                    reader.Label(), reader.BytesOrNull("offset"), reader.Optional("semanticType"), ParseMembers(element));
            case "ref" when insideComposite:
                reader.CheckNoChildren();
                return new RefDefinition(reader.Label(), reader.BytesOrNull("offset"), reader.Required("type"));
            default:
                findings.Report(Rules.UnexpectedElement, reader.Position, $"'{reader.Kind}' has no place in {element.Parent?.Name.LocalName ?? "types"}");
                return null;
        }
    }

    private EncodedTypeDefinition ParseEncodedType(ElementReader reader)
    {
        reader.CheckNoChildren();
        Label label = reader.Label();
        bool isVariable = reader.Flag("variableLength");
        return new EncodedTypeDefinition(
            label, reader.BytesOrNull("offset"), reader.Optional("semanticType"), ParsePrimitive(reader, label),
            isVariable ? 0 : reader.BytesOrNull("length") ?? 1, isVariable || reader.Optional("length") is not null,
            reader.Presence() ?? Presence.Required,
            reader.Optional("nullValue"), reader.Optional("minValue"), reader.Optional("maxValue"),
            reader.Optional("characterEncoding")?.Trim(), reader.Optional("valueRef"), reader.Text);
    }

    private PrimitiveType ParsePrimitive(ElementReader reader, Label label)
    {
        string name = reader.Required("primitiveType");
        if (PrimitiveType.Find(name) is { } primitive)
        {
            return primitive;
        }

        if (name.Length > 0)
        {
            findings.Report(Rules.UnknownType, reader.Position, $"type {label.Name}: '{name}' is not a primitive type");
        }

        return PrimitiveType.UInt8;
    }

    private Presence ParseEnumPresence(ElementReader reader)
    {
        Presence presence = reader.Presence() ?? Presence.Required;
        if (presence == Presence.Constant)
        {
            findings.Report(Rules.BadConstant, reader.Position, $"enum {reader.Optional("name")}: a field is constant, with a valueRef, not its enum");
        }

        return presence;
    }

    private List<TypeDefinition> ParseMembers(XElement composite)
    {
        List<TypeDefinition> members = [];
        foreach (XElement child in composite.Elements())
        {
            if (Parse(child, insideComposite: true) is { } member)
            {
                members.Add(member);
            }
        }

        return members;
    }

    private List<ValueDefinition> ParseValues(XElement parent, string kind)
    {
        List<ValueDefinition> values = [];
        foreach (XElement child in parent.Elements())
        {
            var reader = new ElementReader(child, findings);
            if (reader.Kind == kind)
            {
                reader.CheckAttributes();
                reader.CheckNoChildren();
                values.Add(new ValueDefinition(reader.Label(), reader.Text));
            }
            else
            {
                findings.Report(Rules.UnexpectedElement, reader.Position, $"'{reader.Kind}' has no place in {parent.Name.LocalName}; only {kind} has");
            }
        }

        return values;
    }
}
