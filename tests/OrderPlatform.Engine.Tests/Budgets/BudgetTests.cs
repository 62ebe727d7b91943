using System.Text.Json;
using OrderPlatform.Engine.Budgets;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Budgets;

[Description("D14, R133, T11, N11")]
internal sealed class BudgetTests
{
    private const long Second = 1_000_000_000;

    /// <summary>The published limits in one place, as the reference document writes them.</summary>
    private const string Published = """
        {
         "binance.spot": {"weight":{"capacity":6000,"windowMs":60000,"reserve":0.1},"orders10s":{"capacity":50,"windowMs":10000},
           "ordersDay":{"capacity":160000,"windowMs":86400000},"align":"calendar"},
         "binance.usdm": {"weight":{"capacity":2400,"windowMs":60000,"reserve":0.1},"orders10s":{"capacity":300,"windowMs":10000},
           "orders1m":{"capacity":1200,"windowMs":60000},"align":"calendar"},
         "okx.order": {"perInstrument":{"place":{"capacity":60,"windowMs":2000},"cancel":{"capacity":60,"windowMs":2000},
           "amend":{"capacity":60,"windowMs":2000},"batchOrders":{"capacity":300,"windowMs":2000}},"account":{"capacity":1000,"windowMs":2000}},
         "coinbase.exchange": {"public":{"ratePerSec":10,"burst":15},"private":{"ratePerSec":15,"burst":30},"fills":{"ratePerSec":10,"burst":20}},
         "kraken.spot": {"rest":{"capacity":15,"decayPerSec":0.33},"engine":{"capacity":60,"decayPerSec":1.0,"perPair":true}}
        }
        """;

    [Test]
    public void The_presets_are_the_published_limits()
    {
        using JsonDocument document = JsonDocument.Parse(Published);
        (string Name, JsonElement Limit)[] published = [.. document.RootElement.EnumerateObject()
            .SelectMany(venue => Limits(venue.Name, venue.Value))];
        Assert.That(BudgetPresets.All.ToArray().Select(preset => preset.Name), Is.EquivalentTo(published.Select(item => item.Name)));
        foreach ((string name, JsonElement limit) in published)
        {
            Assert.That(BudgetPresets.TryFind(name, out BudgetPreset preset), Is.True);
            decimal perSecond = (decimal)preset.Amount * Second / preset.PeriodNanos;
            bool isCalendar = name.StartsWith("binance", StringComparison.Ordinal);
            if (limit.TryGetProperty("windowMs", out JsonElement window))
            {
                decimal reserve = limit.TryGetProperty("reserve", out JsonElement share) ? share.GetDecimal() : 0;
                long capacity = limit.GetProperty("capacity").GetInt64();
                Assert.That(preset, Is.EqualTo(new BudgetPreset(name, BudgetKind.FixedWindow, capacity, capacity, window.GetInt64() * 1_000_000,
                    isCalendar ? WindowAlignment.Calendar : WindowAlignment.FirstUse, (long)(capacity * reserve))));
            }
            else if (limit.TryGetProperty("burst", out JsonElement burst))
            {
                Assert.That((preset.Kind, preset.Capacity, perSecond),
                    Is.EqualTo((BudgetKind.TokenBucket, burst.GetInt64(), limit.GetProperty("ratePerSec").GetDecimal())));
            }
            else
            {
                Assert.That((preset.Kind, preset.Capacity, perSecond),
                    Is.EqualTo((BudgetKind.Leaky, limit.GetProperty("capacity").GetInt64(), limit.GetProperty("decayPerSec").GetDecimal())));
            }

        }
    }

    [Test]
    public void A_name_that_is_no_preset_is_not_found() => Assert.That(BudgetPresets.TryFind("binance.spot", out _), Is.False);

    [Test]
    public void A_cancel_may_use_what_new_orders_may_not()
    {
        var window = new FixedWindow(10, Second, WindowAlignment.Calendar, reserved: 3);
        Assert.That(window.TryTake(0, 7), Is.True);
        Assert.That(window.TryTake(0, 1), Is.False, "a new order");
        Assert.That(window.TryTake(0, 3, mayUseReserve: true), Is.True, "cancels");
        Assert.That(window.TryTake(0, 1, mayUseReserve: true), Is.False, "nothing is left for anybody");
        Assert.That(window.WhenFree(0, 8), Is.EqualTo(FixedWindow.Never), "more than new orders may ever have");
    }

    [Test]
    public void The_venues_own_count_replaces_ours_and_what_is_under_way_is_added()
    {
        var window = new FixedWindow(100, Second, WindowAlignment.Calendar);
        Assert.That(window.TryTake(5, 10), Is.True);
        window.Overwrite(6, venueUsed: 90, inFlight: 4);
        Assert.That(window.Used(6), Is.EqualTo(94), "another process of the same address used the rest");
        Assert.That(window.TryTake(7, 7), Is.False);
        Assert.That(window.TryTake(7, 6), Is.True);
        Assert.That(window.Used(Second), Is.Zero, "the next window");
        window.Overwrite(Second, venueUsed: 130);
        Assert.That(window.TryTake(Second, 0), Is.False, "over the limit even what costs nothing would be answered by 429");
    }

    [Test]
    public void What_was_sent_in_spite_of_the_budget_counts()
    {
        var budget = new BudgetMeter { Kind = BudgetKind.Leaky, Counter = new LeakyCounter(10, 1, Second) };
        budget.Add(0, 15);
        Assert.That(budget.Used(0), Is.EqualTo(15));
        Assert.That(budget.WhenFree(0, 1), Is.EqualTo(6 * Second));
        budget.Add(0, -100);
        Assert.That(budget.Used(0), Is.Zero, "what is given back never makes credit");
    }

    [Test]
    public void A_part_of_a_unit_counts_as_used()
    {
        var counter = new LeakyCounter(15, 33, 100 * Second);
        Assert.That(counter.TryTake(0, 15), Is.True);
        Assert.That(counter.Used(Second), Is.EqualTo(15), "14.67");
        Assert.That(counter.WhenFree(0, 1), Is.EqualTo(3_030_303_031), "100 / 33 s, rounded up to the nanosecond");
        Assert.That(counter.Used(4 * Second), Is.EqualTo(14), "13.68");
    }

    [Test]
    public void A_time_that_goes_back_gives_nothing_back()
    {
        var window = new FixedWindow(5, 10, WindowAlignment.FirstUse);
        Assert.That(window.TryTake(100, 5), Is.True);
        Assert.That(window.TryTake(50, 1), Is.False);
        var bucket = new LeakyCounter(5, 1, 10);
        Assert.That(bucket.TryTake(100, 5), Is.True);
        Assert.That(bucket.TryTake(50, 1), Is.False);
        Assert.That(bucket.Used(130), Is.EqualTo(2));
        Assert.That(bucket.WhenFree(50, 1), Is.EqualTo(110));
    }

    [Test]
    public void A_budget_that_was_never_set_up_limits_nothing()
    {
        var budget = default(BudgetMeter);
        budget.Add(0, 5);
        budget.Overwrite(0, 5);
        Assert.That((budget.TryTake(0, long.MaxValue), budget.Used(0), budget.WhenFree(3, 1)), Is.EqualTo((true, 0L, 3L)));
        Assert.That(budget.Capacity, Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void A_configured_bucket_is_full_again_after_its_window()
    {
        var tenth = new Ratio(FixedPoint.One / 10);
        Assert.That(BudgetMeter.TryCreate(BudgetKind.TokenBucket, 15, 3 * Second / 2, tenth, out BudgetMeter bucket), Is.True);
        Assert.That((bucket.Counter.Amount, bucket.Counter.PeriodNanos, bucket.Counter.Reserved), Is.EqualTo((1L, Second / 10, 2L)), "ten a second");
        Assert.That(bucket.TryTake(0, 15, mayUseReserve: true), Is.True);
        Assert.That(bucket.WhenFree(0, 15, mayUseReserve: true), Is.EqualTo(3 * Second / 2));
        Assert.That(BudgetMeter.TryCreate(BudgetKind.FixedWindow, 6_000, 60 * Second, tenth, out BudgetMeter window), Is.True);
        Assert.That((window.Capacity, window.Window.WindowNanos, window.Window.Reserved, window.Window.Alignment), Is.EqualTo((6_000L, 60 * Second, 600L, WindowAlignment.Calendar)));
        foreach (BudgetPreset preset in BudgetPresets.All)
        {
            Assert.That(BudgetMeter.TryCreate(preset.Kind, preset.Capacity, preset.FillNanos, Ratio.Zero, out BudgetMeter made), Is.True, preset.Name);
            Assert.That(made.TryTake(0, preset.Capacity), Is.True);
            Assert.That(made.WhenFree(0, preset.Capacity), Is.EqualTo(preset.FillNanos));
        }
    }

    [Test]
    public void A_configuration_that_makes_no_budget_is_refused()
    {
        bool[] made =
        [
            BudgetMeter.TryCreate(0, 1, 1, Ratio.Zero, out _),
            BudgetMeter.TryCreate(BudgetKind.Leaky, 0, 1, Ratio.Zero, out _),
            BudgetMeter.TryCreate(BudgetKind.Leaky, 1, 0, Ratio.Zero, out _),
            BudgetMeter.TryCreate(BudgetKind.FixedWindow, 1, 1, new Ratio(FixedPoint.One + 1), out _),
            BudgetMeter.TryCreate(BudgetKind.FixedWindow, 1, 1, new Ratio(-1), out _),
            BudgetMeter.TryCreate(BudgetKind.TokenBucket, 1_000_003, long.MaxValue, Ratio.Zero, out _),
        ];
        Assert.That(made, Is.All.False);
    }

    [Test]
    public void Numbers_that_make_no_budget_are_refused()
    {
        Assert.That(() => new FixedWindow(0, 1, WindowAlignment.Calendar), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new FixedWindow(1, 0, WindowAlignment.Calendar), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new FixedWindow(1, 1, WindowAlignment.Calendar, 2), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LeakyCounter(1, 0, 1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LeakyCounter(1L << 40, 1, 1L << 40), Throws.TypeOf<ArgumentOutOfRangeException>(), "the level would not fit");
        Assert.That(() => new FixedWindow(1, 1, WindowAlignment.Calendar).TryTake(0, -1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LeakyCounter(1, 1, 1).TryTake(0, -1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_budget_at_work_allocates_nothing()
    {
        Assert.That(BudgetMeter.TryCreate(BudgetKind.TokenBucket, 30, 2 * Second, Ratio.Zero, out BudgetMeter bucket), Is.True);
        Assert.That(BudgetMeter.TryCreate(BudgetKind.FixedWindow, 10, Second, new Ratio(FixedPoint.One / 10), out BudgetMeter window), Is.True);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            long now = i * (Second / 50);
            bucket.TryTake(now, 1);
            window.TryTake(now, 1, mayUseReserve: (i & 1) == 0);
            window.Add(Math.Min(window.WhenFree(now, 2), bucket.WhenFree(now, 2)), 1);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static IEnumerable<(string, JsonElement)> Limits(string prefix, JsonElement group) =>
        group.EnumerateObject().Where(item => item.Value.ValueKind == JsonValueKind.Object).SelectMany(item =>
            item.Value.EnumerateObject().Any(inner => inner.Value.ValueKind == JsonValueKind.Number)
                ? [($"{prefix}.{item.Name}", item.Value.Clone())]
                : Limits($"{prefix}.{item.Name}", item.Value));
}
