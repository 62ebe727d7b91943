using System.Net;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.CommandAndControl.Reports;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Tests.Whole.Hostile;

/// <summary>A million datagrams that nobody should send, at the sockets of drivers that carry honest streams at the same time.</summary>
[TestFixture]
internal sealed class HostileNetworkTests
{
    private const int HonestSession = 4242;
    private const int HonestStream = 77;
    private const int InitialTermId = 7;
    private const int TermLength = 64 * 1024;
    private const string Identity = "session-id=4242|init-term-id=7|term-id=7|term-offset=0";
    private const string Unicast = "aeron:udp?endpoint=127.0.0.1:20121|" + Identity;
    private const string ManyReceivers = "aeron:udp?control=127.0.0.1:20122|control-mode=dynamic|" + Identity;
    private const string OneOfMany = "aeron:udp?endpoint=127.0.0.1:20123|control=127.0.0.1:20122|control-mode=dynamic|session-id=4242";

    private static readonly UdpAddress[] Strangers =
        [.. Enumerable.Range(1, 24).Select(static number => Address($"10.0.0.{1 + (number % 5)}:{1000 + number}"))];

    [Test]
    public void Honest_streams_come_through_a_million_hostile_datagrams()
    {
        string seed = $"seed {HostileRun.Seed}";
        var random = new Random(HostileRun.Seed);
        using var world = new AeronWorld { StepNs = 500_000 };
        UdpAddress? publisherSocket = null;
        world.Network.Filter = datagram =>
        {
            if (datagram.Destination.Port == 20121)
                publisherSocket ??= datagram.Source;
            return true;
        };
        var escaped = new List<Exception>();
        AeronNode publisher = world.Add(1, change: context => HostileLimits.Apply(context, escaped));
        AeronNode subscriber = world.Add(2, change: context => HostileLimits.Apply(context, escaped));
        using Subscription open = subscriber.Client.AddSubscription("aeron:udp?endpoint=127.0.0.1:20121", 1001);
        using Subscription unreliable = subscriber.Client.AddSubscription("aeron:udp?endpoint=127.0.0.1:20124|reliable=false", 1001);
        using var one = new HonestTraffic(world, publisher, subscriber, Unicast, HonestStream, 3);
        using var many = new HonestTraffic(world, publisher, subscriber, ManyReceivers, HonestStream, 4, OneOfMany);
        world.Network.Filter = null;
        UdpAddress[] sources = [.. Strangers, publisherSocket!.Value];
        (UdpAddress Address, bool IsReceiver)[] targets =
        [
            (Address("127.0.0.1:20121"), true),
            (Address("127.0.0.1:20123"), true),
            (Address("127.0.0.1:20124"), true),
            (Address("127.0.0.1:20122"), false),
            (publisherSocket.Value, false),
        ];
        var datagrams = new HostileDatagrams(random, HonestSession, HonestStream, InitialTermId, TermLength);
        long refusedByReceiver = 0;
        long refusedBySender = 0;
        long memoryAtFirst = 0;
        for (int count = 0; count < HostileRun.Count; count++)
        {
            (UdpAddress target, bool isReceiver) = targets[random.Next(targets.Length)];
            // A socket that is connected hears its peer alone.
            UdpAddress source = target == publisherSocket ? targets[0].Address : sources[random.Next(sources.Length)];
            ReadOnlySpan<byte> datagram = datagrams.Next();
            int lost = world.Network.LostCount;
            world.Network.Inject(datagram, source, target);
            if (lost == world.Network.LostCount)
            {
                refusedByReceiver += isReceiver && datagrams.ReceiverMustRefuse(datagram) ? 1 : 0;
                refusedBySender += !isReceiver && HostileDatagrams.SenderMustRefuse(datagram) ? 1 : 0;
            }

            if (count % 8 != 7)
                continue;
            one.Exchange();
            many.Exchange();
            open.Poll(static (ReadOnlySpan<byte> _, in Header _) => { }, 64);
            unreliable.Poll(static (ReadOnlySpan<byte> _, in Header _) => { }, 64);
            world.Step();
            if (count % 8192 == 8191)
                HostileLimits.AssertMemory(subscriber, seed);
            if (count == (HostileRun.Count / 2 & ~7) + 7)
                memoryAtFirst = GC.GetTotalMemory(forceFullCollection: true);
        }

        one.AssertWhole(seed);
        many.AssertWhole(seed);
        TestContext.Out.WriteLine(
            $"{one.Count} and {many.Count} honest messages; refused for certain {refusedByReceiver} and {refusedBySender}, {Invalid(subscriber)} and "
                + $"{Invalid(publisher)} were");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(GC.GetTotalMemory(forceFullCollection: true) - memoryAtFirst, Is.LessThan(8 * 1024 * 1024), "managed bytes that the second half left");
            Assert.That(escaped, Is.Empty, seed);
            Assert.That(refusedByReceiver, Is.GreaterThan(HostileRun.Count / 50));
            Assert.That(Invalid(subscriber), Is.InRange(refusedByReceiver, HostileRun.Count), seed);
            Assert.That(refusedBySender, Is.GreaterThan(HostileRun.Count / 50));
            Assert.That(Invalid(publisher), Is.InRange(refusedBySender, HostileRun.Count), seed);
            AssertNamedOnce(publisher, seed);
            AssertNamedOnce(subscriber, seed);
        }

        HostileLimits.AssertServesANewClient(world, subscriber);
        HostileLimits.AssertServesANewClient(world, publisher);
    }

    private static long Invalid(AeronNode node) => node.Client.CountersReader.Value((int)SystemCounterId.InvalidPackets);

    /// <summary>Each kind of refusal of an endpoint stands once in the error log, with its first source.</summary>
    private static void AssertNamedOnce(AeronNode node, string seed)
    {
        ErrorLogEntry[] refusals =
            [.. ErrorLogReader.Read(node.Driver.ErrorLogBuffer).Where(static entry => entry.Text.Contains(" refused, ", StringComparison.Ordinal))];
        Assert.That(refusals, Is.Not.Empty.And.All.Property(nameof(ErrorLogEntry.ObservationCount)).EqualTo(1), seed);
        Assert.That(refusals.Select(static entry => (entry.Text.Split(": datagram of ")[0], entry.Text.Split(" refused, ")[1])), Is.Unique, seed);
    }

    private static UdpAddress Address(string text) => UdpAddress.From(IPEndPoint.Parse(text));
}
