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
        return record.StrategyId != 0 && AreModesKnown(record)
            && (record.SizingMode == SizingMode.FixedQuantity ? Bounds.IsQuantity(quantity) : Bounds.IsRatio(fraction) && fraction > 0)
            && IsFraction(offset) && IsFraction(stop) && Bounds.IsRatio(profit) && confidence is >= 0 and <= FixedPoint.One;
    }

    private static bool AreModesKnown(in StrategyConfigurationDecoder record) =>
        record.Mode is TradingMode.LongOnly or TradingMode.LongShort
        && record.EntryTiming is EntryTiming.PreviousClose or EntryTiming.CurrentOpen
        && record.NeutralSignal is NeutralSignal.Hold or NeutralSignal.Flatten
        && record.SizingMode is SizingMode.FixedQuantity or SizingMode.EquityFraction
        && record.OrderType is OrderType.Market or OrderType.Limit
        && record.TimeInForce is TimeInForce.GoodTillCancelled or TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill;

    private static bool IsFraction(long raw) => raw is >= 0 and < FixedPoint.One;
}
