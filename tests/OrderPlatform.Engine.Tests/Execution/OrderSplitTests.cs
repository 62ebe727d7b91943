using OrderPlatform.Engine.Execution.Slicing;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Sizing;

namespace OrderPlatform.Engine.Tests.Execution;

[Description("D3, R71, R80, R81, R110, R112")]
internal sealed class OrderSplitTests
{
    private static readonly LotRules Rules = new(Coins(0.001m), Coins(0.001m), new Money(10 * FixedPoint.One));

    [TestCase(0.2, 1, Description = "exactly max_order_value")]
    [TestCase(0.201, 2)]
    [TestCase(1, 5)]
    [TestCase(1.001, 6)]
    public void As_few_children_as_the_value_limit_allows(decimal total, int children)
    {
        Assert.That(Cut(total, new SplitLimits(default, Dollars(10_000), default), out OrderSplit split), Is.EqualTo(SlicingFault.None));
        Assert.That(split.Children, Is.EqualTo(children));
    }

    [Test]
    public void The_narrowest_limit_counts_and_children_are_even()
    {
        Assert.That(Cut(1, new SplitLimits(Coins(0.5m), Dollars(40_000), Coins(0.3m)), out OrderSplit split), Is.EqualTo(SlicingFault.None));
        Assert.That(Enumerable.Range(0, split.Children).Select(split.Child), Is.EqualTo(new[] { Coins(0.25m), Coins(0.25m), Coins(0.25m), Coins(0.25m) }),
            "not 0.3, 0.3, 0.3 and a rest of 0.1");
        Assert.That(Cut(1, default, out split), Is.EqualTo(SlicingFault.None));
        Assert.That((split.Children, split.Child(0)), Is.EqualTo((1, Coins(1))), "no limit, one child");
    }

    [Test]
    public void What_no_split_can_satisfy_is_refused_with_a_reason()
    {
        Assert.That(Cut(1, new SplitLimits(default, Dollars(49.99m), default), out _), Is.EqualTo(SlicingFault.LimitBelowOneLot));
        Assert.That(Cut(1.0005m, default, out _), Is.EqualTo(SlicingFault.QuantityNotInLots));
        Assert.That(Cut(1, new SplitLimits(Coins(0.001m), default, default), out _), Is.EqualTo(SlicingFault.PartCountOutOfRange), "a thousand children");
        var large = new LotRules(Coins(0.001m), Coins(0.5m), default);
        Assert.That(OrderSplit.Cut(Coins(1), Dollar(50_000), new SplitLimits(Coins(0.4m), default, default), large, 100, out OrderSplit split),
            Is.EqualTo(SlicingFault.LimitBelowSmallestOrder));
        Assert.That(split, Is.EqualTo(default(OrderSplit)));
        Assert.That(OrderSplit.Cut(Coins(1), Price.Zero, new SplitLimits(default, Dollars(10), default), default, 100, out _),
            Is.EqualTo(SlicingFault.LimitBelowOneLot), "a value limit without a price");
        Assert.That(OrderSplit.Cut(Coins(1), Price.Zero, default, Rules, 100, out _),
            Is.EqualTo(SlicingFault.LimitBelowSmallestOrder), "a smallest value without a price");
    }

    [Test]
    public void A_tiny_price_makes_the_value_no_limit()
    {
        var limits = new SplitLimits(default, new Money(long.MaxValue), default);
        Assert.That(limits.Largest(new Price(1), Coins(1)).Raw, Is.GreaterThan(Bounds.QuantityMax));
    }

    [FsCheck.NUnit.Property(MaxTest = 3_000, Replay = "20261126,33")]
    public void Children_are_lots_within_the_limits_as_few_as_can_be_and_add_up(
        ushort lots, byte step, ushort most, ushort venue, uint value, ushort price, byte minimum)
    {
        long lot = 1 + step;
        var rules = new LotRules(new Quantity(lot), new Quantity(minimum * lot / 8), default);
        var limits = new SplitLimits(new Quantity(most), new Money(value), new Quantity(venue));
        Price at = new((1L + price) * 10_000_000);
        Quantity total = new((1 + lots) * lot);
        SlicingFault fault = OrderSplit.Cut(total, at, limits, rules, int.MaxValue, out OrderSplit split);
        long largest = limits.Largest(at, rules.Step).Raw;
        Assert.That(fault, Is.AnyOf(SlicingFault.None, SlicingFault.LimitBelowOneLot, SlicingFault.LimitBelowSmallestOrder));
        Assert.That(fault == SlicingFault.LimitBelowOneLot, Is.EqualTo(largest == 0));
        if (fault != SlicingFault.None)
        {
            return;
        }

        Quantity sum = Quantity.Zero;
        bool orders = true;
        bool within = true;
        for (int index = 0; index < split.Children; index++)
        {
            Quantity child = split.Child(index);
            sum += child;
            orders &= LotSize.Check(child, at, rules) == SizeVerdict.Fits;
            within &= (most == 0 || child.Raw <= most) && (venue == 0 || child.Raw <= venue);
            within &= value == 0 || (decimal)child.Raw * at.Raw <= (decimal)value * FixedPoint.One;
        }

        Assert.That((orders, within), Is.EqualTo((true, true)));
        Assert.That(sum, Is.EqualTo(total));
        Assert.That((decimal)largest * (split.Children - 1), Is.LessThan(total.Raw), "one child less would not do");
    }

    private static SlicingFault Cut(decimal total, in SplitLimits limits, out OrderSplit split) =>
        OrderSplit.Cut(Coins(total), Dollar(50_000), limits, Rules, 100, out split);

    private static Price Dollar(decimal value) => new((long)(value * FixedPoint.One));

    private static Money Dollars(decimal value) => new((long)(value * FixedPoint.One));

    private static Quantity Coins(decimal value) => new((long)(value * FixedPoint.One));
}
