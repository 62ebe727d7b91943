using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Whole.Features;

/// <summary>One subscription that receives from several places: sockets, publications of its machine, what its own driver sends.</summary>
[TestFixture]
internal sealed class ReceiveDestinationsTests
{
    private const string First = "aeron:udp?endpoint=127.0.0.1:20221";
    private const string Second = "aeron:udp?endpoint=127.0.0.1:20222";
    private const string Spied = "aeron:udp?endpoint=127.0.0.1:20223|ssc=true";
    private const string Spy = "aeron-spy:aeron:udp?endpoint=127.0.0.1:20223";
    private const string Ipc = "aeron:ipc";

    [Test]
    public void A_subscription_reads_from_all_its_destinations_until_they_are_removed()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode subscriber = world.Add(1);
        AeronNode one = world.Add(2);
        AeronNode other = world.Add(3);
        Subscription subscription = subscriber.Client.AddSubscription("aeron:udp?control-mode=manual", 1);
        foreach (string channel in (string[])[First, Second, Ipc, Spy])
        {
            subscription.AddDestination(channel);
        }

        Publication[] publications =
        [
            one.Client.AddPublication(First, 1),
            other.Client.AddPublication(Second, 1),
            subscriber.Client.AddPublication(Ipc, 1),
            subscriber.Client.AddPublication(Spied, 1),
        ];
        world.StepUntil(
            () => subscription.ImageCount == 4 && Array.TrueForAll(publications, static publication => publication.IsConnected),
            TimeSpan.FromSeconds(3),
            "four images");
        Assert.That(subscription.LocalSocketAddresses(), Is.EquivalentTo((string[])["127.0.0.1:20221", "127.0.0.1:20222"]));
        for (int index = 0; index < publications.Length; index++)
        {
            world.Pass(publications[index], 100, index, subscription);
        }

        subscription.RemoveDestination(Ipc);
        subscription.RemoveDestination(Spy);
        world.StepUntil(() => subscription.ImageCount == 2, TimeSpan.FromSeconds(1), "those of the machine are gone at once");
        subscription.RemoveDestination(First);
        world.WaitUntil(() => subscription.ImageCount == 1, TimeSpan.FromSeconds(13), "the first is gone");
        world.Pass(publications[1], 100, 9, subscription);
        Assert.That(subscriber.Errors() + one.Errors() + other.Errors(), Is.Empty);
        world.CloseAndCheckNothingIsLeft(subscriber, one, other);
    }

    [Test]
    public void A_destination_can_be_added_again_when_it_was_removed()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode subscriber = world.Add(1);
        AeronNode publisher = world.Add(2);
        Subscription subscription = subscriber.Client.AddSubscription("aeron:udp?control-mode=manual", 1);
        subscription.AddDestination(First);
        Publication publication = publisher.Client.AddPublication(First, 1);
        world.Connect(publication, subscription);
        subscription.RemoveDestination(First);
        world.WaitUntil(() => !subscription.IsConnected, TimeSpan.FromSeconds(13), "gone");
        subscription.AddDestination(First);
        world.WaitUntil(() => publication.IsConnected && subscription.IsConnected, TimeSpan.FromSeconds(25), "there again");
        world.Pass(publication, 100, 1, subscription);
    }

    [Test]
    public void One_stream_over_two_ways_is_one_image_and_a_way_that_fails_is_not_missed()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode subscriber = world.Add(1);
        AeronNode publisher = world.Add(2);
        Subscription subscription = subscriber.Client.AddSubscription("aeron:udp?control-mode=manual", 1);
        Publication publication = publisher.Client.AddPublication("aeron:udp?control-mode=manual", 1);
        foreach (string channel in (string[])[First, Second])
        {
            subscription.AddDestination(channel);
            publication.AddDestination(channel);
        }

        world.Connect(publication, subscription);
        world.Pass(publication, 100, 1, subscription);
        world.WaitUntil(() => subscription.Images[0].ActiveTransportCount == 2, TimeSpan.FromSeconds(3), "both ways are seen");
        Assert.That(subscription.ImageCount, Is.EqualTo(1));

        world.Network.Filter = static datagram => datagram.Destination.Port != 20221 && datagram.Source.Port != 20221;
        world.Pass(publication, 200, 2, subscription);
        world.WaitUntil(() => subscription.Images[0].ActiveTransportCount == 1, TimeSpan.FromSeconds(15), "one way is left");
        world.Pass(publication, 100, 3, subscription);
        world.Network.Filter = null;
        publication.Dispose();
        world.WaitUntil(() => !subscription.IsConnected, TimeSpan.FromSeconds(15), "the end is told");
        Assert.That(subscriber.Errors() + publisher.Errors(), Is.Empty);
        world.CloseAndCheckNothingIsLeft(subscriber, publisher);
    }

    [Test]
    public void What_is_no_destination_of_the_subscription_is_refused()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription manual = node.Client.AddSubscription("aeron:udp?control-mode=manual", 1);
        Subscription plain = node.Client.AddSubscription(First, 1);
        WorldSteps.Refused(() => plain.AddDestination(Second), ErrorCode.InvalidChannel, "control-mode=manual");
        WorldSteps.Refused(() => manual.AddDestination($"{Second}|so-rcvbuf=1m"), ErrorCode.InvalidChannel, "must not contain the key: so-rcvbuf");
        WorldSteps.Refused(() => manual.RemoveDestination(Second), ErrorCode.InvalidChannel, "is not a destination");
        WorldSteps.Refused(() => manual.RemoveDestination(Ipc), ErrorCode.InvalidChannel, "is not a destination");
        WorldSteps.Refused(() => manual.AddDestination(First), ErrorCode.GenericError, "cannot be opened");
    }
}
