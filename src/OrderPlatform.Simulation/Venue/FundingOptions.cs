using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>When a perpetual has funding, and at what rate. A rate is what a long pays to a short of the position's value; below zero a short pays.</summary>
public sealed record FundingOptions
{
    /// <summary>Eight hours, nanoseconds: the usual interval of Binance, OKX and Bybit.</summary>
    public const long EightHoursNanos = 28_800_000_000_000;

    private const long MinuteNanos = 60_000_000_000;
    private const long WeekNanos = 604_800_000_000_000;

    /// <summary>Between two fundings; the instants are its multiples since the epoch. A minute to a week.</summary>
    public long IntervalNanos { get; init; } = EightHoursNanos;

    /// <summary>Mean rate of an interval, -1 to 1.</summary>
    public Ratio Rate { get; init; } = new(FixedPoint.One / 10_000);

    /// <summary>Standard deviation of the rate, 0 to 1, normal and seeded by instrument.</summary>
    public Ratio Deviation { get; init; }

    /// <summary>No rate is further from zero than this, 0 to 1.</summary>
    public Ratio Cap { get; init; } = new(FixedPoint.One * 3 / 400);

    internal void Validate(uint instrumentId)
    {
        Require(IntervalNanos is >= MinuteNanos and <= WeekNanos, instrumentId, nameof(IntervalNanos), IntervalNanos, $"{MinuteNanos} to {WeekNanos}");
        Require(Rate.Raw is >= -FixedPoint.One and <= FixedPoint.One, instrumentId, nameof(Rate), Rate, "-1 to 1");
        Require(Deviation.Raw is >= 0 and <= FixedPoint.One, instrumentId, nameof(Deviation), Deviation, "0 to 1");
        Require(Cap.Raw is >= 0 and <= FixedPoint.One, instrumentId, nameof(Cap), Cap, "0 to 1");
    }

    private static void Require(bool holds, uint instrumentId, string name, object value, string range)
    {
        if (!holds)
        {
            throw new ArgumentException($"instrument {instrumentId}: {nameof(VenueInstrument.Funding)}.{name} is {value}; allowed: {range}");
        }
    }
}
