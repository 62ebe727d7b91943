using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Parsing;

/// <summary>The front: XML text to definitions. Names of elements are compared without their namespace, but for XInclude's.</summary>
/// <param name="diagnostics">Receives the findings.</param>
/// <param name="path">Where the schema lies.</param>
/// <param name="read">The text of an included file by its path, or null if there is none.</param>
internal sealed class SchemaParser(DiagnosticBag diagnostics, string path, Func<string, string?> read)
{
    private readonly SourceFile _schema = new(path, new FileFindings(diagnostics, file: null), Includer: null);
    private readonly IncludeReader _includes = new(diagnostics, read);
    private readonly List<TypeDefinition> _types = [];
    private readonly List<MessageDefinition> _messages = [];

    /// <summary>The schema; null if the text is not XML or no schema, or if a file that it includes cannot be used.</summary>
    internal SchemaDefinition? Parse(string text)
    {
        XElement? root = XmlText.Read(text, _schema.Findings);
        if (root is null)
        {
            return null;
        }

        var reader = new ElementReader(root, _schema.Findings);
        if (reader.Kind != "messageSchema")
        {
            _schema.Findings.Report(Rules.UnexpectedElement, reader.Position, $"the root element must be messageSchema, not '{reader.Kind}'");
            return null;
        }

        reader.CheckAttributes();
        ParseContent(root);
        string package = reader.Required("package");
        return _includes.HasFailed ? null : new SchemaDefinition(
            new Label(package, reader.Position, 0, reader.Optional("description")),
            package,
            reader.Id(),
            reader.Integer("version", 0),
            reader.IsBigEndian(),
            reader.Optional("headerType") ?? "messageHeader",
            reader.Optional("semanticVersion"),
            _types,
            _messages);
    }

    private void ParseContent(XElement root)
    {
        var messages = new MessageParser(_schema.Findings);
        foreach (XElement child in root.Elements())
        {
            switch (child.Name.LocalName)
            {
                case "types":
                    ParseTypes(child, _schema);
                    break;
                case "message":
                    _messages.Add(messages.Parse(child));
                    break;
                case "include" when IncludeReader.IsInclude(child):
                    ParseInclude(child, _schema);
                    break;
                default:
                    _schema.Findings.Report(Rules.UnexpectedElement, child, $"'{child.Name.LocalName}' has no place in messageSchema");
                    break;
            }
        }

        if (_messages.Count == 0)
        {
            _schema.Findings.Report(Rules.NoMessages, root, "the schema has no messages");
        }
    }

    private void ParseTypes(XElement types, SourceFile file)
    {
        new ElementReader(types, file.Findings).CheckAttributes();
        var parser = new TypeParser(file.Findings);
        foreach (XElement child in types.Elements())
        {
            if (IncludeReader.IsInclude(child))
            {
                ParseInclude(child, file);
            }
            else if (parser.Parse(child, insideComposite: false) is { } type)
            {
                _types.Add(type);
            }
        }
    }

    private void ParseInclude(XElement include, SourceFile from)
    {
        if (_includes.Read(include, from) is { } included)
        {
            ParseTypes(included.Types, included.File);
        }
    }
}
