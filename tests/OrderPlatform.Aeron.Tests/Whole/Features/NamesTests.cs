using System.Net;
using System.Net.Sockets;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Tests.Whole.Features;

/// <summary>Hosts that move: their names are resolved anew when they are silent.</summary>
[TestFixture]
internal sealed class NamesTests
{
    [Test]
    public void A_publisher_follows_its_endpoint_to_another_address()
    {
        using AeronWorld world = WorldSteps.New();
        var names = new Names();
        AeronNode publisher = world.Add(1, change: context => context with { NameResolver = names });
        AeronNode subscriber = world.Add(2);
        Subscription subscription = subscriber.Client.AddSubscription("aeron:udp?endpoint=127.0.0.2:20340", 1);
        Publication publication = publisher.Client.AddPublication("aeron:udp?endpoint=moving:20340", 1);
        world.Wait(TimeSpan.FromSeconds(8));
        Assert.That(publication.IsConnected, Is.False);
        names.Address = IPAddress.Parse("127.0.0.2");
        world.WaitUntil(() => publication.IsConnected && subscription.IsConnected, TimeSpan.FromSeconds(4), "found at its new address");
        world.Pass(publication, 50, 1, subscription);
        Assert.That(publisher.SystemCounter(SystemCounterId.ResolutionChanges), Is.EqualTo(1));
    }

    [Test]
    public void A_manual_destination_is_followed_too()
    {
        using AeronWorld world = WorldSteps.New();
        var names = new Names();
        AeronNode publisher = world.Add(1, change: context => context with { NameResolver = names });
        AeronNode subscriber = world.Add(2);
        Subscription subscription = subscriber.Client.AddSubscription("aeron:udp?endpoint=127.0.0.2:20340", 1);
        Publication publication = publisher.Client.AddPublication("aeron:udp?control-mode=manual", 1);
        publication.AddDestination("aeron:udp?endpoint=moving:20340");
        world.Wait(TimeSpan.FromSeconds(8));
        names.Address = IPAddress.Parse("127.0.0.2");
        world.WaitUntil(() => publication.IsConnected && subscription.IsConnected, TimeSpan.FromSeconds(8), "found at its new address");
        world.Pass(publication, 50, 1, subscription);
        Assert.That(publisher.SystemCounter(SystemCounterId.ResolutionChanges), Is.EqualTo(1));
    }

    [Test]
    public void A_subscriber_follows_the_publisher_that_it_reports_to()
    {
        using AeronWorld world = WorldSteps.New();
        var names = new Names();
        AeronNode publisher = world.Add(1);
        AeronNode subscriber = world.Add(2, change: context => context with { NameResolver = names });
        Subscription subscription = subscriber.Client.AddSubscription("aeron:udp?endpoint=127.0.0.1:20341|control=moving:20342|control-mode=dynamic", 1);
        Publication publication = publisher.Client.AddPublication("aeron:udp?control=127.0.0.2:20342|control-mode=dynamic", 1);
        world.Wait(TimeSpan.FromSeconds(8));
        Assert.That(publication.IsConnected, Is.False);
        names.Address = IPAddress.Parse("127.0.0.2");
        world.WaitUntil(() => publication.IsConnected && subscription.IsConnected, TimeSpan.FromSeconds(8), "found at its new address");
        world.Pass(publication, 50, 1, subscription);
        Assert.That(subscriber.SystemCounter(SystemCounterId.ResolutionChanges), Is.EqualTo(1));
    }

    private sealed class Names : INameResolver
    {
        public IPAddress Address { get; set; } = IPAddress.Loopback;

        public IPAddress? Resolve(string host, AddressFamily preferred) => host == "moving" ? Address : null;
    }
}
