namespace OrderPlatform.Sbe;

/// <summary>The character encodings that a schema may name.</summary>
public enum TextEncoding
{
    /// <summary>US-ASCII: one byte a character, 0 to 127.</summary>
    Ascii,

    /// <summary>ISO-8859-1: one byte a character, 0 to 255.</summary>
    Latin1,

    /// <summary>UTF-8: one to four bytes a character; a lone surrogate becomes U+FFFD.</summary>
    Utf8,

    /// <summary>Another encoding: codecs hand over its bytes, and a dump shows each as a character.</summary>
    Other,
}
