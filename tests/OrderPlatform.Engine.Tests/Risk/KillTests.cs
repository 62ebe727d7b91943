using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Engine.Tests.Snapshots;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Risk;

/// <summary>The kill switch and its milder sisters (D16, T16): what they cancel, close, refuse and leave.</summary>
internal sealed class KillTests
{
    [Test]
    public void Kill_halts_and_cancels_everything_also_what_reduces()
    {
        EngineHarness engine = Busy(out ulong reduces, out ulong opens);
        Reply reply = engine.Command(OperatorAction.Kill);
        Assert.That(reply.Of<CancelSent>().Select(cancel => cancel.Id), Is.EquivalentTo(new[] { reduces, opens }));
        Assert.That(reply.One<StateNews>(), Is.EqualTo(new StateNews(Scope.Shard, 0, TradingState.Halted, ReasonCode.OperatorKill, 0, 0)));
        Assert.That(reply.Has0<Sent>(), Is.True);
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Reason, Is.EqualTo(ReasonCode.Halted));
        Assert.That(engine.Submit(Side.Sell, 1).Of<Sent>(), Has.Length.EqualTo(1), "what reduces is never refused");
    }

    [Test]
    public void Kill_and_flatten_closes_at_the_market_after_that([Values(Scope.Shard, Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = Busy(out _, out _);
        Reply reply = engine.Command(OperatorAction.KillAndFlatten, scope, scope == Scope.Shard ? 0u : 1u);
        Assert.That(reply.Of<CancelSent>(), Has.Length.EqualTo(2));
        Sent close = reply.One<Sent>();
        Assert.That((close.Side, close.Type, close.Quantity), Is.EqualTo((Side.Sell, OrderType.Market, 5m)));
        Assert.That(engine.Fill(close.Id, 5, 100).One<TradeNews>().Exit, Is.EqualTo(ExitReason.Operator));
    }

    [Test]
    public void Kill_takes_back_a_wish_that_waits_for_the_open()
    {
        var engine = new EngineHarness(new StrategyRecord { Timing = EntryTiming.CurrentOpen });
        engine.Trade(100);
        engine.Signal(Direction.Long);
        engine.Command(OperatorAction.Kill);
        engine.Command(OperatorAction.Resume);
        Assert.That(engine.BarOpened(100).Has0<Sent>(), Is.True);
    }

    [Test]
    [Description("T16: survives a restart")]
    public void A_kill_survives_a_restart()
    {
        EngineHarness engine = Busy(out _, out _);
        engine.Command(OperatorAction.Kill, Scope.Client, 1);
        var restored = BusinessLogicProcessor.Restore(Captured.Of(engine.Engine), engine.State.Limits);
        Assert.That((restored.State.Clients[0].State, restored.State.Clients[0].StateReason), Is.EqualTo((TradingState.Halted, ReasonCode.OperatorKill)));
    }

    [Test]
    public void Reduce_refuses_what_opens_and_leaves_open_orders_alone()
    {
        EngineHarness engine = Busy(out _, out _);
        Reply reply = engine.Command(OperatorAction.Reduce, Scope.Strategy, 1);
        Assert.That(reply.Has0<CancelSent>(), Is.True);
        Assert.That(reply.One<Alert>().Reason, Is.EqualTo(ReasonCode.OperatorReduce));
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Reason, Is.EqualTo(ReasonCode.Reducing));
        engine.NowNanos += EngineHarness.DayNanos;
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Reason, Is.EqualTo(ReasonCode.Reducing), "a person's order does not end with the day");
        engine.Command(OperatorAction.Resume, Scope.Strategy, 1);
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void Cancel_all_cancels_every_order_of_its_scope_and_changes_no_state(
        [Values(Scope.Shard, Scope.Client, Scope.Strategy, Scope.Venue, Scope.Account, Scope.Instrument)] Scope scope)
    {
        EngineHarness engine = Busy(out ulong reduces, out ulong opens);
        engine.Send(RiskInputs.Client(2, SelfTradePrevention.None));
        engine.Send(new AccountRecord { Id = 2, Client = 2 }.Encode());
        engine.Send(new StrategyRecord { Id = 2, Client = 2, Account = 2 }.Encode());
        ulong other = engine.Submit(Side.Buy, 1, limit: 80, strategy: 2, client: 2).One<Sent>().Id;
        Reply reply = engine.Command(OperatorAction.CancelAll, scope, scope == Scope.Shard ? 0u : 1u);
        bool reachesOthers = scope is Scope.Shard or Scope.Venue or Scope.Instrument;
        Assert.That(reply.Of<CancelSent>().Select(cancel => cancel.Id), Is.EquivalentTo(reachesOthers ? new[] { reduces, opens, other } : [reduces, opens]));
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    [Description("R29: connectivity per venue and account")]
    public void To_a_venue_that_is_down_nothing_that_opens_is_sent_and_a_person_is_told()
    {
        EngineHarness engine = Busy(out _, out _);
        Assert.That(engine.Send(RiskInputs.VenueStatus(1, connected: false)).One<Alert>(),
            Is.EqualTo(new Alert(Severity.Critical, ReasonCode.VenueDown, VenueStatusDecoder.TemplateId, 1, (long)Scope.Venue, 0)));
        Assert.That(engine.Send(RiskInputs.VenueStatus(1, connected: false)).Has0<Alert>(), Is.True, "it was known");
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Reason, Is.EqualTo(ReasonCode.VenueDown));
        Assert.That(engine.Send(RiskInputs.VenueStatus(1, connected: true)).One<Alert>().Reason, Is.EqualTo(ReasonCode.VenueUp));
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    [Description("R27: one client's lost connection is not another's")]
    public void An_account_that_is_down_stops_no_other_account()
    {
        EngineHarness engine = Busy(out _, out _);
        engine.Send(RiskInputs.Client(2, SelfTradePrevention.None));
        engine.Send(new AccountRecord { Id = 2, Client = 2 }.Encode());
        engine.Send(new StrategyRecord { Id = 2, Client = 2, Account = 2 }.Encode());
        engine.Send(RiskInputs.VenueStatus(1, connected: false, account: 2)).One<Alert>();
        Assert.That(engine.Submit(Side.Buy, 1, strategy: 2, client: 2).One<Refused>().Reason, Is.EqualTo(ReasonCode.VenueDown));
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
        Assert.That(engine.Send(RiskInputs.VenueStatus(9, connected: false)).One<Alert>().Reason, Is.EqualTo(ReasonCode.UnknownVenue));
        Assert.That(engine.Send(RiskInputs.VenueStatus(1, connected: false, account: 9)).One<Alert>().Reason, Is.EqualTo(ReasonCode.UnknownAccount));
    }

    /// <summary>Five are held; one order would close them and one would add.</summary>
    private static EngineHarness Busy(out ulong reduces, out ulong opens)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        engine.Hold(5, 100);
        reduces = engine.Submit(Side.Sell, 2, limit: 120).One<Sent>().Id;
        opens = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>().Id;
        return engine;
    }
}
