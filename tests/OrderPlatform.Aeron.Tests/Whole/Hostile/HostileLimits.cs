using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Whole.Hostile;

/// <summary>A driver with limits that an attack reaches soon, and the proof that it kept them.</summary>
internal static class HostileLimits
{
    private const long LogBufferBytesMax = 16 * 1024 * 1024;

    /// <param name="context">The settings of a test's driver.</param>
    /// <param name="escaped">Gets every exception that an agent was left by. What the protocol answers with an error is none.</param>
    public static MediaDriverContext Apply(MediaDriverContext context, List<Exception> escaped) => context with
    {
        ImagesPerEndpointMax = 12,
        SessionsPerSourceMax = 6,
        RememberedSessionsMax = 64,
        ReceiversPerPublicationMax = 8,
        DestinationsMax = 8,
        LogBufferBytesMax = LogBufferBytesMax,
        ClientsMax = 12,
        ResourcesPerClientMax = 24,
        PublicationLingerTimeoutNs = 1_000_000_000,
        ErrorHandler = failure =>
        {
            if (failure is not ControlProtocolException && escaped.Count < 10)
                escaped.Add(failure);
        },
    };

    /// <summary>What the driver says that it has mapped is what lies in its folders, and not more than it may.</summary>
    public static void AssertMemory(AeronNode node, string when)
    {
        long logs = Directory.EnumerateFiles(node.Directory, "*.logbuffer", SearchOption.AllDirectories).Sum(static path => new FileInfo(path).Length);
        long others = new FileInfo(Path.Combine(node.Directory, AeronDirectory.CncFileName)).Length
            + new FileInfo(Path.Combine(node.Directory, AeronDirectory.LossReportFileName)).Length;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(logs, Is.LessThanOrEqualTo(LogBufferBytesMax), when);
            Assert.That(node.Client.CountersReader.Value((int)SystemCounterId.BytesCurrentlyMapped) - others, Is.EqualTo(logs), $"bytes mapped, {when}");
        }
    }

    /// <summary>Somebody who comes afterwards finds a driver as if nothing had been.</summary>
    public static void AssertServesANewClient(AeronWorld world, AeronNode node)
    {
        // What the attack left behind times out.
        world.StepNs = 5_000_000;
        world.StepFor(TimeSpan.FromSeconds(40));
        world.StepNs = 50_000;
        using AeronClient client = node.Connect();
        foreach (string channel in (string[])["aeron:ipc", "aeron:udp?endpoint=127.0.0.1:20999"])
        {
            using Subscription subscription = client.AddSubscription(channel, 4711);
            using Publication publication = client.AddPublication(channel, 4711);
            var traffic = new Traffic(5, publication.MaxMessageLength);
            var source = new TrafficSource(traffic, publication, 200);
            var sink = new TrafficSink(traffic);
            world.StepUntil(
                () =>
                {
                    client.InvokeConductor();
                    source.Offer(4);
                    sink.Poll(subscription);
                    return sink.Count == 200;
                },
                TimeSpan.FromSeconds(10),
                $"messages of a new client, {channel}");
        }
    }
}
