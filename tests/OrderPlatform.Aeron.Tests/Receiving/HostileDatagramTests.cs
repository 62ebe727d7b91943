using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Limits;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>Whatever arrives: nothing is written outside a log, what cannot be is refused and counted, and the error log names each kind once.</summary>
[TestFixture]
internal sealed class HostileDatagramTests
{
    private const int Count = 1_000_000;
    private const int TermLength = 65536;
    private const int Mtu = 1408;

    [TestCase(20261126)]
    public void A_million_random_and_mutated_datagrams_do_no_harm(int seed)
    {
        var random = new Random(seed);
        using var world = new ReceiverWorld();
        ImageUnderTest image = world.AddImage(out FakeTransport transport);
        transport.IsRecording = false;
        byte[][] seeds = Seeds();
        long refusedForCertain = 0;
        for (int count = 0; count < Count; count++)
        {
            byte[] datagram = Hostile(random, seeds);
            if (MustBeRefused(datagram))
                refusedForCertain++;
            transport.Arrive(datagram, ReceiverWorld.Publisher);
            if (count % 8 == 7)
                world.Step();
            if (count % 50_000 == 0)
                world.Clock.Advance(TimeSpan.FromMilliseconds(300));
        }

        world.Step();
        Assert.That(world.Counter(SystemCounterId.InvalidPackets), Is.GreaterThanOrEqualTo(refusedForCertain));
        Assert.That(refusedForCertain, Is.GreaterThan(Count / 10));
        Assert.That(world.Counter(SystemCounterId.InvalidPackets), Is.LessThan(Count));
        world.AssertGuardsAreIntact();
        string[] kinds = [.. world.ErrorLog.Observations.Select(Kind)];
        Assert.That(kinds, Is.Unique);
        Assert.That(kinds, Is.Not.Empty.And.Length.LessThanOrEqualTo(Enum.GetValues<Refusal>().Length));
        Assert.That(image.Image.RebuildPosition, Is.LessThanOrEqualTo(image.Image.HighWaterMark));
    }

    [TestCaseSource(nameof(Refused))]
    public void What_cannot_be_is_refused_whole(string what, byte[] datagram)
    {
        using var world = new ReceiverWorld();
        ImageUnderTest image = world.AddImage(out FakeTransport transport);
        transport.Arrive(datagram, ReceiverWorld.Publisher);
        transport.Arrive(datagram, ReceiverWorld.Publisher);
        world.Step();
        Assert.That(world.Counter(SystemCounterId.InvalidPackets), Is.EqualTo(2), what);
        Assert.That(world.ErrorLog.Observations, Has.Count.EqualTo(1), what);
        Assert.That(image.Image.HighWaterMark, Is.Zero, what);
        foreach (UnsafeBuffer term in image.Image.Log.Terms)
        {
            Assert.That(term.AsSpan(0, TermLength).ContainsAnyExcept((byte)0), Is.False, what);
        }
    }

    [Test]
    public void Frame_types_that_a_receiver_does_not_know_are_ignored()
    {
        using var world = new ReceiverWorld();
        world.AddImage(out FakeTransport transport);
        FrameType[] others =
            [FrameType.Nak, FrameType.StatusMessage, FrameType.Error, FrameType.Resolution, FrameType.ResponseSetup, (FrameType)0x0A, (FrameType)(-1)];
        foreach (FrameType type in others)
        {
            transport.Arrive(Frame.Of(new FrameHeader { FrameLength = 36, Type = type }, 36), ReceiverWorld.Publisher);
        }

        world.Step();
        Assert.That(world.Counter(SystemCounterId.InvalidPackets), Is.Zero);
    }

    [Test]
    public void A_frame_that_overlaps_later_ones_in_a_hole_takes_them_out_and_the_stream_heals()
    {
        using var world = new ReceiverWorld();
        ImageUnderTest image = world.AddImage(out FakeTransport transport);
        // What does not belong to the stream lies where the second message is missing.
        transport.Arrive(Frame.Data(7, 0, 32), ReceiverWorld.Publisher);
        transport.Arrive(Frame.Data(7, 128, 32), ReceiverWorld.Publisher);
        transport.Arrive(Frame.Data(7, 256, 32), ReceiverWorld.Publisher);
        world.Step();
        transport.Arrive(Frame.Data(7, 64, 160), ReceiverWorld.Publisher);
        world.Step();
        world.Step();
        image.Consume();
        Assert.That(world.ErrorLog.Observations.Select(Kind), Is.EqualTo(new[] { nameof(Refusal.FramesNotContiguous) }));
        Assert.That(image.Messages.Select(static message => message.TermOffset), Is.EqualTo(new[] { 0, 64, 256 }));
        Assert.That(image.Messages[1].Payload, Is.EqualTo(Frame.Data(7, 64, 160)[DataHeader.LengthBytes..]));
    }

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Case("shorter than any frame", new byte[7]);
        yield return Case("shorter than a data header", Frame.Data(7, 0, 0)[..31]);
        yield return Case("another version", Changed(Frame.Data(7, 0, 32), static bytes => bytes[4] = 1));
        yield return Case("another version of the second frame", Changed(Frame.Join(Frame.Data(7, 0, 0), Frame.Data(7, 32, 0)), static bytes => bytes[36] = 1));
        yield return Case("not a multiple of 32", Frame.Data(7, 0, 32)[..63]);
        yield return Case("bytes after the last frame", Frame.Join(Frame.Data(7, 0, 32), new byte[32]));
        yield return Case("a frame longer than its datagram", Changed(Frame.Data(7, 0, 32), static bytes => BitConverter.TryWriteBytes(bytes, 96)));
        yield return Case("a frame of negative length", Changed(Frame.Data(7, 0, 32), static bytes => BitConverter.TryWriteBytes(bytes, -64)));
        yield return Case("a frame of the greatest length", Changed(Frame.Data(7, 0, 32), static bytes => BitConverter.TryWriteBytes(bytes, int.MaxValue)));
        yield return Case("a frame shorter than its header", Changed(Frame.Data(7, 0, 32), static bytes => BitConverter.TryWriteBytes(bytes, 31)));
        yield return Case("a gap between frames", Frame.Join(Frame.Data(7, 0, 32), Frame.Data(7, 96, 32)));
        yield return Case("frames of two terms", Frame.Join(Frame.Data(7, 0, 32), Frame.Data(8, 64, 32)));
        yield return Case("frames of two sessions", Frame.Join(Frame.Data(7, 0, 32), Frame.Data(7, 64, 32, sessionId: 5)));
        yield return Case("a SETUP inside", Frame.Join(Frame.Data(7, 0, 0), Frame.Of(Frame.Header(7, 32, 32, type: FrameType.Setup))));
        yield return Case("outside the term", Frame.Data(7, TermLength, 32));
        yield return Case("before the term", Frame.Data(7, -64, 32));
        yield return Case("across the end of the term", Frame.Data(7, TermLength - 32, 32));
        yield return Case("padding across the end of the term", Frame.Pad(7, TermLength - 64, 96));
        yield return Case("padding of the greatest length", Frame.Pad(7, 0, int.MaxValue));
        yield return Case("an offset that is not aligned", Frame.Data(7, 8, 32));
        yield return Case("a heartbeat that is not aligned", Frame.Heartbeat(7, 8));
        yield return Case("a heartbeat outside the term", Frame.Heartbeat(7, TermLength));
        yield return Case("a term before the first", Frame.Data(6, 0, 32));
        yield return Case("longer than the MTU", Frame.Data(7, 0, Mtu));
        yield return Case("a SETUP that is cut", Frame.Setup()[..39]);
        yield return Case("a SETUP of too short a frame", Changed(Frame.Setup(), static bytes => BitConverter.TryWriteBytes(bytes, 32)));
        yield return Case("a SETUP of too long a frame", Changed(Frame.Setup(), static bytes => BitConverter.TryWriteBytes(bytes, 44)));
        yield return Case("a SETUP of an odd term length", Frame.Setup(termLength: 65568));
        yield return Case("a SETUP of too short a term", Frame.Setup(termLength: 32768));
        yield return Case("a SETUP of a negative term", Frame.Setup(termLength: int.MinValue));
        yield return Case("a SETUP of an MTU of nothing", Frame.Setup(mtu: 32));
        yield return Case("a SETUP of an odd MTU", Frame.Setup(mtu: 1400));
        yield return Case("a SETUP of too great an MTU", Frame.Setup(mtu: 65536));
        yield return Case("a SETUP before the first term", Frame.Setup(activeTermId: 6));
        yield return Case("a SETUP outside the term", Frame.Setup(termOffset: TermLength));
        yield return Case("a SETUP that is not aligned", Frame.Setup(termOffset: 16));
        yield return Case("a measurement that is cut", Frame.Of(new FrameHeader { FrameLength = 40, Type = FrameType.RttMeasurement }, 39));
    }

    private static TestCaseData Case(string what, byte[] datagram) => new TestCaseData(what, datagram).SetArgDisplayNames(what);

    private static byte[] Changed(byte[] bytes, Action<byte[]> change)
    {
        change(bytes);
        return bytes;
    }

    private static string Kind(string observation) => observation.Split("refused, ")[1].Split(';')[0];

    private static byte[][] Seeds() =>
    [
        Frame.Setup(),
        Frame.Data(7, 0, 100),
        Frame.Data(7, 4096, 1000),
        Frame.Join(Frame.Data(7, 320, 10), Frame.Data(7, 384, 30), Frame.Data(7, 448, 0)),
        Frame.Pad(7, 32768 - 512, 256),
        Frame.Heartbeat(7, 8192),
        Frame.Heartbeat(7, 8192, sessionId: 5),
        Frame.Data(7, 0, 100, sessionId: 6),
        Frame.Of(new RttMeasurementFrame
        {
            Frame = new FrameHeader { FrameLength = 40, Flags = FrameFlags.RttReply, Type = FrameType.RttMeasurement },
            SessionId = Frame.SessionId,
            StreamId = Frame.StreamId,
        }),
    ];

    private static byte[] Hostile(Random random, byte[][] seeds)
    {
        if (random.Next(4) == 0)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            return bytes;
        }

        byte[] seed = seeds[random.Next(seeds.Length)];
        byte[] datagram = random.Next(8) == 0 ? seed[..random.Next(seed.Length + 1)] : [.. seed];
        for (int count = random.Next(4); count > 0 && datagram.Length > 0; count--)
        {
            Mutate(random, datagram);
        }

        return datagram;
    }

    private static void Mutate(Random random, byte[] datagram)
    {
        int field = 4 * random.Next(10);
        if (random.Next(2) == 0 || field + sizeof(int) > datagram.Length)
        {
            datagram[random.Next(datagram.Length)] ^= (byte)(1 << random.Next(8));
            return;
        }

        int[] values = [0, -1, 1, 31, 32, 33, 64, 4096, 65504, 65536, int.MaxValue, int.MinValue, random.Next(), random.Next(2048) * 32];
        BitConverter.TryWriteBytes(datagram.AsSpan(field), values[random.Next(values.Length)]);
    }

    /// <summary>What no rule lets in, said in other words than the driver's: of too few bytes, or of the known session and not a row of whole frames.</summary>
    private static bool MustBeRefused(byte[] datagram)
    {
        if (datagram.Length < FrameHeader.LengthBytes)
            return true;
        FrameHeader frame = Frame.As<FrameHeader>(datagram);
        if (frame.Version != 0)
            return true;
        if (frame.Type is not (FrameType.Data or FrameType.Pad))
            return false;
        if (datagram.Length < DataHeader.LengthBytes)
            return true;
        DataHeader header = Frame.As<DataHeader>(datagram);
        if (header.SessionId != Frame.SessionId || header.StreamId != Frame.StreamId)
            return false;
        bool isHeartbeat = datagram.Length == DataHeader.LengthBytes && frame.FrameLength == 0 && frame.Type == FrameType.Data;
        long end = isHeartbeat ? header.TermOffset : header.TermOffset + (long)frame.FrameLength;
        return datagram.Length % 32 != 0 || header.TermOffset % 32 != 0 || header.TermOffset < 0 || header.TermOffset >= TermLength || end > TermLength
            || (!isHeartbeat && frame.FrameLength < DataHeader.LengthBytes) || unchecked(header.TermId - 7) < 0;
    }
}
