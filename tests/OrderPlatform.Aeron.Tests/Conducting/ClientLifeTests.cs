using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Tests.Whole.Features;

namespace OrderPlatform.Aeron.Tests.Conducting;

/// <summary>Clients come with their first command and go when they say so or are silent; what they had goes with them.</summary>
[TestFixture]
internal sealed class ClientLifeTests
{
    private const string Udp = "aeron:udp?endpoint=127.0.0.1:20310";

    [Test]
    public void A_silent_client_is_told_and_loses_everything()
    {
        using var driver = new DriverUnderCommand();
        DriverProxy living = driver.NewClient();
        AddEverything(driver, driver.Client);
        long kept = living.AddPublication("aeron:ipc", 1);
        driver.Publication(kept);
        driver.StepFor(TimeSpan.FromSeconds(9), living);
        Assert.That(driver.Events.OfType<EventRecorder.ClientTimeout>(), Is.Empty);
        driver.StepFor(TimeSpan.FromSeconds(3), living);
        Assert.That(driver.Events.OfType<EventRecorder.ClientTimeout>().Single().ClientId, Is.EqualTo(driver.Client.ClientId));
        Assert.That(driver.SystemCounter(SystemCounterId.ClientTimeouts), Is.EqualTo(1));
        driver.StepFor(TimeSpan.FromSeconds(30), living);
        using (Assert.EnterMultipleScope())
        {
            // The IPC publication was shared: its counters carry the name of the client that made it.
            Assert.That(driver.Counters.Counters().Where(static counter => counter.TypeId != CounterTypes.System).Select(static counter => counter.TypeId),
                Is.EquivalentTo((int[])[CounterTypes.PublisherPosition, CounterTypes.PublisherLimit, CounterTypes.ClientHeartbeat]));
            Assert.That(Leftovers.LogFiles(driver.Directory).Count(), Is.EqualTo(1));
            Assert.That(driver.Network.OpenCount, Is.Zero);
        }

        driver.Succeeded(living.RemovePublication(kept));
        living.ClientClose();
        driver.StepFor(TimeSpan.FromSeconds(3));
        Assert.That(Leftovers.Of(driver.Directory, driver.Network), Is.Empty);
    }

    [Test]
    public void A_client_that_closes_is_not_told_that_it_timed_out()
    {
        using var driver = new DriverUnderCommand();
        AddEverything(driver, driver.Client);
        driver.Client.ClientClose();
        driver.StepFor(TimeSpan.FromSeconds(30));
        Assert.That(driver.Events.OfType<EventRecorder.ClientTimeout>(), Is.Empty);
        Assert.That(driver.SystemCounter(SystemCounterId.ClientTimeouts), Is.Zero);
        Assert.That(Leftovers.Of(driver.Directory, driver.Network), Is.Empty);
        Assert.That(driver.Errors(), Is.Empty);
    }

    [Test]
    public void Keepalives_of_the_old_kind_keep_a_client_alive()
    {
        using var driver = new DriverUnderCommand();
        driver.Subscription(driver.Client.AddSubscription("aeron:ipc", 1));
        for (int count = 0; count < 20; count++)
        {
            driver.Client.ClientKeepalive();
            driver.StepFor(TimeSpan.FromSeconds(1));
        }

        Assert.That(driver.Events.OfType<EventRecorder.ClientTimeout>(), Is.Empty);
    }

    [Test]
    public void The_heartbeat_is_announced_before_the_answer_to_the_first_command_and_once()
    {
        using var driver = new DriverUnderCommand();
        long first = driver.Client.AddSubscription("aeron:ipc", 1);
        driver.Subscription(first);
        driver.Subscription(driver.Client.AddSubscription("aeron:ipc", 2));
        Assert.That(driver.Events[0], Is.EqualTo(new EventRecorder.CounterReady(driver.Client.ClientId, SystemCounters.Count)));
        Assert.That(driver.Events[1], Is.EqualTo(new EventRecorder.SubscriptionReady(first, -1)));
        Assert.That(driver.Events.OfType<EventRecorder.CounterReady>().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Counters_of_a_client_are_freed_and_announced_and_static_ones_stay()
    {
        using var driver = new DriverUnderCommand();
        long added = driver.Client.AddCounter(1001, "key"u8, "mine");
        int id = driver.AnswerTo<EventRecorder.CounterReady>(added, static ready => ready.CorrelationId).CounterId;
        int first = StaticId(driver, driver.Client.AddStaticCounter(1002, "key"u8, "static", 77));
        Assert.That(StaticId(driver, driver.NewClient().AddStaticCounter(1002, "other"u8, "again", 77)), Is.EqualTo(first), "asked for again it is the same");
        driver.Succeeded(driver.Client.RemoveCounter(added));
        Assert.That(driver.Events, Has.Some.EqualTo(new EventRecorder.CounterGone(added, id)));
        driver.Client.ClientClose();
        driver.StepFor(TimeSpan.FromSeconds(15));
        Assert.That(driver.Counters.Label(first), Is.EqualTo("static"));
        Assert.That(driver.Counters.Counters().Single(static counter => counter.TypeId != CounterTypes.System).OwnerId, Is.EqualTo(-1));
    }

    [Test]
    public void More_clients_than_the_limit_are_refused_until_one_goes()
    {
        using var driver = new DriverUnderCommand(static context => context with { ClientsMax = 2 });
        DriverProxy third = driver.NewClient();
        driver.Subscription(driver.Client.AddSubscription("aeron:ipc", 1));
        driver.Subscription(driver.NewClient().AddSubscription("aeron:ipc", 1));
        Assert.That(driver.ErrorOf(third.AddSubscription(Udp, 1)).Message, Does.Contain("ClientsMax"));
        Assert.That(driver.ErrorOf(third.AddPublication(Udp, 1)).Message, Does.Contain("ClientsMax"));
        Assert.That(driver.ErrorOf(third.AddCounter(1001, [], "x")).Message, Does.Contain("ClientsMax"));
        Assert.That(driver.Network.OpenCount, Is.Zero);
        driver.Client.ClientClose();
        driver.Subscription(third.AddSubscription("aeron:ipc", 1));
    }

    [Test]
    public void A_client_has_so_many_resources_and_no_more()
    {
        using var driver = new DriverUnderCommand(static context => context with { ResourcesPerClientMax = 3 });
        long first = driver.Client.AddSubscription("aeron:ipc", 1);
        driver.Publication(driver.Client.AddPublication("aeron:ipc", 2));
        driver.Client.AddCounter(1001, [], "x");
        Assert.That(driver.ErrorOf(driver.Client.AddPublication(Udp, 1)).Message, Does.Contain("ResourcesPerClientMax"));
        Assert.That(driver.Network.OpenCount, Is.Zero);
        driver.Succeeded(driver.Client.RemoveSubscription(first));
        driver.Publication(driver.Client.AddPublication(Udp, 1));
    }

    private static int StaticId(DriverUnderCommand driver, long correlationId) =>
        driver.AnswerTo<EventRecorder.StaticCounter>(correlationId, static ready => ready.CorrelationId).CounterId;

    /// <summary>One of each kind, linked with each other.</summary>
    private static void AddEverything(DriverUnderCommand driver, DriverProxy client)
    {
        driver.Subscription(client.AddSubscription(Udp, 1));
        driver.Subscription(client.AddSubscription($"aeron-spy:{Udp}", 1));
        driver.Subscription(client.AddSubscription("aeron:ipc", 1));
        long manual = client.AddSubscription("aeron:udp?control-mode=manual", 1);
        driver.Succeeded(client.AddReceiveDestination(manual, "aeron:udp?endpoint=127.0.0.1:20311"));
        driver.Succeeded(client.AddReceiveDestination(manual, "aeron:ipc"));
        driver.Publication(client.AddPublication(Udp, 1));
        driver.Publication(client.AddExclusivePublication(Udp, 1));
        driver.Publication(client.AddPublication("aeron:ipc", 1));
        long destinations = client.AddPublication("aeron:udp?control-mode=manual", 1);
        driver.Succeeded(client.AddDestination(destinations, "aeron:udp?endpoint=127.0.0.1:20311"));
        client.AddCounter(1001, "key"u8, "label");
        driver.Settle();
        Assert.That(driver.Events.OfType<AvailableImage>().Count(), Is.GreaterThanOrEqualTo(7));
    }
}
