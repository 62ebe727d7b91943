using System.Text;

namespace OrderPlatform.SbeTool.Inspection.Documentation;

/// <summary>Markdown text that grows by lines, always with line feeds, so that the same schema gives the same bytes everywhere.</summary>
internal sealed class MarkdownPage
{
    private readonly StringBuilder _text = new();

    /// <summary>Text for a cell of a table: one line, no bars.</summary>
    internal static string Cell(string? text) =>
        text is null
            ? ""
            : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                .Replace("|", "\\|", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal);

    /// <summary>The target of a link to a heading.</summary>
    internal static string Anchor(string heading) => heading.ToLowerInvariant();

    internal MarkdownPage Line(string text = "")
    {
        _text.Append(text).Append('\n');
        return this;
    }

    internal void Drawing(IEnumerable<string> lines)
    {
        Line("```text");
        foreach (string line in lines)
        {
            Line(line);
        }

        Line("```").Line();
    }

    public override string ToString() => _text.ToString().TrimEnd('\n') + "\n";
}
