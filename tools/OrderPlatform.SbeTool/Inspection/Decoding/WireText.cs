using System.Globalization;
using System.Text;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Inspection.Decoding;

/// <summary>Values as people read them; what both sinks share.</summary>
internal static class WireText
{
    /// <summary>A number with all its digits, whatever the culture.</summary>
    internal static string Number(PrimitiveType primitive, WireValue value) =>
        !value.IsReal ? value.Integer.ToString(CultureInfo.InvariantCulture)
        : primitive == PrimitiveType.Float ? ((float)value.Real).ToString(CultureInfo.InvariantCulture)
        : value.Real.ToString(CultureInfo.InvariantCulture);

    /// <summary>Text of a named encoding, or null if the runtime does not know it; bytes that are no text become U+FFFD.</summary>
    internal static string? Decode(ReadOnlySpan<byte> bytes, string? encoding)
    {
        // Constants and char arrays without an encoding are ASCII; bytes above it show as what Latin-1 has there instead of a lost '?'.
        if (encoding is null || encoding.ToUpperInvariant() is "US-ASCII" or "ASCII" or "US_ASCII" or "ISO-8859-1" or "ISO_8859_1" or "LATIN1")
        {
            return Encoding.Latin1.GetString(bytes);
        }

        try
        {
            return Encoding.GetEncoding(encoding.Equals("UTF8", StringComparison.OrdinalIgnoreCase) ? "UTF-8" : encoding).GetString(bytes);
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Appends text in quotes, control characters escaped, so that one value stays one line.</summary>
    internal static void AppendQuoted(StringBuilder output, string text)
    {
        output.Append('\'');
        foreach (char character in text)
        {
            _ = char.IsControl(character) || character is '\'' or '\\' or '\u2028' or '\u2029'
                ? output.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}")
                : output.Append(character);
        }

        output.Append('\'');
    }
}
