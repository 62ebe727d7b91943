using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Parsing;

/// <summary>Reads type, enum, set, composite and ref elements.</summary>
internal sealed class TypeParser(DiagnosticBag diagnostics)
{
    /// <summary>The definition, or null where the element has no place.</summary>
    internal TypeDefinition? Parse(XElement element, bool insideComposite)
    {
        var reader = new ElementReader(element, diagnostics);
        switch (reader.Kind)
        {
            case "type":
                return ParseEncodedType(reader);
            case "enum":
                return new EnumDefinition(
                    reader.Label(), reader.IntegerOrNull("offset"), reader.Optional("semanticType"),
                    reader.Required("encodingType"), reader.Optional("nullValue"), ParseValues(element, "validValue"));
            case "set":
                return new SetDefinition(
                    reader.Label(), reader.IntegerOrNull("offset"), reader.Optional("semanticType"),
                    reader.Required("encodingType"), ParseValues(element, "choice"));
            case "composite":
                return new CompositeDefinition(
                    reader.Label(), reader.IntegerOrNull("offset"), reader.Optional("semanticType"), ParseMembers(element));
            case "ref" when insideComposite:
                return new RefDefinition(reader.Label(), reader.IntegerOrNull("offset"), reader.Required("type"));
            default:
                diagnostics.Report(Rules.UnexpectedElement, reader.Position, $"'{reader.Kind}' has no place in {element.Parent!.Name.LocalName}");
                return null;
        }
    }

    private EncodedTypeDefinition? ParseEncodedType(ElementReader reader)
    {
        Label label = reader.Label();
        string primitiveName = reader.Required("primitiveType");
        PrimitiveType? primitive = PrimitiveType.Find(primitiveName);
        if (primitive is null)
        {
            if (primitiveName.Length > 0)
            {
                diagnostics.Report(Rules.UnknownType, reader.Position, $"type {label.Name}: '{primitiveName}' is not a primitive type");
            }

            primitive = PrimitiveType.UInt8;
        }

        return new EncodedTypeDefinition(
            label, reader.IntegerOrNull("offset"), reader.Optional("semanticType"), primitive,
            reader.Integer("length", 1), reader.Optional("length") is not null, reader.Presence() ?? Presence.Required,
            reader.Optional("nullValue"), reader.Optional("minValue"), reader.Optional("maxValue"),
            reader.Optional("characterEncoding")?.Trim(), reader.Optional("valueRef"), reader.Text);
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
            var reader = new ElementReader(child, diagnostics);
            if (reader.Kind == kind)
            {
                values.Add(new ValueDefinition(reader.Label(), reader.Text));
            }
            else
            {
                diagnostics.Report(Rules.UnexpectedElement, reader.Position, $"'{reader.Kind}' has no place in {parent.Name.LocalName}; only {kind} has");
            }
        }

        return values;
    }
}
