using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Tests.Whole.Features;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Conducting;

/// <summary>
/// Agents on threads of their own, real sockets: streams are opened, used and closed again and again, and the agents agree on what is closed when.
/// </summary>
[TestFixture]
internal sealed class ThreadsTests
{
    private const long Millis = 1_000_000;
    private const int Rounds = 8;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [TestCase(ThreadingMode.Shared)]
    [TestCase(ThreadingMode.SharedNetwork)]
    [TestCase(ThreadingMode.Dedicated)]
    public void Streams_that_come_and_go_leave_nothing(ThreadingMode mode)
    {
        var failures = new List<Exception>();
        using MediaDriver driver = MediaDriver.LaunchEmbedded(new MediaDriverContext
        {
            AeronDirectoryName = Path.Combine(Path.GetTempPath(), "aeron-threads"),
            ThreadingMode = mode,
            TermBufferLength = 64 * 1024,
            IpcTermBufferLength = 64 * 1024,
            TimerIntervalNs = 10 * Millis,
            PublicationLingerTimeoutNs = 10 * Millis,
            ImageLivenessTimeoutNs = 500 * Millis,
            ErrorHandler = failure =>
            {
                lock (failures)
                    failures.Add(failure);
            },
        });
        using (AeronClient client = AeronClient.Connect(new AeronContext { AeronDirectoryName = driver.AeronDirectoryName }))
        {
            for (int round = 0; round < Rounds; round++)
            {
                Pass(client, round);
            }
        }

        string left = string.Empty;
        Assert.That(SpinWait.SpinUntil(() => (left = Left(driver.AeronDirectoryName)).Length == 0, Limit), Is.True, () => left);
        Assert.That(failures, Is.Empty);
    }

    private static void Pass(AeronClient client, int round)
    {
        using Subscription subscription = client.AddSubscription(round % 4 == 0 ? "aeron:ipc" : "aeron:udp?endpoint=127.0.0.1:0", 1);
        string? channel = null;
        Assert.That(
            SpinWait.SpinUntil(() => (channel = subscription.TryResolveChannelEndpointPort() ?? (round % 4 == 0 ? "aeron:ipc" : null)) is not null, Limit), Is.True);
        using Subscription? spy = round % 4 == 0 ? null : client.AddSubscription($"aeron-spy:{channel}", 1);
        using Publication publication = round % 2 == 0 ? client.AddExclusivePublication(channel!, 1) : client.AddPublication(channel!, 1);
        int offered = 0;
        int read = 0;
        byte[] message = new byte[500];
        Assert.That(
            SpinWait.SpinUntil(
                () =>
                {
                    if (offered < 200 && publication.Offer(message) > 0)
                        offered++;
                    read += subscription.Poll(static (message, in header) => { }, 10);
                    spy?.Poll(static (message, in header) => { }, 10);
                    return read == 200;
                },
                Limit),
            Is.True,
            () => $"round {round}: {read} read of {offered}");
    }

    private static string Left(string directory)
    {
        using var cnc = CncFile.Open(directory, isWritable: false);
        return string.Join('\n', new CountersReader(cnc.CountersMetaData, cnc.CountersValues).Counters()
            .Where(static counter => counter.TypeId != CounterTypes.System).Select(static counter => counter.Label)
            .Concat(Leftovers.LogFiles(directory)));
    }
}
