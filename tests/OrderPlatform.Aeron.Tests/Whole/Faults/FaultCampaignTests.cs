using System.Diagnostics;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Faults;

namespace OrderPlatform.Aeron.Tests.Whole.Faults;

/// <summary>Streams over bad networks: every message arrives, once, in order, byte for byte.</summary>
[TestFixture]
internal sealed class FaultCampaignTests
{
    private const int SmallStream = 1;
    private const int LargeStream = 2;
    private const int SmallMessageMax = 8 * 1024;

    /// <summary>Of so many small messages there is one of up to a mebibyte, which weighs as much.</summary>
    private const int SmallPerLarge = 20;

    [TestCaseSource(typeof(FaultProfiles), nameof(FaultProfiles.Names))]
    public void Every_message_arrives_once_in_order_and_unchanged(string name)
    {
        var watch = Stopwatch.StartNew();
        FaultProfile profile = FaultProfiles.Of(name, CampaignSize.Seed);
        using var pair = new FaultyPair(profile);
        pair.World.StepNs = 100_000;
        long startNs = pair.World.Clock.NanoTime;
        int goneCount = 0;
        void Gone(Image image) => goneCount++;
        using Subscription small = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, SmallStream, null, Gone);
        using Subscription large = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, LargeStream, null, Gone);
        Publication smallPublication = pair.Publisher.Client.AddPublication($"{FaultyPair.Endpoint}|term-length=256k", SmallStream);
        Publication largePublication = pair.Publisher.Client.AddExclusivePublication($"{FaultyPair.Endpoint}|term-length=8m", LargeStream);
        Assert.That(largePublication.MaxMessageLength, Is.EqualTo(1024 * 1024));

        var smallRun = new StreamRun(new Traffic(pair.Seed, SmallMessageMax), smallPublication, small, CampaignSize.Messages);
        var largeRun = new StreamRun(
            new Traffic(pair.Seed + 1, largePublication.MaxMessageLength), largePublication, large, Math.Max(1, CampaignSize.Messages / SmallPerLarge));
        pair.StepUntil(() => smallRun.Work() & largeRun.Work(), TimeSpan.FromHours(48), $"all messages of '{name}'");

        smallPublication.Dispose();
        largePublication.Dispose();
        pair.StepUntil(() => (smallRun.Work() & largeRun.Work()) && goneCount == 2, TimeSpan.FromSeconds(60), "both images are gone");
        Report(name, pair, watch.Elapsed, pair.World.Clock.NanoTime - startNs, smallRun, largeRun);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pair.Errors, Is.Empty);
            Assert.That(pair.Publisher.ClientErrors, Is.Empty);
            Assert.That(pair.Subscriber.ClientErrors, Is.Empty);
            bool hasGaps = profile.DropRate > 0 || profile.ReorderRate > 0;
            Assert.That(FaultyPair.Counter(pair.Publisher, SystemCounterId.RetransmitsSent), hasGaps ? Is.GreaterThan(0) : Is.GreaterThanOrEqualTo(0));
            Assert.That(FaultyPair.Counter(pair.Subscriber, SystemCounterId.InvalidPackets), Is.Zero);
        }
    }

    [TestCase(0.01)]
    [TestCase(0.05)]
    [TestCase(0.2)]
    public void Corrupt_datagrams_harm_nothing_but_their_stream(double rate)
    {
        using var pair = new FaultyPair(new FaultProfile { Seed = CampaignSize.Seed, CorruptRate = rate });
        pair.World.StepNs = 200_000;
        using Subscription subscription = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, SmallStream);
        var traffic = new Traffic(pair.Seed, SmallMessageMax);
        long fragments = 0;
        long bytes = 0;
        // Streams may stop for good: a corrupt status message that says too much cannot be told from a true one. Others follow.
        for (int round = 0; round < 10; round++)
        {
            using Publication publication = pair.Publisher.Client.AddExclusivePublication(FaultyPair.Endpoint, SmallStream);
            var source = new TrafficSource(traffic, publication, 2_000);
            long endNs = pair.World.Clock.NanoTime + 1_000_000_000;
            while (pair.World.Clock.NanoTime < endNs && !source.IsDone)
            {
                if (publication.AvailableWindow > 0)
                    source.Offer(10);
                fragments += subscription.Poll((buffer, in _) => bytes += buffer.Length, 64);
                pair.World.Step();
            }
        }

        TestContext.Out.WriteLine($"{fragments} fragments, {bytes} bytes, {pair.PublisherFaults.Counts.Corrupted} corrupt");
        pair.StopFaults();
        using Subscription after = pair.Subscriber.Client.AddSubscription(FaultyPair.Endpoint, LargeStream);
        using Publication healthy = pair.Publisher.Client.AddPublication(FaultyPair.Endpoint, LargeStream);
        var run = new StreamRun(traffic, healthy, after, 500);
        pair.StepUntil(run.Work, TimeSpan.FromMinutes(2), "a stream after the corruption");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fragments, Is.GreaterThan(0));
            Assert.That(FaultyPair.Counter(pair.Subscriber, SystemCounterId.InvalidPackets), Is.GreaterThan(0));
            Assert.That(pair.Errors, Does.Not.Contain("System."), "nothing but refusals");
            Assert.That(pair.Publisher.ClientErrors, Is.Empty);
            Assert.That(pair.Subscriber.ClientErrors, Is.Empty);
        }
    }

    private static void Report(string name, FaultyPair pair, TimeSpan time, long protocolNs, StreamRun small, StreamRun large)
    {
        FaultCounts data = pair.PublisherFaults.Counts;
        FaultCounts control = pair.SubscriberFaults.Counts;
        TestContext.Out.WriteLine(
            $"{name}: {small.Count} + {large.Count} messages, {FaultyPair.Counter(pair.Publisher, SystemCounterId.BytesSent) >> 20} MiB sent, "
            + $"{time.TotalSeconds:F1} s (protocol {protocolNs / 1_000_000_000.0:F1} s); "
            + $"data: {data.Dropped} lost, {data.Duplicated} double, {data.Held} late; "
            + $"control: {control.Dropped} lost, {control.Duplicated} double, {control.Held} late; "
            + $"{FaultyPair.Counter(pair.Subscriber, SystemCounterId.NaksSent)} NAKs, "
            + $"{FaultyPair.Counter(pair.Publisher, SystemCounterId.RetransmitsSent)} retransmits; seed {pair.Seed}");
    }
}
