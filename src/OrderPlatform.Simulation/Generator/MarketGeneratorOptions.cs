using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Generator;

/// <summary>A made-up market. The same options give the same events, bit for bit, on every machine.</summary>
public sealed record MarketGeneratorOptions
{
    /// <summary>Which of the possible markets.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Open time of the first bar, nanoseconds since the epoch, on a whole minute. Default: 2026-01-01T00:00Z.</summary>
    public long StartNanos { get; init; } = 1_767_225_600_000_000_000;

    /// <summary>Minutes that the market runs, those that an outage takes away included.</summary>
    public int DurationMinutes { get; init; } = 30 * 24 * 60;

    /// <summary>Price before the first bar. The market stays within a hundredth and a hundred times of it.</summary>
    public Price InitialPrice { get; init; } = new(100_000 * FixedPoint.One);

    /// <summary>Every price is a multiple of it.</summary>
    public Price PriceTick { get; init; } = new(FixedPoint.One / 100);

    /// <summary>Every quantity is a multiple of it.</summary>
    public Quantity QuantityStep { get; init; } = new(FixedPoint.One / 100_000);

    /// <summary>Long-run mean of a minute's volume, in base.</summary>
    public Quantity MeanVolume { get; init; } = new(20 * FixedPoint.One);

    /// <summary>Long-run standard deviation of a minute's logarithmic return; 0.0007 is 7 basis points.</summary>
    public double MinuteVolatility { get; init; } = 0.0007;

    /// <summary>Mean number of sudden moves a day.</summary>
    public double JumpsPerDay { get; init; } = 4;

    /// <summary>Mean number of outages in 30 days: minutes without bars, trades and quotes.</summary>
    public double OutagesPerMonth { get; init; } = 0.5;

    /// <summary>Mean number of trades a minute; bars do not depend on it.</summary>
    public int MeanTradesPerMinute { get; init; } = 120;

    /// <summary>A market like Bitcoin against a dollar coin.</summary>
    public static MarketGeneratorOptions ForBitcoin() => new();

    /// <summary>A market like Ether against a dollar coin.</summary>
    public static MarketGeneratorOptions ForEther() => new()
    {
        Seed = 2,
        InitialPrice = new(2_500 * FixedPoint.One),
        QuantityStep = new(FixedPoint.One / 10_000),
        MeanVolume = new(400 * FixedPoint.One),
        MinuteVolatility = 0.0009,
        MeanTradesPerMinute = 90,
    };

    /// <exception cref="ArgumentException">A value is outside its range; the text says which and what it may be.</exception>
    internal void Validate()
    {
        Require(StartNanos >= 0 && StartNanos % MinuteModel.MinuteNanos == 0, nameof(StartNanos), "a whole minute since the epoch");
        Require(DurationMinutes is > 0 and <= 52_560_000, nameof(DurationMinutes), "from 1 to 52560000 (a century)");
        long startMax = long.MaxValue - (DurationMinutes * MinuteModel.MinuteNanos);
        Require(StartNanos <= startMax, nameof(StartNanos), "so early that the last minute is before the year 2262");
        Require(PriceTick.Raw > 0, nameof(PriceTick), "above zero");
        Require(InitialPrice.Raw / 1_000 >= PriceTick.Raw, nameof(InitialPrice), "at least a thousand ticks");
        Require(InitialPrice.Raw <= 100_000_000 * FixedPoint.One, nameof(InitialPrice), "at most 100 million");
        Require(QuantityStep.Raw > 0, nameof(QuantityStep), "above zero");
        Require(MeanVolume.Raw / 100 >= QuantityStep.Raw, nameof(MeanVolume), "at least a hundred steps");
        Require(MeanVolume.Raw <= 1_000_000 * FixedPoint.One, nameof(MeanVolume), "at most a million");
        Require(MinuteVolatility is >= 0.00001 and <= 0.05, nameof(MinuteVolatility), "from 0.00001 to 0.05");
        Require(JumpsPerDay is >= 0 and <= 100, nameof(JumpsPerDay), "from 0 to 100");
        Require(OutagesPerMonth is >= 0 and <= 100, nameof(OutagesPerMonth), "from 0 to 100");
        Require(MeanTradesPerMinute is >= 4 and <= 10_000, nameof(MeanTradesPerMinute), "from 4 to 10000");
    }

    private static void Require(bool isValid, string name, string range)
    {
        if (!isValid)
        {
            throw new ArgumentException($"market generator: {name} must be {range}");
        }
    }
}
