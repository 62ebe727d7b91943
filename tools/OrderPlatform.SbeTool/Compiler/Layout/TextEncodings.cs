using System.Text;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>The character encodings that codecs can read and write; text in others is handed over as bytes.</summary>
public static class TextEncodings
{
    /// <summary>What a char array without characterEncoding has.</summary>
    public const string Default = "US-ASCII";

    private const string Ascii = "Ascii";
    private const string Latin1 = "Latin1";
    private const string Utf8 = "Utf8";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The runtime's name of the encoding, or null if it is another one.</summary>
    public static string? Find(string name) => name.ToUpperInvariant() switch
    {
        "US-ASCII" or "ASCII" or "US_ASCII" => Ascii,
        "ISO-8859-1" or "ISO_8859_1" or "ISO8859_1" or "LATIN1" => Latin1,
        "UTF-8" or "UTF8" => Utf8,
        _ => null,
    };

    /// <summary>The bytes of a text, or null if the encoding is another one or lacks one of the characters.</summary>
    public static byte[]? Encode(string name, string text)
    {
        string? encoding = Find(name);
        if (encoding == Utf8)
        {
            try
            {
                return StrictUtf8.GetBytes(text);
            }
            catch (EncoderFallbackException)
            {
                return null;
            }
        }

        int highest = encoding == Ascii ? 0x7F : encoding == Latin1 ? 0xFF : -1;
        return text.All(character => character <= highest) ? [.. text.Select(static character => (byte)character)] : null;
    }
}
