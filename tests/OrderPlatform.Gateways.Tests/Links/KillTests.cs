using OrderPlatform.Gateways.Sessions;
using OrderPlatform.Messages;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Gateways.Tests.Links;

/// <summary>Either side dies at any moment, with orders in flight: nothing is lost, nothing doubled (T1 to T3).</summary>
[TestFixture]
internal sealed class KillTests
{
    private const int Steps = 12;

    [Test]
    public void A_gateway_killed_between_any_two_of_its_records_goes_on_as_if_it_had_lived([Range(1, 2)] int seed)
    {
        List<byte[]> alone = new LockstepScript(seed, Steps).Alone(Say.Options);
        int place = 0;
        for (bool isKilled = true; isKilled; place++)
        {
            isKilled = RunKilledAt(seed, place, alone);
        }

        Assert.That(place, Is.GreaterThan(60), "it was killed at many places");
    }

    [Test]
    public void A_gateway_killed_at_random_moments_of_the_network_goes_on_as_if_it_had_lived([Range(1, 4)] int seed)
    {
        using var world = new LinkWorld();
        world.StartEngine();
        world.StartGateway();
        var script = new LockstepScript(seed, 40);
        List<byte[]> alone = script.Alone(Say.Options);
        var random = new Random(seed);
        int kills = 0;
        long nextKill = random.Next(20, 200);
        long steps = 0;
        world.StepUntil(
            () =>
            {
                script.DoWork(world.Engine);
                if (++steps >= nextKill)
                {
                    kills++;
                    nextKill = steps + random.Next(20, 250);
                    world.KillGateway();
                    world.StartGateway();
                }

                return script.IsDone;
            },
            "the script's end",
            1_000);
        Assert.That(world.Engine.Taken.Select(static report => report.Message), Is.EqualTo(alone), $"seed {seed}");
        Assert.That(kills, Is.GreaterThan(1));
    }

    [Test]
    public void An_engine_killed_at_random_moments_finds_every_report_once_and_its_orders_were_sent_once([Range(1, 4)] int seed)
    {
        using var world = new LinkWorld();
        world.StartEngine();
        world.StartGateway();
        var script = new LockstepScript(seed, 30);
        List<byte[]> alone = script.Alone(Say.Options);
        var random = new Random(seed);
        int kills = 0;
        long nextKill = random.Next(20, 200);
        long steps = 0;
        world.StepUntil(
            () =>
            {
                if (world.Engine.IsConnected)
                {
                    script.DoWork(world.Engine);
                }

                if (++steps >= nextKill && world.Engine.IsConnected)
                {
                    kills++;
                    nextKill = steps + random.Next(20, 250);
                    world.KillEngine();
                    world.StartEngine();
                }

                return script.IsDone;
            },
            "the script's end",
            2_000);
        Assert.That(world.Engine.Taken.Select(static report => report.Message), Is.EqualTo(alone), $"seed {seed}");
        Assert.That((kills > 1, world.Session!.Counters.Losses > 1), Is.EqualTo((true, true)));
    }

    [Test]
    public void An_order_that_was_not_sent_when_the_process_ended_is_sent_at_the_start_and_one_that_was_is_not([Values] bool isBefore)
    {
        using var world = new LinkWorld();
        world.StartEngine();
        world.Around = connector => new KillingConnector(connector, before => before == isBefore);
        world.StartGateway();
        world.Engine.Send(Say.Order(1, Say.Second, 100, type: OrderType.Limit));
        Assert.That(() => world.StepUntil(static () => false, "the end of the process"), Throws.TypeOf<ProcessEndedException>());
        world.KillGateway();
        world.Around = null;
        world.Notices.Clear();
        world.StartGateway();
        world.StepUntil(() => world.Notices.Exists(static notice => notice.Kind == GatewayNoticeKind.Recovered), "recovered");
        string sent = isBefore ? "1 of them were sent now" : "0 of them were sent now";
        string told = world.Notices.FindLast(static notice => notice.Kind == GatewayNoticeKind.Recovered).Text;
        Assert.That(told, Does.Contain("1 requests were in doubt").And.Contain(sent));
        world.Engine.Advance(100 * Say.Second);
        world.StepUntil(() => !world.Engine.IsWaiting, "the answer");
        Assert.That(world.Engine.Taken.Single().Kind, Is.EqualTo(ExecutionKind.Accepted));
        world.Engine.Advance(100 * Say.Second);
        world.StepUntil(() => !world.Engine.IsWaiting, "the answer");
        Assert.That((world.Engine.LastAnswerWasReport, world.Engine.Taken.Count), Is.EqualTo((false, 1)));
    }

    [Test]
    public void A_journal_with_more_reports_than_are_kept_begins_again_and_settles_its_doubts()
    {
        using var world = new LinkWorld { ReportsKeptMax = 16 };
        world.StartEngine();
        world.StartGateway();
        for (ulong order = 1; order <= 40; order++)
        {
            world.Engine.Send(Say.Order(order, Say.Second, 90));
        }

        world.Engine.Send(Say.Advance(100 * Say.Second, 0, single: false));
        world.StepUntil(() => world.Engine.Taken.Count == 40 && world.Session!.LastRequest == 41, "all reports");
        world.KillGatewayOnly();
        bool isArmed = true;
        world.Around = connector => new KillingConnector(connector, _ => isArmed);
        world.StartGateway(onSameDriver: true);
        world.Engine.Send(Say.Order(41, 200 * Say.Second, 90));
        Assert.That(() => world.StepUntil(static () => false, "the end of the process"), Throws.TypeOf<ProcessEndedException>());
        world.KillGatewayOnly();
        isArmed = false;
        world.StartGateway(onSameDriver: true);
        world.StepUntil(() => world.Engine.IsSent, "connected");
        world.Engine.Advance(300 * Say.Second);
        world.StepUntil(() => !world.Engine.IsWaiting, "the answer");
        Assert.That((world.Engine.Taken.Count, world.Engine.Taken[^1].Kind), Is.EqualTo((41, ExecutionKind.Accepted)));
    }

    [Test]
    public void Orders_that_a_fault_lost_are_not_sent_again_by_a_start()
    {
        using var world = new LinkWorld(Say.Options with
        {
            Faults = new VenueFaults { TimeoutBeforeAcceptance = new Engine.Numbers.Ratio(Engine.Numbers.FixedPoint.One) },
        });
        world.StartEngine();
        world.StartGateway();
        world.Engine.Send(Say.Order(1, Say.Second, 100));
        world.StepUntil(() => world.Session!.LastRequest == 1, "the order");
        world.KillGateway();
        world.StartGateway();
        world.Engine.Advance(100 * Say.Second);
        world.StepUntil(() => !world.Engine.IsWaiting, "the answer");
        world.Engine.Advance(100 * Say.Second);
        world.StepUntil(() => !world.Engine.IsWaiting, "the answer");
        Assert.That(world.Engine.Taken.Single().Kind, Is.EqualTo(ExecutionKind.Unknown));
    }

    // False if the script ended before the place was reached.
    private static bool RunKilledAt(int seed, int place, List<byte[]> alone)
    {
        using var world = new LinkWorld();
        int calls = 0;
        bool isKilled = false;
        world.Around = connector => new KillingConnector(connector, _ => calls++ == place);
        world.StartEngine();
        world.StartGateway();
        var script = new LockstepScript(seed, Steps);
        while (!script.IsDone)
        {
            try
            {
                LinkTests.Run(world, script);
            }
            catch (ProcessEndedException)
            {
                isKilled = true;
                world.KillGatewayOnly();
                world.StartGateway(onSameDriver: true);
            }
        }

        Assert.That(world.Engine.Taken.Select(static report => report.Message), Is.EqualTo(alone), $"seed {seed}, killed at call {place}");
        return isKilled;
    }
}
