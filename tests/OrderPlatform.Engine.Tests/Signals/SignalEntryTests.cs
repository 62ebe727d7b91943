using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Signals;

public class SignalEntryTests
{
    [TestCase(Direction.Long, Side.Buy, 1)]
    [TestCase(Direction.Short, Side.Sell, -1)]
    public void A_signal_becomes_one_market_order(Direction direction, Side side, int sign)
    {
        var engine = new EngineHarness(new StrategyRecord { Quantity = 1.2345m, TimeInForce = TimeInForce.ImmediateOrCancel });
        engine.Trade(100);
        Reply reply = engine.Signal(direction);
        Sent order = reply.One<Sent>();
        Assert.That(order, Is.EqualTo(new Sent(order.Id, 1, 1, 1, 1, side, OrderType.Market, TimeInForce.ImmediateOrCancel, 1.234m, null)),
            "floored to the step");
        Assert.That(reply.One<Decision>(), Is.EqualTo(new Decision(1, DecisionAction.Enter, ReasonCode.None, direction, 0, sign * 1.234m, 100, 100_000)));
        Assert.That(reply.One<OrderNews>().Status, Is.EqualTo(OrderStatus.PendingNew));
    }

    [TestCase(0.5, 333.33, 149.998)]
    [TestCase(1, 100_000, 0.999)]
    [TestCase(2, 100_000, 1.999)]
    public void A_fraction_of_equity_is_a_quantity_at_the_mark_floored_to_the_step(double fraction, double mark, double quantity)
    {
        var engine = new EngineHarness(new StrategyRecord { EquityFraction = (decimal)fraction }, account: new AccountRecord { Cash = 99_998m });
        engine.Trade((decimal)mark);
        Assert.That(engine.Signal(Direction.Long).One<Sent>().Quantity, Is.EqualTo((decimal)quantity));
    }

    [Test]
    public void A_size_that_rounds_to_nothing_is_refused_by_name()
    {
        var engine = new EngineHarness(new StrategyRecord { Quantity = 0.0009m });
        engine.Trade(100);
        Reply reply = engine.Signal(Direction.Long);
        Assert.That((reply.One<Decision>().Action, reply.One<Decision>().Reason), Is.EqualTo((DecisionAction.Hold, ReasonCode.RoundsToZero)));
        Assert.That(engine.Why.Filter, Is.EqualTo(FilterKind.Size));
        Assert.That(reply.Has0<Sent>(), Is.True);
    }

    [Test]
    public void In_long_only_a_short_signal_leaves_the_position()
    {
        var engine = new EngineHarness(new StrategyRecord { Mode = TradingMode.LongOnly });
        engine.Trade(100);
        engine.Hold(3, 100);
        Reply reply = engine.Signal(Direction.Short);
        Assert.That(reply.One<Decision>().Action, Is.EqualTo(DecisionAction.Exit));
        Sent order = reply.One<Sent>();
        Assert.That((order.Side, order.Quantity), Is.EqualTo((Side.Sell, 3m)));
        TradeNews trade = engine.Fill(order.Id, 3, 105).One<TradeNews>();
        Assert.That((trade.Exit, trade.Realised), Is.EqualTo((ExitReason.Signal, 15m)));
    }

    [TestCase(3, Side.Sell)]
    [TestCase(-3, Side.Buy)]
    public void A_neutral_signal_leaves_the_position_where_neutral_means_flatten(int held, Side side)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        engine.Hold(held, 100);
        Sent order = engine.Signal(Direction.Neutral).One<Sent>();
        Assert.That((order.Side, order.Quantity), Is.EqualTo((side, 3m)));
    }

    [Test]
    public void With_previous_close_the_order_leaves_with_the_signal()
    {
        var engine = new EngineHarness(new StrategyRecord { Timing = EntryTiming.PreviousClose });
        engine.Bar(100, 101, 99, 100);
        Assert.That(engine.Signal(Direction.Long).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void With_current_open_the_order_waits_for_the_next_bars_first_price()
    {
        var engine = new EngineHarness(new StrategyRecord { Timing = EntryTiming.CurrentOpen });
        engine.Bar(100, 101, 99, 100);
        Reply waits = engine.Signal(Direction.Long);
        Assert.That((waits.One<Decision>().Action, waits.One<Decision>().Reason), Is.EqualTo((DecisionAction.Wait, ReasonCode.WaitingForNextBar)));
        Assert.That(engine.Signal(Direction.Long).One<Decision>().Reason, Is.EqualTo(ReasonCode.WaitingForNextBar), "the same wish again is a hold");
        Assert.That(engine.Trade(100).All, Is.Empty, "a trade is no bar");
        Assert.That(engine.Quote(99, 101).All, Is.Empty);
        Assert.That(engine.Bar(100, 101, 99, 100).All, Is.Empty, "nor is a bar's close its open");
        Assert.That(engine.BarOpened(104).One<Sent>().Side, Is.EqualTo(Side.Buy));
        Assert.That(engine.BarOpened(105).Has0<Sent>(), Is.True, "once");
    }

    [Test]
    public void The_last_signal_before_the_open_counts()
    {
        var engine = new EngineHarness(new StrategyRecord { Timing = EntryTiming.CurrentOpen });
        engine.Trade(100);
        engine.Signal(Direction.Long);
        Assert.That(engine.Signal(Direction.Short).One<Decision>().Action, Is.EqualTo(DecisionAction.Wait));
        Assert.That(engine.BarOpened(104).One<Sent>().Side, Is.EqualTo(Side.Sell));
    }

    [Test]
    public void A_wish_that_is_taken_back_before_the_open_sends_nothing()
    {
        var engine = new EngineHarness(new StrategyRecord { Timing = EntryTiming.CurrentOpen });
        engine.Trade(100);
        engine.Signal(Direction.Long);
        engine.Signal(Direction.Neutral);
        Assert.That(engine.BarOpened(104).All, Is.Empty);
    }

    [Test]
    public void An_open_of_another_instrument_is_not_waited_for()
    {
        var engine = new EngineHarness(new StrategyRecord { Timing = EntryTiming.CurrentOpen });
        engine.Send(new InstrumentRecord { Id = 2 }.Encode());
        engine.Trade(100);
        engine.Signal(Direction.Long);
        Assert.That(engine.BarOpened(100, instrument: 2).All, Is.Empty);
    }
}
