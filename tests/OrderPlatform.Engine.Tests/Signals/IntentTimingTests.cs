using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Signals;

/// <summary>When what a signal wants is carried out (R35, R37, D8).</summary>
internal sealed class IntentTimingTests
{
    private const long Second = EngineHarness.SecondNanos;

    [Test]
    [Description("R37")]
    public void A_signal_for_a_time_leaves_at_that_time_and_not_before()
    {
        EngineHarness engine = Timed(EntryTiming.AtTime);
        long at = engine.NowNanos + (10 * Second);
        Reply reply = engine.Signal(new SignalRecord { ExecuteAtNanos = at });
        Assert.That((reply.Has0<Sent>(), engine.Why.Action, engine.Why.Reason, engine.Why.ExecuteAtNanos),
            Is.EqualTo((true, DecisionAction.Wait, ReasonCode.WaitingForTime, (long?)at)));
        engine.Signal(new SignalRecord { ExecuteAtNanos = at });
        Assert.That((engine.Why.Filter, engine.Why.Reason), Is.EqualTo((FilterKind.Order, ReasonCode.WaitingForTime)), "the same wish again");
        Assert.That(engine.SendAt(at - 1, InputBytes.Tick(at - 1)).Has0<Sent>(), Is.True);
        Assert.That(engine.SendAt(at, InputBytes.Tick(at)).One<Sent>().Side, Is.EqualTo(Side.Buy));
        Assert.That(engine.SendAt(at + Second, InputBytes.Tick(at)).All, Is.Empty, "once");
    }

    [Test]
    [Description("R37; found by the naive model")]
    public void A_signal_whose_time_has_come_cancels_the_order_that_rests_against_it()
    {
        var engine = new EngineHarness(new StrategyRecord { Timing = EntryTiming.AtTime, Type = OrderType.Limit, LimitOffset = 0.01m });
        engine.Trade(100);
        ulong resting = engine.Signal(new SignalRecord()).One<Sent>().Id;
        engine.News(resting, ExecutionKind.Accepted);
        long at = engine.NowNanos + (10 * Second);
        Assert.That(engine.Signal(new SignalRecord { Direction = Direction.Short, ExecuteAtNanos = at }).Has0<CancelSent>(), Is.True);
        Assert.That(engine.SendAt(at, InputBytes.Tick(at)).One<CancelSent>().Id, Is.EqualTo(resting));
        engine.NowNanos = at;
        Assert.That(engine.News(resting, ExecutionKind.Cancelled).One<Sent>().Side, Is.EqualTo(Side.Sell));
    }

    [Test]
    public void A_signal_for_a_time_that_is_past_or_that_names_none_leaves_at_once()
    {
        EngineHarness engine = Timed(EntryTiming.AtTime);
        Assert.That(engine.Signal(new SignalRecord { ExecuteAtNanos = engine.NowNanos }).Of<Sent>(), Has.Length.EqualTo(1));
        engine = Timed(EntryTiming.AtTime);
        Assert.That(engine.Signal(new SignalRecord()).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_signal_whose_time_lies_behind_its_validity_is_held_with_both()
    {
        EngineHarness engine = Timed(EntryTiming.AtTime);
        long until = engine.NowNanos + (5 * Second);
        engine.Signal(new SignalRecord { ValidUntilNanos = until, ExecuteAtNanos = until + 1 });
        Assert.That((engine.Why.Filter, engine.Why.Reason, engine.Why.Value, engine.Why.Limit),
            Is.EqualTo((FilterKind.Freshness, ReasonCode.SignalExpired, until, until + 1)));
    }

    [TestCase(EntryTiming.AtTime)]
    [TestCase(EntryTiming.CurrentOpen)]
    [Description("R37: what waits ends with its validity, and says so")]
    public void What_waits_goes_when_its_validity_ends(EntryTiming timing)
    {
        EngineHarness engine = Timed(timing);
        long until = engine.NowNanos + (5 * Second);
        engine.Signal(new SignalRecord { Id = 42, ValidUntilNanos = until, ExecuteAtNanos = until - 1 });
        Assert.That(timing == EntryTiming.AtTime || engine.SendAt(until, InputBytes.Tick(until)).All.Count == 0, Is.True, "valid until its end");
        Decision expired = engine.SendAt(until + 1, InputBytes.Tick(until + 1)).One<Decision>();
        Assert.That((expired.Signal, expired.Action, expired.Reason), Is.EqualTo((42ul, DecisionAction.Hold, ReasonCode.IntentExpired)));
        Assert.That((engine.Why.Filter, engine.Why.Value, engine.Why.Limit), Is.EqualTo((FilterKind.Freshness, until, until + 1)));
        engine.NowNanos = until + Second;
        Assert.That(engine.BarOpened(100).Has0<Sent>(), Is.True);
    }

    [Test]
    public void What_waits_for_an_order_in_flight_goes_when_its_validity_ends()
    {
        EngineHarness engine = Timed(EntryTiming.PreviousClose);
        ulong buy = engine.Signal(new SignalRecord()).One<Sent>().Id;
        long until = engine.NowNanos + (5 * Second);
        engine.Signal(new SignalRecord { Direction = Direction.Short, ValidUntilNanos = until });
        Assert.That(engine.SendAt(until + 1, InputBytes.Tick(until + 1)).One<Decision>().Reason, Is.EqualTo(ReasonCode.IntentExpired));
        engine.NowNanos = until + Second;
        Assert.That(engine.Fill(buy, 1, 100).Has0<Sent>(), Is.True, "the reversal is not wanted any more");
        Assert.That(engine.State.Timers.Count, Is.Zero);
    }

    [Test]
    public void A_later_wish_replaces_one_that_waits_for_its_time()
    {
        EngineHarness engine = Timed(EntryTiming.AtTime);
        long at = engine.NowNanos + (10 * Second);
        engine.Signal(new SignalRecord { ExecuteAtNanos = at });
        engine.Signal(new SignalRecord { Direction = Direction.Short, ExecuteAtNanos = at + Second });
        Assert.That(engine.SendAt(at, InputBytes.Tick(at)).All, Is.Empty);
        Assert.That(engine.SendAt(at + Second, InputBytes.Tick(at)).One<Sent>().Side, Is.EqualTo(Side.Sell));
    }

    [Test]
    [Description("D8: the size of what waited is made of the price at which it leaves")]
    public void What_waited_is_sized_again_when_it_leaves()
    {
        var engine = new EngineHarness(new StrategyRecord { Timing = EntryTiming.CurrentOpen, EquityFraction = 0.1m, Quantity = null });
        engine.Trade(100);
        Assert.That(engine.Signal(new SignalRecord()).One<Sized>().Quantity, Is.EqualTo(100m));
        Assert.That(engine.BarOpened(200).One<Sent>().Quantity, Is.EqualTo(50m));
    }

    private static EngineHarness Timed(EntryTiming timing)
    {
        var engine = new EngineHarness(new StrategyRecord { Timing = timing });
        engine.Trade(100);
        return engine;
    }
}
