using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Faults;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Whole.Faults;

/// <summary>Other kinds of streams over a network with losses.</summary>
[TestFixture]
internal sealed class MixedStreamTests
{
    private const int StreamId = 1001;

    private static readonly FaultProfile Lossy = new()
    {
        Seed = CampaignSize.Seed,
        DropRate = 0.05,
        ReorderRate = 0.02,
        DuplicateRate = 0.02,
        DelayMaxNs = 1_000_000,
    };

    [TestCase("init-term-id=2147483645|term-id=2147483645|term-offset=0")]
    [TestCase("init-term-id=2147483646|term-id=2147483647|term-offset=65472")]
    [TestCase("init-term-id=2147483647|term-id=-2147483648|term-offset=64")]
    [TestCase("init-term-id=-2147483648|term-id=-2147483648|term-offset=0")]
    public void Term_ids_wrap_around_during_losses(string start)
    {
        using var pair = new FaultyPair(Lossy);
        using Subscription subscription = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, StreamId);
        using Publication publication = pair.Publisher.Client.AddExclusivePublication($"{FaultyPair.Endpoint}|term-length=64k|{start}", StreamId);
        var run = new StreamRun(new Traffic(pair.Seed, publication.MaxMessageLength), publication, subscription, 2_000);
        pair.StepUntil(run.Work, TimeSpan.FromMinutes(10), "all messages");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(publication.Position / publication.TermBufferLength, Is.GreaterThan(6), "terms");
            Assert.That(pair.Errors, Is.Empty);
        }
    }

    [Test]
    public void Clients_that_share_a_publication_and_others_with_sessions_of_their_own_are_read_together()
    {
        using var pair = new FaultyPair(Lossy);
        AeronNode third = pair.World.Add(99, Lossy);
        using Subscription subscription = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, StreamId);
        using AeronClient other = pair.Publisher.Connect();
        Publication[] publications =
        [
            pair.Publisher.Client.AddPublication(FaultyPair.Endpoint, StreamId),
            other.AddPublication(FaultyPair.Endpoint, StreamId),
            pair.Publisher.Client.AddPublication(FaultyPair.Endpoint, StreamId),
            pair.Publisher.Client.AddExclusivePublication(FaultyPair.Endpoint, StreamId),
            other.AddExclusivePublication(FaultyPair.Endpoint, StreamId),
            third.Client.AddPublication(FaultyPair.Endpoint, StreamId),
        ];
        Assert.That(publications.Select(static publication => publication.SessionId).Distinct().Count(), Is.EqualTo(4));

        const int Count = 400;
        Traffic[] traffics = [.. publications.Select(static (_, index) => new Traffic(index, 6_000))];
        NumberedSource[] sources = [.. publications.Select((publication, index) => new NumberedSource(index, traffics[index], publication))];
        var sink = new NumberedSink(traffics);
        pair.StepUntil(
            () =>
            {
                other.InvokeConductor();
                foreach (NumberedSource source in sources)
                {
                    source.Offer((int)Math.Min(3, Count - source.Next));
                }

                sink.Poll(subscription);
                return sink.Count == Count * publications.Length;
            },
            TimeSpan.FromMinutes(10),
            "all messages of all publishers");
        Assert.That(pair.Errors + third.Errors(), Is.Empty);
    }

    /// <summary>Read bytes that are not announced take room from the window, and what is left has to hold the next datagram.</summary>
    [TestCase(1408, 1408)]
    [TestCase(1408, 1440)]
    [TestCase(8192, 9000)]
    [TestCase(60_992, 60_992)]
    public void A_receiver_window_of_one_datagram_is_enough(int mtu, int window)
    {
        using var pair = new FaultyPair(new FaultProfile { Seed = CampaignSize.Seed });
        using Subscription subscription = pair.Subscriber.Client.AddSubscription($"{FaultyPair.Endpoint}|rcv-wnd={window}", StreamId);
        using Publication publication = pair.Publisher.Client.AddPublication($"{FaultyPair.Endpoint}|mtu={mtu}|term-length=1m", StreamId);
        var run = new StreamRun(new Traffic(pair.Seed, Math.Min(3 * mtu, publication.MaxMessageLength)), publication, subscription, 300);
        pair.StepUntil(run.Work, TimeSpan.FromSeconds(20), "all messages");
        Assert.That(pair.Errors, Is.Empty);
    }

    [Test]
    public void An_unreliable_stream_loses_what_the_network_loses_and_goes_on()
    {
        using var pair = new FaultyPair(Lossy);
        using Subscription subscription = pair.Subscriber.Client.AddSubscription($"{FaultyPair.Endpoint}|reliable=false", StreamId);
        using Publication publication = pair.Publisher.Client.AddPublication(FaultyPair.Endpoint, StreamId);
        pair.StepUntil(() => publication.IsConnected && subscription.IsConnected, TimeSpan.FromSeconds(10), "connected");
        var traffic = new Traffic(pair.Seed, 4_000);
        var source = new NumberedSource(0, traffic, publication);
        var sink = new NumberedSink(traffic) { MayMiss = true };
        Image image = subscription.Images[0];
        pair.StepUntil(
            () =>
            {
                source.Offer((int)Math.Min(10, 5_000 - source.Next));
                sink.Poll(subscription);
                return source.Next == 5_000 && image.Position == publication.Position;
            },
            TimeSpan.FromMinutes(10),
            "the end of the stream is read");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sink.Count, Is.GreaterThan(4_000).And.LessThan(5_000));
            Assert.That(FaultyPair.Counter(pair.Subscriber, SystemCounterId.NaksSent), Is.Zero);
            Assert.That(FaultyPair.Counter(pair.Subscriber, SystemCounterId.LossGapFills), Is.GreaterThan(0));
            Assert.That(pair.Errors, Is.Empty);
        }
    }
}
