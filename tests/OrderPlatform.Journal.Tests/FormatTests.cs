namespace OrderPlatform.Journal.Tests;

public sealed class FormatTests
{
    [Test]
    public void Bytes_of_a_segment_are_pinned()
    {
        using var folder = new JournalFolder();
        JournalOptions options = JournalFolder.Small with { Clock = new FixedClock() };
        using (JournalWriter writer = JournalWriter.Create(folder.FullPath, options))
        {
            writer.Append(1, 0x1122334455667788, 0x0A0B, 0x0002, [1, 2, 3, 4, 5]);
            writer.Append(1, 0x1122334455667789, 0x0C0D, JournalFlags.Control, []);
        }

        Assert.That(Path.GetFileName(folder.Segments.Single()), Is.EqualTo("00000000000000000001.journal"));
        byte[] bytes = File.ReadAllBytes(folder.Segments[0]);
        Assert.That(bytes, Has.Length.EqualTo(4096));
        string header = Convert.ToHexString(bytes.AsSpan(0, 128));
        Assert.That(header[..112], Is.EqualTo(
            "4F504A4F55524E4C" + "0200" + "8000" + "0700" + "0200" + "03000000" + "00000000"
            + "0010000000000000" + "0100000000000000" + "0000000000000000" + "00E40B5402000000"));
        Assert.That(header[112..248], Is.EqualTo(new string('0', 136)));
        uint headerCrc = BitConverter.ToUInt32(bytes, 124);
        Assert.That(headerCrc, Is.EqualTo(NaiveCrc(bytes.AsSpan(0, 124))));

        // Record at 128: length 37, padded to 64.
        Assert.That(Convert.ToHexString(bytes.AsSpan(128, 4)), Is.EqualTo("25000000"));
        Assert.That(Convert.ToHexString(bytes.AsSpan(136, 20)), Is.EqualTo("0100000000000000" + "8877665544332211" + "0B0A" + "0200"));
        Assert.That(BitConverter.ToUInt32(bytes, 156), Is.EqualTo(headerCrc));
        Assert.That(Convert.ToHexString(bytes.AsSpan(160, 32)), Is.EqualTo("0102030405" + new string('0', 54)));
        uint recordCrc = BitConverter.ToUInt32(bytes, 132);
        Assert.That(recordCrc, Is.EqualTo(NaiveCrc([.. bytes.AsSpan(128, 4), .. bytes.AsSpan(136, 56)])));

        // Control record at 192 chains to the one before; the rest is zero.
        Assert.That(BitConverter.ToUInt32(bytes, 192 + 28), Is.EqualTo(recordCrc));
        Assert.That(bytes.AsSpan(224).ContainsAnyExcept((byte)0), Is.False);
    }

    [Test]
    public void Checksum_is_the_standard_crc32c() =>
        // The check value of CRC-32C: RFC 3720's polynomial over the digits 1 to 9.
        Assert.That(Crc32C.Of("123456789"u8), Is.EqualTo(0xE3069283u));

    [Test]
    public unsafe void Headers_have_their_sizes()
    {
        Assert.That(sizeof(RecordHeader), Is.EqualTo(32));
        Assert.That(sizeof(SegmentHeader), Is.EqualTo(128));
    }

    private static uint NaiveCrc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in bytes)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }

        return ~crc;
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(10);
    }
}
