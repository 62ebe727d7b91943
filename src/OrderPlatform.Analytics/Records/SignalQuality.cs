using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>What the decided signals brought with them (R99).</summary>
/// <param name="Confidences">Signals with a confidence.</param>
/// <param name="ConfidenceSum">Sum of the confidences, 0 to 1 each.</param>
/// <param name="Momenta">Signals with a momentum of the market.</param>
/// <param name="MomentumSum">Sum of the momenta, signed fractions of an hour.</param>
public readonly record struct SignalQuality(long Confidences, double ConfidenceSum, long Momenta, double MomentumSum)
{
    /// <summary>Mean confidence, 0 to 1; <c>null</c> if no signal had one.</summary>
    public double? MeanConfidence => Confidences > 0 ? ConfidenceSum / Confidences : null;

    /// <summary>Mean momentum, a signed fraction; <c>null</c> if none was known.</summary>
    public double? MeanMomentum => Momenta > 0 ? MomentumSum / Momenta : null;

    internal SignalQuality With(Ratio? confidence, Ratio? momentum) => new(
        Confidences + (confidence is null ? 0 : 1),
        ConfidenceSum + ((confidence?.Raw ?? 0) / (double)FixedPoint.One),
        Momenta + (momentum is null ? 0 : 1),
        MomentumSum + ((momentum?.Raw ?? 0) / (double)FixedPoint.One));
}
