using System.Buffers.Binary;
using System.IO.Compression;

namespace OrderPlatform.HdrHistogram.Tests;

/// <summary>Bytes that are no histogram: each gets the error that says what is wrong, and nothing else ever happens.</summary>
[TestFixture]
internal sealed class CorruptionTests
{
    private const int HeaderLength = 40;

    [Test]
    public void Too_few_bytes_are_truncated()
    {
        AssertFault([], HistogramFault.Truncated, 0);
        AssertFault([0x1C, 0x84], HistogramFault.Truncated, 2);
        AssertFault(Small()[..39], HistogramFault.Truncated, 39);
        AssertFault(Small()[..^1], HistogramFault.Truncated, Small().Length - 1);
        AssertFault(HistogramEncoder.EncodeCompressed(Golden.Recorded("small"))[..^1], HistogramFault.Truncated, null);
    }

    [TestCase(0x12345678u, HistogramFault.UnknownCookie, "0x12345678")]
    [TestCase(0x1C849311u, HistogramFault.UnsupportedForm, "version 1")]
    [TestCase(0x1C849382u, HistogramFault.UnsupportedForm, "version 1")]
    [TestCase(0x1C849308u, HistogramFault.UnsupportedForm, "version 0")]
    [TestCase(0x1C849309u, HistogramFault.UnsupportedForm, "version 0")]
    [TestCase(0x0C72124Eu, HistogramFault.UnsupportedForm, "a histogram of doubles")]
    [TestCase(0x0C72124Fu, HistogramFault.UnsupportedForm, "compressed histogram of doubles")]
    public void Another_cookie_is_named(uint cookie, HistogramFault kind, string named)
    {
        byte[] bytes = Small();
        BinaryPrimitives.WriteUInt32BigEndian(bytes, cookie);
        AssertFault(bytes, kind, 0, named);
    }

    [Test]
    public void The_reference_s_histogram_of_doubles_is_named() =>
        AssertFault(Golden.Json("double.json").GetProperty("v2").GetBytesFromBase64(), HistogramFault.UnsupportedForm, 0, "doubles");

    [TestCase(4, 0x7FFFFFFF, HistogramFault.InvalidLength, "2147483647")]
    [TestCase(4, -1, HistogramFault.InvalidLength, "-1")]
    [TestCase(4, 3, HistogramFault.TrailingBytes, "3 bytes lie behind")]
    [TestCase(8, 7, HistogramFault.UnsupportedForm, "shifted by 7")]
    [TestCase(12, 6, HistogramFault.InvalidParameters, "6 significant digits")]
    [TestCase(12, -1, HistogramFault.InvalidParameters, "-1 significant digits")]
    [TestCase(16, -1, HistogramFault.InvalidParameters, "lowest discernible value")]
    [TestCase(24, -1, HistogramFault.InvalidParameters, "highest trackable value")]
    [TestCase(32, 0x40000000, HistogramFault.UnsupportedForm, "multiplied by 2")]
    public void A_field_of_the_header_that_cannot_be_is_named(int offset, int value, HistogramFault kind, string named)
    {
        byte[] bytes = Small();
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(offset), value);
        AssertFault(bytes, kind, kind == HistogramFault.TrailingBytes ? HeaderLength + 3 : offset, named);
    }

    [Test]
    public void A_payload_that_cannot_be_is_named_with_its_place()
    {
        AssertFault(With(2, 0x80), HistogramFault.TruncatedNumber, HeaderLength + 1);
        AssertFault(With(Number(-(1L << 40))), HistogramFault.ZeroRunTooLong, HeaderLength, "1099511627776");
        AssertFault(With(Number(long.MinValue)), HistogramFault.ZeroRunTooLong, HeaderLength, "9223372036854775808");
        AssertFault(With([2, .. Number(-1_000_000)]), HistogramFault.IndexBeyondCounts, HeaderLength + 1, "1000000 empty cells");
        AssertFault(With([.. Number(-23552), 2]), HistogramFault.IndexBeyondCounts, HeaderLength + 3, "cell 23552 of 23552");
        AssertFault(With([.. Number(long.MaxValue - (1L << 57)), .. Number(1L << 57)]), HistogramFault.CountOverflow, HeaderLength + 9);
    }

    [Test]
    public void More_memory_than_allowed_is_refused_before_it_is_taken()
    {
        byte[] bytes = HistogramEncoder.Encode(new LongHistogram(1, long.MaxValue, 5));
        AssertFault(bytes, HistogramFault.TooLarge, 24, "are allowed", new HistogramDecoderOptions { CountsBytesMax = 1 << 20 });
        Assert.That(HistogramDecoder.Decode(bytes).TotalCount, Is.Zero);
    }

    [Test]
    public void Damaged_compression_is_named()
    {
        byte[] good = HistogramEncoder.EncodeCompressed(Golden.Recorded("small"));
        AssertFault(Changed(good, 8, 0xFF), HistogramFault.DamagedCompression, 8);
        AssertFault(Changed(good, good.Length - 1, 1), HistogramFault.DamagedCompression, null);
        AssertFault([.. good, 0], HistogramFault.TrailingBytes, good.Length);
        AssertFault([.. good[..4], 0, 0, 0, 3, .. good[8..]], HistogramFault.InvalidLength, 4);
        AssertFault([.. good[..4], 0, 0, 0, (byte)(good.Length - 8 + 1), .. good[8..], 0], HistogramFault.DamagedCompression, good.Length + 1 - 4, "Adler-32");
    }

    [Test]
    public void What_inflates_to_something_else_is_named()
    {
        byte[] plain = Small();
        AssertFault(Compressed([.. plain, 0]), HistogramFault.TrailingBytes, plain.Length);
        AssertFault(Compressed(plain[..^1]), HistogramFault.Truncated, plain.Length - 1);
        AssertFault(Compressed(plain[..7]), HistogramFault.Truncated, 7);
        AssertFault(Compressed(Compressed(plain).Concat(plain).ToArray()), HistogramFault.UnsupportedForm, 0, "another compressed");
        AssertFault(Compressed(new byte[50_000_000]), HistogramFault.UnknownCookie, 0);
    }

    [Test]
    public void A_bomb_is_not_inflated_beyond_what_its_header_may_say()
    {
        byte[] header = HistogramEncoder.Encode(new LongHistogram(1, long.MaxValue, 5))[..HeaderLength];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), 40_000_000);
        AssertFault(Compressed(header), HistogramFault.InvalidLength, 4, "cannot inflate");
        AssertFault(Compressed([.. header, .. new byte[40_000_000]]), HistogramFault.IndexBeyondCounts, null);
        AssertFault(Compressed([.. header, .. new byte[40_000_001]]), HistogramFault.TrailingBytes, null);
    }

    [TestCase("")]
    [TestCase("HIST")]
    [TestCase("not base64!")]
    [TestCase("HISTFAAAACZ4nJNpmSzMwMDAxgABzFCaEURcm7yEwf4DRICJhe27PAcAcFEFt")]
    public void Text_that_is_no_histogram_is_refused(string text) =>
        Assert.That(() => HistogramDecoder.DecodeBase64(text), Throws.InstanceOf<HistogramFormatException>());

    private static byte[] Small() => HistogramEncoder.Encode(Golden.Recorded("small"));

    private static byte[] Number(long value)
    {
        byte[] bytes = new byte[ZigZagNumber.BytesMax];
        return bytes[..ZigZagNumber.Write(bytes, value)];
    }

    private static byte[] With(params byte[] payload)
    {
        byte[] bytes = [.. Small()[..HeaderLength], .. payload];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), payload.Length);
        return bytes;
    }

    private static byte[] Changed(byte[] bytes, int offset, byte mask)
    {
        byte[] changed = [.. bytes];
        changed[offset] ^= mask;
        return changed;
    }

    private static byte[] Compressed(byte[] plain)
    {
        using var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(plain);
        byte[] bytes = [0x1C, 0x84, 0x93, 0x14, 0, 0, 0, 0, .. stream.ToArray()];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), bytes.Length - 8);
        return bytes;
    }

    private static void AssertFault(byte[] bytes, HistogramFault kind, long? offset, string named = "", HistogramDecoderOptions? options = null)
    {
        HistogramFormatException? error = Assert.Throws<HistogramFormatException>(() => HistogramDecoder.Decode(bytes, options));
        Assert.That(error!.Kind, Is.EqualTo(kind), error.Message);
        Assert.That(error.Message, Does.Contain(named));
        if (offset is not null)
            Assert.That(error.Offset, Is.EqualTo(offset), error.Message);
    }
}
