using System.Text;

namespace OrderPlatform.Simulation.MarketData.Input;

/// <summary>Where reading is, so that every error names its file and line.</summary>
internal sealed class SourcePlace(string file)
{
    private const int QuotedLengthMax = 80;

    public string File { get; } = file;

    /// <summary>The line that was read last, from 1; 0 before the first.</summary>
    public long Line { get; set; }

    public MarketDataException Error(string what, string remedy, Exception? inner = null) => ErrorAt(Line, what, remedy, inner);

    public MarketDataException ErrorAt(long line, string what, string remedy, Exception? inner = null) =>
        new($"file {File}{(line > 0 ? $", line {line}" : "")}: {what}; {remedy}", inner);

    /// <summary>Bytes of a file as one printable line of bounded length.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("\"");
        foreach (byte b in bytes[..Math.Min(bytes.Length, QuotedLengthMax)])
        {
            text.Append(b is >= 0x20 and < 0x7F ? (char)b : '?');
        }

        return text.Append(bytes.Length > QuotedLengthMax ? "…\"" : "\"").ToString();
    }
}
