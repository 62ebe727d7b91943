using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Configuration;

/// <summary>The section risk_limits (R106, R110 to R112, R115, R121). max_position_size is in base and max_daily_loss in quote currency (D1, D2).</summary>
internal static class LimitSection
{
    public static LimitSetup Read(YamlSection root)
    {
        YamlSection section = root.Section("risk_limits");
        var limits = new LimitSetup(
            Scope.Strategy,
            StrategyFile.StrategyId,
            MinimumOrderQuantity: AsQuantity(section.Number("min_order_size", 0, Bounds.QuantityMax)),
            MaximumOrderQuantity: AsQuantity(section.Number("max_order_size", 0, Bounds.QuantityMax)),
            MaximumOrderNotional: AsMoney(section.Number("max_order_value", 0, Bounds.MoneyMax)),
            MaximumPositionQuantity: AsQuantity(section.Number("max_position_size", 0, Bounds.QuantityMax)),
            MaximumPositionNotional: AsMoney(section.Number("max_position_notional", 0, Bounds.MoneyMax)),
            MaximumPositionFraction: section.Number("max_position_fraction", 0, Bounds.RatioMax) is { } raw ? new Ratio(raw) : null,
            MaximumDailyLoss: AsMoney(section.Number("max_daily_loss", 0, Bounds.MoneyMax)));
        section.End();
        return limits;
    }

    private static Quantity? AsQuantity(long? raw) => raw is { } value ? new Quantity(value) : null;

    private static Money? AsMoney(long? raw) => raw is { } value ? new Money(value) : null;
}
