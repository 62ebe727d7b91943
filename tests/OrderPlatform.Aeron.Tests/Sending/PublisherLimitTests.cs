using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;
using OrderPlatform.Aeron.Tests.LogBuffers;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>How much room the writers get.</summary>
[TestFixture]
internal sealed class PublisherLimitTests
{
    private const int TermLength = LogBufferDescriptor.TermLengthMin;
    private const int Window = TermLength / 2;

    [Test]
    public void Without_receivers_there_is_no_room()
    {
        using var bench = new SendingBench();
        bench.Settle();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.PublisherLimit.Get(), Is.Zero);
            Assert.That(bench.IsConnectedInLog, Is.False);
        }
    }

    [Test]
    public void With_a_receiver_there_is_room_for_a_window_from_where_the_sender_is()
    {
        using var bench = new SendingBench();
        bench.Connect();
        Assert.That(bench.PublisherLimit.Get(), Is.EqualTo(Window));
        Assert.That(bench.IsConnectedInLog, Is.True);
        long end = bench.Offer(1000, 3);
        bench.Settle();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.SenderPosition.Get(), Is.EqualTo(end));
            Assert.That(bench.PublisherPosition.Get(), Is.EqualTo(end));
            Assert.That(bench.PublisherLimit.Get(), Is.EqualTo(end + Window));
        }
    }

    [Test]
    public void When_the_last_receiver_is_gone_the_room_is_taken_back_until_one_speaks_again()
    {
        using var bench = new SendingBench();
        bench.Connect();
        long end = bench.Offer(1000);
        bench.Settle();
        bench.SettleAfter(TimeSpan.FromSeconds(5));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.PublisherLimit.Get(), Is.EqualTo(end));
            Assert.That(bench.IsConnectedInLog, Is.False);
            Assert.That(bench.Publication.IsConnected, Is.False);
        }

        bench.ArriveStatusMessage(end);
        bench.Settle();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.PublisherLimit.Get(), Is.EqualTo(end + Window));
            Assert.That(bench.IsConnectedInLog, Is.True);
        }
    }

    [Test]
    public void A_receiver_that_is_finished_is_gone_at_once()
    {
        using var bench = new SendingBench();
        bench.Connect();
        bench.ArriveStatusMessage(0, flags: FrameFlags.StatusEndOfStream);
        bench.Settle();
        Assert.That(bench.IsConnectedInLog, Is.False);
        Assert.That(bench.PublisherLimit.Get(), Is.Zero);
    }

    [Test]
    public void Without_the_receivers_that_the_channel_asks_for_there_is_no_room()
    {
        using var bench = new SendingBench(new BenchSettings { Uri = BenchSettings.Dynamic + "|fc=min,g:/2" });
        bench.ArriveStatusMessage(0, receiverId: 1, source: FakeTransport.Address("127.0.0.1:5001"));
        bench.Settle();
        Assert.That(bench.PublisherLimit.Get(), Is.Zero);
        bench.ArriveStatusMessage(0, receiverId: 2, source: FakeTransport.Address("127.0.0.1:5002"));
        bench.Settle();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.PublisherLimit.Get(), Is.EqualTo(Window));
            Assert.That(bench.IsConnectedInLog, Is.True);
            Assert.That(bench.FlowControlReceivers.Get(), Is.EqualTo(2));
        }
    }

    [Test]
    public void A_stream_that_begins_further_on_has_its_counters_there()
    {
        using var bench = new SendingBench(new BenchSettings { InitialTermId = 5, StartTermId = 8, StartTermOffset = 96 });
        const long Start = (3 * TermLength) + 96;
        bench.Settle();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.SenderPosition.Get(), Is.EqualTo(Start));
            Assert.That(bench.SenderLimit.Get(), Is.EqualTo(Start));
            Assert.That(bench.PublisherPosition.Get(), Is.EqualTo(Start));
            Assert.That(bench.PublisherLimit.Get(), Is.EqualTo(Start));
        }
    }

    [TestCase(21)]
    [TestCase(22)]
    public void Whatever_the_writers_and_receivers_do_a_writer_finds_zeros_ahead_and_nothing_is_sent_beyond_the_limit(int seed)
    {
        var random = new Random(seed);
        using var bench = new SendingBench(new BenchSettings { InitialTermId = int.MaxValue - 3, StartTermId = int.MaxValue - 3 });
        bench.Connect();
        long received = 0;
        for (int step = 0; step < 3_000; step++)
        {
            for (int count = random.Next(4); count > 0; count--)
            {
                byte[] payload = new byte[random.Next(5) == 0 ? random.Next(8000) : random.Next(1000)];
                random.NextBytes(payload);
                bench.Appender.Offer(payload, bench.PublisherLimit.Get());
            }

            received = random.Next(4) == 0 ? received : bench.SenderPosition.Get();
            bench.ArriveStatusMessage(received, window: random.Next(Window + 1));
            bench.Clock.AdvanceNanos(random.Next(1_000_000));
            bench.Settle();
            if (!AreZerosAhead(bench))
                Assert.Fail($"seed {seed} step {step}");
        }

        Assert.That(bench.SenderPosition.Get(), Is.GreaterThan(20L * TermLength));
        AssertContiguous(bench);
    }

    [Test]
    public void A_cleaner_ends_a_call_at_the_end_of_a_term_and_goes_on_with_the_next()
    {
        using var memory = new MemoryLog(termLength: TermLength);
        foreach (UnsafeBuffer term in memory.Log.Terms)
        {
            term.AsSpan(0, TermLength).Fill(0xff);
        }

        var cleaner = new LogCleaner(memory.Log, 64);
        cleaner.CleanTo(32);
        Assert.That(cleaner.Position, Is.EqualTo(64));
        cleaner.CleanTo(TermLength + 128);
        Assert.That(cleaner.Position, Is.EqualTo(TermLength));
        cleaner.CleanTo(TermLength + 128);
        Assert.That(cleaner.Position, Is.EqualTo(TermLength + 128));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(memory.Bytes(0, 0, 64), Is.All.EqualTo(0xff));
            Assert.That(memory.Bytes(0, 64, TermLength - 64), Is.All.Zero);
            Assert.That(memory.Bytes(1, 0, 128), Is.All.Zero);
            Assert.That(memory.Bytes(1, 128, TermLength - 128), Is.All.EqualTo(0xff));
            Assert.That(cleaner.Allows((3L * TermLength) + 128), Is.True);
            Assert.That(cleaner.Allows((3L * TermLength) + 160), Is.False);
        }
    }

    /// <summary>From the writers' position to the limit and a message beyond, or the end of that term.</summary>
    private static bool AreZerosAhead(SendingBench bench)
    {
        int bits = LogPosition.PositionBitsToShift(TermLength);
        long position = bench.Publication.ProducerPosition;
        long end = bench.PublisherLimit.Get() + LogBufferDescriptor.MaxMessageLength(TermLength);
        while (position < end)
        {
            int offset = LogPosition.TermOffset(position, TermLength);
            int length = (int)Math.Min(end - position, TermLength - offset);
            if (bench.Log.Terms[LogPosition.PartitionIndex(position, bits)].AsSpan(offset, length).ContainsAnyExcept((byte)0))
                return false;
            position += length;
        }

        return true;
    }

    private static void AssertContiguous(SendingBench bench)
    {
        int bits = LogPosition.PositionBitsToShift(TermLength);
        long expected = 0;
        foreach ((byte[] bytes, _) in bench.Sent)
        {
            int offset = 0;
            while (offset < bytes.Length)
            {
                DataHeader header = SendingBench.DataHeaderOf(bytes[offset..]);
                if (header.Frame.FrameLength == 0 || header.Frame.Type == FrameType.Setup)
                    break;
                if (LogPosition.Compute(header.TermId, header.TermOffset, bits, int.MaxValue - 3) != expected)
                    Assert.Fail($"not contiguous at {expected}");
                int aligned = BitAlignment.Align(header.Frame.FrameLength, LogBufferDescriptor.FrameAlignment);
                expected += aligned;
                offset += header.Frame.Type == FrameType.Pad ? DataHeader.LengthBytes : aligned;
            }

            if (bytes.Length > MemoryLog.MtuLength)
                Assert.Fail($"a datagram of {bytes.Length} bytes");
        }

        Assert.That(expected, Is.EqualTo(bench.SenderPosition.Get()));
    }
}
