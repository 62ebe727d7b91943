using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Configuration;

/// <summary>The section instrument: the venue's rules for orders. The defaults are Binance spot's for BTCUSDT: tick 0.01, step 0.00001, minimum value 5.</summary>
internal static class InstrumentSection
{
    private const long DefaultTick = FixedPoint.One / 100;
    private const long DefaultStep = FixedPoint.One / 100_000;
    private const long DefaultMinimumNotional = 5 * FixedPoint.One;

    public static InstrumentSetup Read(YamlSection root, Symbol symbol)
    {
        YamlSection section = root.Section("instrument");
        long tick = section.Number("price_tick", DefaultTick, 1, Bounds.PriceMax);
        long step = section.Number("quantity_step", DefaultStep, 1, Bounds.QuantityMax);
        Quantity? minimum = section.Quantity("minimum_quantity");
        Quantity? maximum = section.Quantity("maximum_quantity", 1);
        long notional = section.Number("minimum_notional", DefaultMinimumNotional, 0, Bounds.MoneyMax);
        Money? most = section.Money("maximum_notional", 1);
        InstrumentKind kind = section.Choice(
            "kind", InstrumentKind.Spot, ("spot", InstrumentKind.Spot), ("linear", InstrumentKind.Linear), ("inverse", InstrumentKind.Inverse));
        bool isContract = kind != InstrumentKind.Spot;
        long multiplier = section.Number("multiplier", FixedPoint.One, 1, Bounds.QuantityMax);
        Ratio? rate = section.Ratio("maintenance_margin_rate", 0, FixedPoint.One / 2);
        Money? amount = section.Money("maintenance_amount");
        section.OnlyWith("multiplier", isContract, "kind linear or inverse");
        section.OnlyWith("maintenance_margin_rate", isContract, "kind linear or inverse");
        section.OnlyWith("maintenance_amount", rate is not null, "maintenance_margin_rate");
        if (minimum > maximum)
        {
            throw section.Wrong("minimum_quantity", "is more than maximum_quantity");
        }

        if (notional > most?.Raw)
        {
            throw section.Wrong("maximum_notional", "is less than minimum_notional");
        }

        section.End();
        return new InstrumentSetup(
            StrategyFile.InstrumentId, StrategyFile.VenueId, symbol.AtVenue, symbol.Base, symbol.Quote, new Price(tick), new Quantity(step), minimum, maximum,
            new Money(notional))
        {
            Kind = kind,
            Multiplier = isContract ? new Quantity(multiplier) : null,
            MaximumNotional = most,
            MaintenanceMarginRate = rate,
            MaintenanceAmount = amount,
        };
    }
}
