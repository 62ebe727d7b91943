using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Exits;

/// <summary>How far stop and target lie from the entry (R47, R104, R105, R118, R123, R124, D6).</summary>
/// <param name="Mode">What the two are multiples of.</param>
/// <param name="StopLoss">Multiple for the stop, such as 0.02 of the price or 2 deviations; zero for none.</param>
/// <param name="TakeProfit">Multiple for the target; zero for none.</param>
public readonly record struct ProtectionRule(ProtectionMode Mode, Ratio StopLoss, Ratio TakeProfit)
{
    /// <summary>
    /// The distance in price that a multiple of one stands for: the entry price (fixed), entry × deviation (half away from zero), or the average true
    /// range. Where the signal brings its own volatility, the caller passes that one.
    /// </summary>
    /// <param name="entry">Entry price.</param>
    /// <param name="deviation">Standard deviation of returns, used by the sd mode.</param>
    /// <param name="trueRange">Average true range, used by the ATR mode.</param>
    /// <param name="unit">The distance.</param>
    /// <returns><c>false</c> where the mode's volatility is not known (zero or below), the number does not fit, or there is no mode.</returns>
    public bool TryUnit(Price entry, Ratio deviation, Price trueRange, out Price unit)
    {
        long raw = Mode switch
        {
            ProtectionMode.Fixed => entry.Raw,
            ProtectionMode.StandardDeviation => FixedPoint.TryMultiplyDivide(entry.Raw, deviation.Raw, FixedPoint.One, out long distance) ? distance : 0,
            ProtectionMode.AverageTrueRange => trueRange.Raw,
            _ => 0,
        };
        bool known = Bounds.IsPrice(raw);
        unit = known ? new Price(raw) : Price.Zero;
        return known;
    }

    /// <summary>
    /// The share of trades that must win so that the rule neither earns nor loses before costs (D7): stop / (stop + target), half away from zero. One
    /// deviation to win and two to lose need two wins of three.
    /// </summary>
    /// <returns><c>false</c> where stop or target is not set or their sum does not fit: no such rate.</returns>
    public bool TryBreakEvenWinRate(out Ratio rate)
    {
        rate = Ratio.Zero;
        if (StopLoss.Raw <= 0 || TakeProfit.Raw <= 0 || StopLoss.Raw > Bounds.RatioMax || TakeProfit.Raw > Bounds.RatioMax)
        {
            return false;
        }

        rate = new Ratio(FixedPoint.MultiplyDivide(FixedPoint.One, StopLoss.Raw, StopLoss.Raw + TakeProfit.Raw));
        return true;
    }
}
