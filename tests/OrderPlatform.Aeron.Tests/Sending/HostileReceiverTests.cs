using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;
using OrderPlatform.Aeron.Tests.LogBuffers;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>Whatever arrives, the sender sends frames of its stream and nothing else, and nothing beyond what it was allowed.</summary>
[TestFixture]
internal sealed class HostileReceiverTests
{
    private const int TermLength = LogBufferDescriptor.TermLengthMin;

    private static readonly UdpAddress[] Sources = [.. Enumerable.Range(1, 7).Select(static port => FakeTransport.Address($"127.0.0.1:{port}"))];

    [TestCase(31, BenchSettings.Unicast)]
    [TestCase(32, BenchSettings.Dynamic)]
    [TestCase(33, BenchSettings.Dynamic + "|fc=min")]
    [TestCase(34, BenchSettings.Dynamic + "|fc=tagged,g:0")]
    public void Frames_with_values_of_any_kind_break_nothing(int seed, string uri)
    {
        var random = new Random(seed);
        using var bench = new SendingBench(new BenchSettings { Uri = uri });
        for (int step = 0; step < 30_000; step++)
        {
            if (random.Next(4) == 0)
                bench.Appender.Offer(MemoryLog.Payload(step, random.Next(2000)), bench.PublisherLimit.Get());
            bench.Transport.Arrive(AnyFrame(random, bench), Sources[random.Next(Sources.Length)]);
            bench.Clock.AdvanceNanos(random.Next(8_000_000));
            long limitBefore = bench.SenderLimit.Get();
            long positionBefore = bench.SenderPosition.Get();
            bench.Sender.DoWork();
            bench.Publication.UpdatePublisherPositionAndLimit();
            string? wrong = WhatIsWrong(bench, Math.Max(limitBefore, positionBefore));
            if (wrong is not null)
                Assert.Fail($"seed {seed} step {step}: {wrong}");
            bench.Sent.Clear();
        }

        Assert.That(bench.SenderPosition.Get(), Is.Positive, "some of it was sent");
    }

    private static string? WhatIsWrong(SendingBench bench, long limit)
    {
        int bits = LogPosition.PositionBitsToShift(TermLength);
        foreach ((byte[] bytes, _) in bench.Sent)
        {
            DataHeader first = SendingBench.DataHeaderOf(bytes);
            if (first.Frame.Type is FrameType.Setup or FrameType.RttMeasurement || first.Frame.FrameLength == 0)
                continue;
            int offset = 0;
            while (offset < bytes.Length)
            {
                DataHeader header = SendingBench.DataHeaderOf(bytes[offset..]);
                if ((header.SessionId, header.StreamId, header.TermOffset) != (MemoryLog.SessionId, MemoryLog.StreamId, first.TermOffset + offset))
                    return $"no frame of the stream at {first.TermOffset} + {offset}";
                bool isPad = header.Frame.Type == FrameType.Pad;
                offset += isPad ? DataHeader.LengthBytes : BitAlignment.Align(header.Frame.FrameLength, LogBufferDescriptor.FrameAlignment);
            }

            long end = LogPosition.Compute(first.TermId, first.TermOffset, bits, 7) + bytes.Length;
            if (end > limit)
                return $"sent up to {end}, allowed {limit}";
        }

        return null;
    }

    private static byte[] AnyFrame(Random random, SendingBench bench)
    {
        byte[] frame = new byte[random.Next(5) == 0 ? random.Next(64) : random.Next(28, 45)];
        random.NextBytes(frame);
        if (frame.Length < 28 || random.Next(20) == 0)
            return frame;
        long position = bench.SenderPosition.Get() + (random.Next(-40, 40) * (random.Next(3) == 0 ? 1 : 1056));
        int type = random.Next(4) switch
        {
            0 => (int)FrameType.Nak,
            1 => random.Next(0, 12),
            _ => (int)FrameType.StatusMessage,
        };
        BitConverter.TryWriteBytes(frame.AsSpan(0), random.Next(10) == 0 ? random.Next() : frame.Length);
        frame[4] = 0;
        frame[5] = (byte)(random.Next(3) == 0 ? random.Next(256) : 0);
        BitConverter.TryWriteBytes(frame.AsSpan(6), (short)type);
        BitConverter.TryWriteBytes(frame.AsSpan(8), MemoryLog.SessionId);
        BitConverter.TryWriteBytes(frame.AsSpan(12), MemoryLog.StreamId);
        if (random.Next(10) != 0)
        {
            BitConverter.TryWriteBytes(frame.AsSpan(16), (int)(position / TermLength) + 7);
            BitConverter.TryWriteBytes(frame.AsSpan(20), (int)(position & (TermLength - 1)));
        }

        int any = random.Next(4) == 0 ? random.Next(int.MinValue, int.MaxValue) : random.Next(0, 40_000);
        BitConverter.TryWriteBytes(frame.AsSpan(24), any);
        if (frame.Length >= 36 && random.Next(10) != 0)
            BitConverter.TryWriteBytes(frame.AsSpan(28), (long)random.Next(6));
        if (frame.Length == 44)
            BitConverter.TryWriteBytes(frame.AsSpan(36), (long)random.Next(2));
        return frame;
    }
}
