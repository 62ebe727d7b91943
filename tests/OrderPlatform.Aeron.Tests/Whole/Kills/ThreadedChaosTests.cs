using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Faults;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Tests.Whole.Faults;

namespace OrderPlatform.Aeron.Tests.Whole.Kills;

/// <summary>
/// Clients on threads of their own open and close streams at two drivers whose agents have a thread each, over the system's sockets: nothing is read out
/// of order, and when all are gone nothing is left behind.
/// </summary>
[TestFixture]
internal sealed class ThreadedChaosTests
{
    private const long Millis = 1_000_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [TestCase(ThreadingMode.Dedicated, true)]
    [TestCase(ThreadingMode.Dedicated, false)]
    [TestCase(ThreadingMode.SharedNetwork, true)]
    public void Streams_that_come_and_go_on_many_threads_leave_nothing_behind(ThreadingMode threads, bool hasLosses)
    {
        double rate = hasLosses ? 0.05 : 0;
        var faults = new FaultyTransportFactory(
            UdpTransportFactory.Default,
            new FaultProfile { Seed = CampaignSize.Seed, DropRate = rate, DuplicateRate = rate, ReorderRate = rate },
            Agents.SystemClock.Instance);
        static MediaDriverContext Hasty(MediaDriverContext context) => context with
        {
            PublicationLingerTimeoutNs = 200 * Millis,
            ImageLivenessTimeoutNs = 500 * Millis,
            PublicationConnectionTimeoutNs = 500 * Millis,
            CounterFreeToReuseTimeoutNs = 20 * Millis,
        };
        using var first = new RealNode(threads, faults, Hasty);
        using var second = new RealNode(threads, faults, Hasty);
        RealNode[] nodes = [first, second];
        int[] ports = [RealNode.FreePort(), RealNode.FreePort()];
        int rounds = (int)(CampaignSize.Messages / 1_000);
        ThreadedUser[] users = [.. Enumerable.Range(0, 4).Select(index => new ThreadedUser(index, nodes[index % 2], ports, index % 2, rounds))];
        Thread[] running = [.. users.Select(static user => new Thread(user.Run))];
        Array.ForEach(running, static thread => thread.Start());
        Array.ForEach(running, static thread => thread.Join());
        TestContext.Out.WriteLine(
            string.Join(", ", users.Select(static user => $"{user.StreamCount} streams {user.OfferedCount} offered {user.ReceivedCount} received")));

        bool isClean = SpinWait.SpinUntil(() => nodes.All(static node => Left(node).Length == 0), Limit);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(users.Select(static user => user.Failure), Is.All.Null);
            Assert.That(isClean, Is.True, string.Join('\n', nodes.SelectMany(Left)));
            // A socket that is being closed is asked for again by the client.
            IEnumerable<string> errors = (first.Errors + '\n' + second.Errors).Split('\n');
            Assert.That(errors.Where(static error => !error.Contains("may be in CLOSING state", StringComparison.Ordinal)), Is.All.Empty);
            Assert.That(users.Sum(static user => user.ReceivedCount), Is.GreaterThan(0));
        }
    }

    private static string[] Left(RealNode node) => LeftBehind.At(node.Driver.AeronDirectoryName, node.Client);
}
