using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Tests.CommandAndControl;

/// <summary>Several writers, one reader, and a ring so small that it is always full.</summary>
[TestFixture]
internal sealed class ManyToOneRingBufferThreadTests
{
    private const int Producers = 4;
    private const int MessagesPerProducer = 50_000;
    private const int LooksPerWait = 10_000;
    private const int TypeId = 1;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [TestCase(256)]
    [TestCase(4096)]
    public void Every_message_comes_once_and_each_producers_in_order(int capacity)
    {
        using var memory = new NativeBlock(capacity + ManyToOneRingBuffer.TrailerLength);
        var consumer = new ManyToOneRingBuffer(memory.Buffer);
        Thread[] producers = [.. Enumerable.Range(0, Producers).Select(producer => Start(memory.Buffer, producer))];
        int[] next = new int[Producers];
        int wrong = 0;
        int total = 0;
        RecordHandler handler = (_, message) =>
        {
            int producer = BitConverter.ToInt32(message);
            int number = BitConverter.ToInt32(message[4..]);
            if (next[producer] != number || message.Length != Length(number, capacity) || message[8..].ContainsAnyExcept((byte)number))
                wrong++;
            next[producer] = number + 1;
            total++;
        };
        bool isComplete = SpinWait.SpinUntil(
            () =>
            {
                // Many looks for each wait of SpinUntil, which would sleep a millisecond after each.
                for (int look = 0; look < LooksPerWait; look++)
                {
                    if (consumer.Read(handler, 64) == 0)
                        Thread.Yield();
                }

                return total == Producers * MessagesPerProducer || wrong > 0;
            },
            Limit);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(isComplete, Is.True, $"{total} messages came");
            Assert.That(wrong, Is.Zero);
            Assert.That(next, Is.All.EqualTo(MessagesPerProducer));
            Assert.That(consumer.DamageCount, Is.Zero);
            Assert.That(consumer.Size, Is.Zero);
            Assert.That(producers.All(static thread => thread.Join(Limit)), Is.True);
        }
    }

    [Test]
    public void Correlation_ids_of_several_threads_are_all_different()
    {
        using var memory = new NativeBlock(1024 + ManyToOneRingBuffer.TrailerLength);
        UnsafeBuffer buffer = memory.Buffer;
        long[][] ids = new long[Producers][];
        Parallel.For(0, Producers, producer =>
        {
            var ring = new ManyToOneRingBuffer(buffer);
            ids[producer] = [.. Enumerable.Range(0, 10_000).Select(_ => ring.NextCorrelationId())];
        });
        Assert.That(ids.SelectMany(static own => own).Distinct().Count(), Is.EqualTo(Producers * 10_000));
    }

    private static int Length(int number, int capacity) => 8 + (number % ((capacity / 8) - 7));

    private static Thread Start(UnsafeBuffer buffer, int producer)
    {
        var thread = new Thread(() =>
        {
            // Each writer maps the ring for itself, as clients in other processes do.
            var ring = new ManyToOneRingBuffer(buffer);
            byte[] message = new byte[ring.MaxMessageLength];
            BitConverter.TryWriteBytes(message, producer);
            for (int number = 0; number < MessagesPerProducer; number++)
            {
                int length = Length(number, ring.Capacity);
                BitConverter.TryWriteBytes(message.AsSpan(4), number);
                message.AsSpan(8).Fill((byte)number);
                while (!ring.TryWrite(TypeId, message.AsSpan(0, length)))
                {
                    Thread.Yield();
                }
            }
        })
        { IsBackground = true };
        thread.Start();
        return thread;
    }
}
