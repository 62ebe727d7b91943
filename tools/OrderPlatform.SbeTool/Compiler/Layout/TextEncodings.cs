namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>The character encodings that codecs can write.</summary>
public static class TextEncodings
{
    /// <summary>The runtime's name of the encoding, or null if it is not supported.</summary>
    public static string? Find(string name) => name.ToUpperInvariant() switch
    {
        "US-ASCII" or "ASCII" or "US_ASCII" => "Ascii",
        "ISO-8859-1" or "ISO_8859_1" or "LATIN1" => "Latin1",
        "UTF-8" or "UTF8" => "Utf8",
        _ => null,
    };
}
