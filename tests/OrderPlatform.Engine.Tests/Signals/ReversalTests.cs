using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Signals;

public class ReversalTests
{
    [TestCase(2, Direction.Short, Side.Sell)]
    [TestCase(-2, Direction.Long, Side.Buy)]
    public void A_reversal_is_one_order_that_closes_and_opens(int held, Direction direction, Side side)
    {
        EngineHarness engine = Holding(held);
        Reply reply = engine.Signal(direction);
        Sent order = reply.One<Sent>();
        Assert.That((order.Side, order.Quantity), Is.EqualTo((side, 3m)), "two that close and one that opens");
        Assert.That(reply.One<Decision>().Action, Is.EqualTo(DecisionAction.Reverse));
        Assert.That(Scaled.Of(engine.Account.Reserved.Raw), Is.EqualTo(100m), "only what opens is reserved");

        Reply filled = engine.Fill(order.Id, 3, 110);
        Assert.That(filled.One<TradeNews>().Exit, Is.EqualTo(ExitReason.Reversal));
        Assert.That(filled.One<TradeNews>().Realised, Is.EqualTo(held * 10m), "the old round closes at its average");
        Assert.That((filled.One<PositionNews>().Quantity, filled.One<PositionNews>().Average), Is.EqualTo((-Math.Sign(held) * 1m, 110m)), "D20");
    }

    [Test]
    public void What_closes_fills_first()
    {
        EngineHarness engine = Holding(2);
        ulong order = engine.Signal(Direction.Short).One<Sent>().Id;
        engine.Fill(order, 2, 100);
        Assert.That((engine.Held, Scaled.Of(engine.Account.Reserved.Raw)), Is.EqualTo((0m, 100m)), "what opens is still reserved");
        engine.Fill(order, 0.5m, 100);
        Assert.That((engine.Held, Scaled.Of(engine.Account.Reserved.Raw)), Is.EqualTo((-0.5m, 50m)));
    }

    [Test]
    public void When_the_new_side_is_refused_what_closes_the_old_one_still_leaves()
    {
        EngineHarness engine = Holding(2);
        engine.Send(new LimitsRecord { MaximumPositionQuantity = 0.5m }.Encode());
        Reply reply = engine.Signal(Direction.Short);
        Refused refused = reply.One<Refused>();
        Assert.That((refused.Reason, refused.Value, refused.Limit), Is.EqualTo((ReasonCode.PositionQuantityLimit, 1m, 0.5m)));
        Assert.That((reply.One<Sent>().Side, reply.One<Sent>().Quantity), Is.EqualTo((Side.Sell, 2m)), "D16");
    }

    [Test]
    public void When_halted_a_reversal_closes_only()
    {
        EngineHarness engine = Holding(-2);
        engine.Command(OperatorAction.Halt);
        Reply reply = engine.Signal(Direction.Long);
        Assert.That(reply.One<Refused>().Reason, Is.EqualTo(ReasonCode.Halted));
        Assert.That((reply.One<Sent>().Side, reply.One<Sent>().Quantity), Is.EqualTo((Side.Buy, 2m)));
    }

    [Test]
    public void A_contrary_signal_waits_for_a_market_order_in_flight()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        ulong buy = engine.Signal(Direction.Long).One<Sent>().Id;
        Reply waits = engine.Signal(Direction.Short);
        Assert.That((waits.One<Decision>().Action, waits.One<Decision>().Reason), Is.EqualTo((DecisionAction.Wait, ReasonCode.OrderInFlight)));
        Assert.That(waits.Has0<CancelSent>(), Is.True, "a market order is not worth a cancel");
        Assert.That(engine.Fill(buy, 0.4m, 100).Has0<Sent>(), Is.True);
        Sent sell = engine.Fill(buy, 0.6m, 100).One<Sent>();
        Assert.That((sell.Side, sell.Quantity), Is.EqualTo((Side.Sell, 2m)));
    }

    [Test]
    public void A_contrary_signal_cancels_a_resting_limit_order_and_then_reverses_what_had_filled()
    {
        var engine = new EngineHarness(new StrategyRecord { Type = OrderType.Limit });
        engine.Trade(100);
        ulong buy = engine.Signal(Direction.Long).One<Sent>().Id;
        engine.News(buy, ExecutionKind.Accepted);
        engine.Fill(buy, 0.4m, 100);
        Reply waits = engine.Signal(Direction.Short);
        Assert.That(waits.One<CancelSent>().Id, Is.EqualTo(buy));
        Assert.That(waits.Has0<Sent>(), Is.True);
        Sent sell = engine.News(buy, ExecutionKind.Cancelled).One<Sent>();
        Assert.That((sell.Side, sell.Quantity), Is.EqualTo((Side.Sell, 1.4m)));
    }

    [Test]
    public void A_wish_that_returns_to_what_is_ordered_while_a_cancel_is_under_way_is_kept()
    {
        var engine = new EngineHarness(new StrategyRecord { Type = OrderType.Limit });
        engine.Trade(100);
        ulong buy = engine.Signal(Direction.Long).One<Sent>().Id;
        engine.Signal(Direction.Short);
        Assert.That(engine.Signal(Direction.Long).One<Decision>().Action, Is.EqualTo(DecisionAction.Wait));
        Sent again = engine.News(buy, ExecutionKind.Cancelled).One<Sent>();
        Assert.That((again.Side, again.Quantity), Is.EqualTo((Side.Buy, 1m)));
    }

    [Test]
    public void A_wish_that_the_fill_has_already_met_sends_nothing()
    {
        var engine = new EngineHarness(new StrategyRecord { Type = OrderType.Limit });
        engine.Trade(100);
        ulong buy = engine.Signal(Direction.Long).One<Sent>().Id;
        engine.Signal(Direction.Short);
        engine.Signal(Direction.Long);
        Assert.That(engine.Fill(buy, 1, 100).Has0<Sent>(), Is.True, "the fill overtook the cancel: the position is what is wanted");
        Assert.That(engine.Held, Is.EqualTo(1m));
    }

    private static EngineHarness Holding(decimal quantity)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        engine.Hold(quantity, 100);
        return engine;
    }
}
