using System.Text.Json;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>
/// Left to later work, because the venue has no such feature yet: stop_gap, stop_move_through, price_protection, l3_fifo_fill, oto_partial_trigger;
/// of the filters: max_position, the unfilled counts, windows, throttlers and batches.
/// </summary>
internal sealed class KnownAnswerTests
{
    private const string Fills = "simulation_fills.json";
    private const string Filters = "venue_filters_and_limits.json";

    [Test]
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
    public void Fifo_fill_by_crossing()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Fills, "fifo_fill_by_crossing");
        JsonElement order = input.GetProperty("order");
        JsonElement moves = input.GetProperty("best_ask_moves");
        VenueRun run = new VenueRun().Give(Quote(0, 99, 10, moves.Number("from_"), 10))
            .Submit(Limit(1, OrderSide.Buy, order.Number("qty"), order.Number("price_tick")), 1).Give(Quote(10, 99, 10, moves.Number("to"), 10)).Finish();
        Assert.That(run.Fills.Any(), Is.EqualTo(expected.GetProperty("filled").GetBoolean()));
    }

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
    public void Volume_share_zero_volume_fills_nothing_instead_of_filling_for_free()
    {
        (JsonElement input, _) = GoldenCases.Read(Fills, "volume_share_zero_volume_fx");
        VenueRun run = new VenueRun(DefaultOptions with { Slippage = SlippageModel.VolumeShare(R(0.1m), R(0.025m)) })
            .Submit(Market(1, OrderSide.Buy, 1), 0).Give(Bar(10, 1210, 100, 112, 92, 104, input.Number("bar_volume"))).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted"));
    }

    [Test]
    public void Constant_slippage_of_1_is_100_percent()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(Fills, "constant_slippage");
        var meets = new SlippageInput(P(input.Number("price")), Q(1), Q(1), P(0.01m));
        Assert.That(SlippageModel.FixedRate(R(1)).Offset(in meets), Is.EqualTo(P(expected.Number("slippage_price"))));
    }

    [Test]
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
