using System.Text;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Inspection.Documentation;

/// <summary>A Markdown reference of a schema: a drawing of the bytes and a table for each message, then the types.</summary>
public static class SchemaDocument
{
    /// <summary>The line that ends the introduction: what stands above it in an existing document is kept.</summary>
    public const string Marker = "<!-- sbe doc: everything below this line is generated -->";

    /// <summary>The whole document.</summary>
    /// <param name="schema">What to describe.</param>
    /// <param name="existing">The document's present text, whose introduction is kept, or null.</param>
    public static string Write(SchemaLayout schema, string? existing = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var page = new MarkdownPage();
        SchemaDefinition definition = schema.Definition;
        page.Line(Introduction(schema, existing).TrimEnd()).Line().Line(Marker).Line();
        string order = definition.IsBigEndian ? "big" : "little";
        string semantic = definition.SemanticVersion is { Length: > 0 } text ? $" (semantic version {MarkdownPage.Cell(text)})" : "";
        page.Line($"Package `{definition.Package}`, schema id {definition.Id}, version {definition.Version}{semantic}, {order} endian. "
            + "Offsets and lengths are in bytes; all offsets count from the start of the block, composite or dimension they are in.").Line();
        page.Line("```text").Line("header | root block | groups, each: dimension, entries | data, each: length, bytes").Line("```").Line();
        Contents(page, schema);
        Header(page, schema.Header);
        page.Line("## Messages").Line();
        var blocks = new BlockSection(page);
        foreach (MessageLayout message in schema.Messages)
        {
            blocks.Message(message);
        }

        new TypeSection(page).Types(schema);
        return page.ToString();
    }

    private static string Introduction(SchemaLayout schema, string? existing)
    {
        int end = existing?.IndexOf(Marker, StringComparison.Ordinal) ?? -1;
        if (end >= 0)
        {
            return existing![..end].Replace("\r\n", "\n", StringComparison.Ordinal);
        }

        var text = new StringBuilder($"# {schema.Definition.Package}\n");
        return schema.Definition.Label.Description is { } description ? text.Append('\n').Append(description).Append(".\n").ToString() : text.ToString();
    }

    private static void Contents(MarkdownPage page, SchemaLayout schema)
    {
        page.Line("| id | message | block | since | |").Line("| ---: | --- | ---: | ---: | --- |");
        foreach (MessageLayout message in schema.Messages.OrderBy(static message => message.Id))
        {
            string link = $"[{message.Label.Name}](#{MarkdownPage.Anchor(message.Label.Name)})";
            page.Line($"| {message.Id} | {link} | {message.Block.BlockLength} | {message.Block.BaseVersion} | "
                + $"{Notes.Of(message.Label)} |");
        }

        page.Line();
    }

    private static void Header(MarkdownPage page, HeaderLayout header)
    {
        page.Line("## Message header").Line();
        page.Drawing(ByteDrawing.Of(header.Composite.Members, header.Composite.LengthBytes));
        page.Line("Before every message: the length of the root block, the message's id, the schema's id, and the version of the writer's schema.").Line();
    }
}
