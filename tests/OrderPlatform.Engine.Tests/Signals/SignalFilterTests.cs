using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Signals;

/// <summary>Each filter with its numbers, and their order.</summary>
internal sealed class SignalFilterTests
{
    private const long Minute = 60 * EngineHarness.SecondNanos;

    [Test]
    [Description("R129: a signal that comes twice decides once")]
    public void A_signal_id_that_comes_again_is_a_duplicate_of_the_same_role_only()
    {
        EngineHarness engine = Priced();
        Assert.That(engine.Signal(new SignalRecord { Id = 7 }).Of<Sent>(), Has.Length.EqualTo(1));
        Assert.That(engine.Signal(new SignalRecord { Id = 7, Direction = Direction.Short }).All, Has.Count.EqualTo(1), "one record, nothing else");
        Assert.That((engine.Why.Filter, engine.Why.Reason), Is.EqualTo((FilterKind.Duplicate, ReasonCode.DuplicateSignal)));
        engine.Signal(new SignalRecord { Id = 7, Role = SignalRole.Exit, Direction = Direction.Short });
        Assert.That(engine.Why.Reason, Is.Not.EqualTo(ReasonCode.DuplicateSignal), "another model's number");
    }

    [Test]
    public void An_id_is_remembered_for_64_others_and_no_id_at_all_is_never_a_duplicate()
    {
        EngineHarness engine = Priced();
        for (ulong id = 1; id <= 64; id++)
        {
            engine.Signal(new SignalRecord { Id = id });
        }

        engine.Signal(new SignalRecord { Id = 1 });
        Assert.That(engine.Why.Filter, Is.EqualTo(FilterKind.Duplicate));
        engine.Signal(new SignalRecord { Id = 65 });
        engine.Signal(new SignalRecord { Id = 1 });
        Assert.That(engine.Why.Filter, Is.Not.EqualTo(FilterKind.Duplicate), "64 others came since: the bound");
        engine.Send(new SignalRecord().Encode(0));
        engine.Send(new SignalRecord().Encode(0));
        Assert.That(engine.Why.Filter, Is.Not.EqualTo(FilterKind.Duplicate));
    }

    [TestCase(5_000, ReasonCode.None)]
    [TestCase(5_001, ReasonCode.SignalTooOld)]
    [TestCase(-1_000, ReasonCode.None)]
    [Description("R37, R43")]
    public void A_signal_that_is_too_old_when_it_comes_is_held_with_its_age(int ageMillis, ReasonCode reason)
    {
        EngineHarness engine = Priced(new SignalRulesRecord { MaximumAgeNanos = 5 * EngineHarness.SecondNanos });
        long arrives = engine.NowNanos + EngineHarness.SecondNanos;
        engine.Signal(new SignalRecord { GeneratedAtNanos = arrives - (ageMillis * 1_000_000L) });
        Assert.That(engine.Why.Reason, Is.EqualTo(reason));
        Assert.That((engine.Why.Value, engine.Why.Limit), Is.EqualTo(reason == ReasonCode.None ? (0L, 0L) : (ageMillis * 1_000_000L, 5 * EngineHarness.SecondNanos)));
    }

    [TestCase(0.0178, 0.0178, true)]
    [TestCase(-0.0178, 0.0178, true)]
    [TestCase(0.0177, 0.0178, false)]
    [TestCase(-0.0011, 0.0178, false)]
    [Description("R43, R44, R122")]
    public void Momentum_of_the_journaled_prices_must_reach_the_minimum_without_sign(double moved, double minimum, bool passes)
    {
        EngineHarness engine = Moved((decimal)moved, new SignalRulesRecord { MomentumMinimum = (decimal)minimum });
        engine.Signal(new SignalRecord());
        Assert.That(engine.Why.Momentum, Is.EqualTo((decimal)moved));
        Assert.That((engine.Why.Filter, engine.Why.Reason), Is.EqualTo(passes ? (FilterKind.None, ReasonCode.None) : (FilterKind.Momentum, ReasonCode.MomentumTooLow)));
        Assert.That((engine.Why.Value, engine.Why.Limit), Is.EqualTo(passes ? (0L, 0L) : (Scaled.Raw((decimal)Math.Abs(moved)), Scaled.Raw((decimal)minimum))));
    }

    [Test]
    public void Without_enough_prices_there_is_no_momentum_and_no_entry()
    {
        EngineHarness engine = Priced(new SignalRulesRecord { MomentumMinimum = 0.0178m });
        Assert.That(engine.Signal(new SignalRecord()).Has0<Sent>(), Is.True);
        Assert.That((engine.Why.Filter, engine.Why.Reason, engine.Why.Momentum), Is.EqualTo((FilterKind.Momentum, ReasonCode.NoHistory, (decimal?)null)));
    }

    [Test]
    [Description("R122, R126: momentum is asked of entries; what ends a position needs none")]
    public void Against_a_position_a_signal_without_momentum_closes_and_opens_nothing()
    {
        EngineHarness engine = Moved(0.001m, new SignalRulesRecord { MomentumMinimum = 0.0178m });
        engine.Hold(2, 100);
        Sent exit = engine.Signal(new SignalRecord { Direction = Direction.Short }).One<Sent>();
        Assert.That((exit.Side, exit.Quantity), Is.EqualTo((Side.Sell, 2m)));
        Assert.That((engine.Why.Action, engine.Why.Filter, engine.Why.Reason), Is.EqualTo((DecisionAction.Exit, FilterKind.Momentum, ReasonCode.MomentumTooLow)));
        Assert.That(engine.Fill(exit.Id, 2, 100).One<TradeNews>().Exit, Is.EqualTo(ExitReason.Reversal));
    }

    [TestCase(0.79, false)]
    [TestCase(0.8, true)]
    [TestCase(null, false)]
    [Description("R126")]
    public void An_opposite_signal_ends_a_position_with_the_confidence_of_a_reversal(double? confidence, bool ends)
    {
        EngineHarness engine = Priced(new SignalRulesRecord { ReversalConfidence = 0.8m });
        engine.Hold(2, 100);
        Reply reply = engine.Signal(Direction.Short, confidence is { } present ? (decimal)present : null);
        Assert.That(reply.Of<Sent>(), Has.Length.EqualTo(ends ? 1 : 0));
        Assert.That((engine.Why.Filter, engine.Why.Reason),
            Is.EqualTo(ends ? (FilterKind.None, ReasonCode.None) : (FilterKind.Position, ReasonCode.ReversalNotConfident)));
        Assert.That(engine.Why.Limit, Is.EqualTo(ends ? 0 : Scaled.Raw(0.8m)));
    }

    [Test]
    public void When_flat_a_reversals_confidence_is_not_asked_for()
    {
        EngineHarness engine = Priced(new SignalRulesRecord { ReversalConfidence = 0.8m });
        Assert.That(engine.Signal(Direction.Short, 0.1m).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [TestCase(Scope.Shard, 0u)]
    [TestCase(Scope.Client, 1u)]
    [TestCase(Scope.Strategy, 1u)]
    [Description("R129, T16")]
    public void When_halted_a_signal_that_would_open_is_held_and_one_that_closes_is_not(Scope scope, uint id)
    {
        EngineHarness engine = Priced();
        engine.Command(OperatorAction.Halt, scope, id);
        Assert.That(engine.Signal(Direction.Long).All, Has.Count.EqualTo(1));
        Assert.That((engine.Why.Filter, engine.Why.Reason, engine.Why.Value), Is.EqualTo((FilterKind.TradingState, ReasonCode.Halted, (long)TradingState.Halted * FixedPoint.One)));
        engine.Command(OperatorAction.Resume, scope, id);
        engine.Hold(1, 100);
        engine.Command(OperatorAction.Halt, scope, id);
        Assert.That(engine.Signal(Direction.Neutral).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    [Description("The order of Signals/README.md: with everything wrong at once the filters speak one after the other as each is put right")]
    public void The_first_filter_in_the_documented_order_decides()
    {
        var engine = new EngineHarness(new StrategyRecord { Mode = TradingMode.LongOnly, MinimumConfidence = 0.6m, Quantity = 0.0001m });
        engine.Send(new SignalRulesRecord { MaximumAgeNanos = EngineHarness.SecondNanos, MomentumMinimum = 0.01m }.Encode());
        engine.Command(OperatorAction.Halt);
        engine.Signal(new SignalRecord { Id = 500, Strategy = 9 });
        Expect(engine, FilterKind.ReferenceData);
        engine.Signal(new SignalRecord { Id = 500, Direction = (Direction)9 });
        Expect(engine, FilterKind.Freshness);
        engine.Signal(new SignalRecord { Id = 500, Direction = (Direction)9 });
        Expect(engine, FilterKind.Duplicate);
        engine.Signal(Fresh(engine) with { Direction = (Direction)9 });
        Expect(engine, FilterKind.Direction);
        engine.Signal(Fresh(engine) with { Direction = Direction.Short });
        Expect(engine, FilterKind.TradingState);
        engine.Command(OperatorAction.Resume);
        engine.Signal(Fresh(engine) with { Direction = Direction.Short });
        Expect(engine, FilterKind.Momentum);
        engine.Send(new SignalRulesRecord().Encode());
        engine.Signal(Fresh(engine) with { Direction = Direction.Short });
        Expect(engine, FilterKind.Confidence);
        engine.Signal(Fresh(engine) with { Direction = Direction.Short, Confidence = 0.6m });
        Expect(engine, FilterKind.Mode);
        engine.Signal(Fresh(engine) with { Confidence = 0.6m });
        Expect(engine, FilterKind.Price);
        engine.Trade(100);
        engine.Signal(Fresh(engine) with { Confidence = 0.6m });
        Expect(engine, FilterKind.Size);
        engine.Send(new StrategyRecord { Mode = TradingMode.LongOnly }.Encode());
        engine.Signal(Fresh(engine));
        Expect(engine, FilterKind.None);
        engine.Signal(Fresh(engine));
        Expect(engine, FilterKind.Order);
        engine.Fill(engine.State.Orders[0].ClientOrderId, 1, 100);
        engine.Signal(Fresh(engine));
        Expect(engine, FilterKind.Position);
    }

    private static void Expect(EngineHarness engine, FilterKind filter) => Assert.That(engine.Why.Filter, Is.EqualTo(filter), engine.Why.ToString());

    private static SignalRecord Fresh(EngineHarness engine) => new() { GeneratedAtNanos = engine.NowNanos + EngineHarness.SecondNanos };

    private static EngineHarness Priced(SignalRulesRecord? rules = null)
    {
        var engine = new EngineHarness();
        engine.Send((rules ?? new SignalRulesRecord()).Encode());
        engine.Trade(100);
        return engine;
    }

    // The price moves at the start of the hour, and the signal comes a full hour later.
    private static EngineHarness Moved(decimal fraction, SignalRulesRecord rules)
    {
        var engine = new EngineHarness();
        engine.Send(rules.Encode());
        engine.SendAt(engine.NowNanos = EngineHarness.StartNanos + (10 * Minute), InputBytes.Trade(1, Scaled.Raw(100)));
        engine.NowNanos += Minute;
        engine.Trade(100 * (1 + fraction));
        engine.NowNanos = EngineHarness.StartNanos + (70 * Minute) - EngineHarness.SecondNanos;
        return engine;
    }
}
