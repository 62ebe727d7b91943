using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>What a taking order meets: the numbers that a slippage model may use.</summary>
/// <param name="Price">Price before slippage.</param>
/// <param name="Quantity">Quantity of the fill.</param>
/// <param name="Volume">Volume of the bar or trade, or the displayed quantity of the quote, that it fills from.</param>
/// <param name="Tick">The instrument's tick.</param>
public readonly record struct SlippageInput(Price Price, Quantity Quantity, Quantity Volume, Price Tick);

/// <summary>
/// How far a taking fill is moved against its order. The venue rounds the moved price to the tick against the order and never lets it pass a
/// limit. Models are immutable and may be shared. A rate is a plain number: 0.0001 is one basis point, 1 is 100 %.
/// </summary>
public abstract class SlippageModel
{
    /// <summary>No slippage.</summary>
    public static SlippageModel None { get; } = new FixedRateModel(Ratio.Zero);

    /// <summary>Price × rate.</summary>
    public static SlippageModel FixedRate(Ratio rate) => new FixedRateModel(Allowed(rate, nameof(rate)));

    /// <summary>Price × rate × (quantity / volume): the rate is what taking the whole volume costs.</summary>
    public static SlippageModel Volume(Ratio rateAtWholeVolume) => new VolumeModel(Allowed(rateAtWholeVolume, nameof(rateAtWholeVolume)));

    /// <summary>Price × impact × (the smaller of quantity / volume and the share limit)²: the volume-share rule.</summary>
    public static SlippageModel VolumeShare(Ratio impact, Ratio shareMaximum) =>
        new VolumeShareModel(Allowed(impact, nameof(impact)), Allowed(shareMaximum, nameof(shareMaximum)));

    /// <summary>Half a spread, in ticks: for data that tells no bid and ask.</summary>
    /// <exception cref="ArgumentException">Below 0 or above 1,000,000.</exception>
    public static SlippageModel HalfSpread(int ticks) => ticks is >= 0 and <= 1_000_000
        ? new HalfSpreadModel(ticks)
        : throw new ArgumentException($"{nameof(ticks)} is {ticks}; allowed: 0 to 1000000", nameof(ticks));

    /// <summary>The sum of two models.</summary>
    public static SlippageModel Hybrid(SlippageModel first, SlippageModel second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return new HybridModel(first, second);
    }

    /// <summary>How much worse than its price the fill is: zero or above; saturates instead of overflowing.</summary>
    public abstract Price Offset(in SlippageInput input);

    private static Ratio Allowed(Ratio rate, string name) => rate.Raw is >= 0 and <= FixedPoint.One
        ? rate
        : throw new ArgumentException($"{name} is {rate}; allowed: 0 to 1 (1 is 100 %)", name);

    private static Price Share(Price price, Ratio rate) => new(FixedPoint.MultiplyDivide(price.Raw, rate.Raw, FixedPoint.One));

    // Quantity over volume, never above the limit; a volume of zero counts as all of it.
    private static Ratio ShareOf(in SlippageInput input, long maximumRaw) =>
        input.Volume.Raw > 0 && FixedPoint.TryMultiplyDivide(input.Quantity.Raw, FixedPoint.One, input.Volume.Raw, out long raw)
            ? new Ratio(Math.Min(raw, maximumRaw))
            : new Ratio(maximumRaw);

    private sealed class FixedRateModel(Ratio rate) : SlippageModel
    {
        public override Price Offset(in SlippageInput input) => Share(input.Price, rate);
    }

    private sealed class VolumeModel(Ratio rate) : SlippageModel
    {
        public override Price Offset(in SlippageInput input) => Share(Share(input.Price, rate), ShareOf(in input, FixedPoint.One));
    }

    private sealed class VolumeShareModel(Ratio impact, Ratio shareMaximum) : SlippageModel
    {
        public override Price Offset(in SlippageInput input)
        {
            Ratio share = ShareOf(in input, shareMaximum.Raw);
            return Share(Share(Share(input.Price, impact), share), share);
        }
    }

    private sealed class HalfSpreadModel(int ticks) : SlippageModel
    {
        public override Price Offset(in SlippageInput input)
        {
            Int128 offset = (Int128)input.Tick.Raw * ticks;
            return new Price(offset > long.MaxValue ? long.MaxValue : (long)offset);
        }
    }

    private sealed class HybridModel(SlippageModel first, SlippageModel second) : SlippageModel
    {
        public override Price Offset(in SlippageInput input)
        {
            Int128 sum = (Int128)first.Offset(in input).Raw + second.Offset(in input).Raw;
            return new Price(sum > long.MaxValue ? long.MaxValue : (long)sum);
        }
    }
}
