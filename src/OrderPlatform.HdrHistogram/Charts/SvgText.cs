using System.Globalization;
using System.Text;

namespace OrderPlatform.HdrHistogram;

/// <summary>Text and numbers as an SVG document can hold them.</summary>
internal static class SvgText
{
    /// <summary>Text with XML's signs escaped, and U+FFFD for what XML cannot hold at all.</summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            escaped.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\t' or '\n' or '\r' => " ",
                < 0x20 or 0xFFFE or 0xFFFF => "\uFFFD",
                _ => rune.ToString(),
            });
        }

        return escaped.ToString();
    }

    /// <summary>A length in pixels, to a tenth.</summary>
    public static string Pixels(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>About how wide a text is; letters of a proportional font differ, so a little more than the average.</summary>
    public static double Width(string text, double fontSize) => text.EnumerateRunes().Count() * fontSize * 0.58;
}
