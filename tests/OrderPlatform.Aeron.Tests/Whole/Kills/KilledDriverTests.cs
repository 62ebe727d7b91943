using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Faults;
using OrderPlatform.Aeron.Tests.Whole.Faults;

namespace OrderPlatform.Aeron.Tests.Whole.Kills;

/// <summary>Drivers that are gone from one moment to the next, while messages and losses are on the way, and others that take their place.</summary>
[TestFixture]
internal sealed class KilledDriverTests
{
    private const int StreamId = 1001;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(40);

    private static readonly FaultProfile Lossy = new()
    {
        Seed = CampaignSize.Seed,
        DropRate = 0.1,
        ReorderRate = 0.05,
        DuplicateRate = 0.05,
        DelayMaxNs = 1_000_000,
    };

    [Test]
    public void When_the_publishers_driver_dies_both_sides_are_told_and_the_next_one_goes_on_under_a_new_session([Range(1, 4)] int seed)
    {
        using var pair = new FaultyPair(Lossy with { Seed = seed });
        pair.World.StepNs = 200_000;
        var traffic = new Traffic(seed, 4_000);
        var sink = new NumberedSink(traffic) { MayMiss = true };
        int goneCount = 0;
        int comeCount = 0;
        using Subscription subscription = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, StreamId, _ => comeCount++, _ => goneCount++);
        Publication publication = pair.Publisher.Client.AddPublication(FaultyPair.Endpoint, StreamId);
        var source = new NumberedSource(0, traffic, publication);
        Flow(pair, source, sink, subscription, 700 + seed);

        pair.World.Kill(pair.Publisher);
        pair.StepUntil(
            () => sink.Poll(subscription) < 0 || (pair.Publisher.Client.InvokeConductor() >= 0 && pair.Publisher.Client.IsClosed), Soon, "the client notices");
        pair.StepUntil(() => sink.Poll(subscription) < 0 || goneCount == 1, Soon, "the subscriber is told");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pair.Publisher.ClientErrors, Has.Count.EqualTo(1).And.All.TypeOf<DriverTimeoutException>());
            Assert.That(publication.Offer("late"u8), Is.EqualTo(Publication.Closed));
            Assert.That(publication.IsConnected, Is.False);
            Assert.That(subscription.IsConnected, Is.False);
        }

        AeronNode next = pair.World.Add(seed + 100, pair.Publisher.Driver.Context.TransportFactory, pair.Publisher.Directory);
        using Publication again = next.Client.AddPublication(FaultyPair.Endpoint, StreamId);
        Assert.That(again.SessionId, Is.Not.EqualTo(publication.SessionId));
        long received = sink.Count;
        Flow(pair, new NumberedSource(0, traffic, again, source.Next), sink, subscription, received + 2_000);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(comeCount, Is.EqualTo(2));
            Assert.That(goneCount, Is.EqualTo(1));
            Assert.That(pair.Subscriber.Errors() + next.Errors(), Is.Empty);
            Assert.That(pair.Subscriber.ClientErrors, Is.Empty);
        }

        pair.Publisher.Client.Dispose();
    }

    [Test]
    public void When_the_subscribers_driver_dies_the_publisher_is_told_and_the_next_one_joins_the_same_stream([Range(1, 4)] int seed)
    {
        using var pair = new FaultyPair(Lossy with { Seed = seed });
        pair.World.StepNs = 200_000;
        var traffic = new Traffic(seed, 4_000);
        var sink = new NumberedSink(traffic);
        Subscription subscription = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, StreamId);
        using Publication publication = pair.Publisher.Client.AddPublication(FaultyPair.Endpoint, StreamId);
        var source = new NumberedSource(0, traffic, publication);
        Flow(pair, source, sink, subscription, 700 + seed);

        pair.World.Kill(pair.Subscriber);
        // The images stay as they are until the client notices: what has come can be read.
        pair.StepUntil(() => source.Offer(1) < 0 || sink.Poll(subscription) < 0 || !publication.IsConnected, Soon, "the publisher is told");
        Assert.That(publication.Offer("nobody"u8), Is.EqualTo(Publication.NotConnected));
        pair.StepUntil(() => pair.Subscriber.Client.InvokeConductor() >= 0 && pair.Subscriber.Client.IsClosed, Soon, "the client notices");
        Assert.That(pair.Subscriber.ClientErrors, Has.Count.EqualTo(1).And.All.TypeOf<DriverTimeoutException>());
        Assert.That(sink.Poll(subscription), Is.Zero);

        AeronNode next = pair.World.Add(seed + 100, pair.Subscriber.Driver.Context.TransportFactory, pair.Subscriber.Directory);
        using Subscription again = next.Client.AddSubscription(FaultyPair.Endpoint, StreamId);
        sink.MayMissFirst = true;
        Flow(pair, source, sink, again, sink.Count + 2_000);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Images[0].SessionId, Is.EqualTo(publication.SessionId));
            Assert.That(pair.Publisher.Errors() + next.Errors(), Is.Empty);
            Assert.That(pair.Publisher.ClientErrors, Is.Empty);
        }

        pair.Subscriber.Client.Dispose();
    }

    [Test]
    public void A_driver_is_not_started_where_one_died_before_its_heartbeat_is_old()
    {
        using var pair = new FaultyPair(Lossy);
        pair.World.Kill(pair.Publisher);
        pair.World.StepFor(TimeSpan.FromSeconds(8));
        Assert.Throws<DriverActiveException>(() => pair.World.Add(7, directory: pair.Publisher.Directory));
        pair.World.StepFor(TimeSpan.FromSeconds(4));
        AeronNode next = pair.World.Add(7, directory: pair.Publisher.Directory);
        Assert.That(next.Client.IsClosed, Is.False);
        pair.Publisher.Client.Dispose();
    }

    /// <summary>A driver whose end is orderly says so: its clients need not wait for a timeout.</summary>
    [Test]
    public void A_driver_that_is_closed_is_noticed_at_once_and_its_streams_end()
    {
        using var pair = new FaultyPair(Lossy);
        int goneCount = 0;
        using Subscription subscription = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, StreamId, null, _ => goneCount++);
        using Publication publication = pair.Publisher.Client.AddPublication(FaultyPair.Endpoint, StreamId);
        var traffic = new Traffic(1, 1_000);
        Flow(pair, new NumberedSource(0, traffic, publication), new NumberedSink(traffic), subscription, 200);
        pair.Publisher.Driver.Dispose();
        pair.World.Kill(pair.Publisher, isDriverAlive: false);
        pair.StepUntil(() => pair.Publisher.Client.InvokeConductor() >= 0 && pair.Publisher.Client.IsClosed, TimeSpan.FromSeconds(1), "the client notices");
        Assert.That(pair.Publisher.ClientErrors, Has.Count.EqualTo(1).And.All.TypeOf<DriverTimeoutException>());
        pair.StepUntil(() => goneCount == 1, Soon, "the image is gone");
        pair.Publisher.Client.Dispose();
    }

    private static void Flow(FaultyPair pair, NumberedSource source, NumberedSink sink, Subscription subscription, long count) => pair.StepUntil(
        () =>
        {
            source.Offer(2);
            sink.Poll(subscription);
            return sink.Count >= count;
        },
        Soon,
        $"{count} messages");
}
