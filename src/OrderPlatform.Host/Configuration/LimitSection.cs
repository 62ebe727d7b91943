using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Configuration;

/// <summary>
/// The sections risk_limits and client_limits (R23, R106 to R121, D1, D2). Sizes are in base, values and losses in quote currency; a fraction says so in
/// its name.
/// </summary>
internal static class LimitSection
{
    private const long HourMillis = 3_600_000;

    /// <summary>The strategy's limits.</summary>
    public static LimitSetup Read(YamlSection root, Ratio? slippage)
    {
        YamlSection section = root.Section("risk_limits");
        LimitSetup limits = Read(section, Scope.Strategy, StrategyFile.StrategyId) with { MaximumSlippage = slippage };
        section.End();
        return limits;
    }

    /// <summary>The client's limits, or null where there are none.</summary>
    public static LimitSetup? ReadClient(YamlSection root)
    {
        YamlSection section = root.Section("client_limits");
        LimitSetup limits = Read(section, Scope.Client, StrategyFile.ClientId) with { MaximumSlippage = section.BasisPoints("max_slippage_bps") };
        section.End();
        return limits == new LimitSetup(Scope.Client, StrategyFile.ClientId) ? null : limits;
    }

    private static LimitSetup Read(YamlSection section, Scope scope, uint id)
    {
        uint? messages = section.Count("max_messages", 1, 1_000_000);
        long window = section.Millis("message_window_ms", 1_000, 1, HourMillis);
        Ratio? fraction = section.Ratio("max_position_fraction");
        Ratio? percent = section.Ratio("max_position_value_pct");
        section.Either("max_position_value_pct", "max_position_fraction");
        section.OnlyWith("message_window_ms", messages is not null, "max_messages");
        return new LimitSetup(
            scope,
            id,
            MinimumOrderQuantity: section.Quantity("min_order_size"),
            MaximumOrderQuantity: section.Quantity("max_order_size"),
            MaximumOrderNotional: section.Money("max_order_value"),
            MaximumPositionQuantity: section.Quantity("max_position_size"),
            MaximumPositionNotional: section.Money("max_position_notional"),
            MaximumPositionFraction: fraction ?? percent,
            MaximumDailyLoss: section.Money("max_daily_loss"))
        {
            MaximumDailyLossFraction = section.Ratio("max_daily_loss_fraction", 0, FixedPoint.One),
            MaximumDrawdown = section.Money("max_drawdown"),
            MaximumDrawdownFraction = section.Ratio("max_drawdown_fraction", 0, FixedPoint.One),
            MaximumPriceDeviation = section.Ratio("max_price_deviation", 0, FixedPoint.One),
            MaximumConcentration = section.Ratio("max_concentration"),
            MaximumLeverage = section.Ratio("max_leverage"),
            MaximumLossPerTrade = section.Money("max_loss_per_trade"),
            MaximumOpenOrders = section.Count("max_open_orders", 0, 1_000_000),
            MaximumMessages = messages,
            MessageWindowNanos = messages is null ? null : window,
            MaximumPriceAgeNanos = section.Millis("max_price_age_ms", 1, HourMillis),
            ReduceOnBreach = section.Flag("reduce_on_breach", false) ? true : null,
        };
    }
}
