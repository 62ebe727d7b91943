using System.Reflection;
using System.Runtime.InteropServices;
using OrderPlatform.Journal.Tests.Devices;

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

    [Test]
    public void Bytes_of_durable_marks_are_pinned()
    {
        var device = new MemoryDevice();
        JournalOptions options = JournalFolder.Small with { Device = device, Durability = JournalDurability.EveryBatch, HasThreads = false };
        using (JournalWriter writer = JournalWriter.Create("shard", options))
        {
            writer.Append(1, 0x11, 1, 0, [1]);
            writer.Sync();
            writer.Append(2, 0x22, 1, 0, [2]);
        }

        // Header, input 1, mark, input 2, and the mark of the clean close.
        Span<byte> bytes = device.FileOf(device.List("shard", ".journal").Single()).Bytes;
        Assert.That(Convert.ToHexString(bytes[56..60]), Is.EqualTo("01000000"));
        AssertMark(bytes[192..256], sequence: 1, timestamp: 0x11, place: 192, previous: bytes[132..136]);
        AssertMark(bytes[320..384], sequence: 2, timestamp: 0x22, place: 320, previous: bytes[260..264]);
        Assert.That(bytes[384..].ContainsAnyExcept((byte)0), Is.False);
    }

    [TestCase(typeof(SegmentHeader), 1, 13)]
    [TestCase(typeof(RecordHeader), 4, 7)]
    public void The_table_of_the_readme_is_that_of_the_code(Type header, int column, int count)
    {
        (string Name, int First, int Last)[] told = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "README.md"))
            .SkipWhile(static line => !line.StartsWith("| segment header |", StringComparison.Ordinal)).Skip(2).TakeWhile(static line => line.StartsWith('|'))
            .Select(line => line.Split('|')).Where(cells => cells[column].Trim().Length > 0)
            .Select(cells => (Name: cells[column].Trim(), Bytes: cells[column + 1].Split('-')))
            .Select(static one => (one.Name, int.Parse(one.Bytes[0]), int.Parse(one.Bytes[1])))];
        (string Name, int First, int Last)[] coded = [.. header.GetFields(BindingFlags.Public | BindingFlags.Instance)
            .Select(static field => (field.Name, First: field.GetCustomAttribute<FieldOffsetAttribute>()!.Value, field.FieldType))
            .Select(static field => (field.Name, field.First, field.First + Marshal.SizeOf(field.FieldType) - 1)).OrderBy(static field => field.Item2)];
        Assert.That(told, Is.EqualTo(coded));
        Assert.That(told, Has.Length.EqualTo(count));
    }

    private static void AssertMark(Span<byte> bytes, byte sequence, byte timestamp, ushort place, Span<byte> previous)
    {
        Assert.That(Convert.ToHexString(bytes[..4]), Is.EqualTo("30000000"));
        Assert.That(BitConverter.ToUInt32(bytes[4..]), Is.EqualTo(NaiveCrc([.. bytes[..4], .. bytes[8..]])));
        Assert.That(Convert.ToHexString(bytes[8..28]), Is.EqualTo($"{sequence:X2}00000000000000{timestamp:X2}00000000000000" + "0000" + "0040"));
        Assert.That(bytes[28..32].SequenceEqual(previous), Is.True);
        Assert.That((BitConverter.ToInt64(bytes[32..]), BitConverter.ToInt64(bytes[40..])), Is.EqualTo(((long)place, (long)sequence)));
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
