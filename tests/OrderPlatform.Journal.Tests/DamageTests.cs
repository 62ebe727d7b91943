namespace OrderPlatform.Journal.Tests;

/// <summary>Whatever happens to a byte: detected, reported as torn, or harmless; never a wrong record, never another exception.</summary>
public sealed class DamageTests
{
    private const int Inputs = 110;

    [TestCase(0x01)]
    [TestCase(0x80)]
    [TestCase(0xFF)]
    public void Any_flipped_byte_is_found(int flip)
    {
        using var folder = new JournalFolder();
        folder.Fill(Inputs);
        string[] segments = folder.Segments;
        Assert.That(segments, Has.Length.InRange(3, 4));
        long lastRecordOffset = EndOf(segments[^1]) - RecordHeader.Align(32 + JournalFolder.PayloadOf(Inputs).Length);
        foreach (string path in segments)
        {
            byte[] original = File.ReadAllBytes(path);
            for (int offset = 0; offset < original.Length; offset++)
            {
                Poke(path, offset, (byte)(original[offset] ^ flip));
                bool isAtEnd = path == segments[^1] && offset >= lastRecordOffset;
                AssertFound(folder, path, offset, isAtEnd, isInLastRecord: isAtEnd && offset < EndOf(original));
                Poke(path, offset, original[offset]);
            }
        }

        Assert.That(folder.ReadAll(), Is.EqualTo(((long)Inputs, (JournalTail?)null)));
    }

    [Test]
    public void Any_truncated_file_is_refused()
    {
        using var folder = new JournalFolder();
        folder.Fill(Inputs);
        foreach (string path in folder.Segments)
        {
            byte[] original = File.ReadAllBytes(path);
            for (int length = original.Length - 1; length >= 0; length -= length > 200 ? 7 : 1)
            {
                File.WriteAllBytes(path, original[..length]);
                Assert.That(folder.FaultOfReading(), Is.EqualTo(JournalFault.DamagedHeader), $"{path} at {length}");
            }

            File.WriteAllBytes(path, [.. original, .. original]);
            Assert.That(folder.FaultOfReading(), Is.EqualTo(JournalFault.DamagedHeader));
            File.WriteAllBytes(path, original);
        }
    }

    [Test]
    public void Damage_in_the_middle_is_located_and_not_repaired()
    {
        using var folder = new JournalFolder();
        folder.Fill(3);
        string path = folder.Segments[0];
        long second = 128 + RecordHeader.Align(32 + JournalFolder.PayloadOf(1).Length);
        byte[] bytes = File.ReadAllBytes(path);
        Poke(path, (int)second + 33, (byte)(bytes[second + 33] ^ 1));
        var refusal = Assert.Throws<JournalException>(() => JournalWriter.Open(folder.FullPath, JournalFolder.Small));
        Assert.That((refusal!.Kind, refusal.File, refusal.Offset, refusal.Sequence), Is.EqualTo((JournalFault.DamagedRecord, path, second, 1L)));
        Assert.That(refusal.Message, Does.Contain(path).And.Contain($"offset {second}").And.Contain("after sequence 1").And.Contain("restore"));
        Assert.That(File.ReadAllBytes(path)[second + 33], Is.EqualTo(bytes[second + 33] ^ 1), "nothing is repaired in silence");
    }

    [Test]
    public void A_whole_page_of_zeros_before_the_last_record_is_damage()
    {
        using var folder = new JournalFolder();
        folder.Fill(200, JournalFolder.Small with { SegmentLengthBytes = 32768 });
        string path = folder.Segments[0];
        long lastRecord = EndOf(path) - RecordHeader.Align(32 + JournalFolder.PayloadOf(200).Length);
        byte[] bytes = File.ReadAllBytes(path);
        bytes.AsSpan(4096, (int)lastRecord - 4096).Clear();
        File.WriteAllBytes(path, bytes);
        Assert.That(folder.FaultOfReading(), Is.EqualTo(JournalFault.DamagedRecord));
    }

    private static void AssertFound(JournalFolder folder, string path, int offset, bool isAtEnd, bool isInLastRecord)
    {
        try
        {
            (long last, JournalTail? torn) = folder.ReadAll();
            Assert.That(isAtEnd, Is.True, $"the flip at {offset} of {path} went unseen");
            Assert.That(torn, Is.Not.Null);
            Assert.That(torn!.TornBytes, Is.Positive);
            Assert.That(torn.File, Is.EqualTo(path));
            Assert.That(last, Is.EqualTo(isInLastRecord ? Inputs - 1 : Inputs));
        }
        catch (JournalException found)
        {
            Assert.That(isAtEnd, Is.False, found.Message);
            Assert.That(found.File, Is.EqualTo(path), found.Message);
            if (found.Kind == JournalFault.DamagedRecord)
                Assert.That(found.Offset, Is.LessThanOrEqualTo(offset));
        }
    }

    private static void Poke(string path, int offset, byte value)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, [value], offset);
    }

    private static long EndOf(string path) => EndOf(File.ReadAllBytes(path));

    private static long EndOf(byte[] bytes) => RecordHeader.Align(bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1);
}
