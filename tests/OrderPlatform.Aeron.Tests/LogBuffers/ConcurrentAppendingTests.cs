using System.Buffers.Binary;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.LogBuffers;

/// <summary>
/// Several threads append to small terms while one reads, cleans behind itself and raises the limit as a driver does: every message arrives once,
/// whole and in its producer's order.
/// </summary>
[TestFixture]
internal sealed class ConcurrentAppendingTests
{
    private const int MessagesPerProducer = 40_000;
    private const int KeyLength = 2 * sizeof(int);
    private const int LengthMax = 4000;
    private const int AbandonedClaims = 200;

    // No frame of a living producer has this payload.
    private const int AbandonedLength = 1201;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [TestCase(1, 0)]
    [TestCase(3, 0)]
    [TestCase(3, AbandonedClaims)]
    public void Every_message_arrives_once_whole_and_in_its_producers_order(int producers, int abandoned)
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"Seed {seed}.");
        using var log = new MemoryLog(int.MaxValue - 1);
        log.MetaData.PutInt(LogBufferDescriptor.IsConnectedOffset, 1);
        var limit = new PositionLimit { Value = log.TermLength / 2 };
        var reader = new Reader(log, limit, producers);
        var threads = new List<Thread>();
        for (int producer = 0; producer < producers; producer++)
        {
            int number = producer;
            threads.Add(new Thread(() => Produce(log.Log, limit, number, new Random(seed + number), reader)));
        }

        threads.Add(new Thread(() => Abandon(log.Log, limit, abandoned, reader)));
        threads.ForEach(static thread => thread.Start());
        bool isDone = SpinWait.SpinUntil(
            () =>
            {
                reader.Read();
                return reader.Failure is not null || (reader.Received == producers * MessagesPerProducer && reader.Unblocked == abandoned);
            },
            Limit);
        reader.IsStopped = true;
        threads.ForEach(static thread => thread.Join());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reader.Failure, Is.Null);
            Assert.That(isDone, Is.True);
            Assert.That(reader.Received, Is.EqualTo(producers * MessagesPerProducer));
            Assert.That(LogTail.ActiveTermCount(log.MetaData), Is.GreaterThan(100));
        }
    }

    private static void Produce(LogBuffer log, PositionLimit limit, int producer, Random random, Reader reader)
    {
        var appender = new Appender(log, isExclusive: false);
        var claim = new BufferClaim();
        byte[] message = new byte[LengthMax];
        for (int number = 0; number < MessagesPerProducer && !reader.IsStopped; number++)
        {
            int length = random.Next(20) == 0 ? random.Next(KeyLength, LengthMax) : random.Next(KeyLength, 100);
            if (length % LogBufferDescriptor.MaxPayloadLength(MemoryLog.MtuLength) == AbandonedLength)
                length--;
            Fill(message.AsSpan(0, length), producer, number);
            bool byClaim = length < 1000 && random.Next(2) == 0;
            while (!reader.IsStopped && !TryAppend(appender, message.AsSpan(0, length), byClaim ? claim : null, Volatile.Read(ref limit.Value)))
            {
                Thread.Yield();
            }
        }
    }

    /// <summary>A producer that claims, and dies each time before it commits.</summary>
    private static void Abandon(LogBuffer log, PositionLimit limit, int count, Reader reader)
    {
        var appender = new Appender(log, isExclusive: false);
        for (int number = 0; number < count && !reader.IsStopped; number++)
        {
            while (!reader.IsStopped && appender.TryClaim(AbandonedLength, new BufferClaim(), Volatile.Read(ref limit.Value)) <= 0)
            {
                Thread.Yield();
            }
        }
    }

    private static bool TryAppend(Appender appender, ReadOnlySpan<byte> message, BufferClaim? claim, long limit)
    {
        if (claim is null)
            return appender.Offer(message, limit) > 0;
        if (appender.TryClaim(message.Length, claim, limit) <= 0)
            return false;
        message.CopyTo(claim.Data);
        claim.Commit();
        return true;
    }

    private static void Fill(Span<byte> message, int producer, int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(message, producer);
        BinaryPrimitives.WriteInt32LittleEndian(message[sizeof(int)..], number);
        for (int index = KeyLength; index < message.Length; index++)
        {
            message[index] = Expected(producer, number, index);
        }
    }

    private static byte Expected(int producer, int number, int index) => unchecked((byte)((producer * 7) + (number * 13) + index + 1));

    private sealed class PositionLimit
    {
        public long Value;
    }

    /// <summary>A subscriber and a driver in one.</summary>
    private sealed class Reader(MemoryLog log, PositionLimit limit, int producers)
    {
        private readonly int[] _next = new int[producers];
        private readonly List<byte> _message = [];
        private long _cleanPosition;

        public volatile bool IsStopped;

        public long Position { get; private set; }

        public int Received { get; private set; }

        public int Unblocked { get; private set; }

        public string? Failure { get; private set; }

        public void Read()
        {
            int shift = LogPosition.PositionBitsToShift(log.TermLength);
            int partition = LogPosition.PartitionIndex(Position, shift);
            int offset = LogPosition.TermOffset(Position, log.TermLength);
            int start = offset;
            while (offset < log.TermLength && log.Log.Terms[partition].GetIntVolatile(offset) is var length && length > 0)
            {
                DataHeader header = log.Header(partition, offset);
                Check(header.TermOffset == offset && header.TermId == LogPosition.TermId(Position, shift, int.MaxValue - 1), "a header is of another place");
                if (header.Frame.Type == FrameType.Data)
                    Take(header.Frame.Flags, log.Log.Terms[partition].AsSpan(offset + DataHeader.LengthBytes, length - DataHeader.LengthBytes));
                offset += Memory.BitAlignment.Align(length, LogBufferDescriptor.FrameAlignment);
            }

            Position += offset - start;
            UnblockAbandoned(shift);
            Clean(shift);
            Volatile.Write(ref limit.Value, Position + (log.TermLength / 2));
        }

        private void UnblockAbandoned(int shift)
        {
            int frameLength = log.Log.Terms[LogPosition.PartitionIndex(Position, shift)].GetIntVolatile(LogPosition.TermOffset(Position, log.TermLength));
            if (frameLength != -(AbandonedLength + DataHeader.LengthBytes))
                return;
            Check(LogBufferUnblocker.Unblock(log.Log.Terms, log.MetaData, Position, log.TermLength), "a claim cannot be unblocked");
            Unblocked++;
        }

        /// <summary>Zeroes a term behind, as a driver: the first eight bytes last.</summary>
        private void Clean(int shift)
        {
            long until = Position - log.TermLength;
            while (_cleanPosition < until)
            {
                int offset = LogPosition.TermOffset(_cleanPosition, log.TermLength);
                int length = (int)Math.Min(until - _cleanPosition, log.TermLength - offset);
                Memory.UnsafeBuffer term = log.Log.Terms[LogPosition.PartitionIndex(_cleanPosition, shift)];
                term.Clear(offset + sizeof(long), length - sizeof(long));
                term.PutLongRelease(offset, 0);
                _cleanPosition += length;
            }
        }

        private void Take(byte flags, ReadOnlySpan<byte> fragment)
        {
            if ((flags & FrameFlags.Begin) != 0)
                _message.Clear();
            _message.AddRange(fragment);
            if ((flags & FrameFlags.End) == 0)
                return;
            byte[] message = [.. _message];
            int producer = BinaryPrimitives.ReadInt32LittleEndian(message);
            int number = BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(sizeof(int)));
            if (producer < 0 || producer >= producers)
            {
                Check(false, $"a message of producer {producer}");
                return;
            }

            Check(number == _next[producer], $"message {number} of producer {producer} in place of {_next[producer]}");
            _next[producer] = number + 1;
            Received++;
            for (int index = KeyLength; index < message.Length; index++)
            {
                if (message[index] != Expected(producer, number, index))
                {
                    Check(false, $"message {number} of producer {producer} is damaged at {index} of {message.Length}");
                    return;
                }
            }
        }

        private void Check(bool isGood, string what)
        {
            if (!isGood)
                Failure ??= $"At position {Position}: {what}.";
        }
    }
}
