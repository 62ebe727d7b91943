using System.Globalization;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Tests.Whole.Faults;

namespace OrderPlatform.Aeron.Tests.Whole.Peers;

/// <summary>Other implementations at the other end: over sockets, and as clients of our driver through its CnC file.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Children)]
internal sealed class PeerTests
{
    private const int StreamId = 1001;
    private const int Count = 500;
    private const string CountText = "500";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string StreamText = StreamId.ToString(CultureInfo.InvariantCulture);

    [Test]
    public void Peers_over_sockets_send_to_us_and_receive_from_us_with_losses()
    {
        using var node = new RealNode(ThreadingMode.Shared);
        string inPort = RealNode.FreePort().ToString(CultureInfo.InvariantCulture);
        string outPort = RealNode.FreePort().ToString(CultureInfo.InvariantCulture);
        using Subscription subscription = node.Client.AddSubscription($"aeron:udp?endpoint=127.0.0.1:{inPort}", StreamId);
        Publication publication = node.Client.AddPublication($"aeron:udp?endpoint=127.0.0.1:{outPort}", StreamId);
        using var publisher = PeerProgram.Start("udp_peer.py", "pub", inPort, StreamText, CountText, "3000");
        using var subscriber = PeerProgram.Start("udp_peer.py", "sub", outPort, StreamText, "8");
        var theirs = new PeerSink(static _ => 3_000);
        var ours = new PeerSource(publication);
        bool isDone = SpinWait.SpinUntil(() => ours.Offer() & (theirs.Poll(subscription) == Count), Limit);
        publication.Dispose();
        string sent = publisher.Result();
        string received = subscriber.Result();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(isDone, Is.True, $"{theirs.Count} came, {ours.Next} were offered");
            Assert.That(sent, Does.Contain($"sent={Count}").And.Contain("got_eos_sm=True"));
            Assert.That(received, Does.Contain($"messages={Count} payloads_ok=True dropped=2").And.Not.Contain("naks_sent=0"));
            Assert.That(received, Does.Contain($"eos=[{ours.End}]"));
            Assert.That(node.Errors, Is.Empty);
        }
    }

    /// <summary>Each peer has a driver of its own: it takes numbers from the CnC file as if nobody else did.</summary>
    [Test]
    public void Peers_in_our_directory_publish_and_subscribe_by_memory_and_by_socket()
    {
        string[] channels = ["aeron:ipc", $"aeron:udp?endpoint=127.0.0.1:{RealNode.FreePort()}"];
        Publishing[] publishing = [.. channels.Select(static channel => new Publishing(channel))];
        Subscribing[] subscribing =
            [.. channels.Select(static channel => new Subscribing(channel.Replace("127.0.0.1", "127.0.0.2", StringComparison.Ordinal)))];
        try
        {
            bool isDone = SpinWait.SpinUntil(
                () => publishing.All(static run => run.Work()) & subscribing.All(static run => run.Work()), Limit);
            Array.ForEach(subscribing, static run => run.Close());
            using (Assert.EnterMultipleScope())
            {
                foreach (Publishing run in publishing)
                {
                    Assert.That(run.Peer.Result(), Does.Contain($"sent {Count} "), run.Channel);
                    Assert.That(run.Node.Errors, Is.Empty);
                }

                foreach (Subscribing run in subscribing)
                {
                    Assert.That(run.Peer.Result(), Does.Contain($"received {Count} bad 0 unavailable True"), run.Channel);
                    Assert.That(run.Node.Errors, Is.Empty);
                }

                Assert.That(isDone, Is.True);
            }
        }
        finally
        {
            Array.ForEach(publishing, static run => run.Dispose());
            Array.ForEach(subscribing, static run => run.Dispose());
        }
    }

    /// <summary>Their bytes: of message k, byte j is 31 k + j.</summary>
    private static byte[] Message(long number, int length) => [.. Enumerable.Range(0, length).Select(index => (byte)((number * 31) + index))];

    private sealed class PeerSource(Publication publication)
    {
        public int Next { get; private set; }

        public long End { get; private set; }

        /// <summary>True when all are offered.</summary>
        public bool Offer()
        {
            while (Next < Count && publication.Offer(Message(Next, Next * 37 % 3_000)) is > 0 and long position)
            {
                Next++;
                End = position;
            }

            return Next == Count;
        }
    }

    private sealed class PeerSink(Func<int, int> length)
    {
        private readonly Queue<byte[]> _came = [];
        private FragmentAssembler? _assembler;

        public int Count { get; private set; }

        /// <summary>How many came so far.</summary>
        public int Poll(Subscription subscription)
        {
            _assembler ??= new FragmentAssembler((buffer, in _) => _came.Enqueue(buffer.ToArray()));
            subscription.Poll(_assembler, 50);
            while (_came.TryDequeue(out byte[]? message))
            {
                Assert.That(message, Is.EqualTo(Message(Count, length(Count))));
                Count++;
            }

            return Count;
        }
    }

    /// <summary>A peer publishes; our client of the same driver reads.</summary>
    private sealed class Publishing : IDisposable
    {
        private readonly Subscription _subscription;
        private readonly PeerSink _sink = new(static number => number * 37 % 3_000);

        public Publishing(string channel)
        {
            Channel = channel;
            _subscription = Node.Client.AddSubscription(channel, StreamId);
            Peer = PeerProgram.Start("cnc_peer.py", Node.Driver.AeronDirectoryName, "pub", channel, StreamText, CountText);
        }

        public string Channel { get; }

        public RealNode Node { get; } = new(ThreadingMode.Shared);

        public PeerProgram Peer { get; }

        public bool Work() => _sink.Poll(_subscription) == Count;

        public void Dispose()
        {
            Peer.Dispose();
            Node.Dispose();
        }
    }

    /// <summary>A peer subscribes; our client of the same driver publishes.</summary>
    private sealed class Subscribing : IDisposable
    {
        private readonly Publication _publication;
        private readonly PeerSource _source;

        public Subscribing(string channel)
        {
            Channel = channel;
            _publication = Node.Client.AddPublication(channel, StreamId);
            _source = new PeerSource(_publication);
            Peer = PeerProgram.Start("cnc_peer.py", Node.Driver.AeronDirectoryName, "sub", channel, StreamText, CountText);
        }

        public string Channel { get; }

        public RealNode Node { get; } = new(ThreadingMode.Shared);

        public PeerProgram Peer { get; }

        public bool Work() => _source.Offer();

        public void Close() => _publication.Dispose();

        public void Dispose()
        {
            Peer.Dispose();
            Node.Dispose();
        }
    }
}
