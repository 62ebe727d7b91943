using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Exits;

/// <summary>How far a stop or a target lies from the entry (R47, R104, R105, R118, R123, R124, D6): a multiple of a unit. The default value is none.</summary>
/// <param name="Unit">The distance in price that a multiple of one stands for.</param>
/// <param name="Multiple">Such as 0.02 of the price, or 2 deviations; zero for none.</param>
public readonly record struct ProtectionDistance(Price Unit, Ratio Multiple)
{
    /// <summary>Whether there is a distance.</summary>
    public bool IsSet => Bounds.IsPrice(Unit.Raw) && Multiple.Raw > 0;

    /// <summary>
    /// The distance of a mode: its unit is the entry price (fixed), entry × volatility (sd, or the volatility that came with the signal; half away from
    /// zero), or the average true range.
    /// </summary>
    /// <param name="mode">What the multiple counts in.</param>
    /// <param name="multiple">The multiple; zero for no such exit.</param>
    /// <param name="entry">Entry price.</param>
    /// <param name="volatility">Standard deviation of returns, or the signal's volatility: a fraction of the price.</param>
    /// <param name="trueRange">Average true range, in price.</param>
    /// <param name="distance">The distance, or none.</param>
    /// <returns><c>false</c> where there should be an exit and the mode's volatility is not known (zero or below) or the unit does not fit.</returns>
    public static bool TryOf(ExitMode mode, Ratio multiple, Price entry, Ratio volatility, Price trueRange, out ProtectionDistance distance)
    {
        distance = default;
        if (multiple.Raw <= 0)
        {
            return true;
        }

        long raw = mode switch
        {
            ExitMode.Fixed => entry.Raw,
            ExitMode.AverageTrueRange => trueRange.Raw,
            _ => FixedPoint.TryMultiplyDivide(entry.Raw, volatility.Raw, FixedPoint.One, out long unit) ? unit : 0,
        };
        if (!Bounds.IsPrice(raw))
        {
            return false;
        }

        distance = new ProtectionDistance(new Price(raw), multiple);
        return true;
    }

    /// <summary>
    /// The share of trades that must win so that the exits neither earn nor lose before costs (D7): stop / (stop + target), half away from zero. One
    /// deviation to win and two to lose need two wins of three.
    /// </summary>
    /// <param name="stopLoss">Multiple of the stop.</param>
    /// <param name="takeProfit">Multiple of the target, in the same unit.</param>
    /// <param name="rate">The share.</param>
    /// <returns><c>false</c> where one of them is not set or not within the bounds of ratios: no such rate.</returns>
    public static bool TryBreakEvenWinRate(Ratio stopLoss, Ratio takeProfit, out Ratio rate)
    {
        bool isSet = stopLoss.Raw > 0 && takeProfit.Raw > 0 && Bounds.IsRatio(stopLoss.Raw) && Bounds.IsRatio(takeProfit.Raw);
        rate = new Ratio(isSet ? FixedPoint.MultiplyDivide(FixedPoint.One, stopLoss.Raw, stopLoss.Raw + takeProfit.Raw) : 0);
        return isSet;
    }
}
