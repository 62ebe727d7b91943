namespace OrderPlatform.Simulation.MarketData;

/// <summary>Holes in a series of bars so far: outages of the venue or of the recorder. They are data, nobody fills them.</summary>
/// <param name="Count">How many holes.</param>
/// <param name="MissingBars">How many bars are missing in all of them.</param>
/// <param name="LongestBars">How many bars are missing in the longest.</param>
/// <param name="LongestOpenTimeNanos">Open time of the first missing bar of the longest hole, nanoseconds since the epoch; 0 if there is none.</param>
public readonly record struct BarGaps(long Count, long MissingBars, long LongestBars, long LongestOpenTimeNanos)
{
    /// <summary>With one more hole of <paramref name="bars"/> missing bars.</summary>
    public BarGaps With(long bars, long openTimeNanos) => bars > LongestBars
        ? new BarGaps(Count + 1, MissingBars + bars, bars, openTimeNanos)
        : this with { Count = Count + 1, MissingBars = MissingBars + bars };
}
