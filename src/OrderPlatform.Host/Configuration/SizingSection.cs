using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Host.Configuration;

/// <summary>The section sizing with parameters.position_size: how a wish becomes a quantity (R46, R117, R128, D4).</summary>
internal sealed record SizingSection(
    SizingMode Mode, Quantity? Quantity, Ratio? Fraction, Money? Notional, Ratio? TargetVolatility, Ratio? WinRate, Ratio? Multiplier, Ratio? RiskPerTrade,
    Ratio? MaximumFraction)
{
    private const long WinRateDefault = 63_600_000;
    private const long MultiplierDefault = FixedPoint.One / 4;
    private const long RiskDefault = FixedPoint.One / 50;
    private const long MaximumFractionDefault = FixedPoint.One / 2;
    private const long FractionMax = 1_000 * FixedPoint.One;

    public static SizingSection Read(YamlSection root)
    {
        YamlSection sizing = root.Section("sizing");
        YamlSection parameters = root.Section("parameters");
        SizingMode mode = sizing.Choice("mode", SizingMode.FixedQuantity, ("fixed", SizingMode.FixedQuantity), ("equity_fraction", SizingMode.EquityFraction),
            ("fixed_notional", SizingMode.FixedNotional), ("volatility_target", SizingMode.VolatilityTarget), ("kelly", SizingMode.Kelly));
        bool isKelly = mode == SizingMode.Kelly;
        bool isCapped = isKelly || mode == SizingMode.VolatilityTarget;
        var section = new SizingSection(
            mode,
            parameters.Quantity("position_size", 1),
            sizing.Ratio("fraction", 1, FractionMax),
            sizing.Money("notional", 1),
            sizing.Ratio("target_volatility", 1, FixedPoint.One),
            OfMode(isKelly, sizing.Number("win_rate", WinRateDefault, 1, FixedPoint.One)),
            OfMode(isKelly, sizing.Number("kelly_multiplier", MultiplierDefault, 1, FractionMax)),
            OfMode(isKelly, sizing.Number("risk_per_trade", RiskDefault, 1, FixedPoint.One)),
            OfMode(isCapped, sizing.Number("max_position_fraction", MaximumFractionDefault, 1, FractionMax)));
        sizing.OnlyWith("fraction", mode == SizingMode.EquityFraction, "mode equity_fraction");
        sizing.OnlyWith("notional", mode == SizingMode.FixedNotional, "mode fixed_notional");
        sizing.OnlyWith("target_volatility", mode == SizingMode.VolatilityTarget, "mode volatility_target");
        sizing.OnlyWith("win_rate", isKelly, "mode kelly");
        sizing.OnlyWith("kelly_multiplier", isKelly, "mode kelly");
        sizing.OnlyWith("risk_per_trade", isKelly, "mode kelly");
        sizing.OnlyWith("max_position_fraction", isCapped, "mode kelly or volatility_target");
        sizing.End();

        // The same section is read for the strategy's periods: here all of its keys are known.
        parameters.Has("fast_period");
        parameters.Has("slow_period");
        parameters.Has("bar_interval_seconds");
        parameters.End();
        section.RequireOwn(sizing, parameters);
        return section;
    }

    private static Ratio? OfMode(bool isUsed, long raw) => isUsed ? new Ratio(raw) : null;

    private void RequireOwn(YamlSection sizing, YamlSection parameters)
    {
        switch (Mode)
        {
            case SizingMode.FixedQuantity when Quantity is null:
                throw parameters.Wrong("position_size", "is missing; needed is the quantity to hold, such as 0.1");
            case SizingMode.EquityFraction when Fraction is null:
                throw sizing.Wrong("fraction", "is missing; needed is the fraction of equity to hold, such as 0.25");
            case SizingMode.FixedNotional when Notional is null:
                throw sizing.Wrong("notional", "is missing; needed is the value to hold, such as 10000");
            case SizingMode.VolatilityTarget when TargetVolatility is null:
                throw sizing.Wrong("target_volatility", "is missing; needed is the deviation of a bar's result as a fraction of equity, such as 0.001");
        }
    }
}
