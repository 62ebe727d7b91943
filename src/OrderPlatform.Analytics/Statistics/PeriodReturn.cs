using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>The simple return of one day or hour, UTC.</summary>
/// <param name="StartNanos">Start of the period, nanoseconds since the Unix epoch.</param>
/// <param name="Return">Closing equity over the one before, less 1.</param>
/// <param name="Equity">Closing equity.</param>
public readonly record struct PeriodReturn(long StartNanos, double Return, Money Equity);
