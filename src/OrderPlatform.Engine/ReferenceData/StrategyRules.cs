using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>Reads a strategy's rules from its record and refuses those that make no sense.</summary>
internal static class StrategyRules
{
    /// <summary>Reads the rules.</summary>
    /// <returns><c>false</c> if a value is outside its range or one that its mode needs is absent.</returns>
    public static bool TryRead(in StrategyConfigurationDecoder record, ref Strategy strategy)
    {
        long quantity = record.TryGetFixedQuantity(out long a) ? a : 0;
        long fraction = record.TryGetEquityFraction(out long b) ? b : 0;
        long offset = record.TryGetLimitOffset(out long c) ? c : 0;
        long stop = record.TryGetStopLoss(out long d) ? d : 0;
        long profit = record.TryGetTakeProfit(out long e) ? e : 0;
        long confidence = record.TryGetMinimumConfidence(out long f) ? f : 0;
        strategy.Mode = record.Mode;
        strategy.EntryTiming = record.EntryTiming;
        strategy.NeutralSignal = record.NeutralSignal;
        strategy.SizingMode = record.SizingMode;
        strategy.OrderType = record.OrderType;
        strategy.TimeInForce = record.TimeInForce;
        strategy.FixedQuantity = new Quantity(quantity);
        strategy.EquityFraction = new Ratio(fraction);
        strategy.LimitOffset = new Ratio(offset);
        strategy.StopLoss = new Ratio(stop);
        strategy.TakeProfit = new Ratio(profit);
        strategy.MinimumConfidence = new Ratio(confidence);
        return WrongField(strategy) is null;
    }

    /// <summary>The name of a rule that makes no sense, or null.</summary>
    public static string? WrongField(in Strategy strategy) =>
        strategy.Id == 0 ? "strategyId"
        : strategy.Mode is not (TradingMode.LongOnly or TradingMode.LongShort) ? "mode"
        : strategy.EntryTiming is not (EntryTiming.PreviousClose or EntryTiming.CurrentOpen) ? "entryTiming"
        : strategy.NeutralSignal is not (NeutralSignal.Hold or NeutralSignal.Flatten) ? "neutralSignal"
        : strategy.SizingMode is not (SizingMode.FixedQuantity or SizingMode.EquityFraction) ? "sizingMode"
        : strategy.OrderType is not (OrderType.Market or OrderType.Limit) ? "orderType"
        : strategy.TimeInForce is not (TimeInForce.GoodTillCancelled or TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill) ? "timeInForce"
        : strategy.SizingMode == SizingMode.FixedQuantity && !Bounds.IsQuantity(strategy.FixedQuantity.Raw) ? "fixedQuantity"
        : strategy.SizingMode == SizingMode.EquityFraction && !(Bounds.IsRatio(strategy.EquityFraction.Raw) && !strategy.EquityFraction.IsZero) ? "equityFraction"
        : !IsFraction(strategy.LimitOffset.Raw) ? "limitOffset"
        : !IsFraction(strategy.StopLoss.Raw) ? "stopLoss"
        : !Bounds.IsRatio(strategy.TakeProfit.Raw) ? "takeProfit"
        : strategy.MinimumConfidence.Raw is < 0 or > FixedPoint.One ? "minimumConfidence"
        : null;

    private static bool IsFraction(long raw) => raw is >= 0 and < FixedPoint.One;
}
