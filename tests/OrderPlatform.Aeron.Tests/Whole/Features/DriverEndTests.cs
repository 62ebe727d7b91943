using OrderPlatform.Aeron.Client;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Whole.Features;

/// <summary>What clients see when their driver ends or dies, and when another takes its place.</summary>
[TestFixture]
internal sealed class DriverEndTests
{
    [Test]
    public void Clients_see_that_their_driver_ended_in_order()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1, change: static context => context with { DirDeleteOnShutdown = false });
        Publication publication = node.Client.AddPublication("aeron:ipc", 1);
        node.Driver.Dispose();
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        node.Client.InvokeConductor();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(node.Client.IsClosed, Is.True);
            Assert.That(node.ClientErrors.OfType<DriverTimeoutException>().Single().Message, Does.Contain("has ended"));
            Assert.That(publication.Offer("x"u8), Is.EqualTo(Publication.Closed));
        }

        world.Kill(node);
        Directory.Delete(node.Directory, recursive: true);
    }

    [Test]
    public void Clients_of_a_dead_driver_are_closed_and_a_new_one_in_its_place_serves_new_clients()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode dead = world.Add(1);
        Publication publication = dead.Client.AddPublication("aeron:ipc", 1);
        world.Kill(dead);
        for (int seconds = 0; seconds < 12; seconds++)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            dead.Client.InvokeConductor();
        }

        Assert.That(dead.Client.IsClosed, Is.True);
        Assert.That(dead.ClientErrors.OfType<DriverTimeoutException>(), Is.Not.Empty);
        Assert.That(publication.Offer("x"u8), Is.EqualTo(Publication.Closed));

        AeronNode second = world.Add(2, directory: dead.Directory);
        Subscription subscription = second.Client.AddSubscription("aeron:ipc", 1);
        Publication anew = second.Client.AddPublication("aeron:ipc", 1);
        world.Connect(anew, subscription);
        world.Pass(anew, 50, 1, subscription);
        dead.Client.Dispose();
        world.CloseAndCheckNothingIsLeft(second);
    }

    [Test]
    public void A_client_that_is_restarted_may_come_back_to_its_driver()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        for (int round = 0; round < 5; round++)
        {
            using AeronClient client = node.Connect();
            Subscription subscription = client.AddSubscription("aeron:udp?endpoint=127.0.0.1:20350", 1);
            Publication publication = client.AddPublication("aeron:udp?endpoint=127.0.0.1:20350", 1);
            world.StepUntil(
                () =>
                {
                    client.InvokeConductor();
                    return publication.IsConnected && subscription.IsConnected;
                },
                TimeSpan.FromSeconds(3),
                "connected");
        }

        world.CloseAndCheckNothingIsLeft(node);
    }

    [Test]
    public void A_subscription_that_is_closed_and_added_again_at_once_gets_its_address()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        for (int round = 0; round < 5; round++)
        {
            Subscription subscription = node.Client.AddSubscription("aeron:udp?endpoint=127.0.0.1:20351", 1);
            subscription.Dispose();
        }

        Assert.That(node.ClientErrors, Is.Empty);
        world.CloseAndCheckNothingIsLeft(node);
    }
}
