using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.LogBuffers;

/// <summary>What fits one datagram.</summary>
[TestFixture]
internal sealed class TermScannerTests
{
    private const int TermLength = LogBufferDescriptor.TermLengthMin;
    private const int Mtu = 1408;

    private NativeBlock _memory = null!;

    private UnsafeBuffer Term => _memory.Buffer;

    [SetUp]
    public void MakeTerm() => _memory = new NativeBlock(TermLength);

    [TearDown]
    public void FreeTerm() => _memory.Dispose();

    [Test]
    public void Nothing_committed_is_nothing_available()
    {
        Assert.That(Scan(0, Mtu), Is.EqualTo((0, 0)));
        Put(0, -64, FrameType.Data);
        Assert.That(Scan(0, Mtu), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Whole_frames_are_taken_as_long_as_they_fit()
    {
        Put(0, 33, FrameType.Data);
        Put(64, 1000, FrameType.Data);
        Put(1088, 400, FrameType.Data);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Scan(0, Mtu), Is.EqualTo((1088, 0)));
            Assert.That(Scan(0, 1504), Is.EqualTo((1504, 0)));
            Assert.That(Scan(0, 64), Is.EqualTo((64, 0)));
        }
    }

    [Test]
    public void A_first_frame_that_does_not_fit_says_its_length()
    {
        Put(32, 100, FrameType.Data);
        Assert.That(Scan(32, 96), Is.EqualTo((-128, 0)));
    }

    [Test]
    public void Of_a_pad_the_header_is_sent_and_nothing_follows_it()
    {
        Put(0, 64, FrameType.Data);
        Put(64, 256, FrameType.Pad);
        Put(320, 64, FrameType.Data);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Scan(0, Mtu), Is.EqualTo((96, 224)));
            Assert.That(Scan(64, 32), Is.EqualTo((32, 224)));
            Assert.That(Scan(0, 95), Is.EqualTo((64, 0)));
        }
    }

    [Test]
    public void A_pad_of_a_header_only_ends_its_datagram_too()
    {
        Put(0, 32, FrameType.Pad);
        Put(32, 64, FrameType.Data);
        Assert.That(Scan(0, Mtu), Is.EqualTo((32, 0)));
    }

    [Test]
    public void The_end_of_the_term_ends_the_scan()
    {
        Put(TermLength - 96, 64, FrameType.Data);
        Put(TermLength - 32, 32, FrameType.Data);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Scan(TermLength - 96, Mtu), Is.EqualTo((96, 0)));
            Assert.That(Scan(TermLength, Mtu), Is.EqualTo((0, 0)));
        }
    }

    [TestCase(1)]
    [TestCase(31)]
    [TestCase(TermLength - 64 + 1)]
    [TestCase(int.MaxValue)]
    public void A_length_that_cannot_be_is_not_followed(int frameLength)
    {
        Put(64, frameLength, FrameType.Pad);
        Assert.That(Scan(64, Mtu), Is.EqualTo((TermScanner.CorruptFrame, 0)));
        Put(0, 64, FrameType.Data);
        Assert.That(Scan(0, Mtu), Is.EqualTo((64, 0)));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Whatever_lies_in_a_term_the_scan_stays_inside_and_is_as_a_naive_one(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++)
        {
            FillWithNonsense(random);
            int offset = random.Next(0, (TermLength / 32) + 1) * 32;
            int max = random.Next(4) == 0 ? random.Next(0, 32 * 4) : random.Next(32, 3000);
            Assert.That(Scan(offset, max), Is.EqualTo(NaiveScan(offset, max)), $"seed {seed} round {round}");
        }
    }

    private void FillWithNonsense(Random random)
    {
        int offset = 0;
        while (offset < TermLength)
        {
            int length = random.Next(12) switch
            {
                0 => random.Next(int.MinValue, int.MaxValue),
                1 => 0,
                2 => random.Next(-100, 40),
                _ => random.Next(32, 2000),
            };
            Put(offset, length, random.Next(8) == 0 ? FrameType.Pad : FrameType.Data);
            offset += length is >= 32 and < 2000 ? BitAlignment.Align(length, 32) : 32;
        }
    }

    private (int Available, int Padding) NaiveScan(int offset, int max)
    {
        int available = 0;
        while (offset + available < TermLength)
        {
            long length = Term.GetInt(offset + available);
            bool isPad = Term.GetShort(offset + available + DataHeader.TypeOffset) == 0;
            if (length <= 0)
                break;
            if (length < 32 || offset + available + length > TermLength)
                return (available > 0 ? available : TermScanner.CorruptFrame, 0);
            int aligned = (int)((length + 31) / 32 * 32);
            int sent = isPad ? 32 : aligned;
            if (available + sent > max)
                return (available > 0 ? available : -sent, 0);
            available += sent;
            if (isPad)
                return (available, aligned - 32);
        }

        return (available, 0);
    }

    private (int Available, int Padding) Scan(int offset, int max)
    {
        int available = TermScanner.ScanForAvailability(Term, offset, max, out int padding);
        return (available, padding);
    }

    private void Put(int offset, int length, FrameType type)
    {
        Term.PutInt(offset, length);
        Term.PutShort(offset + DataHeader.TypeOffset, (short)type);
    }
}
