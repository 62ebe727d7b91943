using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Driver.Faults;

namespace OrderPlatform.Aeron.Tests.Whole.Faults;

/// <summary>Receivers that come, go, come again and read slowly, over a network with losses.</summary>
[TestFixture]
internal sealed class JoinTests
{
    private const int StreamId = 1001;
    private const string Group = "aeron:udp?endpoint=224.20.30.41:24326|interface=127.0.0.1";
    private const string Dynamic = "aeron:udp?control=127.0.0.1:20130|control-mode=dynamic|fc=max";

    private static readonly FaultProfile Lossy = new() { Seed = CampaignSize.Seed, DropRate = 0.02, ReorderRate = 0.02, DelayMaxNs = 1_000_000 };

    [TestCase(Group, Group, Group)]
    [TestCase(Group + "|fc=min", Group, Group)]
    [TestCase(Dynamic, "aeron:udp?endpoint=127.0.0.1:20131|control=127.0.0.1:20130", "aeron:udp?endpoint=127.0.0.1:20132|control=127.0.0.1:20130")]
    public void A_receiver_that_joins_late_leaves_and_joins_again_reads_whole_messages_in_order(string publisher, string first, string second)
    {
        using var pair = new FaultyPair(Lossy);
        AeronNode third = pair.World.Add(99, Lossy);
        using Subscription always = pair.Subscriber.Client.AddSubscription(first, StreamId);
        using Publication publication = pair.Publisher.Client.AddPublication(publisher, StreamId);
        var traffic = new Traffic(pair.Seed, 4_000);
        var source = new NumberedSource(0, traffic, publication);
        var alwaysSink = new NumberedSink(traffic);
        pair.StepUntil(() => publication.IsConnected, TimeSpan.FromSeconds(10), "connected");
        int cycle = 0;
        for (int visit = 0; visit < 3; visit++)
        {
            // Each visit has a sink of its own: the stream has gone on meanwhile.
            var sink = new NumberedSink(traffic) { MayMissFirst = true };
            using Subscription visitor = third.Client.AddSubscription(second, StreamId);
            pair.StepUntil(
                () =>
                {
                    // A group follows its fastest receiver, and each of its losses costs some ten milliseconds: more than they can catch up with is gone.
                    source.Offer(++cycle % 20 == 0 ? 1 : 0);
                    alwaysSink.Poll(always);
                    sink.Poll(visitor);
                    return sink.Count > 400;
                },
                TimeSpan.FromMinutes(10),
                $"visit {visit}");
            Assert.That(visit == 0 || sink.MissedCount > 0, Is.True, "joined in the middle");
        }

        pair.StepUntil(
            () =>
            {
                alwaysSink.Poll(always);
                return alwaysSink.Next() == source.Next;
            },
            TimeSpan.FromMinutes(10),
            "the one that stayed has everything");
        Assert.That(pair.Errors + third.Errors(), Is.Empty);
    }

    [Test]
    public void Joins_at_the_edges_of_terms_miss_nothing_after_the_first_message([Range(1, 8)] int seed)
    {
        using var pair = new FaultyPair(Lossy with { Seed = seed });
        var random = new Random(seed);
        using Publication publication = pair.Publisher.Client.AddExclusivePublication($"{FaultyPair.Endpoint}|term-length=64k", StreamId);
        var traffic = new Traffic(seed, publication.MaxMessageLength - NumberedSource.HeaderLength);
        var source = new NumberedSource(0, traffic, publication);
        long lastNumber = -1;
        for (int visit = 0; visit < 8; visit++)
        {
            var sink = new NumberedSink(traffic) { MayMissFirst = true };
            using (Subscription subscription = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, StreamId))
            {
                int wanted = random.Next(5, 120);
                pair.StepUntil(
                    () =>
                    {
                        source.Offer(2);
                        sink.Poll(subscription);
                        return sink.Count > wanted;
                    },
                    TimeSpan.FromMinutes(5),
                    $"visit {visit}");
            }

            Assert.That(sink.Next() - sink.Count, Is.GreaterThan(lastNumber), "nothing of an earlier visit comes again");
            lastNumber = sink.Next() - 1;
            // From at once to after the publisher has found out: both ways in have to work.
            pair.World.StepFor(TimeSpan.FromMilliseconds(random.Next(3) * 3_000));
        }

        Assert.That(pair.Errors, Is.Empty);
    }

    [Test]
    public void A_reader_that_comes_back_at_once_gets_one_image_and_not_the_remains_of_the_last_one()
    {
        using var pair = new FaultyPair(new FaultProfile { Seed = CampaignSize.Seed });
        using Publication publication = pair.Publisher.Client.AddPublication(FaultyPair.Endpoint, StreamId);
        var traffic = new Traffic(pair.Seed, 1_000);
        var source = new NumberedSource(0, traffic, publication);
        Subscription first = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, StreamId);
        pair.StepUntil(() => publication.IsConnected, TimeSpan.FromSeconds(1), "connected");
        source.Offer(20);
        // It has come in, and nobody has read it.
        pair.World.StepFor(TimeSpan.FromMilliseconds(10));
        first.Dispose();
        using Subscription second = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, StreamId);
        var sink = new NumberedSink(traffic) { MayMissFirst = true };
        pair.StepUntil(
            () =>
            {
                source.Offer(1);
                sink.Poll(second);
                return sink.Count >= 100;
            },
            TimeSpan.FromSeconds(20),
            "messages");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.ImageCount, Is.EqualTo(1));
            Assert.That(sink.MissedCount, Is.GreaterThanOrEqualTo(20));
        }
    }

    [Test]
    public void A_slow_reader_holds_its_publisher_back_and_misses_nothing()
    {
        using var pair = new FaultyPair(Lossy);
        using Subscription subscription = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, StreamId);
        using Publication publication = pair.Publisher.Client.AddPublication(FaultyPair.Endpoint, StreamId);
        var traffic = new Traffic(pair.Seed, 2_000);
        var source = new NumberedSource(0, traffic, publication);
        var sink = new NumberedSink(traffic);
        int cycle = 0;
        long furthest = 0;
        pair.StepUntil(
            () =>
            {
                source.Offer((int)Math.Min(10, 3_000 - source.Next));
                if (++cycle % 5 == 0)
                    sink.Poll(subscription, 1);
                if (subscription.ImageCount == 1)
                    furthest = Math.Max(furthest, publication.Position - subscription.Images[0].Position);
                return sink.Count == 3_000;
            },
            TimeSpan.FromMinutes(10),
            "all messages");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(source.BackPressureCount, Is.GreaterThan(100));
            // Half a term at the publisher and half a term on the way, and one message that began within.
            Assert.That(furthest, Is.LessThanOrEqualTo(publication.TermBufferLength + 2_112));
            Assert.That(pair.Errors, Is.Empty);
        }
    }

    [Test]
    public void Two_subscriptions_of_a_stream_both_have_all_of_it_and_the_slower_sets_the_pace()
    {
        using var pair = new FaultyPair(Lossy);
        using Subscription fast = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, StreamId);
        using Subscription slow = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, StreamId);
        using Publication publication = pair.Publisher.Client.AddPublication(FaultyPair.Endpoint, StreamId);
        var traffic = new Traffic(pair.Seed, 2_000);
        var source = new NumberedSource(0, traffic, publication);
        NumberedSink[] sinks = [new(traffic), new(traffic), new(traffic) { MayMissFirst = true }];
        Subscription? late = null;
        int cycle = 0;
        pair.StepUntil(
            () =>
            {
                source.Offer((int)Math.Min(10, 3_000 - source.Next));
                sinks[0].Poll(fast);
                if (++cycle % 3 == 0)
                    sinks[1].Poll(slow, 1);
                if (source.Next > 1_000)
                    sinks[2].Poll(late ??= pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, StreamId));
                return sinks.All(static sink => sink.Next() == 3_000);
            },
            TimeSpan.FromMinutes(10),
            "all messages at all three");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sinks[2].MissedCount, Is.GreaterThan(0), "joined in the middle");
            Assert.That(source.BackPressureCount, Is.GreaterThan(0));
            Assert.That(pair.Errors, Is.Empty);
        }

        late!.Dispose();
    }

    [Test]
    public void A_tethered_reader_that_stands_still_stops_the_stream_and_an_untethered_one_is_left_behind()
    {
        using var pair = new FaultyPair(Lossy);
        int goneCount = 0;
        using Subscription reader = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, StreamId);
        using Subscription idler = pair.Subscriber.Client.AddSubscription($"{FaultyPair.Endpoint}|tether=false", StreamId, null, _ => goneCount++);
        using Publication publication = pair.Publisher.Client.AddPublication(FaultyPair.Endpoint, StreamId);
        var traffic = new Traffic(pair.Seed, 2_000);
        var source = new NumberedSource(0, traffic, publication);
        var sink = new NumberedSink(traffic);
        pair.World.StepNs = 200_000;
        bool Run()
        {
            source.Offer(2);
            sink.Poll(reader);
            return false;
        }

        pair.StepUntil(() => Run() | (goneCount == 1), TimeSpan.FromSeconds(30), "the idler is left behind");
        long leftAt = sink.Count;
        Assert.That(leftAt, Is.LessThan(1_000), "until then it held the stream back");
        pair.StepUntil(() => Run() | (sink.Count > leftAt + 2_000), TimeSpan.FromSeconds(30), "the stream goes on without it");
        Assert.That(idler.IsConnected, Is.False);
        pair.StepUntil(() => Run() | idler.IsConnected, TimeSpan.FromSeconds(30), "it may come again");
        var idlerSink = new NumberedSink(traffic) { MayMissFirst = true };
        pair.StepUntil(() => Run() | ((idlerSink.Poll(idler) >= 0) & (idlerSink.Count > 1_000)), TimeSpan.FromSeconds(30), "and reads on from there");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(idlerSink.MissedCount, Is.GreaterThan(leftAt));
            Assert.That(goneCount, Is.EqualTo(1));
            Assert.That(pair.Errors, Is.Empty);
        }

        using Subscription tethered = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, StreamId);
        pair.StepUntil(() => Run() | tethered.IsConnected, TimeSpan.FromSeconds(5), "a third reader");
        pair.World.StepFor(TimeSpan.FromSeconds(1));
        long stoppedNs = pair.World.Clock.NanoTime + 15_000_000_000;
        pair.StepUntil(
            () =>
            {
                idlerSink.Poll(idler);
                return Run() | (pair.World.Clock.NanoTime > stoppedNs);
            },
            TimeSpan.FromSeconds(20),
            "time passes");
        long standing = source.Next;
        pair.StepUntil(() => Run() | (pair.World.Clock.NanoTime > stoppedNs + 1_000_000_000), TimeSpan.FromSeconds(20), "more time passes");
        Assert.That(source.Next, Is.EqualTo(standing), "a tethered reader that stands still stops the stream");
    }
}
