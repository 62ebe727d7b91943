using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>One fall of equity from a peak to the lowest point before that peak is reached again.</summary>
/// <param name="PeakTimeNanos">Last moment at the peak, nanoseconds since the Unix epoch.</param>
/// <param name="PeakEquity">Equity at the peak.</param>
/// <param name="TroughTimeNanos">Moment of the lowest equity.</param>
/// <param name="TroughEquity">The lowest equity.</param>
/// <param name="RecoveryTimeNanos">First moment at or above the peak again; <c>null</c> if that never came.</param>
/// <param name="LastTimeNanos">Last moment known: the recovery, or the end of the series.</param>
public readonly record struct Drawdown(
    long PeakTimeNanos,
    Money PeakEquity,
    long TroughTimeNanos,
    Money TroughEquity,
    long? RecoveryTimeNanos,
    long LastTimeNanos)
{
    /// <summary>Money lost from peak to trough, not negative.</summary>
    public Money Amount => PeakEquity - TroughEquity;

    /// <summary>Amount over the peak, as a fraction; above 1 when equity went below zero; <c>null</c> without a positive peak.</summary>
    public double? Fraction => PeakEquity.Raw > 0 ? ((double)PeakEquity.Raw - TroughEquity.Raw) / PeakEquity.Raw : null;

    /// <summary>From the peak to the recovery, or to the end of the series while under water, nanoseconds.</summary>
    public long DurationNanos => LastTimeNanos - PeakTimeNanos;
}
