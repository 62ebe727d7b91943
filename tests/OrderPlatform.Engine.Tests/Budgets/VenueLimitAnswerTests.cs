using System.Text.Json;
using OrderPlatform.Engine.Budgets;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

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
        ["okx_batch_of_45"] = "SplittingTests",
        ["price_filter"] = "the engine keeps to the tick (RequestTermsTests); the venue's lowest and highest price are the venue's, and the simulated one shows them",
        ["recv_window"] = "the timestamp of a signed request is a live gateway's, and there is none yet",
    };

    private static readonly Dictionary<string, Action<JsonElement, JsonElement>> Tested = new()
    {
        ["lot_size"] = LotSize,
        ["notional"] = Notional,
        ["max_position"] = LargestPosition,
        ["unfilled_count_taker"] = UnfilledCount,
        ["unfilled_count_maker"] = UnfilledCount,
        ["unfilled_count_cancel_fok"] = UnfilledCount,
        ["window_is_calendar_aligned"] = CalendarWindow,
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

    private static void LotSize(JsonElement input, JsonElement expected)
    {
        EngineHarness engine = Engine(new InstrumentRecord
        {
            MinimumQuantity = input.Decimal("minQty"),
            MaximumQuantity = input.Decimal("maxQty"),
            QuantityStep = input.Decimal("stepSize"),
        });
        AssertAll(input.GetProperty("quantities"), expected, quantity => engine.Submit(Side.Buy, KnownAnswer.Parse(quantity.GetString()!), limit: 1).Of<Sent>().Length == 1);
    }

    private static void Notional(JsonElement input, JsonElement expected)
    {
        EngineHarness engine = Engine(new InstrumentRecord { MinimumNotional = input.Decimal("minNotional"), MaximumNotional = input.Decimal("maxNotional") });
        AssertAll(input.GetProperty("orders"), expected, order => engine.Submit(Side.Buy, order.Decimal("qty"), order.Decimal("price")).Of<Sent>().Length == 1);
    }

    private static void LargestPosition(JsonElement input, JsonElement expected)
    {
        // What is held, free or locked, is one position here; of the open purchases half is there before, and half is the new order.
        EngineHarness engine = Engine(new InstrumentRecord());
        engine.Send(new LimitsRecord { MaximumPositionQuantity = input.Decimal("maxPosition") }.Encode());
        engine.Hold(input.Decimal("free") + input.Decimal("locked"), 1);
        decimal half = input.Decimal("open_buy_qty") / 2;
        engine.Submit(Side.Buy, half, limit: 1).One<Sent>();
        Refused refused = engine.Submit(Side.Buy, half, limit: 1).One<Refused>();
        Assert.That((refused.Reason, refused.Value), Is.EqualTo((ReasonCode.PositionQuantityLimit, expected.Decimal("position_for_filter"))));
        Assert.That(expected.GetProperty("buy_accepted").GetBoolean(), Is.False);
        Assert.That(engine.Submit(Side.Buy, half - 0.1m, limit: 1).Of<Sent>(), Has.Length.EqualTo(1), "exactly the largest");
    }

    private static EngineHarness Engine(InstrumentRecord instrument)
    {
        var engine = new EngineHarness(instrument: instrument, account: new AccountRecord { Cash = 1_000_000m });
        engine.Trade(1);
        return engine;
    }

    private static void UnfilledCount(JsonElement input, JsonElement expected)
    {
        EngineHarness engine = Engine(new InstrumentRecord());
        engine.Send(RiskInputs.Budget(1, Scope.Account, 1, kind: BudgetKind.FixedWindow, unit: BudgetUnit.Unfilled, capacity: 50, windowNanos: 3_600 * Second));
        var orders = new Dictionary<string, ulong>();
        string[] events = [.. input.GetProperty("events").EnumerateArray().Select(text => text.GetString()!)];
        long[] counts = [.. expected.GetProperty("count").EnumerateArray().Select(number => number.GetInt64())];
        for (int i = 0; i < events.Length; i++)
        {
            string[] words = events[i].Split(' ');
            ulong order = words.Select(orders.GetValueOrDefault).FirstOrDefault(id => id != 0);
            switch (words)
            {
                case ["new", var name, ..]:
                    orders[name] = engine.Submit(Side.Buy, 3, limit: 1).One<Sent>().Id;
                    break;
                case ["cancel", ..]:
                    engine.Cancel(order);
                    engine.News(order, ExecutionKind.Cancelled);
                    break;
                case [_, "expires"]:
                    engine.News(order, ExecutionKind.Expired);
                    break;
                default:
                    Fill(engine, order, words[1] == "filled", words[^1] == "maker" ? Liquidity.Maker : Liquidity.Taker);
                    break;
            }

            Assert.That(engine.State.Budgets[0].Meter.Used(engine.NowNanos), Is.EqualTo(counts[i]), $"{i + 1}: {events[i]}");
        }
    }

    private static void Fill(EngineHarness engine, ulong id, bool whole, Liquidity liquidity)
    {
        Engine.Orders.Order order = engine.Find(id);
        long quantity = whole ? order.Leaves.Raw : Scaled.Raw(1);
        engine.Send(new Report
        {
            Order = id,
            Kind = ExecutionKind.Fill,
            Side = Side.Buy,
            TradeId = (ulong)engine.State.Sequence,
            Quantity = quantity,
            Price = Scaled.Raw(1),
            Liquidity = liquidity,
            Cumulative = order.Cumulative.Raw + quantity,
            Leaves = order.Leaves.Raw - quantity,
        }.Encode());
    }

    private static void CalendarWindow(JsonElement input, JsonElement expected)
    {
        uint limit = input.GetProperty("limit").GetUInt32();
        var engine = new EngineHarness(limits: EngineLimits.Default, account: new AccountRecord { Cash = 1_000_000m });
        engine.Trade(1);
        engine.Send(RiskInputs.Budget(1, Scope.Account, 1, kind: BudgetKind.FixedWindow, unit: BudgetUnit.Unfilled, capacity: limit,
            windowNanos: input.GetProperty("interval_s").GetInt64() * Second));
        long windowEnd = EngineHarness.StartNanos + (((12 * 3600) + (34 * 60) + 10) * Second);
        int sent = 0;
        void Submit(long at) => sent += engine.SendAt(at, InputBytes.Submit(1, 1, 1, Side.Buy, OrderType.Limit, Scaled.Raw(1), Scaled.Raw(1))).Of<Sent>().Length;
        for (int i = 0; i < limit; i++)
        {
            Submit(windowEnd - (3 * Second));
        }

        Submit(windowEnd - Second);
        Assert.That(sent, Is.EqualTo(limit), "the venue would answer the last 429, -1015");
        Assert.That(expected.GetProperty("allowed_at_12_34_10").GetString(), Is.EqualTo($"{limit} more"));
        sent = engine.SendAt(windowEnd, InputBytes.Tick(0)).Of<Sent>().Length;
        Assert.That(sent, Is.EqualTo(1), "the one that waited: 3 seconds after the last ones, for the window is the calendar's");
        for (int i = 0; i < limit; i++)
        {
            Submit(windowEnd);
        }

        Assert.That(sent, Is.EqualTo(limit));
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
        var bucket = new LeakyCounter(10, 10, Second);
        Assert.That(bucket.TryTake(0, 10), Is.True);
        Assert.That(bucket.WhenFree(0, 1), Is.EqualTo(100 * Millisecond), "the note: a bucket would let the 11th go after a tenth of a second");
    }

    private static FixedWindow Throttler(JsonElement input) =>
        new(input.GetProperty("limit").GetInt64(), input.GetProperty("interval").GetInt64(), WindowAlignment.FirstUse);

    private static void AssertUsed(in FixedWindow window, long now, JsonElement expected, string name) =>
        Assert.That((decimal)window.Used(now) / window.Capacity, Is.EqualTo(expected.Decimal(name)));

    private static void AssertAll(JsonElement inputs, JsonElement expected, Func<JsonElement, bool> accepts) =>
        Assert.That(inputs.EnumerateArray().Select(accepts), Is.EqualTo(expected.GetProperty("accepted").EnumerateArray().Select(item => item.GetBoolean())));
}
