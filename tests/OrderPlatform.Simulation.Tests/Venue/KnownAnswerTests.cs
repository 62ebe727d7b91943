using System.Text.Json;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>How orders fill (simulation_fills.json) and which may enter (venue_filters_and_limits.json).</summary>
internal sealed class KnownAnswerTests
{
    private const string Fills = "simulation_fills.json";
    private const string Filters = "venue_filters_and_limits.json";

    [Test]
    [Shows(Fills, "queue_position_100_ahead")]
    public void Queue_position_100_ahead()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Fills, "queue_position_100_ahead");
        decimal price = input.GetProperty("order").Number("price");
        VenueRun run = new VenueRun().Give(Quote(0, price, input.GetProperty("bid_level").Number("displayed"), price + 1, 1000))
            .Submit(Limit(1, OrderSide.Buy, input.GetProperty("order").Number("qty"), price), 1);
        var filled = new List<decimal>();
        long time = 10;
        foreach (decimal quantity in input.Numbers("sell_trades"))
        {
            int before = run.Fills.Count();
            run.Give(Trade(time, price, quantity, Aggressor.Sell)).AdvanceTo(time++);
            filled.Add(run.Fills.Skip(before).Sum(f => (decimal)f.LastQuantity.Raw / FixedPoint.One));
        }

        Assert.That(filled, Is.EqualTo(expected.Numbers("fills")));
    }

    [Test]
    [Shows(Fills, "liquidity_consumption_crossed_limit")]
    public void Liquidity_consumption_crossed_limit()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Fills, "liquidity_consumption_crossed_limit");
        JsonElement order = input.GetProperty("order");
        VenueRun run = new();
        var leaves = new List<Quantity>();
        long time = 0;
        foreach (JsonElement ask in input.GetProperty("asks").EnumerateArray())
        {
            run.Give(Quote(time, 90, 1, ask.Number("price"), ask.Number("size")));
            if (time == 0)
            {
                run.Submit(Limit(1, OrderSide.Buy, order.Number("qty"), order.Number("price")), 1);
            }

            run.AdvanceTo(time + 5);
            leaves.Add(run.Last.LeavesQuantity);
            time += 10;
        }

        Assert.That(leaves, Is.EqualTo(expected.Numbers("leaves").Select(Q)));
        Assert.That(run.Fills.Select(f => f.LastPrice), Is.All.EqualTo(P(order.Number("price"))));
    }

    [Test]
    [Shows(Fills, "liquidity_consumption_level_reset")]
    public void Liquidity_consumption_level_reset()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Fills, "liquidity_consumption_level_reset");
        decimal size = input.Number("level_size");
        decimal[] requested = input.Numbers("fills_requested");
        VenueRun run = new VenueRun().Give(Quote(0, 90, 1, 100, size)).Submit(Market(1, OrderSide.Buy, requested[0]), 1)
            .Submit(Market(2, OrderSide.Buy, requested[1]), 2).Submit(Market(3, OrderSide.Buy, 1000, VenueTimeInForce.ImmediateOrCancel), 3)
            .Give(Quote(10, 90, 1, 100, input.Number("then_update_size"))).Submit(Market(4, OrderSide.Buy, 1000), 11).Finish();
        decimal left = expected.Number("available_after_fill_1") - requested[1];
        decimal[] wanted = [requested[0], expected.Number("second_fill"), left, expected.Number("available_after_update")];
        Assert.That(run.Fills.Select(f => f.LastQuantity), Is.EqualTo(wanted.Select(Q)));
    }

    [Test]
    [Shows(Fills, "bar_volume_split")]
    public void Bar_volume_split()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Fills, "bar_volume_split");
        decimal volume = input.Number("bar_volume");
        SimulatedVenueOptions options = DefaultOptions with { Instruments = [DefaultInstrument with { Step = Q(input.Number("size_increment")) }] };
        VenueRun run = new VenueRun(options).Submit(Market(1, OrderSide.Buy, volume), 0).Give(Bar(10, 1210, 100, 112, 92, 104, volume)).Finish();
        decimal[] parts = [expected.Number("open"), expected.Number("high"), expected.Number("low"), expected.Number("close")];
        Assert.That(run.Fills.Select(f => f.LastQuantity), Is.EqualTo(parts.Select(Q)));
    }

    [Test]
    [Shows(Fills, "fifo_fill_by_crossing")]
    public void Fifo_fill_by_crossing()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Fills, "fifo_fill_by_crossing");
        JsonElement order = input.GetProperty("order");
        JsonElement moves = input.GetProperty("best_ask_moves");
        VenueRun run = new VenueRun().Give(Quote(0, 99, 10, moves.Number("from_"), 10))
            .Submit(Limit(1, OrderSide.Buy, order.Number("qty"), order.Number("price_tick")), 1).Give(Quote(10, 99, 10, moves.Number("to"), 10)).Finish();
        Assert.That(run.Fills.Any(), Is.EqualTo(expected.GetProperty("filled").GetBoolean()));
    }

    [Shows(Fills, "volume_share_low_volume_cap", "volume_share_double", "volume_share_high_volume")]
    [TestCase("volume_share_low_volume_cap")]
    [TestCase("volume_share_double")]
    [TestCase("volume_share_high_volume")]
    public void Volume_share_slippage(string id)
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Fills, id);
        SlippageModel model = SlippageModel.VolumeShare(R(input.Number("price_impact")), R(input.Number("volume_limit")));
        var meets = new SlippageInput(P(input.Number("price")), Q(input.Number("order_qty")), Q(input.Number("bar_volume")), P(0.01m));
        Assert.That(model.Offset(in meets), Is.EqualTo(P(expected.Number("slippage_price"))));
    }

    [Test]
    [Shows(Fills, "volume_share_zero_volume_fx")]
    public void Volume_share_zero_volume_fills_nothing_instead_of_filling_for_free()
    {
        (JsonElement input, _) = GoldenCases.Read(Fills, "volume_share_zero_volume_fx");
        VenueRun run = new VenueRun(DefaultOptions with { Slippage = SlippageModel.VolumeShare(R(0.1m), R(0.025m)) })
            .Submit(Market(1, OrderSide.Buy, 1), 0).Give(Bar(10, 1210, 100, 112, 92, 104, input.Number("bar_volume"))).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted"));
    }

    [Test]
    [Shows(Fills, "constant_slippage")]
    public void Constant_slippage_of_1_is_100_percent()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Fills, "constant_slippage");
        var meets = new SlippageInput(P(input.Number("price")), Q(1), Q(1), P(0.01m));
        Assert.That(SlippageModel.FixedRate(R(1)).Offset(in meets), Is.EqualTo(P(expected.Number("slippage_price"))));
    }

    [Test]
    [Shows(Fills, "stop_gap")]
    public void Stop_gap()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Fills, "stop_gap");
        decimal before = input.Number("prev_close");
        decimal open = input.GetProperty("bar").Number("open");
        VenueRun run = new VenueRun().Give(Bar(0, 1200, before, before + 1, before - 1, before))
            .Submit(Stop(1, OrderSide.Sell, 1, input.GetProperty("order").Number("trigger")), 10)
            .Give(Bar(1200, 2400, open, open + 1, open - 1, open)).Finish();
        Assert.That(run.Fills.Single().LastPrice, Is.EqualTo(P(expected.Number("fill_price"))));
    }

    [Test]
    [Shows(Fills, "stop_move_through")]
    public void Stop_move_through()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Fills, "stop_move_through");
        JsonElement bar = input.GetProperty("bar");
        VenueRun run = new VenueRun().Submit(Stop(1, OrderSide.Sell, 1, input.GetProperty("order").Number("trigger")), 0)
            .Give(Bar(10, 1210, bar.Number("open"), 103, bar.Number("low"), 101)).Finish();
        Assert.That(run.Fills.Single().LastPrice, Is.EqualTo(P(expected.Number("fill_price"))));
    }

    [Test]
    [Shows(Fills, "price_protection")]
    public void Price_protection_levels_come_one_after_the_other_as_best_quotes()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Fills, "price_protection");
        VenueInstrument rules = DefaultInstrument with { Tick = P(input.Number("tick")), PriceProtectionTicks = input.GetProperty("points").GetInt32() };
        VenueRun run = new(DefaultOptions with { Instruments = [rules] });
        decimal[] levels = input.Numbers("levels");
        run.Give(Quote(0, 1000, 10, levels[0], 10)).Submit(Market(1, OrderSide.Buy, 50), 1);
        for (int i = 1; i < levels.Length; i++)
        {
            run.Give(Quote(10 * i, 1000, 10, levels[i], 10));
        }

        run.Finish();
        Assert.That(run.Fills.Select(f => f.LastPrice), Is.EqualTo(expected.Numbers("filled_levels").Select(P)));
        Assert.That(run.Fills.Last().LastPrice, Is.EqualTo(P(expected.Number("limit_price"))));
        Assert.That((run.Last.Kind, run.Last.Reason, run.Last.CumulativeQuantity),
            Is.EqualTo((VenueReportKind.Expired, VenueRejectReason.PriceProtection, Q(20))), "the rest is left unfilled");
    }

    [Test]
    [Shows(Fills, "l3_fifo_fill")]
    public void L3_fifo_fill_by_the_quantity_ahead_because_a_level_tells_no_orders()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Fills, "l3_fifo_fill");
        decimal level = input.Number("level");
        VenueRun run = new VenueRun().Give(Quote(0, level, 1, level + 1, 10)).Submit(Limit(1, OrderSide.Buy, 1, level), 1)
            .Give(Quote(10, level, 3, level + 1, 10)).Give(Quote(20, level, 2, level + 1, 10));
        run.Give(Trade(30, level, 1, Aggressor.Sell)).AdvanceTo(30);
        int afterFirst = run.Fills.Count();
        run.Give(Trade(40, level, 1, Aggressor.Sell)).Finish();
        Assert.That((afterFirst, run.Fills.Count()),
            Is.EqualTo((expected.GetProperty("fills_after_1").GetInt32(), expected.GetProperty("fills_after_2").GetInt32())));
    }

    [Test]
    [Shows(Filters, "window_is_calendar_aligned")]
    public void Windows_of_the_rate_limit_are_calendar_aligned()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Filters, "window_is_calendar_aligned");
        const long second = 1_000_000_000;
        int limit = input.GetProperty("limit").GetInt32();
        long interval = input.GetProperty("interval_s").GetInt64() * second;
        Assert.That(expected.GetProperty("allowed_at_12_34_10").GetString(), Is.EqualTo($"{limit} more"));
        long windowEnd = ((12 * 3600) + (34 * 60) + 10) * second;
        VenueRun run = new(DefaultOptions with { Faults = new VenueFaults { ThrottleRequests = limit, ThrottleWindowNanos = interval } });
        ulong id = 0;
        foreach (long sentAt in new[] { windowEnd - second, windowEnd })
        {
            for (int i = 0; i <= limit; i++)
            {
                run.Submit(Limit(++id, OrderSide.Buy, 1, 100), sentAt);
            }
        }

        run.Finish();
        Assert.That(run.Reports.Where(r => r.Kind == VenueReportKind.Throttled).Select(r => r.ClientOrderId), Is.EqualTo(new[] { (ulong)limit + 1, id }));
        Assert.That(run.Reports.Count(r => r.Kind == VenueReportKind.Accepted), Is.EqualTo(2 * limit));
    }

    [Test]
    [Shows(Filters, "price_filter")]
    public void Price_filter()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Filters, "price_filter");
        VenueInstrument rules = new()
        {
            InstrumentId = Instrument,
            MinimumPrice = P(input.Number("minPrice")),
            MaximumPrice = P(input.Number("maxPrice")),
            Tick = P(input.Number("tickSize")),
        };
        AssertAccepted(rules, input.Numbers("prices").Select(price => (price, 1m)), expected);
    }

    [Test]
    [Shows(Filters, "lot_size")]
    public void Lot_size()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Filters, "lot_size");
        VenueInstrument rules = new()
        {
            InstrumentId = Instrument,
            MinimumQuantity = Q(input.Number("minQty")),
            MaximumQuantity = Q(input.Number("maxQty")),
            Step = Q(input.Number("stepSize")),
        };
        AssertAccepted(rules, input.Numbers("quantities").Select(quantity => (1m, quantity)), expected);
    }

    [Test]
    [Shows(Filters, "notional")]
    public void Notional()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Filters, "notional");
        VenueInstrument rules = new()
        {
            InstrumentId = Instrument,
            MinimumNotional = new Money(P(input.Number("minNotional")).Raw),
            MaximumNotional = new Money(P(input.Number("maxNotional")).Raw),
        };
        AssertAccepted(rules, input.GetProperty("orders").EnumerateArray().Select(o => (o.Number("price"), o.Number("qty"))), expected);
    }

    private static void AssertAccepted(VenueInstrument rules, IEnumerable<(decimal Price, decimal Quantity)> orders, JsonElement expected)
    {
        VenueRun run = new(DefaultOptions with { Instruments = [rules] });
        ulong id = 1;
        foreach ((decimal price, decimal quantity) in orders)
        {
            run.Submit(Limit(id++, OrderSide.Buy, quantity, price), (long)id);
        }

        bool[] accepted = [.. run.Finish().Reports.Select(r => r.Kind == VenueReportKind.Accepted)];
        Assert.That(accepted, Is.EqualTo(expected.GetProperty("accepted").EnumerateArray().Select(e => e.GetBoolean())));
    }
}
