using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Inspection.Documentation;

/// <summary>What a schema says about a thing in words: its description, and what it means outside the wire.</summary>
internal static class Notes
{
    /// <summary>Text for a cell of a table.</summary>
    /// <param name="label">The thing.</param>
    /// <param name="meaning">Of a message, field or data.</param>
    /// <param name="fallback">The description if the thing has none, or null.</param>
    internal static string Of(Label label, Meaning meaning = default, string? fallback = null)
    {
        string description = MarkdownPage.Cell(label.Description ?? fallback);
        string more = string.Join(", ", More(label, meaning));
        return more.Length == 0 ? description : description.Length == 0 ? Capital(more) : $"{description.TrimEnd('.')}. {Capital(more)}";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static IEnumerable<string> More(Label label, Meaning meaning)
    {
        if (label.DeprecatedSince is { } version)
        {
            yield return $"deprecated since version {version}";
        }

        if (meaning.SemanticType is { Length: > 0 } type)
        {
            yield return $"semantic type {MarkdownPage.Cell(type)}";
        }

        if (meaning.TimeUnit is { Length: > 0 } unit)
        {
            yield return $"time unit {MarkdownPage.Cell(unit)}";
        }

        if (meaning.Epoch is { Length: > 0 } epoch)
        {
            yield return $"epoch {MarkdownPage.Cell(epoch)}";
        }
    }
}
