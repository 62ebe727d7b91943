using OrderPlatform.Engine.Execution.Slicing;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Sizing;

namespace OrderPlatform.Engine.Tests.Execution;

[Description("R71, R75, T6, T14: parts are lots, none below the venue's smallest order, never ahead of the schedule, in sum the parent")]
internal sealed class SliceSizeTests
{
    private static readonly LotRules Tens = new(Units(1), Units(4), default);

    [Test]
    public void Small_slices_are_merged_into_the_next()
    {
        var plan = new TwapSchedule(Units(10), Units(1), new SliceTimes(10, 10_000_000_000));
        Assert.That(Run(plan, Tens), Is.EqualTo(new[] { 0, 0, 0, 4, 0, 0, 0, 0, 0, 6 }), "4 at the eighth would leave 2, which no order can be");
    }

    [Test]
    public void A_parent_that_is_too_small_itself_is_a_leftover()
    {
        var plan = new TwapSchedule(Units(3), Units(1), new SliceTimes(3, 3_000_000_000));
        Assert.That(Run(plan, Tens), Is.EqualTo(new[] { 0, 0, 0 }));
    }

    [Test]
    public void The_smallest_value_counts_at_the_current_price()
    {
        var rules = new LotRules(Units(1), default, new Money(10 * FixedPoint.One));
        Assert.That(SliceSize.Next(Units(10), Units(0), Units(3), new Price(3 * FixedPoint.One), rules), Is.EqualTo(Units(0)), "9");
        Assert.That(SliceSize.Next(Units(10), Units(0), Units(4), new Price(3 * FixedPoint.One), rules), Is.EqualTo(Units(4)), "12");
        Assert.That(SliceSize.Next(Units(10), Units(0), Units(10), Price.Zero, rules), Is.EqualTo(Units(0)), "unknown without a price");
    }

    [TestCase(0, 10, 8, Description = "cut so that the rest can be an order")]
    [TestCase(5, 12, 7, Description = "less than two smallest orders left: the rest goes whole, above the largest part")]
    [TestCase(8, 12, 4)]
    [TestCase(12, 12, 0)]
    [TestCase(13, 12, 0, Description = "an overfilled parent asks for nothing")]
    public void A_largest_part_leaves_a_rest_that_can_be_sent(int committed, int target, int part)
    {
        Quantity largest = Units(committed == 5 ? 6 : 10);
        Assert.That(SliceSize.Next(Units(12), Units(committed), Units(target), largest, Price.Zero, Tens), Is.EqualTo(Units(part)));
    }

    [Test]
    public void A_largest_part_below_the_smallest_order_counts_as_that_order() =>
        Assert.That(SliceSize.Next(Units(12), Units(0), Units(12), Units(1), Price.Zero, Tens), Is.EqualTo(Units(4)));

    [Test]
    public void What_a_cancelled_child_gave_back_is_caught_up()
    {
        var plan = new TwapSchedule(Units(100), Units(1), new SliceTimes(10, 10_000_000_000));
        Assert.That(SliceSize.Next(plan.Total, Units(17), plan.Target(2), Price.Zero, Tens), Is.EqualTo(Units(13)), "3 of 20 came back");
        Assert.That(SliceSize.Next(plan.Total, Units(40), plan.Target(2), Price.Zero, Tens), Is.EqualTo(Units(0)), "ahead: nothing");
    }

    [TestCase(-1, -1)]
    [TestCase(0, 0)]
    [TestCase(33_333_332, 0)]
    [TestCase(33_333_333, 1, Description = "a third of a tenth of a second, rounded down")]
    [TestCase(66_666_666, 2)]
    [TestCase(99_999_999, 2)]
    [TestCase(long.MaxValue, 2)]
    public void The_newest_due_part_is_known_at_every_instant(long elapsed, int index) =>
        Assert.That(new SliceTimes(3, 100_000_000).IndexAt(elapsed), Is.EqualTo(index));

    [FsCheck.NUnit.Property(MaxTest = 2_000, Replay = "20261126,21")]
    public void The_due_part_is_the_last_whose_time_has_come(ushort slices, uint duration, uint elapsed)
    {
        var times = new SliceTimes(1 + (slices % 1_000), 1_000_000_000 + duration);
        long at = elapsed % (2 * times.DurationNanos);
        int index = times.IndexAt(at);
        Assert.That(times.DueNanos(index), Is.LessThanOrEqualTo(at));
        Assert.That(index == times.Slices - 1 || times.DueNanos(index + 1) > at, Is.True);
        Assert.That(times.IndexAt(times.DueNanos(index)), Is.EqualTo(index));
    }

    [FsCheck.NUnit.Property(MaxTest = 3_000, Replay = "20261126,23")]
    public void A_schedule_with_refusals_and_partial_fills_keeps_every_rule(ushort lots, byte step, byte slices, byte minimum, ushort notional, byte[] luck)
    {
        long lot = 1 + step;
        var rules = new LotRules(new Quantity(lot), new Quantity(minimum * lot / 4), new Money(notional));
        Price price = new(FixedPoint.One);
        Quantity total = new((1 + lots) * lot);
        var plan = new TwapSchedule(total, rules.Step, new SliceTimes(1 + slices, 1_000_000_000_000));
        Quantity executed = Quantity.Zero;
        bool whole = true;
        bool orders = true;
        bool sendable = true;
        bool ahead = false;
        for (int index = 0; index < plan.Times.Slices; index++)
        {
            Quantity part = SliceSize.Next(total, executed, plan.Target(index), price, rules);
            if (part.IsZero)
            {
                continue;
            }

            Quantity rest = total - executed - part;
            orders &= LotSize.Check(part, price, rules) == SizeVerdict.Fits;
            sendable &= rest.IsZero || LotSize.Check(rest, price, rules) == SizeVerdict.Fits;
            long filled = luck.Length == 0 || luck[index % luck.Length] > 100 ? part.Raw : part.Raw / lot * luck[index % luck.Length] / 100 * lot;
            whole &= filled == part.Raw;
            executed += new Quantity(filled);
            decimal exact = (decimal)total.Raw * (index + 1) / plan.Times.Slices;
            ahead |= executed.Raw > exact;
        }

        Assert.That((orders, sendable, ahead), Is.EqualTo((true, true, false)));
        if (whole && LotSize.Check(total, price, rules) == SizeVerdict.Fits)
        {
            Assert.That(executed, Is.EqualTo(total), "in sum the parent");
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 2_000, Replay = "20261126,25")]
    public void An_iceberg_ends_with_the_whole_and_shows_little_more_than_its_part(ushort lots, byte step, byte minimum, byte visible)
    {
        long lot = 1 + step;
        var rules = new LotRules(new Quantity(lot), new Quantity(minimum * lot / 4), default);
        Quantity total = new((1 + lots) * lot);
        Ratio share = new((1 + visible) * 390_000L);
        SlicingFault fault = Iceberg.Display(total, share, Price.Zero, rules, out Quantity display);
        bool possible = LotSize.Check(total, Price.Zero, rules) == SizeVerdict.Fits;
        Assert.That(fault, Is.EqualTo(possible ? SlicingFault.None : SlicingFault.LimitBelowSmallestOrder));
        LotSize.TrySmallest(Price.Zero, rules, out Quantity least);
        Quantity done = Quantity.Zero;
        bool orders = true;
        while (possible && orders && done < total)
        {
            Quantity part = Iceberg.Next(total, done, display, Price.Zero, rules);
            orders &= LotSize.Check(part, Price.Zero, rules) == SizeVerdict.Fits && part.Raw < display.Raw + least.Raw;
            done += part;
        }

        Assert.That(orders, Is.True);
        Assert.That(done, Is.EqualTo(possible ? total : Quantity.Zero));
    }

    [TestCase("0", SlicingFault.FractionOutOfRange)]
    [TestCase("-0.1", SlicingFault.FractionOutOfRange)]
    [TestCase("1.00000001", SlicingFault.FractionOutOfRange)]
    [TestCase("1", SlicingFault.None)]
    [Description("R76")]
    public void A_visible_part_is_a_share(string visible, SlicingFault fault)
    {
        Ratio share = new((long)(KnownAnswer.Parse(visible) * FixedPoint.One));
        Assert.That(Iceberg.Display(Units(10), share, Price.Zero, Tens, out _), Is.EqualTo(fault));
        Assert.That(Iceberg.Display(new Quantity(1), new Ratio(1), Price.Zero, Tens, out _), Is.EqualTo(SlicingFault.QuantityNotInLots));
    }

    [Test]
    public void A_display_below_the_smallest_order_is_raised_to_it()
    {
        Assert.That(Iceberg.Display(Units(30), new Ratio(FixedPoint.One / 10), Price.Zero, Tens, out Quantity display), Is.EqualTo(SlicingFault.None));
        Assert.That(display, Is.EqualTo(Units(4)));
    }

    private static long[] Run(TwapSchedule plan, in LotRules rules)
    {
        Quantity committed = Quantity.Zero;
        long[] parts = new long[plan.Times.Slices];
        for (int index = 0; index < parts.Length; index++)
        {
            Quantity part = SliceSize.Next(plan.Total, committed, plan.Target(index), Price.Zero, rules);
            parts[index] = part.Raw / FixedPoint.One;
            committed += part;
        }

        return parts;
    }

    private static Quantity Units(long count) => new(count * FixedPoint.One);
}
