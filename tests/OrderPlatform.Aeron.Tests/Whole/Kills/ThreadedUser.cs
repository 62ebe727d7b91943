using System.Buffers.Binary;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Tests.Whole.Faults;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Whole.Kills;

/// <summary>An application on a thread of its own that opens and closes streams, and checks what it reads.</summary>
/// <param name="index">Which of the applications.</param>
/// <param name="node">Its driver.</param>
/// <param name="ports">A port for each driver.</param>
/// <param name="own">Which of them is its driver's.</param>
/// <param name="rounds">How often it opens or closes something.</param>
internal sealed class ThreadedUser(int index, RealNode node, int[] ports, int own, int rounds)
{
    private const int HeaderLength = sizeof(int) + sizeof(long);
    private const int PublishersMax = 1_000_000;

    /// <summary>Publications, and subscriptions, at a time: each pair of them is an image with counters.</summary>
    private const int StreamsMax = 8;

    private readonly Random _random = new(CampaignSize.Seed + index);
    private readonly List<Writer> _writers = [];
    private readonly List<Subscription> _subscriptions = [];
    private readonly Dictionary<Image, FragmentAssembler> _readers = [];
    private readonly byte[] _message = new byte[4_096];

    /// <summary>What went wrong.</summary>
    public Exception? Failure { get; private set; }

    public int StreamCount { get; private set; }

    public long OfferedCount { get; private set; }

    public long ReceivedCount { get; private set; }

    public void Run()
    {
        try
        {
            using AeronClient client = node.Connect();
            for (int round = 0; round < rounds; round++)
            {
                Change(client);
                int cycles = _random.Next(500);
                for (int cycle = 0; cycle < cycles; cycle++)
                {
                    Work();
                }
            }
        }
#pragma warning disable CA1031 // The test's thread tells it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failure = failure;
        }
    }

    private static void Fill(Span<byte> message, int publisher, long number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(message, publisher);
        BinaryPrimitives.WriteInt64LittleEndian(message[sizeof(int)..], number);
        message[HeaderLength..].Fill((byte)(number + publisher));
    }

    private static int Length(long number) => HeaderLength + (int)(number * 37 % 3_000);

    private void Change(AeronClient client)
    {
        int streamId = _random.Next(1, 3);
        switch (_random.Next(10))
        {
            case < 3 when _writers.Count < StreamsMax:
                string channel = _random.Next(4) == 0 ? "aeron:ipc" : $"aeron:udp?endpoint=127.0.0.1:{ports[_random.Next(ports.Length)]}";
                Publication publication = _random.Next(2) == 0 ? client.AddPublication(channel, streamId) : client.AddExclusivePublication(channel, streamId);
                _writers.Add(new Writer(publication, (index * PublishersMax) + StreamCount++));
                break;
            case >= 3 and < 6 when _subscriptions.Count < StreamsMax:
                string source = _random.Next(4) switch
                {
                    0 => "aeron:ipc",
                    1 => $"aeron-spy:aeron:udp?endpoint=127.0.0.1:{ports[_random.Next(ports.Length)]}",
                    _ => $"aeron:udp?endpoint=127.0.0.1:{ports[own]}",
                };
                _subscriptions.Add(client.AddSubscription(source, streamId));
                StreamCount++;
                break;
            case < 8 when _writers.Count > 0:
                int writer = _random.Next(_writers.Count);
                _writers[writer].Publication.Dispose();
                _writers.RemoveAt(writer);
                break;
            case >= 8 when _subscriptions.Count > 0:
                int reader = _random.Next(_subscriptions.Count);
                _subscriptions[reader].Dispose();
                _subscriptions.RemoveAt(reader);
                break;
        }
    }

    private void Work()
    {
        foreach (Writer writer in _writers)
        {
            Span<byte> message = _message.AsSpan(0, Length(writer.Next));
            Fill(message, writer.Publisher, writer.Next);
            if (writer.Publication.Offer(message) > 0)
            {
                writer.Next++;
                OfferedCount++;
            }
        }

        foreach (Subscription subscription in _subscriptions)
        {
            foreach (Image image in subscription.Images)
            {
                if (!_readers.TryGetValue(image, out FragmentAssembler? reader))
                    _readers.Add(image, reader = Reader());
                image.Poll(reader, 10);
            }
        }
    }

    private FragmentAssembler Reader()
    {
        var next = new Dictionary<int, long>();
        byte[] expected = new byte[4_096];
        return new FragmentAssembler((buffer, in _) =>
        {
            int publisher = BinaryPrimitives.ReadInt32LittleEndian(buffer);
            long number = BinaryPrimitives.ReadInt64LittleEndian(buffer[sizeof(int)..]);
            if (next.TryGetValue(publisher, out long due) && due != number)
                throw new InvalidOperationException($"message {number} of publisher {publisher} came, {due} was due");
            Span<byte> right = expected.AsSpan(0, Length(number));
            Fill(right, publisher, number);
            if (!buffer.SequenceEqual(right))
                throw new InvalidOperationException($"message {number} of publisher {publisher} has other bytes");
            next[publisher] = number + 1;
            ReceivedCount++;
        });
    }

    private sealed class Writer(Publication publication, int publisher)
    {
        public Publication Publication => publication;

        public int Publisher => publisher;

        public long Next { get; set; }
    }
}
