using OrderPlatform.Gateways.Sessions;
using OrderPlatform.Messages;

namespace OrderPlatform.Gateways.Tests.Links;

/// <summary>What goes wrong on the way between engine and gateway, and what each does about it (law 4, law 6, law 7).</summary>
[TestFixture]
internal sealed class LinkFaultTests
{
    [Test]
    public void Messages_that_are_lost_or_come_twice_change_nothing([Range(1, 4)] int seed)
    {
        using var world = new LinkWorld();
        var random = new Random(seed);
        world.StartEngine();
        world.Engine.OnSend = template => template == GatewayRequestDecoder.TemplateId ? random.Next(12) switch { 0 => 0, 1 => 2, _ => 1 } : 1;
        world.StartGateway();
        var script = new LockstepScript(seed, 40);
        List<byte[]> alone = script.Alone(Say.Options);

        // A lost last message is found by the number of what comes behind it; heartbeats have none, so the engine asks again.
        world.StepUntil(
            () =>
            {
                script.DoWork(world.Engine);
                world.Engine.RepeatIfStuck();
                return script.IsDone;
            },
            "the script's end",
            600);
        Assert.That(world.Engine.Taken.Select(static report => report.Message), Is.EqualTo(alone), $"seed {seed}");
        Assert.That((world.Session!.Counters.Gaps > 0, world.Session.Counters.Duplicates > 0), Is.EqualTo((true, true)), "it was lossy");
    }

    [Test]
    public void Reports_that_the_engine_lost_come_again_after_a_hello([Range(1, 3)] int seed)
    {
        using var world = new LinkWorld();
        var random = new Random(seed);
        world.StartEngine();
        world.StartGateway();
        world.StepUntil(() => world.Session!.IsConnected, "connected");
        world.Engine.OnReceive = template => template != GatewayReportDecoder.TemplateId || random.Next(3) > 0;
        for (ulong order = 1; order <= 20; order++)
        {
            world.Engine.Send(Say.Order(order, Say.Second, 90));
        }

        world.Engine.Send(Say.Advance(1_000 * Say.Second, 0, single: false));
        world.StepUntil(() => world.Session!.LastRequest == 21, "all requests");
        world.StepFor(0.3);
        Assert.That(world.Engine.Taken, Has.Count.LessThan(20), $"some were lost, seed {seed}");
        world.Engine.OnReceive = null;
        world.Engine.IsSilent = true;
        world.StepUntil(() => !world.Session!.IsConnected, "the gateway notices the silence");
        world.Engine.IsSilent = false;
        world.StepUntil(() => world.Engine.Taken.Count == 20, "the reports again");
        Assert.That(world.Engine.Taken.Select(static report => report.Kind), Is.All.EqualTo(ExecutionKind.Accepted));
    }

    [Test]
    public void A_cut_of_thirty_seconds_during_fills_loses_and_doubles_nothing([Range(1, 3)] int seed)
    {
        using var world = new LinkWorld();
        var random = new Random(seed);
        world.StartEngine();
        world.StartGateway();
        var script = new LockstepScript(seed, 40);
        List<byte[]> alone = script.Alone(Say.Options);
        int cutAt = random.Next(5, 40);
        world.StepUntil(
            () =>
            {
                script.DoWork(world.Engine);
                return world.Engine.Taken.Count >= cutAt;
            },
            "some reports");
        world.World.Network.Filter = static _ => false;
        world.StepFor(30);
        Assert.That(world.Session!.IsConnected, Is.False);
        world.World.Network.Filter = null;
        LinkTests.Run(world, script);
        Assert.That(world.Engine.Taken.Select(static report => report.Message), Is.EqualTo(alone), $"seed {seed}");
        Assert.That(world.Notices.Count(static notice => notice.Kind == GatewayNoticeKind.Lost), Is.GreaterThan(0));
    }

    [Test]
    public void A_silent_engine_is_lost_and_welcomed_back_and_both_are_told()
    {
        using var world = new LinkWorld();
        world.StartEngine();
        world.StartGateway();
        world.StepUntil(() => world.Session!.IsConnected, "connected");
        world.StepFor(3);
        Assert.That((world.Session!.Counters.Losses, world.Engine.Heartbeats > 20), Is.EqualTo((0L, true)), "heartbeats keep both connected");
        world.Engine.IsSilent = true;
        world.StepUntil(() => !world.Session!.IsConnected, "lost", 2);
        world.Engine.IsSilent = false;
        world.StepUntil(() => world.Session!.IsConnected, "back", 2);
        Assert.That(
            world.Notices.Select(static notice => notice.Kind),
            Is.EqualTo((GatewayNoticeKind[])[GatewayNoticeKind.Recovered, GatewayNoticeKind.Connected, GatewayNoticeKind.Lost, GatewayNoticeKind.Connected]));
        Assert.That(world.Notices[2].Text, Does.Contain("said nothing for 00:00:01"));
    }

    [Test]
    public void Reports_that_nobody_journals_hold_requests_back_at_the_bound()
    {
        using var world = new LinkWorld { ReportsKeptMax = 16 };
        world.StartEngine();
        world.Engine.AcknowledgesReports = false;
        world.StartGateway();
        for (ulong order = 1; order <= 40; order++)
        {
            world.Engine.Send(Say.Order(order, Say.Second, 90));
        }

        world.Engine.Send(Say.Advance(1_000 * Say.Second, 0, single: false));
        world.Engine.Send(Say.Ask(1));
        world.StepUntil(() => world.Engine.Taken.Count == 16, "the first reports");
        world.StepFor(0.5);
        Assert.That((world.Engine.Taken.Count, world.Session!.LastRequest, world.Journal.LastReport), Is.EqualTo((16, 40UL, 16UL)));
        Assert.That((world.Session.Counters.PassedOver > 0, world.Session.IsConnected), Is.EqualTo((true, true)), "who waits for room still hears");
        world.Engine.AcknowledgesReports = true;
        world.StepUntil(() => world.Session!.LastRequest == 42 && world.Engine.Taken.Count >= 41, "the rest");
        Assert.That(OrderStatusReportDecoder.TryWrap(world.Engine.Taken[^1].Message, out _), Is.True);
        Assert.That((world.Engine.MissedReports, world.Session.Counters.Gaps), Is.EqualTo((0, 0L)));
    }

    [Test]
    public void A_synced_journal_answers_no_sooner_than_its_intent_is_durable_and_all_comes_through()
    {
        using var world = new LinkWorld { Durability = OrderPlatform.Journal.JournalDurability.EveryBatch };
        world.StartEngine();
        world.StartGateway();
        var script = new LockstepScript(1, 10);
        List<byte[]> alone = script.Alone(Say.Options);
        LinkTests.Run(world, script);
        Assert.That(world.Engine.Taken.Select(static report => report.Message), Is.EqualTo(alone));
    }

    [Test]
    public void A_repeated_advance_is_answered_by_the_report_that_was_made_and_moves_nothing()
    {
        using var world = new LinkWorld();
        world.StartEngine();
        world.StartGateway();
        world.Engine.Send(Say.Order(1, Say.Second, 90));
        world.Engine.Send(Say.Order(2, Say.Second, 90));
        world.Engine.AcknowledgesReports = false;
        world.Engine.Advance(1_000 * Say.Second);
        world.StepUntil(() => !world.Engine.IsWaiting, "the answer");
        int repeated = world.Engine.RepeatedReports;
        world.Engine.Send(Say.Advance(1_000 * Say.Second, 0, single: true));
        world.StepUntil(() => world.Engine.RepeatedReports > repeated, "the same report again");
        Assert.That((world.Engine.Taken.Count, world.Journal.LastReport), Is.EqualTo((1, 1UL)));
    }

    [Test]
    public void Market_events_that_were_shown_are_passed_over_and_a_missing_one_is_asked_for()
    {
        using var world = new LinkWorld();
        world.StartEngine();
        world.StartGateway();
        world.Engine.SendMarket(Say.Trade(Say.Second, 100, 1));
        world.Engine.SendMarket(Say.Trade(2 * Say.Second, 100, 2));
        world.StepUntil(() => world.Session!.LastRequest == 2, "both events");
        world.Engine.SendMarket(Say.Trade(2 * Say.Second, 100, 2), number: 2);
        world.StepUntil(() => world.Session!.LastRequest == 3, "the repeated event");
        Assert.That(world.Session!.Counters.Duplicates, Is.EqualTo(1));
        int hellos = world.Engine.Hellos;
        world.Engine.SendMarket(Say.Trade(4 * Say.Second, 100, 4), number: 4);
        world.StepUntil(() => world.Engine.Hellos > hellos, "a hello");
        Assert.That((world.Engine.LastHello.MarketEvents, world.Engine.LastHello.LastRequest), Is.EqualTo((2UL, 3UL)));
    }
}
