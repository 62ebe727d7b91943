using OrderPlatform.Engine.Numbers;
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
        long tick = section.Number("price_tick", 1, Bounds.PriceMax) ?? DefaultTick;
        long step = section.Number("quantity_step", 1, Bounds.QuantityMax) ?? DefaultStep;
        long? minimum = section.Number("minimum_quantity", 0, Bounds.QuantityMax);
        long? maximum = section.Number("maximum_quantity", 1, Bounds.QuantityMax);
        long notional = section.Number("minimum_notional", 0, Bounds.MoneyMax) ?? DefaultMinimumNotional;
        if (minimum > maximum)
        {
            throw section.Wrong("minimum_quantity", "is more than maximum_quantity");
        }

        section.End();
        return new InstrumentSetup(
            StrategyFile.InstrumentId, StrategyFile.VenueId, symbol.AtVenue, symbol.Base, symbol.Quote, new Price(tick), new Quantity(step),
            minimum is { } a ? new Quantity(a) : null, maximum is { } b ? new Quantity(b) : null, new Money(notional));
    }
}
