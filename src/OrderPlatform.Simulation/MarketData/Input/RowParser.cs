namespace OrderPlatform.Simulation.MarketData.Input;

/// <summary>Turns lines of one format into events, which it puts into the queue it was made with.</summary>
internal abstract class RowParser
{
    public abstract string FormatName { get; }

    public abstract long SkippedCount { get; }

    public virtual BarGaps Gaps => default;

    /// <exception cref="MarketDataException">The line is malformed or contradicts the lines before.</exception>
    public abstract void Parse(ReadOnlySpan<byte> line);

    /// <summary>Called once, behind the last line.</summary>
    /// <exception cref="MarketDataException">The file as a whole gave no event.</exception>
    public abstract void Finish();
}
