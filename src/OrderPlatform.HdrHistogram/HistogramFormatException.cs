namespace OrderPlatform.HdrHistogram;

/// <summary>An encoded histogram or a log line that cannot be read: what is wrong and where.</summary>
public sealed class HistogramFormatException : FormatException
{
    internal HistogramFormatException(HistogramFault kind, long offset, string reason, Exception? cause = null)
        : base($"{reason} (at {(kind == HistogramFault.MalformedLine ? "character" : "byte")} {offset})", cause)
    {
        Kind = kind;
        Offset = offset;
        Reason = reason;
    }

    internal HistogramFormatException(long lineNumber, HistogramFormatException cause)
        : base($"Line {lineNumber}: {cause.Message}", cause)
    {
        Kind = cause.Kind;
        Offset = cause.Offset;
        Reason = cause.Reason;
        LineNumber = lineNumber;
    }

    /// <summary>What is wrong.</summary>
    public HistogramFault Kind { get; }

    /// <summary>Where: bytes from the encoding's start, for a compressed one from the start of what it inflates to unless compression itself is
    /// damaged, and in a log characters from the start of the line or of its base64 field's bytes.</summary>
    public long Offset { get; }

    /// <summary>What is wrong, in a sentence without the place.</summary>
    public string Reason { get; }

    /// <summary>The log's line, from 1; null if it was no log.</summary>
    public long? LineNumber { get; }
}
