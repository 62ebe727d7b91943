using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;

namespace OrderPlatform.Engine.Risk;

/// <summary>
/// The highest result at which a loss limit of a strategy or a client is reached. It follows from the limits and from how it stood when the day began and at its
/// highest result, none of which a mark changes but for a new height: a mark is compared with one number instead of four. It is made again from the rows where
/// those are others than it was made from, and so belongs to no snapshot.
/// </summary>
internal struct LossFloor
{
    private Standing _opening;
    private Standing _peak;
    private long _floor;
    private bool _isMade;

    /// <summary>Whether a result is above all loss limits. Where a limit is a fraction of an equity that was not known, the answer is no: the exact test decides.</summary>
    public bool IsBelow(Money result, in RiskLimitSet limits, in Standing opening, in Standing peak)
    {
        if (!_isMade || opening != _opening || peak != _peak)
        {
            Make(limits, opening, peak);
        }

        return result.Raw > _floor;
    }

    /// <summary>How far a result may move until a loss limit is reached, or the highest result that a drawdown counts from is passed.</summary>
    public readonly Int128 Distance(Money result, in RiskLimitSet limits, Money peak)
    {
        Int128 down = (Int128)result.Raw - _floor - 1;
        return limits.HasDrawdown ? Int128.Min(down, (Int128)peak.Raw - result.Raw) : down;
    }

    /// <summary>The limits are others.</summary>
    public void Forget() => _isMade = false;

    private void Make(in RiskLimitSet limits, in Standing opening, in Standing peak)
    {
        _opening = opening;
        _peak = peak;
        _isMade = true;
        _floor = Math.Max(
            limits.HasDailyLoss ? Of(opening, limits.MaximumDailyLoss, limits.MaximumDailyLossFraction) : long.MinValue,
            limits.HasDrawdown ? Of(peak, limits.MaximumDrawdown, limits.MaximumDrawdownFraction) : long.MinValue);
    }

    // A limit is reached when then - now >= limit, so at every result up to then - limit.
    private static long Of(in Standing then, Money amount, Ratio fraction)
    {
        if (fraction.Raw != long.MaxValue && then.Equity.Raw <= 0)
        {
            return long.MaxValue;
        }

        long limit = Math.Min(amount.Raw, CheckNumber.Fraction(fraction, then.Equity.Raw));
        return Valuation.Hold((Int128)then.Result.Raw - limit).Raw;
    }
}
