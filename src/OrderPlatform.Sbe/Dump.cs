using System.Globalization;
using System.Text;

namespace OrderPlatform.Sbe;

/// <summary>The readable form of messages: name=value, text in quotes, null as null. For people; it allocates.</summary>
public static class Dump
{
    /// <summary>Appends the name of what follows.</summary>
    public static StringBuilder Name(StringBuilder text, string name)
    {
        if (text.Length > 0 && text[^1] is not ('(' or '['))
        {
            text.Append(' ');
        }

        return text.Append(name).Append('=');
    }

    /// <summary>Appends a number, enum or set.</summary>
    public static void Value<T>(StringBuilder text, string name, T value)
        where T : IFormattable => Name(text, name).Append(value.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>Appends an element of an array.</summary>
    public static void Element<T>(StringBuilder text, T value)
        where T : IFormattable => text.Append(text[^1] == '[' ? "" : ",").Append(value.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>Appends a number or enum that may be null.</summary>
    public static void Optional<T>(StringBuilder text, string name, bool present, T value)
        where T : IFormattable => Name(text, name).Append(present ? value.ToString(null, CultureInfo.InvariantCulture) : "null");

    /// <summary>Appends text in quotes; unprintable bytes as dots.</summary>
    public static void Text(StringBuilder text, string name, ReadOnlySpan<byte> value, TextEncoding encoding)
    {
        string decoded = (encoding == TextEncoding.Utf8 ? Encoding.UTF8 : Encoding.Latin1).GetString(value);
        Name(text, name).Append('\'');
        foreach (char character in decoded)
        {
            text.Append(char.IsControl(character) ? '.' : character);
        }

        text.Append('\'');
    }

    /// <summary>Appends the size of raw data.</summary>
    public static void Raw(StringBuilder text, string name, int lengthBytes) =>
        Name(text, name).Append(CultureInfo.InvariantCulture, $"<{lengthBytes} bytes>");
}
