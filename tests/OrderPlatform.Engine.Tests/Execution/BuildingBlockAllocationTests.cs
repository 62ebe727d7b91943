using OrderPlatform.Engine.Execution.Slicing;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Sizing;
using OrderPlatform.Engine.Volatility;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Execution;

[Description("Law 5: nothing is allocated on the path of an input")]
internal sealed class BuildingBlockAllocationTests
{
    private long _sum;

    [Test]
    public void Sizing_volatility_levels_and_slices_allocate_nothing()
    {
        Assert.That(AllocationCount.LeastOfRounds(Round), Is.Zero);
        Assert.That(_sum, Is.Not.Zero);
    }

    private void Round()
    {
        var window = new CloseWindow(20);
        var range = new AverageTrueRange(14);
        PriceHistory history = default;
        var trailing = new TrailingStop { Side = Side.Sell, Fraction = new Ratio(1_000_000) };
        HourWeights weights = default;
        weights[3] = 1;
        var rules = new LotRules(new Quantity(1_000), new Quantity(1_000), new Money(FixedPoint.One));
        for (int index = 1; index <= 100; index++)
        {
            var price = new Price((100 + (index % 7)) * FixedPoint.One);
            window.Add(price);
            range.Add(price, price, price);
            history.Add(index * 60_000_000_000L, price);
            trailing.Observe(new PriceRange(price, price));
            window.TryStandardDeviation(out Ratio deviation);
            range.TryValue(out Price average);
            history.TryMomentum(index * 60_000_000_000L, 60, out Ratio momentum);
            ProtectionDistance.TryOf(ExitMode.StandardDeviation, new Ratio(FixedPoint.One), price, deviation, average, out ProtectionDistance stop);
            ProtectionLevels levels = ProtectionLevels.Around(true, price, stop, stop, new Price(1_000_000));
            SizingResult size = NotionalSize.Kelly(
                new Ratio(25_000_000),
                KellyFraction.Of(new Ratio(60_000_000), new Ratio(2), new Ratio(1)),
                new Money(FixedPoint.One * 100_000),
                levels.StopDistance(price),
                default);
            var quantity = new Quantity(FixedPoint.FloorToStep(size.Notional.Raw / (100 + (index % 7)), rules.Step.Raw));
            ExitFeasibility.Check(quantity, new Ratio(100_000), levels.Stop, rules, out Quantity exit);
            OrderSplit.Cut(quantity, price, new SplitLimits(new Quantity(FixedPoint.One), default, default), rules, 1_000, out OrderSplit split);
            var times = new SliceTimes(10, 300_000_000_000);
            var vwap = new VwapSchedule(quantity, rules.Step, times, 3 * 3_600_000_000_000);
            Quantity part = SliceSize.Next(quantity, Quantity.Zero, vwap.Target(times.IndexAt(index), weights), price, rules);
            Quantity share = new Participation(new Ratio(10_000_000), default).Next(quantity, Quantity.Zero, quantity, price, rules);
            Iceberg.Display(quantity, new Ratio(10_000_000), price, rules, out Quantity display);
            _sum += momentum.Raw + exit.Raw + split.Children + part.Raw + share.Raw + display.Raw + trailing.Trigger.Raw;
        }
    }
}
