using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Configuration;

/// <summary>The sections that say how signals become orders: parameters.position_size, sizing, orders, exits.</summary>
internal static class OrderSections
{
    public static StrategySetup Read(YamlSection root, string id)
    {
        YamlSection orders = root.Section("orders");
        TradingMode mode = orders.Choice("mode", TradingMode.LongOnly, ("long_only", TradingMode.LongOnly), ("long_short", TradingMode.LongShort));
        EntryTiming entry = orders.Choice("entry", EntryTiming.PreviousClose, ("previous_close", EntryTiming.PreviousClose), ("current_open", EntryTiming.CurrentOpen));
        NeutralSignal neutral = orders.Choice("neutral_signal", NeutralSignal.Hold, ("hold", NeutralSignal.Hold), ("flatten", NeutralSignal.Flatten));
        OrderType type = orders.Choice("default_order_type", OrderType.Market, ("market", OrderType.Market), ("limit", OrderType.Limit));
        TimeInForce force = orders.Choice("time_in_force", TimeInForce.GoodTillCancelled,
            ("GTC", TimeInForce.GoodTillCancelled), ("IOC", TimeInForce.ImmediateOrCancel), ("FOK", TimeInForce.FillOrKill));
        Ratio? offset = BasisPoints(orders, "limit_offset_bps");
        Ratio? confidence = orders.Number("minimum_confidence", 0, FixedPoint.One) is { } c ? new Ratio(c) : null;
        orders.OnlyWith("limit_offset_bps", type == OrderType.Limit, "default_order_type limit");
        orders.End();

        (SizingMode sizing, Quantity? quantity, Ratio? fraction) = ReadSizing(root);
        YamlSection exits = root.Section("exits");
        Ratio? stop = exits.Number("stop_loss", 1, FixedPoint.One - 1) is { } s ? new Ratio(s) : null;
        Ratio? profit = exits.Number("take_profit", 1, Bounds.RatioMax) is { } p ? new Ratio(p) : null;
        exits.End();
        return new StrategySetup(StrategyFile.StrategyId, StrategyFile.ClientId, StrategyFile.AccountId, id, mode, entry, neutral, sizing, type, force,
            quantity, fraction, offset, stop, profit, confidence);
    }

    private static (SizingMode Mode, Quantity? Quantity, Ratio? Fraction) ReadSizing(YamlSection root)
    {
        YamlSection sizing = root.Section("sizing");
        YamlSection parameters = root.Section("parameters");
        SizingMode mode = sizing.Choice("mode", SizingMode.FixedQuantity, ("fixed", SizingMode.FixedQuantity), ("equity_fraction", SizingMode.EquityFraction));
        long? fraction = sizing.Number("fraction", 1, 1_000 * FixedPoint.One);
        long? quantity = parameters.Number("position_size", 1, Bounds.QuantityMax);
        sizing.OnlyWith("fraction", mode == SizingMode.EquityFraction, "mode equity_fraction");
        sizing.End();

        // The same section is read for the strategy's periods: here all of its keys are known.
        parameters.Has("fast_period");
        parameters.Has("slow_period");
        parameters.Has("bar_interval_seconds");
        parameters.End();
        if (mode == SizingMode.FixedQuantity && quantity is null)
        {
            throw parameters.Wrong("position_size", "is missing; needed is the quantity to hold, such as 0.1");
        }

        if (mode == SizingMode.EquityFraction && fraction is null)
        {
            throw sizing.Wrong("fraction", "is missing; needed is the fraction of equity to hold, such as 0.25");
        }

        return (mode, quantity is { } q ? new Quantity(q) : null, fraction is { } f ? new Ratio(f) : null);
    }

    /// <summary>A number of basis points as a fraction.</summary>
    internal static Ratio? BasisPoints(YamlSection section, string key) =>
        section.Number(key, 0, 9_999 * FixedPoint.One) is { } raw ? new Ratio(raw / 10_000) : null;
}
