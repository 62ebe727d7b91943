using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;

namespace OrderPlatform.Analytics;

/// <summary>
/// Writes markup from interpolated strings: the literal parts go out as they are, every hole is escaped. What a run's names contain cannot
/// become markup, because there is no way to forget the escaping.
/// </summary>
internal sealed class HtmlWriter(TextWriter writer)
{
    /// <summary>Writes markup; holes are escaped, and numbers have at most two decimals, invariant.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "the compiler hands this instance to the handler, which writes to it")]
    internal void Write([InterpolatedStringHandlerArgument("")] HtmlText text)
    {
        // The handler wrote everything while it was filled.
        _ = text;
    }

    /// <summary>Writes text of this assembly as it is.</summary>
    internal void WriteRaw(string markup) => writer.Write(markup);

    private void WriteEscaped(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': writer.Write("&amp;"); break;
                case '<': writer.Write("&lt;"); break;
                case '>': writer.Write("&gt;"); break;
                case '"': writer.Write("&quot;"); break;
                case '\'': writer.Write("&#39;"); break;
                default: writer.Write(IsAllowed(rune) ? rune.ToString() : "\uFFFD"); break;
            }
        }
    }

    private static bool IsAllowed(Rune rune) => !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value);

    /// <summary>The receiving end of an interpolated string; writes as the compiler feeds it.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct HtmlText
    {
        private readonly HtmlWriter _html;

        public HtmlText(int literalLength, int formattedCount, HtmlWriter html)
        {
            _ = literalLength + formattedCount;
            _html = html;
        }

        public void AppendLiteral(string markup) => _html.WriteRaw(markup);

        public void AppendFormatted(string? text) => _html.WriteEscaped(text ?? "");

        public void AppendFormatted(long number) => _html.WriteRaw(number.ToString(CultureInfo.InvariantCulture));

        public void AppendFormatted(double number) => _html.WriteRaw(number.ToString("0.##", CultureInfo.InvariantCulture));
    }
}
