using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Parsing;

/// <summary>Reads message, field, group and data elements.</summary>
internal sealed class MessageParser(FileFindings findings)
{
    private const string DefaultDimensionType = "groupSizeEncoding";

    internal MessageDefinition Parse(XElement element)
    {
        var reader = new ElementReader(element, findings);
        reader.CheckAttributes();
        Label label = reader.Label();
        return new MessageDefinition(label, reader.Id(), ParseBlock(element, reader, label.SinceVersion), reader.Meaning());
    }

    private BlockDefinition ParseBlock(XElement element, ElementReader reader, int baseVersion)
    {
        List<FieldDefinition> fields = [];
        List<GroupDefinition> groups = [];
        List<DataDefinition> data = [];
        foreach (XElement child in element.Elements())
        {
            var childReader = new ElementReader(child, findings);
            childReader.CheckAttributes();
            switch (childReader.Kind)
            {
                case "field":
                    CheckOrder(childReader, groups.Count + data.Count);
                    fields.Add(ParseField(childReader));
                    break;
                case "group":
                    CheckOrder(childReader, data.Count);
                    groups.Add(ParseGroup(child, childReader, baseVersion));
                    break;
                case "data":
                    data.Add(ParseData(childReader));
                    break;
                default:
                    findings.Report(Rules.UnexpectedElement, childReader.Position, $"'{childReader.Kind}' has no place in {reader.Kind}");
                    continue;
            }

            childReader.CheckNotOlderThan(reader, baseVersion);
        }

        return new BlockDefinition(reader.BytesOrNull("blockLength") ?? 0, fields, groups, data);
    }

    private void CheckOrder(ElementReader reader, int laterElements)
    {
        if (laterElements > 0)
        {
            findings.Report(
                Rules.WrongOrder, reader.Position, $"{reader.Kind} {reader.Optional("name")} comes too late: fields stand first, then groups, then data");
        }
    }

    private static FieldDefinition ParseField(ElementReader reader)
    {
        reader.CheckNoChildren();
        return new FieldDefinition(
            reader.Label(), reader.Id(), reader.Required("type"), reader.BytesOrNull("offset"), reader.Presence(), reader.Optional("valueRef"),
            reader.Meaning());
    }

    private GroupDefinition ParseGroup(XElement element, ElementReader reader, int baseVersion)
    {
        Label label = reader.Label();
        int since = Math.Max(label.SinceVersion, baseVersion);
        return new GroupDefinition(label, reader.Id(), reader.Optional("dimensionType") ?? DefaultDimensionType, ParseBlock(element, reader, since));
    }

    private static DataDefinition ParseData(ElementReader reader)
    {
        reader.CheckNoChildren();
        return new DataDefinition(reader.Label(), reader.Id(), reader.Required("type"), reader.Presence() ?? Presence.Required, reader.Meaning());
    }
}
