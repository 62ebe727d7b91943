using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Risk;

/// <summary>Circuit breakers of strategies, clients and venues: closed, open, half open, and what trips them (R29, R103, R108, R195).</summary>
internal sealed class BreakerTests
{
    private static readonly Scope[] Scopes = [Scope.Strategy, Scope.Client, Scope.Venue];

    [Test]
    public void So_many_refusals_in_the_window_open_it_and_only_what_reduces_goes_out([ValueSource(nameof(Scopes))] Scope scope)
    {
        EngineHarness engine = With(RiskInputs.Breaker(scope, 1, rejects: 2));
        engine.Hold(3, 100);
        Reject(engine);
        Reply reply = Reject(engine);
        BreakerNews news = reply.One<BreakerNews>();
        Assert.That((news.Scope, news.State, news.Reason, news.Count, news.Limit), Is.EqualTo((scope, BreakerState.Open, ReasonCode.RejectedByVenue, 2L, 2L)));
        Assert.That(news.UntilNanos, Is.EqualTo(engine.NowNanos + (30 * EngineHarness.SecondNanos)));
        Assert.That(reply.One<Alert>().Reason, Is.EqualTo(ReasonCode.BreakerTripped));
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>(), Is.EqualTo(new Refused(CheckKind.Breaker, ReasonCode.BreakerOpen, 1, 1, 0, Side.Buy)));
        Assert.That(engine.Submit(Side.Sell, 3).Of<Sent>(), Has.Length.EqualTo(1), "D16, T16");
    }

    [Test]
    [Description("R29: a venue that was lost is let back by one order first.")]
    public void A_venue_that_is_lost_opens_its_breaker_and_comes_back_by_a_probe()
    {
        EngineHarness engine = With(RiskInputs.Breaker(Scope.Venue, 1, rejects: 2));
        BreakerNews news = engine.Send(RiskInputs.VenueStatus(1, connected: false)).One<BreakerNews>();
        Assert.That((news.State, news.Reason), Is.EqualTo((BreakerState.Open, ReasonCode.VenueDown)));
        engine.Send(RiskInputs.VenueStatus(1, connected: true));
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Reason, Is.EqualTo(ReasonCode.BreakerOpen));
        engine.NowNanos += 31 * EngineHarness.SecondNanos;
        engine.Trade(100);
        ulong probe = engine.Submit(Side.Buy, 1).One<Sent>().Id;
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Reason, Is.EqualTo(ReasonCode.BreakerOpen));
        Assert.That(engine.News(probe, ExecutionKind.Accepted).One<BreakerNews>().State, Is.EqualTo(BreakerState.Closed));
    }

    [Test]
    public void A_venue_without_a_breaker_of_its_own_comes_back_at_once()
    {
        EngineHarness engine = With(RiskInputs.Breaker(Scope.Client, 1, rejects: 2));
        Assert.That(engine.Send(RiskInputs.VenueStatus(1, connected: false)).Has0<BreakerNews>(), Is.True);
        engine.Send(RiskInputs.VenueStatus(1, connected: true));
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void Refusals_of_an_earlier_window_do_not_count()
    {
        EngineHarness engine = With(RiskInputs.Breaker(Scope.Client, 1, rejects: 2));
        Reject(engine);
        engine.NowNanos += 60 * EngineHarness.SecondNanos;
        Assert.That(Reject(engine).Has0<BreakerNews>(), Is.True);
    }

    [Test]
    public void After_the_cooldown_one_order_may_probe_and_closes_it_when_the_venue_takes_it([ValueSource(nameof(Scopes))] Scope scope)
    {
        EngineHarness engine = Tripped(scope);
        ulong probe = Probe(engine);
        Assert.That(engine.Find(probe).IsProbe, Is.True);
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Reason, Is.EqualTo(ReasonCode.BreakerOpen), "one");
        BreakerNews news = engine.News(probe, ExecutionKind.Accepted).One<BreakerNews>();
        Assert.That((news.State, news.Reason), Is.EqualTo((BreakerState.Closed, ReasonCode.BreakerClosed)));
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
        Assert.That(engine.Find(probe).IsProbe, Is.False);
    }

    [Test]
    public void A_probe_that_is_refused_opens_it_again([ValueSource(nameof(Scopes))] Scope scope)
    {
        EngineHarness engine = Tripped(scope);
        ulong probe = Probe(engine);
        Assert.That(engine.News(probe, ExecutionKind.Rejected).One<BreakerNews>().State, Is.EqualTo(BreakerState.Open), "at once, below the maximum");
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Reason, Is.EqualTo(ReasonCode.BreakerOpen));
    }

    [Test]
    public void A_probe_that_ends_without_a_word_makes_room_for_another()
    {
        EngineHarness engine = Tripped(Scope.Client);
        ulong probe = Probe(engine);
        engine.News(probe, ExecutionKind.Expired);
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    [Description("so many losing trades one after the other; a winning one begins anew")]
    public void Losing_trades_in_a_row_open_it([Values(Scope.Strategy, Scope.Client)] Scope scope)
    {
        EngineHarness engine = With(RiskInputs.Breaker(scope, 1, losses: 2));
        RoundTrip(engine, 99);
        RoundTrip(engine, 101);
        RoundTrip(engine, 99);
        Assert.That(engine.State.Strategies[0].Breaker.State, Is.EqualTo(BreakerState.Closed));
        BreakerNews news = RoundTrip(engine, 99).One<BreakerNews>();
        Assert.That((news.State, news.Reason, news.Count), Is.EqualTo((BreakerState.Open, ReasonCode.LosingTrades, 2L)));
    }

    [Test]
    public void An_operator_closes_it([Values(Scope.Shard, Scope.Strategy, Scope.Client, Scope.Venue)] Scope by)
    {
        Scope scope = by == Scope.Shard ? Scope.Venue : by;
        EngineHarness engine = Tripped(scope);
        BreakerNews news = engine.Command(OperatorAction.ResetBreaker, by, by == Scope.Shard ? 0u : 1u).One<BreakerNews>();
        Assert.That((news.State, news.Reason), Is.EqualTo((BreakerState.Closed, ReasonCode.OperatorResetBreaker)));
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
        engine.NowNanos += EngineHarness.DayNanos;
        Assert.That(engine.Trade(100).Has0<BreakerNews>(), Is.True, "its timer went with it");
    }

    [Test]
    public void New_rules_keep_its_state_and_rules_without_a_maximum_take_it_away()
    {
        EngineHarness engine = Tripped(Scope.Client);
        engine.Send(RiskInputs.Breaker(Scope.Client, 1, rejects: 50));
        Assert.That(engine.State.Clients[0].Breaker.State, Is.EqualTo(BreakerState.Open));
        Assert.That(engine.Send(RiskInputs.Breaker(Scope.Client, 1)).One<BreakerNews>().State, Is.EqualTo(BreakerState.Closed));
        Assert.That(engine.Submit(Side.Buy, 1).One<ChecksMade>().Has(CheckKind.Breaker), Is.False);
    }

    [TestCase(Scope.Shard, 1u, 1u, 0u, 1L, 1L)]
    [TestCase(Scope.Account, 1u, 1u, 0u, 1L, 1L)]
    [TestCase(Scope.Client, 1u, 1u, 0u, 0L, 1L)]
    [TestCase(Scope.Client, 1u, 1u, 0u, 1L, 0L)]
    [TestCase(Scope.Client, 1u, 1u, 0u, -1L, 1L)]
    [TestCase(Scope.Client, 1u, 1u, 0u, 1L, long.MaxValue)]
    [TestCase(Scope.Venue, 1u, 0u, 1u, 1L, 1L)]
    [TestCase(Scope.Venue, 9u, 1u, 0u, 1L, 1L)]
    [TestCase(Scope.Client, 9u, 1u, 0u, 1L, 1L)]
    [TestCase(Scope.Strategy, 9u, 1u, 0u, 1L, 1L)]
    public void Rules_that_make_no_sense_change_nothing(Scope scope, uint id, uint rejects, uint losses, long window, long cooldown)
    {
        var engine = new EngineHarness();
        ulong before = engine.Engine.StateDigest();
        Reply reply = engine.SendAt(engine.NowNanos, RiskInputs.Breaker(scope, id, rejects, losses: losses, windowNanos: window, cooldownNanos: cooldown));
        Assert.That(reply.One<Alert>().Reason, Is.EqualTo(id == 1 ? ReasonCode.InvalidValue
            : scope == Scope.Venue ? ReasonCode.UnknownVenue : scope == Scope.Client ? ReasonCode.UnknownClient : ReasonCode.UnknownStrategy));
        Assert.That(engine.State.Clients[0].Breaker.IsSet || engine.State.Strategies[0].Breaker.IsSet || engine.State.Venues[0].Breaker.IsSet, Is.False);
        Assert.That(engine.Engine.StateDigest(), Is.Not.EqualTo(before), "the sequence moved on");
    }

    private static EngineHarness With(byte[] breaker)
    {
        var engine = new EngineHarness();
        Assert.That(engine.Send(breaker).All, Is.Empty);
        engine.Trade(100);
        return engine;
    }

    private static EngineHarness Tripped(Scope scope)
    {
        EngineHarness engine = With(RiskInputs.Breaker(scope, 1, rejects: 2));
        Reject(engine);
        Reject(engine).One<BreakerNews>();
        return engine;
    }

    private static Reply Reject(EngineHarness engine) => engine.News(engine.Submit(Side.Buy, 1).One<Sent>().Id, ExecutionKind.Rejected);

    /// <summary>Waits for the cooldown; the order that probes.</summary>
    private static ulong Probe(EngineHarness engine)
    {
        engine.NowNanos += 30 * EngineHarness.SecondNanos;
        Reply reply = engine.Submit(Side.Buy, 1);
        Assert.That(reply.One<BreakerNews>().State, Is.EqualTo(BreakerState.HalfOpen));
        return reply.One<Sent>().Id;
    }

    private static Reply RoundTrip(EngineHarness engine, decimal exit)
    {
        engine.Hold(1, 100);
        return engine.Fill(engine.Submit(Side.Sell, 1).One<Sent>().Id, 1, exit);
    }
}
