using System.Xml;
using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Parsing;

/// <summary>The front: XML text to definitions. Names of elements are compared without their namespace.</summary>
internal sealed class SchemaParser(DiagnosticBag diagnostics)
{
    private readonly TypeParser _types = new(diagnostics);
    private readonly MessageParser _messages = new(diagnostics);

    /// <summary>The schema, or null if the text is not XML or no schema.</summary>
    internal SchemaDefinition? Parse(string text)
    {
        XElement? root = ReadXml(text);
        if (root is null)
        {
            return null;
        }

        var reader = new ElementReader(root, diagnostics);
        if (reader.Kind != "messageSchema")
        {
            diagnostics.Report(Rules.UnexpectedElement, reader.Position, $"the root element must be messageSchema, not '{reader.Kind}'");
            return null;
        }

        (List<TypeDefinition> types, List<MessageDefinition> messages) = ParseContent(root);
        string package = reader.Required("package");
        return new SchemaDefinition(
            new Label(package, reader.Position, 0, reader.Optional("description")),
            package,
            reader.Id(),
            reader.Integer("version", 0, ushort.MaxValue),
            reader.IsBigEndian(),
            reader.Optional("headerType") ?? "messageHeader",
            types,
            messages);
    }

    private (List<TypeDefinition> Types, List<MessageDefinition> Messages) ParseContent(XElement root)
    {
        List<TypeDefinition> types = [];
        List<MessageDefinition> messages = [];
        foreach (XElement child in root.Elements())
        {
            switch (child.Name.LocalName)
            {
                case "types":
                    types.AddRange(child.Elements().Select(element => _types.Parse(element, insideComposite: false)).OfType<TypeDefinition>());
                    break;
                case "message":
                    messages.Add(_messages.Parse(child));
                    break;
                case "include":
                    diagnostics.Report(Rules.NotSupported, ElementReader.PositionOf(child), "XInclude is not supported yet; put the types into this file");
                    break;
                default:
                    diagnostics.Report(Rules.UnexpectedElement, ElementReader.PositionOf(child), $"'{child.Name.LocalName}' has no place in messageSchema");
                    break;
            }
        }

        if (messages.Count == 0)
        {
            diagnostics.Report(Rules.NoMessages, ElementReader.PositionOf(root), "the schema has no messages");
        }

        return (types, messages);
    }

    private XElement? ReadXml(string text)
    {
        // No DTD: entity expansion is the one way in which a small schema could become a huge one.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace).Root;
        }
        catch (XmlException problem)
        {
            var position = new SourcePosition(Math.Max(problem.LineNumber, 1), Math.Max(problem.LinePosition, 1));
            diagnostics.Report(Rules.NotWellFormed, position, problem.Message);
            return null;
        }
    }
}
