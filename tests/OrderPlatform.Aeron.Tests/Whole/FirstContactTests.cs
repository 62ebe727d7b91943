using OrderPlatform.Aeron.Client;

namespace OrderPlatform.Aeron.Tests.Whole;

/// <summary>Two drivers and their clients: a stream from its first SETUP to its last end-of-stream.</summary>
[TestFixture]
internal sealed class FirstContactTests
{
    private const string Channel = "aeron:udp?endpoint=127.0.0.1:20121";

    [Test]
    public void Messages_reach_the_other_driver_and_the_end_is_told()
    {
        using var world = new AeronWorld();
        AeronNode publisher = world.Add(1);
        AeronNode subscriber = world.Add(2);
        int gone = 0;
        using Subscription subscription = subscriber.Client.AddSubscription(Channel, 1001, null, _ => gone++);
        Publication publication = publisher.Client.AddPublication(Channel, 1001);
        world.StepUntil(() => publication.IsConnected && subscription.IsConnected, TimeSpan.FromSeconds(1), "connected");

        var traffic = new Traffic(1, publication.MaxMessageLength);
        var source = new TrafficSource(traffic, publication, 2000);
        var sink = new TrafficSink(traffic);
        world.StepUntil(
            () =>
            {
                source.Offer(10);
                sink.Poll(subscription);
                return sink.Count == 2000;
            },
            TimeSpan.FromSeconds(10),
            "all messages");

        publication.Dispose();
        world.StepUntil(() => gone == 1, TimeSpan.FromSeconds(5), "the image is gone");
        Assert.That(publisher.Errors() + subscriber.Errors(), Is.Empty);
    }

    [Test]
    public void Messages_pass_inside_the_machine()
    {
        using var world = new AeronWorld();
        AeronNode node = world.Add(1);
        using Subscription subscription = node.Client.AddSubscription("aeron:ipc", 7);
        using Publication publication = node.Client.AddExclusivePublication("aeron:ipc", 7);
        var traffic = new Traffic(2, publication.MaxMessageLength);
        var source = new TrafficSource(traffic, publication, 5000);
        var sink = new TrafficSink(traffic);
        world.StepUntil(
            () =>
            {
                source.Offer(10);
                sink.Poll(subscription);
                return sink.Count == 5000;
            },
            TimeSpan.FromSeconds(10),
            "all messages");
    }
}
