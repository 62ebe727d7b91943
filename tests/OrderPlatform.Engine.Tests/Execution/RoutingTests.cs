using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Execution;

/// <summary>Smart routing over the client's venues (R71, R72): instrument, venue and account 2 are the same product elsewhere.</summary>
internal sealed class RoutingTests
{
    [TestCase(0, 0, 100.05, 2u, TestName = "The_better_price_gets_all")]
    [TestCase(0, 0.001, 100.05, 1u, TestName = "The_better_price_loses_to_its_fee")]
    [TestCase(0.002, 0.001, 100.12, 2u, TestName = "The_worse_price_wins_by_its_fee")]
    [TestCase(0, 0, 100.1, 1u, TestName = "Of_equal_prices_its_own_venue_gets_all")]
    [Description("R72: best price net of taker fees")]
    public void A_buy_goes_where_it_is_cheapest_net_of_fees(double feeHere, double feeThere, double askThere, uint instrument)
    {
        EngineHarness engine = Engine(RoutingMode.BestPrice, (decimal)feeHere, (decimal)feeThere);
        engine.Quote(100, 100.1m);
        engine.Quote(99.9m, (decimal)askThere, instrument: 2);
        Sent sent = engine.Signal(Direction.Long).One<Sent>();
        Assert.That((sent.Instrument, sent.Venue, sent.Account, sent.Quantity), Is.EqualTo((instrument, (ushort)instrument, instrument, 4m)));
    }

    [Test]
    [Description("R72")]
    public void A_sale_goes_where_it_brings_most_net_of_fees()
    {
        EngineHarness engine = Engine(RoutingMode.BestPrice, 0, 0.001m);
        engine.Quote(100, 100.1m);
        engine.Quote(100.2m, 100.3m, instrument: 2);
        Assert.That(engine.Signal(Direction.Short).One<Sent>().Instrument, Is.EqualTo(2u));
        engine = Engine(RoutingMode.BestPrice, 0, 0.003m);
        engine.Quote(100, 100.1m);
        engine.Quote(100.2m, 100.3m, instrument: 2);
        Assert.That(engine.Signal(Direction.Short).One<Sent>().Instrument, Is.EqualTo(1u));
    }

    [Test]
    [Description("R72: liquidity")]
    public void By_liquidity_it_is_split_by_what_is_displayed_and_conserved()
    {
        EngineHarness engine = Engine(RoutingMode.Liquidity);
        engine.Send(InputBytes.Quote(1, Scaled.Raw(100), Scaled.Raw(101), Scaled.Raw(5), Scaled.Raw(1)));
        engine.Send(InputBytes.Quote(2, Scaled.Raw(100), Scaled.Raw(102), Scaled.Raw(5), Scaled.Raw(2)));
        Sent[] sent = engine.Signal(Direction.Long).Of<Sent>();
        Assert.That(sent.Select(order => (order.Instrument, order.Quantity)), Is.EquivalentTo(new[] { (1u, 1.334m), (2u, 2.666m) }));
    }

    [Test]
    [Description("R72: maximum venue share")]
    public void No_venue_gets_more_than_its_share_and_what_no_venue_may_take_is_a_leftover()
    {
        EngineHarness engine = Engine(RoutingMode.BestPrice, share: 0.6m);
        engine.Quote(100, 100.1m);
        engine.Quote(100, 100.2m, instrument: 2);
        Sent[] sent = engine.Signal(Direction.Long).Of<Sent>();
        Assert.That(sent.Select(order => (order.Instrument, order.Quantity)), Is.EquivalentTo(new[] { (1u, 2.4m), (2u, 1.6m) }));

        engine = Engine(RoutingMode.BestPrice, share: 0.25m);
        engine.Quote(100, 100.1m);
        engine.Quote(100, 100.2m, instrument: 2);
        Reply reply = engine.Signal(Direction.Long);
        Assert.That(reply.Of<Sent>().Select(order => order.Quantity), Is.EqualTo(new[] { 1m, 1m }));
        ParentNews parent = reply.Of<ParentNews>()[^1];
        Assert.That((parent.Working, parent.Ended, parent.Reason), Is.EqualTo((2m, 2m, ReasonCode.Leftover)));
    }

    [TestCase("down")]
    [TestCase("blocked")]
    [TestCase("open")]
    [TestCase("half open")]
    [Description("R29, R72")]
    public void A_venue_that_cannot_take_orders_is_passed_over(string what)
    {
        EngineHarness engine = Engine(RoutingMode.BestPrice);
        engine.Quote(100, 101);
        engine.Quote(100, 100.5m, instrument: 2);
        ref ReferenceData.Venue venue = ref engine.State.Venues[1];
        venue.IsDown = what == "down";
        venue.BlockedUntilNanos = what == "blocked" ? long.MaxValue : 0;
        venue.Breaker.State = what == "open" ? BreakerState.Open : what == "half open" ? BreakerState.HalfOpen : BreakerState.Closed;
        Assert.That(engine.Signal(Direction.Long).One<Sent>().Instrument, Is.EqualTo(1u));
    }

    [Test]
    [Description("R72: what closes goes to the venue of its position")]
    public void A_reversal_closes_each_position_at_its_venue_and_opens_at_the_best()
    {
        EngineHarness engine = Engine(RoutingMode.BestPrice);
        engine.Quote(100, 100.1m);
        engine.Quote(100, 100.2m, instrument: 2);
        Hold(engine, 1, 3);
        Hold(engine, 2, 2);
        Reply reply = engine.Signal(Direction.Short);
        Assert.That(reply.Of<Sent>().Select(order => (order.Instrument, order.Side, order.Quantity)), Is.EquivalentTo(new[]
        {
            (1u, Side.Sell, 7m), (2u, Side.Sell, 2m),
        }));
        ParentNews parent = reply.One<ParentNews>();
        Assert.That((parent.Quantity, parent.Working), Is.EqualTo((9m, 9m)), "five that close and four that open");
    }

    [Test]
    [Description("R72: the strategy's position is the sum over its venues")]
    public void A_wish_that_another_venue_holds_already_is_no_new_order()
    {
        EngineHarness engine = Engine(RoutingMode.BestPrice);
        engine.Quote(100, 100.1m);
        engine.Quote(100, 100.2m, instrument: 2);
        Hold(engine, 2, 2);
        Assert.That(engine.Signal(Direction.Long).Has0<Sent>(), Is.True);
        Sent exit = engine.Signal(Direction.Neutral).One<Sent>();
        Assert.That((exit.Instrument, exit.Side, exit.Quantity), Is.EqualTo((2u, Side.Sell, 2m)));
    }

    [Test]
    [Description("R72: direct")]
    public void Direct_routing_stays_at_the_signals_venue()
    {
        EngineHarness engine = Engine(RoutingMode.Direct);
        engine.Quote(100, 101);
        engine.Quote(99, 99.5m, instrument: 2);
        Assert.That(engine.Signal(Direction.Long).One<Sent>().Instrument, Is.EqualTo(1u));
    }

    private static void Hold(EngineHarness engine, uint instrument, decimal quantity)
    {
        ulong id = engine.Submit(Side.Buy, quantity, 1000, instrument: instrument).One<Sent>().Id;
        engine.Fill(id, quantity, 100);
    }

    private static EngineHarness Engine(RoutingMode routing, decimal feeHere = 0, decimal feeThere = 0, decimal? share = null)
    {
        var engine = new EngineHarness(
            new StrategyRecord { Quantity = 4 }, new InstrumentRecord { Product = 9 }, venue: new VenueRecord { TakerFee = feeHere });
        engine.Send(new VenueRecord { Id = 2, TakerFee = feeThere }.Encode());
        engine.Send(new InstrumentRecord { Id = 2, Venue = 2, Product = 9 }.Encode());
        engine.Send(new AccountRecord { Id = 2, Venue = 2 }.Encode());
        engine.Send(new ExecutionRecord { Routing = routing, VenueShare = share }.Encode());
        return engine;
    }
}
