using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>One limit of a set, by its kind: read and set as a number, as <see cref="RiskLimitsDecoder"/> has it.</summary>
public static class LimitField
{
    /// <summary>The message window where none is set: a second.</summary>
    internal const long MessageWindowNanos = 1_000_000_000;

    internal const long SpanMaxNanos = 366L * 86_400_000_000_000;

    /// <summary>The number of a limit; what is not limited has its type's largest, a smallest order 0, a switch 0 or 1.</summary>
    /// <param name="limits">The set.</param>
    /// <param name="limit">Which; what is none has 0.</param>
    public static long Get(in RiskLimitSet limits, LimitKind limit) => limit switch
    {
        LimitKind.MinimumOrderQuantity => limits.MinimumOrderQuantity.Raw,
        LimitKind.MaximumOrderQuantity => limits.MaximumOrderQuantity.Raw,
        LimitKind.MaximumOrderNotional => limits.MaximumOrderNotional.Raw,
        LimitKind.MaximumPositionQuantity => limits.MaximumPositionQuantity.Raw,
        LimitKind.MaximumPositionNotional => limits.MaximumPositionNotional.Raw,
        LimitKind.MaximumPositionFraction => limits.MaximumPositionFraction.Raw,
        LimitKind.MaximumDailyLoss => limits.MaximumDailyLoss.Raw,
        LimitKind.MaximumDailyLossFraction => limits.MaximumDailyLossFraction.Raw,
        LimitKind.MaximumDrawdown => limits.MaximumDrawdown.Raw,
        LimitKind.MaximumDrawdownFraction => limits.MaximumDrawdownFraction.Raw,
        LimitKind.MaximumPriceDeviation => limits.MaximumPriceDeviation.Raw,
        LimitKind.MaximumConcentration => limits.MaximumConcentration.Raw,
        LimitKind.MaximumLeverage => limits.MaximumLeverage.Raw,
        LimitKind.MaximumLossPerTrade => limits.MaximumLossPerTrade.Raw,
        LimitKind.MaximumSlippage => limits.MaximumSlippage.Raw,
        LimitKind.MaximumOpenOrders => limits.MaximumOpenOrders,
        LimitKind.MaximumMessages => limits.MaximumMessages,
        LimitKind.MessageWindowNanos => limits.MessageWindowNanos,
        LimitKind.MaximumPriceAgeNanos => limits.MaximumPriceAgeNanos,
        LimitKind.ReduceOnBreach => limits.ReduceOnBreach ? 1 : 0,
        _ => 0,
    };

    /// <summary>Whether a number can be a limit's.</summary>
    /// <param name="limit">Which limit.</param>
    /// <param name="raw">Times 1e8, a count, nanoseconds, 0 or 1.</param>
    public static bool IsSound(LimitKind limit, long raw) => limit switch
    {
        LimitKind.MinimumOrderQuantity or LimitKind.MaximumOrderQuantity or LimitKind.MaximumPositionQuantity => Bounds.IsQuantityOrZero(raw),
        LimitKind.MaximumOrderNotional or LimitKind.MaximumPositionNotional or LimitKind.MaximumDailyLoss or LimitKind.MaximumDrawdown
            or LimitKind.MaximumLossPerTrade => raw >= 0 && Bounds.IsMoney(raw),
        LimitKind.MaximumOpenOrders or LimitKind.MaximumMessages => raw is >= 0 and < uint.MaxValue,
        LimitKind.MessageWindowNanos or LimitKind.MaximumPriceAgeNanos => raw is > 0 and <= SpanMaxNanos,
        LimitKind.ReduceOnBreach => raw is 0 or 1,
        >= LimitKind.MinimumOrderQuantity and <= LimitKind.MaximumSlippage => Bounds.IsRatio(raw),
        _ => false,
    };

    /// <summary>Sets one limit.</summary>
    /// <param name="limits">The set.</param>
    /// <param name="limit">Which.</param>
    /// <param name="isSet">Whether it is limited at all.</param>
    /// <param name="raw">The number, if it is.</param>
    /// <returns><c>false</c> if there is no such limit or the number cannot be its: nothing has changed.</returns>
    internal static bool TrySet(ref RiskLimitSet limits, LimitKind limit, bool isSet, long raw)
    {
        if (limit is < LimitKind.MinimumOrderQuantity or > LimitKind.MaximumSlippage || (isSet && !IsSound(limit, raw)))
        {
            return false;
        }

        Put(ref limits, limit, isSet ? raw : limit == LimitKind.MessageWindowNanos ? MessageWindowNanos : Get(RiskLimitSet.None, limit));
        return true;
    }

    private static void Put(ref RiskLimitSet limits, LimitKind limit, long number)
    {
        switch (limit)
        {
            case LimitKind.MinimumOrderQuantity:
                limits.MinimumOrderQuantity = new Quantity(number);
                break;
            case LimitKind.MaximumOrderQuantity:
                limits.MaximumOrderQuantity = new Quantity(number);
                break;
            case LimitKind.MaximumOrderNotional:
                limits.MaximumOrderNotional = new Money(number);
                break;
            case LimitKind.MaximumPositionQuantity:
                limits.MaximumPositionQuantity = new Quantity(number);
                break;
            case LimitKind.MaximumPositionNotional:
                limits.MaximumPositionNotional = new Money(number);
                break;
            case LimitKind.MaximumPositionFraction:
                limits.MaximumPositionFraction = new Ratio(number);
                break;
            case LimitKind.MaximumDailyLoss:
                limits.MaximumDailyLoss = new Money(number);
                break;
            case LimitKind.MaximumDailyLossFraction:
                limits.MaximumDailyLossFraction = new Ratio(number);
                break;
            case LimitKind.MaximumDrawdown:
                limits.MaximumDrawdown = new Money(number);
                break;
            case LimitKind.MaximumDrawdownFraction:
                limits.MaximumDrawdownFraction = new Ratio(number);
                break;
            case LimitKind.MaximumPriceDeviation:
                limits.MaximumPriceDeviation = new Ratio(number);
                break;
            case LimitKind.MaximumConcentration:
                limits.MaximumConcentration = new Ratio(number);
                break;
            case LimitKind.MaximumLeverage:
                limits.MaximumLeverage = new Ratio(number);
                break;
            case LimitKind.MaximumLossPerTrade:
                limits.MaximumLossPerTrade = new Money(number);
                break;
            case LimitKind.MaximumSlippage:
                limits.MaximumSlippage = new Ratio(number);
                break;
            case LimitKind.MaximumOpenOrders:
                limits.MaximumOpenOrders = (uint)number;
                break;
            case LimitKind.MaximumMessages:
                limits.MaximumMessages = (uint)number;
                break;
            case LimitKind.MessageWindowNanos:
                limits.MessageWindowNanos = number;
                break;
            case LimitKind.MaximumPriceAgeNanos:
                limits.MaximumPriceAgeNanos = number;
                break;
            default:
                limits.ReduceOnBreach = number == 1;
                break;
        }
    }
}
