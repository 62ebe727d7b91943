using OrderPlatform.Engine.Execution.Slicing;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Sizing;

namespace OrderPlatform.Engine.Tests.Execution;

[Description("R62, R78: VWAP and POV")]
internal sealed class VolumeSlicingTests
{
    private const long Hour = 3_600_000_000_000;
    private const long Midnight = 20_000 * 24 * Hour;

    [Test]
    public void Parts_follow_the_weights_of_the_hours()
    {
        HourWeights weights = default;
        weights[9] = 1;
        weights[10] = 3;
        weights[11] = 4;
        var plan = new VwapSchedule(Units(800), Units(1), new SliceTimes(6, 3 * Hour), Midnight + (9 * Hour));
        Assert.That(plan.Fault(weights), Is.EqualTo(SlicingFault.None));
        Assert.That(Targets(plan, weights), Is.EqualTo(new[] { 50, 100, 250, 400, 600, 800 }));
    }

    [Test]
    public void An_hour_without_volume_gets_nothing()
    {
        HourWeights weights = default;
        weights[23] = 5;
        weights[1] = 5;
        var plan = new VwapSchedule(Units(10), Units(1), new SliceTimes(3, 3 * Hour), Midnight + (23 * Hour));
        Assert.That(Targets(plan, weights), Is.EqualTo(new[] { 5, 5, 10 }), "over midnight");
    }

    [Test]
    public void A_plan_of_days_repeats_the_weights()
    {
        HourWeights weights = default;
        weights[12] = 1;
        var plan = new VwapSchedule(Units(30), Units(1), new SliceTimes(30, 30 * 24 * Hour), Midnight);
        Assert.That(Targets(plan, weights), Is.EqualTo(Enumerable.Range(1, 30)));
    }

    [Test]
    public void A_plan_that_cannot_be_carried_out_is_refused_with_a_reason()
    {
        HourWeights weights = default;
        weights[3] = 1;
        var times = new SliceTimes(6, 3 * Hour);
        Assert.That(
            new VwapSchedule(Units(1), Units(1), times, Midnight + (9 * Hour)).Fault(weights), Is.EqualTo(SlicingFault.NoWeight), "no weight in these hours");
        Assert.That(new VwapSchedule(Units(1), Units(2), times, Midnight).Fault(weights), Is.EqualTo(SlicingFault.QuantityNotInLots));
        Assert.That(new VwapSchedule(Units(1), Units(1), default, Midnight).Fault(weights), Is.EqualTo(SlicingFault.PartCountOutOfRange));
        Assert.That(new VwapSchedule(Units(1), Units(1), times, -1).Fault(weights), Is.EqualTo(SlicingFault.DurationOutOfRange));
        Assert.That(new VwapSchedule(Units(1), Units(1), times, long.MaxValue).Fault(weights), Is.EqualTo(SlicingFault.DurationOutOfRange));
        foreach (int wrong in new[] { -1, HourWeights.WeightMax + 1 })
        {
            weights[20] = wrong;
            Assert.That(weights.IsValid, Is.False);
            Assert.That(new VwapSchedule(Units(1), Units(1), times, Midnight).Fault(weights), Is.EqualTo(SlicingFault.NoWeight));
        }
    }

    [Test]
    public void The_widest_plan_does_not_overflow()
    {
        HourWeights weights = Even(HourWeights.WeightMax);
        var plan = new VwapSchedule(
            new Quantity(Bounds.QuantityMax),
            new Quantity(1),
            new SliceTimes(SliceTimes.SlicesMax, SliceTimes.DurationNanosMax),
            long.MaxValue - SliceTimes.DurationNanosMax);
        Assert.That(plan.Fault(weights), Is.EqualTo(SlicingFault.None));
        Assert.That(plan.Target(4_999, weights).Raw, Is.EqualTo(Bounds.QuantityMax / 2).Within(1_000_000));
        Assert.That(plan.Target(9_999, weights).Raw, Is.EqualTo(Bounds.QuantityMax));
    }

    [FsCheck.NUnit.Property(MaxTest = 1_000, Replay = "20261126,27")]
    public void With_even_weights_it_is_the_time_weighted_plan(ushort lots, byte slices, ushort start, byte weight)
    {
        // Times of whole microseconds, so that no rounding of them shows.
        var times = new SliceTimes(1 + slices, (1L + slices) * 37_000_000_000);
        var plan = new VwapSchedule(Units(1 + lots), Units(1), times, Midnight + (start * 977_000_000L));
        var even = new TwapSchedule(plan.Total, plan.Step, times);
        HourWeights weights = Even(1 + weight);
        for (int index = -1; index <= times.Slices; index++)
        {
            Assert.That(plan.Target(index, weights), Is.EqualTo(even.Target(index)));
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 1_000, Replay = "20261126,29")]
    public void Targets_never_fall_end_with_all_and_are_lots_not_above_the_exact_share(ushort lots, byte slices, uint start, byte[] hours)
    {
        HourWeights weights = default;
        for (int hour = 0; hour < HourWeights.Hours; hour++)
        {
            weights[hour] = hours.Length == 0 ? 1 : hours[hour % hours.Length];
        }

        var plan = new VwapSchedule(Units(7 * (1 + lots)), Units(7), new SliceTimes(1 + slices, 26 * Hour), Midnight + (start * 1_000L));
        if (plan.Fault(weights) == SlicingFault.NoWeight)
        {
            Assert.That(hours, Is.All.Zero);
            return;
        }

        Quantity before = Quantity.Zero;
        decimal whole = (decimal)weights.Between(plan.StartNanos, plan.StartNanos + (26 * Hour));
        bool rising = true;
        bool lotted = true;
        bool exactly = true;
        for (int index = 0; index < plan.Times.Slices; index++)
        {
            Quantity target = plan.Target(index, weights);
            decimal exact = plan.Total.Raw / whole * (decimal)weights.Between(plan.StartNanos, plan.StartNanos + plan.Times.DueNanos(index + 1));
            rising &= target >= before;
            lotted &= target.Raw % Units(7).Raw == 0;
            exactly &= target.Raw <= exact + 0.001m && target.Raw > exact - Units(7).Raw - 0.001m;
            before = target;
        }

        Assert.That((rising, lotted, exactly, before), Is.EqualTo((true, true, true, plan.Total)));
    }

    [TestCase(0, 0)]
    [TestCase(99, 9)]
    [TestCase(100, 10)]
    [TestCase(5_000, 200)]
    public void A_tenth_of_the_market_is_a_tenth_of_its_volume(long volume, long target) =>
        Assert.That(new Participation(Tenth, default).Target(Units(200), Units(1), Units(volume)), Is.EqualTo(Units(target)));

    [Test]
    public void A_burst_of_volume_is_answered_in_parts()
    {
        var share = new Participation(Tenth, Units(8));
        var rules = new LotRules(Units(1), Units(4), default);
        Assert.That(share.Next(Units(20), Units(0), Units(150), Price.Zero, rules), Is.EqualTo(Units(8)), "15 due");
        Assert.That(share.Next(Units(20), Units(8), Units(150), Price.Zero, rules), Is.EqualTo(Units(7)));
        Assert.That(share.Next(Units(20), Units(15), Units(180), Price.Zero, rules), Is.EqualTo(Units(0)), "3 due: below the smallest order");
        Assert.That(share.Next(Units(20), Units(15), Units(200), Price.Zero, rules), Is.EqualTo(Units(5)));
    }

    [TestCase(0, SlicingFault.FractionOutOfRange)]
    [TestCase(-1, SlicingFault.FractionOutOfRange)]
    [TestCase(100_000_001, SlicingFault.FractionOutOfRange)]
    [TestCase(100_000_000, SlicingFault.None)]
    public void A_rate_is_a_share(long raw, SlicingFault fault) => Assert.That(new Participation(new Ratio(raw), default).Fault, Is.EqualTo(fault));

    [FsCheck.NUnit.Property(MaxTest = 2_000, Replay = "20261126,31")]
    public void Whatever_the_market_does_the_parent_is_completed_and_its_share_never_above_the_rate(
        byte lots, byte rate, byte cap, byte minimum, ushort[] volumes)
    {
        var rules = new LotRules(Units(1), Units(minimum % 8), default);
        var share = new Participation(new Ratio((1 + (rate % 100)) * 1_000_000L), Units(cap));
        Quantity total = Units(1 + lots + (minimum % 8));
        LotSize.TrySmallest(Price.Zero, rules, out Quantity least);
        long volume = 0;
        Quantity committed = Quantity.Zero;
        bool orders = true;
        bool small = true;
        bool shared = true;
        for (int index = 0; index < volumes.Length + 300; index++)
        {
            volume += index < volumes.Length ? volumes[index] : 100_000;
            Quantity part = share.Next(total, committed, Units(volume), Price.Zero, rules);
            orders &= part.IsZero || LotSize.Check(part, Price.Zero, rules) == SizeVerdict.Fits;
            small &= cap == 0 || part.Raw < Math.Max(Units(cap).Raw, least.Raw) + least.Raw;
            committed += part;
            shared &= committed.Raw <= share.Rate.Raw * (decimal)volume;
        }

        Assert.That((orders, small, shared), Is.EqualTo((true, true, true)));
        Assert.That(committed, Is.EqualTo(total));
    }

    private static readonly Ratio Tenth = new(FixedPoint.One / 10);

    private static HourWeights Even(int weight)
    {
        HourWeights weights = default;
        foreach (ref long hour in weights)
        {
            hour = weight;
        }

        return weights;
    }

    private static long[] Targets(VwapSchedule plan, HourWeights weights) =>
        [.. Enumerable.Range(0, plan.Times.Slices).Select(index => plan.Target(index, weights).Raw / FixedPoint.One)];

    private static Quantity Units(long count) => new(count * FixedPoint.One);
}
