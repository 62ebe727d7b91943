using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Whole.Features;

/// <summary>What a channel says of itself is what happens.</summary>
[TestFixture]
internal sealed class ChannelParameterTests
{
    private const string Udp = "aeron:udp?endpoint=127.0.0.1:20290";

    [Test]
    public void Times_of_sending_and_receiving_stand_where_the_channel_says()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription subscription = node.Client.AddSubscription($"{Udp}|channel-rcv-ts-offset=8", 1);
        Publication publication = node.Client.AddPublication($"{Udp}|channel-snd-ts-offset=0", 1);
        world.Connect(publication, subscription);
        long before = world.Clock.EpochNanos;
        Assert.That(publication.Offer(new byte[24]), Is.Positive);
        (long sent, long received, long rest) = (0, 0, -1);
        world.StepUntil(
            () => subscription.Poll(
                (message, in header) =>
                    (sent, received, rest) = (BitConverter.ToInt64(message), BitConverter.ToInt64(message[8..]), BitConverter.ToInt64(message[16..])),
                1) == 1,
            TimeSpan.FromSeconds(1),
            "received");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent, Is.InRange(before, received));
            Assert.That(received, Is.InRange(sent, world.Clock.EpochNanos));
            Assert.That(rest, Is.Zero);
        }
    }

    [Test]
    public void Times_can_stand_in_the_reserved_value()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription subscription = node.Client.AddSubscription(Udp, 1);
        Publication publication = node.Client.AddPublication($"{Udp}|channel-snd-ts-offset=reserved", 1);
        world.Connect(publication, subscription);
        long before = world.Clock.EpochNanos;
        publication.Offer("text"u8);
        long reserved = 0;
        world.StepUntil(() => subscription.Poll((message, in header) => reserved = header.ReservedValue, 1) == 1, TimeSpan.FromSeconds(1), "received");
        Assert.That(reserved, Is.InRange(before, world.Clock.EpochNanos));
    }

    [TestCase("media-rcv-ts-offset=0")]
    [TestCase("ats=true")]
    public void What_this_driver_cannot_do_is_refused(string parameter)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        WorldSteps.Refused(() => node.Client.AddSubscription($"{Udp}|{parameter}", 1), ErrorCode.NotSupported, parameter.Split('=')[0]);
        WorldSteps.Refused(() => node.Client.AddPublication($"{Udp}|{parameter}", 1), ErrorCode.NotSupported, parameter.Split('=')[0]);
        world.CloseAndCheckNothingIsLeft(node);
    }

    [Test]
    public void A_receiver_window_is_as_long_as_the_subscription_says()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription subscription = node.Client.AddSubscription($"{Udp}|rcv-wnd=16k", 1);
        Publication publication = node.Client.AddPublication(Udp, 1);
        world.Connect(publication, subscription);
        world.StepUntil(() => publication.Offer(new byte[992]) == Publication.BackPressured, TimeSpan.FromSeconds(1), "full");
        world.StepFor(TimeSpan.FromMilliseconds(500));
        Assert.That(node.Counter(CounterTypes.SenderLimit, publication.RegistrationId), Is.EqualTo(16 * 1024));
        Assert.That(node.Counter(CounterTypes.SenderPosition, publication.RegistrationId), Is.EqualTo(16 * 1024));
    }

    [TestCase(Udp)]
    [TestCase("aeron:ipc")]
    public void A_publication_window_is_as_long_as_the_publication_says(string channel)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription subscription = node.Client.AddSubscription(channel, 1);
        Publication publication = node.Client.AddPublication($"{channel}{(channel == Udp ? '|' : '?')}pub-wnd=8k", 1);
        world.Connect(publication, subscription);
        world.StepFor(TimeSpan.FromMilliseconds(50));
        Assert.That(publication.PositionLimit, Is.EqualTo(8 * 1024));
    }

    [TestCase(Udp + "|alias=orders|some-key=some value|x=1")]
    [TestCase("aeron:ipc?alias=orders|some-key=some value|endpoint=nonsense")]
    public void What_nobody_knows_is_ignored(string channel)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription subscription = node.Client.AddSubscription(channel, 1);
        Publication publication = node.Client.AddPublication(channel, 1);
        world.Connect(publication, subscription);
        world.Pass(publication, 20, 1, subscription);
    }

    [Test]
    public void The_system_chooses_a_port_and_the_subscription_says_which()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode subscriber = world.Add(1);
        AeronNode publisher = world.Add(2);
        Subscription subscription = subscriber.Client.AddSubscription("aeron:udp?endpoint=127.0.0.1:0|alias=x", 1);
        Subscription another = subscriber.Client.AddSubscription("aeron:udp?endpoint=127.0.0.1:0|alias=x", 1);
        string channel = subscription.TryResolveChannelEndpointPort()!;
        Assert.That(channel, Does.Match("^aeron:udp\\?endpoint=127\\.0\\.0\\.1:[1-9][0-9]+\\|alias=x$"));
        Assert.That(another.TryResolveChannelEndpointPort(), Is.Not.EqualTo(channel), "nobody shares such a channel");
        Publication publication = publisher.Client.AddPublication(channel, 1);
        world.Connect(publication, subscription);
        world.Pass(publication, 20, 1, subscription);
        Assert.That(another.IsConnected, Is.False);
    }

    [Test]
    public void Streams_pass_over_ip_version_6()
    {
        const string channel = "aeron:udp?endpoint=[::1]:20291";
        using AeronWorld world = WorldSteps.New();
        AeronNode publisher = world.Add(1);
        AeronNode subscriber = world.Add(2);
        Subscription subscription = subscriber.Client.AddSubscription(channel, 1);
        Publication publication = publisher.Client.AddPublication(channel, 1);
        world.Connect(publication, subscription);
        Assert.That(subscription.Images[0].SourceIdentity, Does.StartWith("[::1]:"));
        world.Pass(publication, 200, 1, subscription);
        Assert.That(publisher.Errors() + subscriber.Errors(), Is.Empty);
        world.CloseAndCheckNothingIsLeft(publisher, subscriber);
    }
}
