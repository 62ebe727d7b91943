using System.Text.Json;
using OrderPlatform.Engine.Execution.Slicing;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Sizing;

namespace OrderPlatform.Engine.Tests.Execution;

[Description("R75, R76, R80, T14; execution_slicing.json")]
internal sealed class SlicingKnownAnswerTests
{
    private const string File = "execution_slicing.json";
    private const long Second = 1_000_000_000;

    private static readonly string[] ByInterval = ["twap_nautilus_even_3", "twap_nautilus_even_2"];

    private static readonly string[] ByCount = ["twap_seed_default", "twap_seed_uneven"];

    private static readonly string[] Icebergs = ["iceberg_stocksharp_70_25", "iceberg_stocksharp_50"];

    private static readonly string[] Others =
    [
        "twap_nautilus_raw_remainder_trap", "twap_nautilus_rejects", "twap_hummingbot_fencepost", "iceberg_stocksharp_partial_cancel",
        "iceberg_seed_visible_pct",
    ];

    [Test]
    public void Every_known_answer_is_tested() =>
        Assert.That(
            KnownAnswer.Cases(File).Select(static item => item.GetProperty("id").GetString()),
            Is.EquivalentTo([.. ByInterval, .. ByCount, .. Icebergs, .. Others]));

    [TestCaseSource(nameof(ByInterval))]
    public void Equal_slices_are_the_published_ones(string id)
    {
        JsonElement known = KnownAnswer.Case(File, id);
        JsonElement input = known.GetProperty("input");
        int horizon = Whole(input, "horizon_s");
        TwapSchedule plan = Plan(input.Decimal("total"), 0.1m, horizon / Whole(input, "interval_s"), horizon);
        decimal[] slices = Slices(plan);
        Assert.That(slices, Is.EqualTo(Expected(known)));
        Assert.That(plan.Times.DueNanos(0), Is.Zero);
        if (known.GetProperty("expected").TryGetProperty("remaining_parent_after_first", out JsonElement remaining))
        {
            Assert.That(Harness.Scaled.Of(plan.Total.Raw) - slices[0], Is.EqualTo(KnownAnswer.Parse(remaining.GetString()!)));
        }
    }

    [Test]
    [Description("ours are lots: 0.333, 0.333, 0.334")]
    public void A_total_that_does_not_divide_is_cut_in_lots()
    {
        JsonElement known = KnownAnswer.Case(File, "twap_nautilus_raw_remainder_trap");
        Assert.That(Slices(Plan(known.GetProperty("input").Decimal("total"), 0.001m, 3, 60)), Is.EqualTo(Expected(known, "ours_lot_exact")));
    }

    [TestCase(0, 60, SlicingFault.PartCountOutOfRange, TestName = "No_slices_is_refused")]
    [TestCase(-3, 60, SlicingFault.PartCountOutOfRange, TestName = "A_negative_number_of_slices_is_refused")]
    [TestCase(10_001, 60, SlicingFault.PartCountOutOfRange, TestName = "More_slices_than_the_bound_are_refused")]
    [TestCase(3, 0, SlicingFault.DurationOutOfRange, TestName = "No_duration_is_refused")]
    [TestCase(3, -60, SlicingFault.DurationOutOfRange, TestName = "A_negative_duration_is_refused")]
    [TestCase(3, 2_678_401, SlicingFault.DurationOutOfRange, TestName = "More_than_31_days_are_refused")]
    [TestCase(2_000, 1, SlicingFault.DurationOutOfRange, TestName = "Less_than_a_millisecond_between_slices_is_refused")]
    [Description("twap_nautilus_rejects: what is wrong with horizon and interval is denied with a reason; NaN and infinity cannot be written as integers")]
    public void A_plan_without_a_schedule_is_refused(int slices, int seconds, SlicingFault fault)
    {
        Assert.That(KnownAnswer.Case(File, "twap_nautilus_rejects").GetProperty("expected").GetProperty("result").GetString(), Does.StartWith("denied"));
        Assert.That(Plan(1, 0.001m, slices, seconds).Fault, Is.EqualTo(fault));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(0.0015)]
    [TestCase(10_000_000_001.0)]
    public void A_quantity_that_is_not_in_lots_is_refused(decimal total) =>
        Assert.That(Plan(total, 0.001m, 10, 300).Fault, Is.EqualTo(SlicingFault.QuantityNotInLots));

    [Test]
    public void The_number_of_slices_is_ours_and_not_one_more()
    {
        JsonElement input = KnownAnswer.Case(File, "twap_hummingbot_fencepost").GetProperty("input");
        int duration = input.GetProperty("duration_s").GetInt32();
        int interval = input.GetProperty("interval_s").GetInt32();
        var times = new SliceTimes(duration / interval, duration * Second);
        Assert.That(Enumerable.Range(0, times.Slices).Select(index => times.DueNanos(index) / Second), Is.EqualTo(new[] { 0, 5 }), "hummingbot: 0, 5 and 10");
    }

    [TestCaseSource(nameof(ByCount))]
    public void The_documents_schedule_is_the_expected_one(string id)
    {
        JsonElement known = KnownAnswer.Case(File, id);
        JsonElement input = known.GetProperty("input");
        TwapSchedule plan = Plan(input.Decimal("total"), input.Decimal("step"), Whole(input, "num_slices"), Whole(input, "duration_s"));
        Assert.That(Slices(plan), Is.EqualTo(Expected(known)));
        if (known.GetProperty("expected").TryGetProperty("times_s", out JsonElement times))
        {
            Assert.That(
                Enumerable.Range(0, plan.Times.Slices).Select(index => plan.Times.DueNanos(index)),
                Is.EqualTo(times.EnumerateArray().Select(static item => item.GetInt32() * Second)));
        }
    }

    [TestCaseSource(nameof(Icebergs))]
    public void An_iceberg_shows_the_published_parts(string id)
    {
        JsonElement known = KnownAnswer.Case(File, id);
        Assert.That(Parts(known.GetProperty("input").Decimal("total"), known.GetProperty("input").Decimal("display"), 1), Is.EqualTo(Expected(known)));
    }

    [Test]
    public void What_a_cancelled_part_left_is_shown_again()
    {
        JsonElement known = KnownAnswer.Case(File, "iceberg_stocksharp_partial_cancel");
        JsonElement expected = known.GetProperty("expected");
        decimal executed = known.GetProperty("input").Decimal("total") - expected.Decimal("remaining");
        Quantity next = Iceberg.Next(
            Coins(known.GetProperty("input").Decimal("total")), Coins(executed), Coins(known.GetProperty("input").Decimal("display")), Price.Zero, Rules(1));
        Assert.That(next, Is.EqualTo(Coins(expected.Decimal("next_slice"))));
    }

    [Test]
    public void A_tenth_is_shown_as_the_documents_ask()
    {
        JsonElement known = KnownAnswer.Case(File, "iceberg_seed_visible_pct");
        JsonElement input = known.GetProperty("input");
        decimal step = input.Decimal("step");
        Ratio visible = new((long)(input.Decimal("visible_pct") * FixedPoint.One));
        Assert.That(Iceberg.Display(Coins(input.Decimal("total")), visible, Price.Zero, Rules(step), out Quantity display), Is.EqualTo(SlicingFault.None));
        Assert.That(display, Is.EqualTo(Coins(known.GetProperty("expected").Decimal("display"))));
        Assert.That(Parts(input.Decimal("total"), input.Decimal("visible_pct"), step), Is.EqualTo(Expected(known)));
    }

    [Test]
    [Description("seeds_derived.json: seed_max_order_value_split (R112, R115, D3)")]
    public void The_largest_position_of_the_documents_takes_five_orders()
    {
        JsonElement known = KnownAnswer.Case("seeds_derived.json", "seed_max_order_value_split");
        JsonElement input = known.GetProperty("input");
        var price = new Price(50_000 * FixedPoint.One);
        Money equity = new((long)(input.Decimal("equity") * FixedPoint.One));
        var bounds = new SizeBounds(Ratio.Zero, new Ratio((long)(input.Decimal("max_position_value_pct") * FixedPoint.One)));
        SizingResult size = NotionalSize.EquityFraction(new Ratio(FixedPoint.One), equity, Ratio.Zero, bounds);
        Assert.That(size.Notional.Raw, Is.EqualTo((long)(known.GetProperty("expected").Decimal("max_position") * FixedPoint.One)));

        Quantity total = Coins(Harness.Scaled.Of(size.Notional.Raw) / Harness.Scaled.Of(price.Raw));
        var limits = new SplitLimits(default, new Money((long)(input.Decimal("max_order_value") * FixedPoint.One)), default);
        Assert.That(OrderSplit.Cut(total, price, limits, Rules(0.001m), 100, out OrderSplit split), Is.EqualTo(SlicingFault.None));
        Assert.That(split.Children, Is.EqualTo(known.GetProperty("expected").GetProperty("orders_needed").GetInt32()));
        Assert.That(Enumerable.Range(0, 5).Select(split.Child), Is.All.EqualTo(Coins(0.2m)));
    }

    private static TwapSchedule Plan(decimal total, decimal step, int slices, int seconds) =>
        new(Coins(total), Coins(step), new SliceTimes(slices, seconds * Second));

    private static int Whole(JsonElement input, string name) => input.GetProperty(name).GetInt32();

    private static decimal[] Slices(TwapSchedule plan)
    {
        Assert.That(plan.Fault, Is.EqualTo(SlicingFault.None));
        var committed = Quantity.Zero;
        var slices = new List<decimal>();
        for (int index = 0; index < plan.Times.Slices; index++)
        {
            Quantity next = SliceSize.Next(plan.Total, committed, plan.Target(index), Price.Zero, new LotRules(plan.Step, default, default));
            slices.Add(Harness.Scaled.Of(next.Raw));
            committed += next;
        }

        Assert.That(committed, Is.EqualTo(plan.Total));
        return [.. slices];
    }

    private static decimal[] Parts(decimal total, decimal display, decimal step)
    {
        var parts = new List<decimal>();
        for (Quantity done = Quantity.Zero; done < Coins(total);)
        {
            Quantity next = Iceberg.Next(Coins(total), done, Coins(display), Price.Zero, Rules(step));
            parts.Add(Harness.Scaled.Of(next.Raw));
            done += next;
        }

        return [.. parts];
    }

    private static decimal[] Expected(JsonElement known, string name = "slices") =>
        [.. known.GetProperty("expected").GetProperty(name).EnumerateArray().Select(static item => KnownAnswer.Parse(item.GetString()!))];

    private static LotRules Rules(decimal step) => new(Coins(step), default, default);

    private static Quantity Coins(decimal value) => new((long)(value * FixedPoint.One));
}
