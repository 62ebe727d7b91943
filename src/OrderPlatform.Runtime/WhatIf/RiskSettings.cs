using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>The keys of risk_limits and client_limits, which are one record.</summary>
internal static class RiskSettings
{
    public static readonly IReadOnlyList<SettingKey> All =
    [
        Key("min_order_size", SettingUnit.Quantity(), static (s, v) => s with { MinimumOrderQuantity = Raw.Quantity(v) }),
        Key("max_order_size", SettingUnit.Quantity(), static (s, v) => s with { MaximumOrderQuantity = Raw.Quantity(v) }),
        Key("max_order_value", SettingUnit.Money(), static (s, v) => s with { MaximumOrderNotional = Raw.Money(v) }),
        Key("max_position_size", SettingUnit.Quantity(), static (s, v) => s with { MaximumPositionQuantity = Raw.Quantity(v) }),
        Key("max_position_notional", SettingUnit.Money(), static (s, v) => s with { MaximumPositionNotional = Raw.Money(v) }),
        Key("max_position_fraction", SettingUnit.Ratio(), static (s, v) => s with { MaximumPositionFraction = Raw.Ratio(v) }),
        Key("max_position_value_pct", SettingUnit.Ratio(), static (s, v) => s with { MaximumPositionFraction = Raw.Ratio(v) }),
        Key("max_concentration", SettingUnit.Ratio(), static (s, v) => s with { MaximumConcentration = Raw.Ratio(v) }),
        Key("max_leverage", SettingUnit.Ratio(), static (s, v) => s with { MaximumLeverage = Raw.Ratio(v) }),
        Key("max_daily_loss", SettingUnit.Money(), static (s, v) => s with { MaximumDailyLoss = Raw.Money(v) }),
        Key("max_daily_loss_fraction", SettingUnit.Fraction(), static (s, v) => s with { MaximumDailyLossFraction = Raw.Ratio(v) }),
        Key("max_drawdown", SettingUnit.Money(), static (s, v) => s with { MaximumDrawdown = Raw.Money(v) }),
        Key("max_drawdown_fraction", SettingUnit.Fraction(), static (s, v) => s with { MaximumDrawdownFraction = Raw.Ratio(v) }),
        Key("max_loss_per_trade", SettingUnit.Money(), static (s, v) => s with { MaximumLossPerTrade = Raw.Money(v) }),
        Key("max_price_deviation", SettingUnit.Fraction(), static (s, v) => s with { MaximumPriceDeviation = Raw.Ratio(v) }),
        Key("max_price_age_ms", SettingUnit.Millis(1, 3_600_000), static (s, v) => s with { MaximumPriceAgeNanos = v }),
        Key("max_open_orders", SettingUnit.Whole(0, 1_000_000), static (s, v) => s with { MaximumOpenOrders = (uint?)v }),
        Key("max_messages", SettingUnit.Whole(1, 1_000_000), static (s, v) => s with { MaximumMessages = (uint?)v }),
        Key("message_window_ms", SettingUnit.Millis(1, 3_600_000), static (s, v) => s with { MessageWindowNanos = v }) with
        {
            Needs = static s => s.MaximumMessages is null ? "max_messages" : null,
        },
        Key("reduce_on_breach", SettingUnit.Flag(), static (s, v) => s with { ReduceOnBreach = v is { } raw ? raw == 1 : null }) with { AllowsNone = false },
        Key("max_slippage_bps", SettingUnit.BasisPoints(), static (s, v) => s with { MaximumSlippage = Raw.Ratio(v) }),

        // A strategy's stands among its orders.
        Key("max_slippage_bps", SettingUnit.BasisPoints(), static (s, v) => s with { MaximumSlippage = Raw.Ratio(v) }) with { Section = "orders" },
    ];

    private static SettingKey<LimitSetup> Key(string name, SettingUnit unit, Func<LimitSetup, long?, LimitSetup> set) =>
        new(SettingTable.Risk, name, unit, true, set);
}
