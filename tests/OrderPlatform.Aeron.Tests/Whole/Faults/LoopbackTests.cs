using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Faults;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Tests.Whole.Faults;

/// <summary>Streams over the system's sockets, between drivers with threads of their own.</summary>
[TestFixture]
internal sealed class LoopbackTests
{
    private const int StreamId = 1001;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60 + (CampaignSize.Messages / 1_000));

    [Test]
    public void Every_message_arrives_over_real_sockets(
        [Values(ThreadingMode.Shared, ThreadingMode.SharedNetwork, ThreadingMode.Dedicated)] ThreadingMode threads,
        [Values(0, 0.05)] double dropRate,
        [Values] bool isPortable)
    {
        var profile = new FaultProfile
        {
            Seed = CampaignSize.Seed,
            DropRate = dropRate,
            DuplicateRate = dropRate,
            ReorderRate = dropRate,
            DelayMaxNs = 1_000_000,
        };
        var faults = new FaultyTransportFactory(isPortable ? UdpTransportFactory.Portable : UdpTransportFactory.Default, profile, SystemClock.Instance);
        using RealNode publisher = new(threads, faults);
        using RealNode subscriber = new(threads, faults);
        string channel = $"aeron:udp?endpoint=127.0.0.1:{RealNode.FreePort()}";
        int goneCount = 0;
        using Subscription small = subscriber.Client.AddSubscription(channel, StreamId, null, _ => Interlocked.Increment(ref goneCount));
        using Subscription large = subscriber.Client.AddSubscription(channel, StreamId + 1, null, _ => Interlocked.Increment(ref goneCount));
        Publication smallPublication = publisher.Client.AddPublication($"{channel}|term-length=256k", StreamId);
        Publication largePublication = publisher.Client.AddExclusivePublication($"{channel}|term-length=8m", StreamId + 1);
        var smallRun = new StreamRun(new Traffic(1, 8_192), smallPublication, small, CampaignSize.Messages / 20);
        var largeRun = new StreamRun(new Traffic(2, largePublication.MaxMessageLength), largePublication, large, CampaignSize.Messages / 1_000);
        Assert.That(
            SpinWait.SpinUntil(() => smallRun.Work() & largeRun.Work(), Limit),
            Is.True,
            $"{smallRun.Count} of {smallRun.Offered}, {largeRun.Count} of {largeRun.Offered}\n{publisher.Errors}{subscriber.Errors}");

        smallPublication.Dispose();
        largePublication.Dispose();
        Assert.That(SpinWait.SpinUntil(() => (smallRun.Work() & largeRun.Work()) && Volatile.Read(ref goneCount) == 2, Limit), Is.True, "the images are gone");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(faults.Counts.Dropped, dropRate > 0 ? Is.GreaterThan(0) : Is.Zero);
            Assert.That(publisher.Errors + subscriber.Errors, Is.Empty);
        }
    }
}
