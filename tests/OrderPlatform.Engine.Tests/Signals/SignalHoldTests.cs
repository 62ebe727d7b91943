using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Signals;

/// <summary>Every signal leaves one decision; a hold says why, with the numbers (R129, D5, D9).</summary>
public class SignalHoldTests
{
    [Test]
    public void A_sell_without_a_position_in_long_only_is_a_hold_with_the_reason()
    {
        var engine = new EngineHarness(new StrategyRecord { Mode = TradingMode.LongOnly });
        engine.Trade(120_000);
        AssertHold(engine.Signal(Direction.Short), ReasonCode.NoPositionToSell, new Decision(
            1, DecisionAction.Hold, ReasonCode.NoPositionToSell, Direction.Short, Position: 0, Target: 0, Mark: 120_000, Equity: 100_000));
    }

    [TestCase(Direction.Long, 1)]
    [TestCase(Direction.Short, -1)]
    public void A_signal_for_the_side_that_is_held_is_a_hold(Direction direction, int held)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        engine.Hold(held, 100);
        engine.Trade(110);
        AssertHold(engine.Signal(direction), ReasonCode.AlreadyInPosition, new Decision(
            1, DecisionAction.Hold, ReasonCode.AlreadyInPosition, direction, held, held, 110, 100_000 + (held * 10)));
    }

    [Test]
    public void A_neutral_signal_is_a_hold_where_neutral_means_hold()
    {
        var engine = new EngineHarness(new StrategyRecord { Neutral = NeutralSignal.Hold });
        engine.Trade(100);
        engine.Hold(2, 100);
        AssertHold(engine.Signal(Direction.Neutral), ReasonCode.NeutralDirection);
    }

    [Test]
    public void A_neutral_signal_without_a_position_is_a_hold()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        AssertHold(engine.Signal(Direction.Neutral), ReasonCode.NeutralDirection);
    }

    [TestCase(0.59999999, ReasonCode.ConfidenceTooLow)]
    [TestCase(0.6, ReasonCode.None)]
    [TestCase(0.60000001, ReasonCode.None)]
    [TestCase(null, ReasonCode.ConfidenceTooLow)]
    public void A_confidence_passes_from_the_minimum_on(double? confidence, ReasonCode reason)
    {
        var engine = new EngineHarness(new StrategyRecord { MinimumConfidence = 0.6m });
        engine.Trade(100);
        Reply reply = engine.Signal(Direction.Long, confidence is { } present ? (decimal)present : null);
        Assert.That(reply.One<Decision>().Reason, Is.EqualTo(reason));
        Assert.That(reply.Has0<Sent>(), Is.EqualTo(reason != ReasonCode.None));
    }

    [TestCase(-1, true)]
    [TestCase(0, false)]
    [TestCase(1, false)]
    public void A_signal_is_valid_until_its_time_and_not_after(long nanosAfterNow, bool expired)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        long arrives = engine.NowNanos + EngineHarness.SecondNanos;
        Reply reply = engine.Signal(Direction.Long, validUntilNanos: arrives + nanosAfterNow);
        Assert.That(reply.One<Decision>().Reason, Is.EqualTo(expired ? ReasonCode.SignalExpired : ReasonCode.None));
    }

    [Test]
    public void Before_the_first_price_there_is_no_order()
    {
        var engine = new EngineHarness();
        AssertHold(engine.Signal(Direction.Long), ReasonCode.NoPrice, new Decision(
            1, DecisionAction.Hold, ReasonCode.NoPrice, Direction.Long, 0, 0, Mark: null, 100_000));
    }

    [Test]
    public void Unknown_names_are_held_by_name()
    {
        var engine = new EngineHarness();
        engine.Send(InputBytes.Client(2));
        engine.Trade(100);
        AssertHold(engine.Signal(Direction.Long, strategy: 9), ReasonCode.UnknownStrategy);
        AssertHold(engine.Signal(Direction.Long, client: 9), ReasonCode.UnknownClient);
        AssertHold(engine.Signal(Direction.Long, instrument: 9), ReasonCode.UnknownInstrument);
        AssertHold(engine.Signal(Direction.Long, client: 2), ReasonCode.NotTheOwner);
        Assert.That(engine.State.Positions.Count, Is.Zero, "what is unknown leaves no row");
    }

    [TestCase(2)]
    [TestCase(-2)]
    [TestCase(-128)]
    [TestCase(127)]
    public void A_direction_that_does_not_exist_is_held(int direction)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        AssertHold(engine.Signal((Direction)direction), ReasonCode.InvalidValue);
    }

    [Test]
    public void A_repeated_signal_while_its_order_is_in_flight_is_held()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        engine.Signal(Direction.Long).One<Sent>();
        AssertHold(engine.Signal(Direction.Long), ReasonCode.OrderInFlight);
    }

    [Test]
    public void When_the_position_table_is_full_the_signal_is_held()
    {
        var limits = new EngineLimits(Venues: 1, Instruments: 2, Clients: 1, Accounts: 1, Strategies: 1, Positions: 1, Orders: 4, Budgets: 1, ClientOrders: 4, ClientPositions: 1);
        var engine = new EngineHarness(limits: limits);
        engine.Send(new InstrumentRecord { Id = 2 }.Encode());
        engine.Trade(100);
        engine.Trade(100, instrument: 2);
        engine.Signal(Direction.Long).One<Sent>();
        AssertHold(engine.Signal(Direction.Long, instrument: 2), ReasonCode.TableFull);
    }

    private static void AssertHold(Reply reply, ReasonCode reason, Decision? whole = null)
    {
        Assert.That(reply.All, Has.Count.EqualTo(1), reply.ToString());
        Decision decision = reply.One<Decision>();
        Assert.That((decision.Action, decision.Reason), Is.EqualTo((DecisionAction.Hold, reason)));
        Assert.That(whole is null || decision == whole, Is.True, $"{decision} instead of {whole}");
    }
}
