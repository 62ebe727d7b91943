using System.Text.Json;
using OrderPlatform.Engine.Budgets;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Engine.Tests.Harness;

namespace OrderPlatform.Engine.Tests.Budgets;

/// <summary>Every case of venue_filters_and_limits.json, by id.</summary>
[Description("N11, R55, R56, R133, T11")]
internal sealed class VenueLimitAnswerTests
{
    private const string File = "venue_filters_and_limits.json";
    private const long Second = 1_000_000_000;
    private const long Millisecond = 1_000_000;

    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["okx_batch_of_45"] = "cutting a list of requests into batches is the gateway's and is tested with it",
    };

    private static readonly Dictionary<string, Action<JsonElement, JsonElement>> Tested = new()
    {
        ["price_filter"] = PriceFilter,
        ["lot_size"] = LotSize,
        ["notional"] = Notional,
        ["max_position"] = LargestPosition,
        ["unfilled_count_taker"] = UnfilledCount,
        ["unfilled_count_maker"] = UnfilledCount,
        ["unfilled_count_cancel_fok"] = UnfilledCount,
        ["window_is_calendar_aligned"] = CalendarWindow,
        ["recv_window"] = ReceiveWindow,
        ["throttler_buffering"] = Buffering,
        ["throttler_half_interval"] = HalfInterval,
        ["throttler_batch_reserve"] = BatchReserve,
        ["seed_rate_limit_10_per_second"] = TenPerSecond,
    };

    private static string[] Ids() => [.. Tested.Keys];

    [TestCaseSource(nameof(Ids))]
    public void The_known_answer_is_given(string id)
    {
        JsonElement item = KnownAnswer.Case(File, id);
        Tested[id](item.GetProperty("input"), item.GetProperty("expected"));
    }

    [Test]
    public void Every_case_of_the_file_is_tested_or_explained() =>
        Assert.That(Tested.Keys.Concat(Elsewhere.Keys), Is.EquivalentTo(KnownAnswer.Cases(File).Select(item => item.GetProperty("id").GetString())));

    private static void PriceFilter(JsonElement input, JsonElement expected) =>
        AssertAll(input.GetProperty("prices"), expected, price => VenueFilters.IsPriceAccepted(
            new Price(Raw(price.GetString()!)), new Price(Raw(input, "minPrice")), new Price(Raw(input, "maxPrice")), new Price(Raw(input, "tickSize"))));

    private static void LotSize(JsonElement input, JsonElement expected) =>
        AssertAll(input.GetProperty("quantities"), expected, quantity => VenueFilters.IsQuantityAccepted(
            new Quantity(Raw(quantity.GetString()!)), new Quantity(Raw(input, "minQty")), new Quantity(Raw(input, "maxQty")),
            new Quantity(Raw(input, "stepSize"))));

    private static void Notional(JsonElement input, JsonElement expected) =>
        AssertAll(input.GetProperty("orders"), expected, order => VenueFilters.IsNotionalAccepted(
            new Price(Raw(order, "price")), new Quantity(Raw(order, "qty")), new Money(Raw(input, "minNotional")), new Money(Raw(input, "maxNotional"))));

    private static void LargestPosition(JsonElement input, JsonElement expected)
    {
        var free = new Quantity(Raw(input, "free"));
        var locked = new Quantity(Raw(input, "locked"));
        var openBuys = new Quantity(Raw(input, "open_buy_qty"));
        Assert.That((free + locked + openBuys).Raw, Is.EqualTo(Raw(expected, "position_for_filter")));
        Assert.That(VenueFilters.IsPositionAccepted(free, locked, openBuys, new Quantity(Raw(input, "maxPosition"))),
            Is.EqualTo(expected.GetProperty("buy_accepted").GetBoolean()));
        Assert.That(VenueFilters.IsPositionAccepted(free, locked, openBuys, new Quantity(Raw("2.1"))), Is.True, "exactly the largest");
    }

    private static void UnfilledCount(JsonElement input, JsonElement expected)
    {
        var count = new UnfilledOrders(50, 10 * Second);
        var filled = new HashSet<string>();
        string[] events = [.. input.GetProperty("events").EnumerateArray().Select(text => text.GetString()!)];
        long[] counts = [.. expected.GetProperty("count").EnumerateArray().Select(number => number.GetInt64())];
        for (int i = 0; i < events.Length; i++)
        {
            string[] words = events[i].Split(' ');
            if (words[0] == "new")
            {
                Assert.That(count.TryPlace(i, 1), Is.True);
            }
            else if ((events[i].Contains("fill", StringComparison.Ordinal) || words[1] == "partial") && filled.Add(words[0]))
            {
                count.OnFirstFill(i, isMaker: words[^1] == "maker");
            }

            Assert.That(count.Used(i), Is.EqualTo(counts[i]), $"{i + 1}: {events[i]}");
        }
    }

    private static void CalendarWindow(JsonElement input, JsonElement expected)
    {
        long limit = input.GetProperty("limit").GetInt64();
        long noon = (12 * 3600) + (34 * 60);
        var count = new UnfilledOrders(limit, input.GetProperty("interval_s").GetInt64() * Second);
        Assert.That(count.TryPlace((noon + 7) * Second, limit), Is.True);
        Assert.That(count.TryPlace((noon + 9) * Second, 1), Is.False, "the venue would answer 429, -1015");
        Assert.That(count.WhenFree((noon + 9) * Second, 1), Is.EqualTo((noon + 10) * Second));
        Assert.That(expected.GetProperty("allowed_at_12_34_10").GetString(), Is.EqualTo("100 more"));
        Assert.That(count.TryPlace((noon + 10) * Second, 100), Is.True, "3 seconds after the last ones: the window is the calendar's");
    }

    private static void ReceiveWindow(JsonElement input, JsonElement expected)
    {
        const long Server = 1_700_000_000 * Second;
        AssertAll(input.GetProperty("cases"), expected, item => RequestTiming.IsAccepted(
            Server + (item.GetProperty("timestamp_minus_server_ms").GetInt64() * Millisecond), Server,
            item.GetProperty("recv_window_ms").GetInt64() * Millisecond));
        Assert.That(input.GetProperty("default_recv_window_ms").GetInt64() * Millisecond, Is.EqualTo(RequestTiming.DefaultReceiveWindowNanos));
        Assert.That(input.GetProperty("max_recv_window_ms").GetInt64() * Millisecond, Is.EqualTo(RequestTiming.ReceiveWindowMaxNanos));
        Assert.That(RequestTiming.IsAccepted(Server, Server, RequestTiming.ReceiveWindowMaxNanos + 1), Is.False);
    }

    private static void Buffering(JsonElement input, JsonElement expected)
    {
        FixedWindow window = Throttler(input);
        int sent = Enumerable.Range(0, input.GetProperty("send_at_t0").GetInt32()).Count(_ => window.TryTake(0, 1));
        Assert.That(sent, Is.EqualTo(expected.GetProperty("sent_t0").GetInt32()));
        Assert.That(input.GetProperty("send_at_t0").GetInt32() - sent, Is.EqualTo(expected.GetProperty("queued_t0").GetInt32()));
        AssertUsed(window, 0, expected, "used_t0");
        long after = input.GetProperty("then_advance").GetInt64();
        Assert.That(window.WhenFree(0, 1), Is.EqualTo(after));
        Assert.That(window.TryTake(after, 1), Is.True, "the one that waited");
        Assert.That(sent + 1, Is.EqualTo(expected.GetProperty("sent_after").GetInt32()));
        AssertUsed(window, after, expected, "used_after");
    }

    private static void HalfInterval(JsonElement input, JsonElement expected)
    {
        FixedWindow window = Throttler(input);
        Assert.That(window.TryTake(0, input.GetProperty("send_at_t0").GetInt64()), Is.True);
        AssertUsed(window, input.GetProperty("advance").GetInt64(), expected, "used");
    }

    private static void BatchReserve(JsonElement input, JsonElement expected)
    {
        FixedWindow window = Throttler(input);
        bool[] granted = [.. input.GetProperty("reserve").EnumerateArray().Select(cost => window.TryTake(0, cost.GetInt64()))];
        Assert.That(granted, Is.EqualTo(expected.GetProperty("granted").EnumerateArray().Select(item => item.GetBoolean())));
        AssertUsed(window, 0, expected, "used");
    }

    private static void TenPerSecond(JsonElement input, JsonElement expected)
    {
        long interval = input.GetProperty("interval_ms").GetInt64() * Millisecond;
        var window = new FixedWindow(input.GetProperty("max_orders").GetInt64(), interval, WindowAlignment.FirstUse);
        long[] times = [.. input.GetProperty("orders_at_ms").EnumerateArray().Select(item => item.GetInt64() * Millisecond)];
        int sent = times.Count(at => window.TryTake(at, 1));
        Assert.That(sent, Is.EqualTo(expected.GetProperty("sent_at_0").GetInt32()));
        Assert.That(times.Length - sent, Is.EqualTo(expected.GetProperty("waiting").GetInt32()));
        Assert.That(window.WhenFree(0, 1), Is.EqualTo(expected.GetProperty("earliest_next_ms").GetInt64() * Millisecond));
        var bucket = new TokenBucket(10, Second, 10);
        Assert.That(bucket.TryTake(0, 10), Is.True);
        Assert.That(bucket.WhenFree(0, 1), Is.EqualTo(100 * Millisecond), "the note: a bucket would let the 11th go after a tenth of a second");
    }

    private static FixedWindow Throttler(JsonElement input) =>
        new(input.GetProperty("limit").GetInt64(), input.GetProperty("interval").GetInt64(), WindowAlignment.FirstUse);

    private static void AssertUsed(in FixedWindow window, long now, JsonElement expected, string name) =>
        Assert.That((decimal)window.Used(now) / window.Capacity, Is.EqualTo(expected.Decimal(name)));

    private static void AssertAll(JsonElement inputs, JsonElement expected, Func<JsonElement, bool> accepts) =>
        Assert.That(inputs.EnumerateArray().Select(accepts), Is.EqualTo(expected.GetProperty("accepted").EnumerateArray().Select(item => item.GetBoolean())));

    private static long Raw(JsonElement element, string name) => Raw(element.GetProperty(name).GetString()!);

    private static long Raw(string text) => Scaled.Raw(KnownAnswer.Parse(text));
}
