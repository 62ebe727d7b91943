using System.Text.Json;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Exits;

/// <summary>Stop loss and take profit as fractions of the average entry price (R47, R123, R124, D6 fixed).</summary>
public class ProtectiveExitTests
{
    [TestCase(1, 49_000.01, 0)]
    [TestCase(1, 49_000, (int)ExitReason.StopLoss)]
    [TestCase(1, 52_499.99, 0)]
    [TestCase(1, 52_500, (int)ExitReason.TakeProfit)]
    [TestCase(-1, 50_999.99, 0)]
    [TestCase(-1, 51_000, (int)ExitReason.StopLoss)]
    [TestCase(-1, 47_500.01, 0)]
    [TestCase(-1, 47_500, (int)ExitReason.TakeProfit)]
    public void An_exit_leaves_at_its_level_and_not_a_tick_before(int held, double price, int reason)
    {
        EngineHarness engine = Holding(held, 50_000);
        Reply reply = engine.Trade((decimal)price);
        Assert.That(reply.Has0<Sent>(), Is.EqualTo(reason == 0));
        if (reason != 0)
        {
            Sent exit = reply.One<Sent>();
            Assert.That((exit.Side, exit.Type, exit.Quantity), Is.EqualTo((held > 0 ? Side.Sell : Side.Buy, OrderType.Market, 1m)));
            Assert.That(engine.Fill(exit.Id, 1, (decimal)price).One<TradeNews>().Exit, Is.EqualTo((ExitReason)reason));
        }
    }

    [Test]
    public void The_levels_are_those_that_follow_from_the_seed_document()
    {
        JsonElement item = KnownAnswer.Case("seeds_derived.json", "seed_tp_sl_pct");
        foreach (int side in new[] { 1, -1 })
        {
            JsonElement levels = item.GetProperty("expected").GetProperty(side > 0 ? "long" : "short");
            foreach (string level in new[] { "tp", "sl" })
            {
                EngineHarness engine = Holding(side, item.GetProperty("input").Decimal("entry"));
                Assert.That(engine.Trade(levels.Decimal(level)).Of<Sent>(), Has.Length.EqualTo(1), $"{side} {level}");
            }
        }
    }

    [Test]
    public void If_one_bar_touched_both_the_stop_counts([Values(1, -1)] int held)
    {
        EngineHarness engine = Holding(held, 50_000);
        Sent exit = engine.Bar(50_000, 60_000, 40_000, 50_000).One<Sent>();
        Assert.That(engine.Find(exit.Id).ExitReason, Is.EqualTo(ExitReason.StopLoss));
    }

    [Test]
    public void After_a_gap_the_exit_is_the_markets_price_and_not_the_stops()
    {
        EngineHarness engine = Holding(1, 50_000);
        Sent exit = engine.BarOpened(45_000).One<Sent>();
        Assert.That((exit.Type, exit.Price), Is.EqualTo((OrderType.Market, (decimal?)null)));
        Assert.That(engine.Fill(exit.Id, 1, 44_990).One<TradeNews>().Realised, Is.EqualTo(-5_010m));
    }

    [Test]
    public void A_quote_is_touched_where_the_position_would_leave([Values(1, -1)] int held)
    {
        EngineHarness engine = Holding(held, 50_000);
        Assert.That(engine.Quote(49_100, 50_900).Has0<Sent>(), Is.True);
        Assert.That(held > 0 ? engine.Quote(49_000, 50_000).Of<Sent>() : engine.Quote(50_000, 51_000).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void The_stop_covers_exactly_what_is_held_after_each_partial_fill()
    {
        EngineHarness engine = WithExits();
        engine.Trade(50_000);
        ulong entry = engine.Signal(Direction.Long).One<Sent>().Id;
        engine.Fill(entry, 0.3m, 50_000);
        Assert.That(engine.Trade(49_000).Has0<Sent>(), Is.True, "the entry is in flight: two orders never overlap");
        engine.Fill(entry, 0.2m, 49_000);
        Sent exit = engine.News(entry, ExecutionKind.Cancelled).One<Sent>();
        Assert.That((exit.Side, exit.Quantity), Is.EqualTo((Side.Sell, 0.5m)), "T6, T15");
    }

    [Test]
    public void A_resting_entry_is_cancelled_before_the_stop_leaves()
    {
        EngineHarness engine = WithExits(OrderType.Limit);
        engine.Trade(50_000);
        ulong entry = engine.Signal(Direction.Long).One<Sent>().Id;
        engine.Fill(entry, 0.3m, 50_000);
        Assert.That(engine.Trade(49_000).One<CancelSent>().Id, Is.EqualTo(entry));
        Sent exit = engine.News(entry, ExecutionKind.Cancelled).One<Sent>();
        Assert.That((exit.Quantity, exit.Type), Is.EqualTo((0.3m, OrderType.Market)));
    }

    [Test]
    public void There_is_no_second_exit_while_one_is_in_flight()
    {
        EngineHarness engine = Holding(1, 50_000);
        ulong exit = engine.Trade(48_000).One<Sent>().Id;
        Assert.That(engine.Trade(47_000).Has0<Sent>(), Is.True);
        Assert.That(engine.Bar(47_000, 60_000, 40_000, 50_000).Has0<Sent>(), Is.True);
        engine.Fill(exit, 0.4m, 47_000);
        Assert.That(engine.Trade(46_000).Has0<Sent>(), Is.True);
        engine.Fill(exit, 0.6m, 46_000);
        Assert.That(engine.Trade(40_000).All, Is.Empty, "flat: nothing is left to protect");
    }

    [Test]
    public void An_exit_that_the_venue_rejected_is_tried_again_at_the_next_price()
    {
        EngineHarness engine = Holding(1, 50_000);
        ulong exit = engine.Trade(48_000).One<Sent>().Id;
        engine.News(exit, ExecutionKind.Rejected);
        Assert.That(engine.Trade(47_999).One<Sent>().Id, Is.Not.EqualTo(exit), "another order, not a blind retry of the same");
    }

    [Test]
    public void A_limit_exit_gives_way_to_the_stop()
    {
        EngineHarness engine = Holding(1, 50_000);
        engine.Send(Rules(OrderType.Limit).Encode());
        ulong resting = engine.Signal(Direction.Neutral).One<Sent>().Id;
        Assert.That(engine.Trade(48_000).One<CancelSent>().Id, Is.EqualTo(resting));
        engine.Fill(resting, 0.25m, 50_000);
        Sent stop = engine.News(resting, ExecutionKind.Cancelled).One<Sent>();
        Assert.That((stop.Type, stop.Quantity), Is.EqualTo((OrderType.Market, 0.75m)));
    }

    [Test]
    public void A_halt_does_not_keep_a_stop_from_leaving()
    {
        EngineHarness engine = Holding(1, 50_000);
        engine.Command(OperatorAction.Halt);
        Assert.That(engine.Trade(48_000).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void After_scaling_in_the_levels_follow_the_average()
    {
        EngineHarness engine = Holding(1, 50_000);
        engine.Hold(1, 52_000);
        Assert.That(engine.Trade(49_990).Has0<Sent>(), Is.True);
        Assert.That(engine.Trade(49_980).One<Sent>().Quantity, Is.EqualTo(2m), "2 % below 51,000");
    }

    [Test]
    public void Dust_whose_cost_rounds_to_nothing_has_no_levels()
    {
        var engine = new EngineHarness(Rules(), new InstrumentRecord { QuantityStep = 0.00000001m });
        engine.Trade(0.3m);
        engine.Send(InputBytes.Seed(1, 1, 1, Scaled.Raw(0.3m)));
        Assert.That(Engine.Positions.Valuation.AveragePrice(engine.State, engine.Position).Raw, Is.Zero);
        Assert.That(engine.Trade(0.3m).Has0<Sent>(), Is.True);
        Assert.That(engine.Signal(Direction.Neutral).Of<Sent>(), Has.Length.EqualTo(1), "a signal still closes it");
    }

    private static StrategyRecord Rules(OrderType type = OrderType.Market) => new() { StopLoss = 0.02m, TakeProfit = 0.05m, Type = type };

    private static EngineHarness WithExits(OrderType type = OrderType.Market) => new(Rules(type), account: new AccountRecord { Cash = 1_000_000 });

    private static EngineHarness Holding(decimal quantity, decimal price)
    {
        EngineHarness engine = WithExits();
        engine.Trade(price);
        engine.Hold(quantity, price);
        return engine;
    }
}
