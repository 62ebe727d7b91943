using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Parsing;

/// <summary>Reads message, field, group and data elements.</summary>
internal sealed class MessageParser(DiagnosticBag diagnostics)
{
    private const string DefaultDimensionType = "groupSizeEncoding";

    internal MessageDefinition Parse(XElement element)
    {
        var reader = new ElementReader(element, diagnostics);
        return new MessageDefinition(reader.Label(), reader.Id(), ParseBlock(element, reader));
    }

    private BlockDefinition ParseBlock(XElement element, ElementReader reader)
    {
        List<FieldDefinition> fields = [];
        List<GroupDefinition> groups = [];
        List<DataDefinition> data = [];
        foreach (XElement child in element.Elements())
        {
            var childReader = new ElementReader(child, diagnostics);
            switch (childReader.Kind)
            {
                case "field":
                    CheckOrder(childReader, groups.Count + data.Count);
                    fields.Add(ParseField(childReader));
                    break;
                case "group":
                    CheckOrder(childReader, data.Count);
                    groups.Add(ParseGroup(child, childReader));
                    break;
                case "data":
                    data.Add(ParseData(childReader));
                    break;
                default:
                    diagnostics.Report(Rules.UnexpectedElement, childReader.Position, $"'{childReader.Kind}' has no place in {reader.Kind}");
                    break;
            }
        }

        return new BlockDefinition(reader.Integer("blockLength", 0), fields, groups, data);
    }

    private void CheckOrder(ElementReader reader, int laterElements)
    {
        if (laterElements > 0)
        {
            diagnostics.Report(Rules.WrongOrder, reader.Position, $"{reader.Kind} {reader.Optional("name")} comes too late: fields stand first, then groups, then data");
        }
    }

    private static FieldDefinition ParseField(ElementReader reader) =>
        new(reader.Label(), reader.Id(), reader.Required("type"), reader.IntegerOrNull("offset"), reader.Presence(), reader.Optional("valueRef"), reader.Optional("semanticType"));

    private GroupDefinition ParseGroup(XElement element, ElementReader reader) =>
        new(reader.Label(), reader.Id(), reader.Optional("dimensionType") ?? DefaultDimensionType, ParseBlock(element, reader));

    private static DataDefinition ParseData(ElementReader reader) =>
        new(reader.Label(), reader.Id(), reader.Required("type"), reader.Presence() ?? Presence.Required);
}
