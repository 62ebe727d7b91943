namespace OrderPlatform.HdrHistogram;

/// <summary>What is wrong with an encoded histogram or a line of a log.</summary>
public enum HistogramFault
{
    /// <summary>The bytes end before the header, or before what the header announces.</summary>
    Truncated,

    /// <summary>The first four bytes are no histogram's.</summary>
    UnknownCookie,

    /// <summary>A histogram, but in a form that is not read here: version 0 or 1, of doubles, or shifted.</summary>
    UnsupportedForm,

    /// <summary>Digits, lowest or highest value that make no histogram.</summary>
    InvalidParameters,

    /// <summary>The histogram would need more memory than the options allow.</summary>
    TooLarge,

    /// <summary>A length field that cannot be right.</summary>
    InvalidLength,

    /// <summary>A number that the payload's end cuts.</summary>
    TruncatedNumber,

    /// <summary>A run of empty cells longer than any histogram.</summary>
    ZeroRunTooLong,

    /// <summary>A count or a run of empty cells behind the last cell.</summary>
    IndexBeyondCounts,

    /// <summary>Counts whose sum passes 2^63 - 2^56.</summary>
    CountOverflow,

    /// <summary>A zlib stream that does not inflate, or not to its checksum.</summary>
    DamagedCompression,

    /// <summary>Bytes behind the end.</summary>
    TrailingBytes,

    /// <summary>Text that is not base64.</summary>
    InvalidBase64,

    /// <summary>A log line that is neither a comment, a legend nor an interval.</summary>
    MalformedLine,
}
