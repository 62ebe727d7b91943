using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>The keys of a strategy's own record: sizes, order types, distances of stops and targets.</summary>
internal static class StrategySettings
{
    private const long FractionMax = 1_000 * FixedPoint.One;

    public static readonly IReadOnlyList<SettingKey> All =
    [
        Key("parameters", "position_size", SettingUnit.Quantity(1), static (s, v) =>
            s with { FixedQuantity = Raw.Quantity(v) }) with { Needs = Mode(SizingMode.FixedQuantity, "fixed") },
        Key("sizing", "mode", SettingUnit.Choice(
            ("fixed", (long)SizingMode.FixedQuantity), ("equity_fraction", (long)SizingMode.EquityFraction), ("fixed_notional", (long)SizingMode.FixedNotional),
            ("volatility_target", (long)SizingMode.VolatilityTarget), ("kelly", (long)SizingMode.Kelly)), static (s, v) =>
                s with { SizingMode = (SizingMode)v! }),
        Key("sizing", "fraction", SettingUnit.Ratio(1, FractionMax), static (s, v) =>
            s with { EquityFraction = Raw.Ratio(v) }) with { Needs = Mode(SizingMode.EquityFraction, "equity_fraction") },
        Key("sizing", "notional", SettingUnit.Money(1), static (s, v) =>
            s with { FixedNotional = Raw.Money(v) }) with { Needs = Mode(SizingMode.FixedNotional, "fixed_notional") },
        Key("sizing", "target_volatility", SettingUnit.Fraction(1), static (s, v) => s with { TargetVolatility = Raw.Ratio(v) }) with
        {
            Needs = Mode(SizingMode.VolatilityTarget, "volatility_target"),
        },
        Key("sizing", "win_rate", SettingUnit.Fraction(1), static (s, v) =>
            s with { KellyWinRate = Raw.Ratio(v) }) with { Needs = Mode(SizingMode.Kelly, "kelly") },
        Key("sizing", "kelly_multiplier", SettingUnit.Ratio(1, FractionMax), static (s, v) =>
            s with { KellyMultiplier = Raw.Ratio(v) }) with { Needs = Mode(SizingMode.Kelly, "kelly") },
        Key("sizing", "risk_per_trade", SettingUnit.Fraction(1), static (s, v) =>
            s with { RiskPerTrade = Raw.Ratio(v) }) with { Needs = Mode(SizingMode.Kelly, "kelly") },
        Key("sizing", "max_position_fraction", SettingUnit.Ratio(1, FractionMax), static (s, v) => s with { MaximumFraction = Raw.Ratio(v) }) with
        {
            Needs = static s => s.SizingMode is SizingMode.Kelly or SizingMode.VolatilityTarget ? null : "sizing.mode kelly or volatility_target",
        },
        Key("orders", "mode", SettingUnit.Choice(("long_only", (long)TradingMode.LongOnly), ("long_short", (long)TradingMode.LongShort)), static (s, v) =>
            s with { Mode = (TradingMode)v! }),
        Key("orders", "entry", SettingUnit.Choice(("previous_close", (long)EntryTiming.PreviousClose), ("current_open", (long)EntryTiming.CurrentOpen)),
            static (s, v) => s with { EntryTiming = (EntryTiming)v! }),
        Key("orders", "neutral_signal", SettingUnit.Choice(("hold", (long)NeutralSignal.Hold), ("flatten", (long)NeutralSignal.Flatten)),
            static (s, v) => s with { NeutralSignal = (NeutralSignal)v! }),
        Key("orders", "default_order_type", SettingUnit.Choice(("market", (long)OrderType.Market), ("limit", (long)OrderType.Limit)), static (s, v) =>
            s with { OrderType = (OrderType)v! }),
        Key("orders", "time_in_force", SettingUnit.Choice(
            ("GTC", (long)TimeInForce.GoodTillCancelled), ("IOC", (long)TimeInForce.ImmediateOrCancel), ("FOK", (long)TimeInForce.FillOrKill),
                ("DAY", (long)TimeInForce.Day)),
            static (s, v) => s with { TimeInForce = (TimeInForce)v! }),
        Key("orders", "limit_offset_bps", SettingUnit.BasisPoints(), static (s, v) => s with { LimitOffset = Raw.Ratio(v) }) with { AllowsNone = true },
        Key("orders", "minimum_confidence", SettingUnit.Fraction(), static (s, v) => s with { MinimumConfidence = Raw.Ratio(v) }) with { AllowsNone = true },
        Key("signals", "minimum_confidence", SettingUnit.Fraction(), static (s, v) => s with { MinimumConfidence = Raw.Ratio(v) }) with { AllowsNone = true },
        Key("exits", "stop_loss", SettingUnit.ProperFraction(), static (s, v) => s with { StopLoss = Raw.Ratio(v) }) with { AllowsNone = true },
        Key("exits", "take_profit", SettingUnit.Ratio(1), static (s, v) => s with { TakeProfit = Raw.Ratio(v) }) with { AllowsNone = true },
        Key("exits", "stop_loss_sd", SettingUnit.Ratio(1, FractionMax), static (s, v) => s with { StopLoss = Raw.Ratio(v) }),
        Key("exits", "take_profit_sd", SettingUnit.Ratio(1, FractionMax), static (s, v) => s with { TakeProfit = Raw.Ratio(v) }),
        Key("exits", "stop_loss_atr", SettingUnit.Ratio(1, FractionMax), static (s, v) => s with { StopLoss = Raw.Ratio(v) }),
        Key("exits", "take_profit_atr", SettingUnit.Ratio(1, FractionMax), static (s, v) => s with { TakeProfit = Raw.Ratio(v) }),
    ];

    private static SettingKey<StrategySetup> Key(string section, string name, SettingUnit unit, Func<StrategySetup, long?, StrategySetup> set) =>
        new(section, name, unit, false, set);

    private static Func<StrategySetup, string?> Mode(SizingMode mode, string word) => setup => setup.SizingMode == mode ? null : $"sizing.mode {word}";
}
