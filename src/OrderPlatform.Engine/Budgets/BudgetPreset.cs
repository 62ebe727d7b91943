using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Budgets;

/// <summary>A venue's limit as published.</summary>
/// <param name="Name">Venue, product and what is counted: <c>binance.spot.weight</c>.</param>
/// <param name="Kind">How it is counted.</param>
/// <param name="Capacity">Most in a window, most tokens, or the counter's limit.</param>
/// <param name="Amount">What comes back in a period; in a window that is all of it.</param>
/// <param name="PeriodNanos">The window, or the period of <paramref name="Amount"/>.</param>
/// <param name="Alignment">When windows begin.</param>
/// <param name="Reserved">Kept for requests that lower risk.</param>
public readonly record struct BudgetPreset(
    string Name, BudgetKind Kind, long Capacity, long Amount, long PeriodNanos, WindowAlignment Alignment, long Reserved)
{
    /// <summary>
    /// The window; of a bucket or counter, the time in which all of the capacity comes back, rounded up: what a configuration record asks for.
    /// </summary>
    public long FillNanos => Kind == BudgetKind.FixedWindow ? PeriodNanos : (long)((((System.Int128)Capacity * PeriodNanos) + Amount - 1) / Amount);
}
