using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Faults;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Tests.Whole.Faults;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Whole.Kills;

/// <summary>Clients whose conductor runs no more: their driver takes them for dead and frees what was theirs.</summary>
[TestFixture]
internal sealed class KilledClientTests
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
    public void The_streams_of_a_client_that_died_are_sent_to_their_end_and_freed()
    {
        using var pair = new FaultyPair(Lossy);
        pair.World.StepNs = 200_000;
        int goneCount = 0;
        using Subscription subscription = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, StreamId, null, _ => goneCount++);
        AeronClient doomed = pair.Publisher.Connect();
        int countersBefore = pair.Publisher.Client.CountersReader.Counters().Count();
        Publication publication = doomed.AddPublication(FaultyPair.Endpoint, StreamId);
        doomed.AddCounter(1234, default, "mine");
        var traffic = new Traffic(pair.Seed, 4_000);
        var source = new NumberedSource(0, traffic, publication);
        var sink = new NumberedSink(traffic);
        pair.StepUntil(() => doomed.InvokeConductor() < 0 || publication.IsConnected, Soon, "connected");
        pair.StepUntil(
            () =>
            {
                source.Offer((int)Math.Min(5, 1_000 - source.Next));
                sink.Poll(subscription);
                return source.Next == 1_000;
            },
            Soon,
            "everything is offered, and not all of it sent");

        pair.StepUntil(() => sink.Poll(subscription) < 0 || goneCount == 1, TimeSpan.FromSeconds(60), "the subscriber is told");
        Assert.That(sink.Count, Is.EqualTo(1_000), "what was offered arrives");
        pair.World.StepFor(TimeSpan.FromSeconds(10));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FaultyPair.Counter(pair.Publisher, SystemCounterId.ClientTimeouts), Is.EqualTo(1));
            Assert.That(pair.Publisher.Client.CountersReader.Counters().Count(), Is.EqualTo(countersBefore), "all counters of that client are freed");
            Assert.That(Directory.EnumerateFiles(Path.Combine(pair.Publisher.Directory, AeronDirectory.PublicationsFolder)), Is.Empty);
            Assert.That(Directory.EnumerateFiles(Path.Combine(pair.Subscriber.Directory, AeronDirectory.ImagesFolder)), Is.Empty);
        }

        // It was not dead, it only stood still.
        doomed.InvokeConductor();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(doomed.IsClosed, Is.True);
            Assert.That(pair.Publisher.ClientErrors, Has.Count.EqualTo(1).And.All.TypeOf<ConductorServiceTimeoutException>());
            Assert.That(publication.Offer("late"u8), Is.EqualTo(Publication.Closed));
            Assert.That(pair.Publisher.Client.IsClosed, Is.False, "other clients are not concerned");
            Assert.That(pair.Errors, Is.Empty);
        }

        doomed.Dispose();
    }

    [Test]
    public void A_subscriber_that_died_holds_its_publisher_back_no_longer_than_the_liveness_timeout()
    {
        using var pair = new FaultyPair(Lossy);
        pair.World.StepNs = 200_000;
        AeronClient doomed = pair.Subscriber.Connect();
        Subscription dead = doomed.AddSubscription(FaultyPair.Endpoint, StreamId);
        using Subscription alive = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, StreamId);
        using Publication publication = pair.Publisher.Client.AddPublication(FaultyPair.Endpoint, StreamId);
        var traffic = new Traffic(pair.Seed, 4_000);
        var source = new NumberedSource(0, traffic, publication);
        var sink = new NumberedSink(traffic);
        long startNs = pair.World.Clock.NanoTime;
        pair.StepUntil(
            () =>
            {
                source.Offer((int)Math.Min(5, 3_000 - source.Next));
                sink.Poll(alive);
                return sink.Count == 3_000;
            },
            Soon,
            "the one that lives has everything");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pair.World.Clock.NanoTime - startNs, Is.GreaterThan(9_000_000_000), "until then the dead one set the pace");
            Assert.That(FaultyPair.Counter(pair.Subscriber, SystemCounterId.ClientTimeouts), Is.EqualTo(1));
            Assert.That(pair.Errors, Is.Empty);
        }

        doomed.InvokeConductor();
        Assert.That(dead.IsConnected, Is.False);
        doomed.Dispose();
    }

    [TestCase(FaultyPair.Endpoint)]
    [TestCase("aeron:ipc")]
    public void A_claim_of_a_client_that_died_is_skipped_and_the_others_of_the_publication_go_on(string channel)
    {
        using var pair = new FaultyPair(Lossy);
        pair.World.StepNs = 200_000;
        AeronNode reader = channel.StartsWith("aeron:ipc", StringComparison.Ordinal) ? pair.Publisher : pair.Subscriber;
        using Subscription subscription = reader.Client.AddSubscription(channel, StreamId);
        AeronClient doomed = pair.Publisher.Connect();
        Publication theirs = doomed.AddPublication(channel, StreamId);
        using Publication ours = pair.Publisher.Client.AddPublication(channel, StreamId);
        Assert.That(theirs.SessionId, Is.EqualTo(ours.SessionId));
        pair.StepUntil(() => ours.IsConnected, Soon, "connected");
        var traffic = new Traffic(pair.Seed, 1_000);
        var sink = new NumberedSink(traffic);
        var source = new NumberedSource(0, traffic, ours);
        Assert.That(source.Offer(10), Is.EqualTo(10));
        var claim = new BufferClaim();
        Assert.That(theirs.TryClaim(500, claim), Is.GreaterThan(0));
        claim.Data.Fill(0xEE);
        pair.StepUntil(
            () =>
            {
                source.Offer((int)Math.Min(5, 1_000 - source.Next));
                sink.Poll(subscription);
                return sink.Count == 1_000;
            },
            TimeSpan.FromSeconds(60),
            "everything but what was never committed");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FaultyPair.Counter(pair.Publisher, SystemCounterId.UnblockedPublications), Is.EqualTo(1));
            Assert.That(pair.Errors, Is.Empty);
        }

        claim.Abort();
        doomed.InvokeConductor();
        doomed.Dispose();
    }
}
