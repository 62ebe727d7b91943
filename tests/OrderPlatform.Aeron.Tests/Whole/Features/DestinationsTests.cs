using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Whole.Features;

/// <summary>One publisher that sends each datagram to several receivers, which it is told of or which report themselves.</summary>
[TestFixture]
internal sealed class DestinationsTests
{
    private const string First = "aeron:udp?endpoint=127.0.0.1:20201";
    private const string Second = "aeron:udp?endpoint=127.0.0.1:20202";
    private const string Dynamic = "aeron:udp?control=127.0.0.1:20210|control-mode=dynamic";

    [Test]
    public void Destinations_added_by_hand_get_what_is_sent_until_they_are_removed()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode publisher = world.Add(1);
        AeronNode one = world.Add(2);
        AeronNode other = world.Add(3);
        Subscription first = one.Client.AddSubscription(First, 1);
        Subscription second = other.Client.AddSubscription(Second, 1);
        Publication publication = publisher.Client.AddPublication("aeron:udp?control-mode=manual", 1);
        publication.AddDestination(First);
        long secondId = publication.AddDestination(Second);
        world.Connect(publication, first, second);
        Assert.That(Destinations(publisher, publication), Is.EqualTo(2));
        world.Pass(publication, 200, 1, first, second);

        publication.RemoveDestination(secondId);
        world.WaitUntil(() => !second.IsConnected, TimeSpan.FromSeconds(13), "the second is cut off");
        world.Pass(publication, 50, 2, first);
        publication.RemoveDestination(First);
        world.WaitUntil(() => !first.IsConnected && !publication.IsConnected, TimeSpan.FromSeconds(13), "the first is cut off");
        Assert.That(Destinations(publisher, publication), Is.Zero);
        Assert.That(publisher.Errors() + one.Errors() + other.Errors(), Is.Empty);
        world.CloseAndCheckNothingIsLeft(publisher, one, other);
    }

    [Test]
    public void Receivers_report_themselves_to_a_dynamic_publisher_also_late()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode publisher = world.Add(1);
        AeronNode one = world.Add(2);
        AeronNode other = world.Add(3);
        Publication publication = publisher.Client.AddPublication(Dynamic, 1);
        Subscription first = one.Client.AddSubscription($"{First}|control=127.0.0.1:20210|control-mode=dynamic", 1);
        world.Connect(publication, first);
        world.Pass(publication, 100, 1, first);

        Subscription second = other.Client.AddSubscription($"{Second}|control=127.0.0.1:20210|control-mode=dynamic", 1);
        world.Connect(publication, second);
        Assert.That(second.Images[0].JoinPosition, Is.EqualTo(publication.Position));
        Assert.That(Destinations(publisher, publication), Is.EqualTo(2));
        world.Pass(publication, 200, 2, first, second);

        second.Dispose();
        world.WaitUntil(() => Destinations(publisher, publication) == 1, TimeSpan.FromSeconds(20), "the second is forgotten");
        world.Pass(publication, 50, 3, first);
        world.CloseAndCheckNothingIsLeft(publisher, one, other);
    }

    [Test]
    public void A_publication_that_is_not_manual_takes_no_destination()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Publication dynamic = node.Client.AddPublication(Dynamic, 1);
        Publication ipc = node.Client.AddPublication("aeron:ipc", 1);
        WorldSteps.Refused(() => dynamic.AddDestination(First), ErrorCode.InvalidChannel, "control-mode=manual");
        WorldSteps.Refused(() => ipc.AddDestination(First), ErrorCode.UnknownPublication, "unknown network publication");
    }

    [TestCase("aeron:ipc", "not of UDP")]
    [TestCase("aeron:udp?control=127.0.0.1:20211", "endpoint")]
    [TestCase("aeron-spy:aeron:udp?endpoint=127.0.0.1:20201", "spies are invalid")]
    [TestCase("aeron:udp?endpoint=127.0.0.1:0", "port=0")]
    [TestCase("aeron:udp?endpoint=127.0.0.1:20201|mtu=2048", "must not contain the key: mtu")]
    [TestCase("aeron:udp?endpoint=127.0.0.1:20201|control-mode=response", "control-mode=response")]
    [TestCase("aeron:udp?endpoint=no.such.host.invalid:1", "not known")]
    public void A_destination_that_is_none_is_refused(string channel, string text)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Publication publication = node.Client.AddPublication("aeron:udp?control-mode=manual", 1);
        RegistrationException refusal = Assert.Throws<RegistrationException>(() => publication.AddDestination(channel));
        Assert.That(refusal.Message, Does.Contain(text));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.InvalidChannel).Or.EqualTo(ErrorCode.UnknownHost));
    }

    private static long Destinations(AeronNode node, Publication publication) => node.Counter(CounterTypes.MdcDestinations, publication.RegistrationId);
}
