using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>The account's value at one moment, once a closed bar or bucket, in order of time.</summary>
/// <param name="TimeNanos">Time of the valuation (the bar's close), nanoseconds since the Unix epoch, UTC.</param>
/// <param name="Equity">Cash and position at the mark, after fees.</param>
/// <param name="Cash">Cash alone.</param>
/// <param name="Position">Signed position of the instrument whose price is recorded, held until the next point.</param>
/// <param name="Mark">The price that valued the position.</param>
public readonly record struct EquityPoint(long TimeNanos, Money Equity, Money Cash, Quantity Position, Price Mark)
{
    /// <summary>Cash that was brought less what was taken away since the start: it is in the equity, and is no performance.</summary>
    public Money Deposits { get; init; }

    /// <summary>Whether anything is held: with several instruments <see cref="Position"/> is that of one.</summary>
    public bool HoldsAny { get; init; }

    /// <summary>Whether a position is held until the next point.</summary>
    public bool IsExposed => HoldsAny || !Position.IsZero;
}
