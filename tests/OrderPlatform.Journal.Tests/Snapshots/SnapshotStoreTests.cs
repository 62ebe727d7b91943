using OrderPlatform.Journal.Snapshots;

namespace OrderPlatform.Journal.Tests.Snapshots;

public sealed class SnapshotStoreTests
{
    private const int NoSpace = 28;

    [Test]
    public void What_is_written_is_found_newest_first()
    {
        using var folder = new SnapshotFolder();
        folder.Fill(5, 1_000, 30);
        (StoredSnapshot[] sound, SkippedSnapshot[] skipped) = folder.Search();
        Assert.That(skipped, Is.Empty);
        Assert.That(sound.Select(static snapshot => snapshot.Sequence), Is.EqualTo(new[] { 1_000, 30, 5 }));
        Assert.That(sound.Select(static snapshot => snapshot.JournalCrc), Is.All.EqualTo(0xC0FFEE));
        foreach (StoredSnapshot snapshot in sound)
            Assert.That(snapshot.Content.ToArray(), Is.EqualTo(SnapshotFolder.ContentOf(snapshot.Sequence)));
        Assert.That(folder.Search(sequenceMax: 999).Sound[0].Sequence, Is.EqualTo(30));
    }

    [Test]
    public void Bytes_of_a_snapshot_are_pinned()
    {
        using var folder = new SnapshotFolder();
        using SnapshotStore store = folder.Open(SnapshotFolder.Options with { Clock = new SettableClock() });
        string path = store.Write(0x1122334455667788, 0x0A0B0C0D, [1, 2, 3]);
        Assert.That(Path.GetFileName(path), Is.EqualTo("01234605616436508552.snapshot"));
        byte[] bytes = File.ReadAllBytes(path);
        Assert.That(Convert.ToHexString(bytes.AsSpan(0, 56)), Is.EqualTo(
            "4F50534E41505348" + "0100" + "4000" + "0700" + "0200" + "03000000" + "0D0C0B0A"
            + "8877665544332211" + "00E40B5402000000" + "0300000000000000" + "0000000000000000"));
        Assert.That(BitConverter.ToUInt32(bytes, 56), Is.EqualTo(Crc32C.Of([1, 2, 3])));
        Assert.That(BitConverter.ToUInt32(bytes, 60), Is.EqualTo(Crc32C.Of(bytes.AsSpan(0, 60))));
        Assert.That(bytes[64..], Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void An_empty_content_is_a_content_and_the_same_sequence_replaces()
    {
        using var folder = new SnapshotFolder();
        using SnapshotStore store = folder.Open();
        store.Write(0, 0, []);
        Assert.That(folder.Search().Sound.Single().Content.Length, Is.Zero);
        store.Write(0, 0, [7]);
        Assert.That(folder.Search().Sound.Single().Content.ToArray(), Is.EqualTo(new byte[] { 7 }));
    }

    [Test]
    public void More_than_the_most_go_oldest_first()
    {
        using var folder = new SnapshotFolder();
        using SnapshotStore store = folder.Open(SnapshotFolder.Options with { CountMax = 3 });
        for (long sequence = 1; sequence <= 9; sequence++)
            store.Write(sequence, 0, SnapshotFolder.ContentOf(sequence));
        Assert.That(folder.Search().Sound.Select(static snapshot => snapshot.Sequence), Is.EqualTo(new[] { 9, 8, 7 }));
    }

    [Test]
    public void What_is_too_old_goes_but_for_the_newest_sound_ones()
    {
        using var folder = new SnapshotFolder();
        var clock = new SettableClock();
        using SnapshotStore store = folder.Open(SnapshotFolder.Options with { Clock = clock, AgeMax = TimeSpan.FromHours(1), CountMin = 2 });
        for (long sequence = 1; sequence <= 4; sequence++)
            store.Write(sequence, 0, SnapshotFolder.ContentOf(sequence));
        clock.Now += TimeSpan.FromHours(1);
        store.Write(5, 0, SnapshotFolder.ContentOf(5));
        Assert.That(folder.Search().Sound, Has.Length.EqualTo(5), "an hour old is not older than an hour");
        clock.Now += TimeSpan.FromTicks(1);
        store.Write(6, 0, SnapshotFolder.ContentOf(6));
        Assert.That(folder.Search().Sound.Select(static snapshot => snapshot.Sequence), Is.EqualTo(new[] { 6, 5 }));
        clock.Now += TimeSpan.FromHours(5);
        store.Write(7, 0, SnapshotFolder.ContentOf(7));
        Assert.That(folder.Search().Sound.Select(static snapshot => snapshot.Sequence), Is.EqualTo(new[] { 7, 6 }));
    }

    [Test]
    public void Damaged_ones_never_push_the_last_sound_ones_out()
    {
        using var folder = new SnapshotFolder();
        using SnapshotStore store = folder.Open(SnapshotFolder.Options with { CountMax = 3 });
        store.Write(1, 0, SnapshotFolder.ContentOf(1));
        for (long sequence = 100; sequence < 110; sequence++)
            File.WriteAllBytes(SnapshotName.PathOf(folder.FullPath, sequence), [1, 2, 3]);
        store.Write(2, 0, SnapshotFolder.ContentOf(2));
        Assert.That(folder.Search().Sound.Select(static snapshot => snapshot.Sequence), Is.EqualTo(new[] { 2, 1 }));
        Assert.That(folder.Search().Skipped, Has.Length.EqualTo(3));
    }

    [Test]
    public void What_a_crash_left_is_ignored_and_removed_at_the_next_opening()
    {
        using var folder = new SnapshotFolder();
        folder.Fill(41, 42);
        byte[] whole = File.ReadAllBytes(SnapshotName.PathOf(folder.FullPath, 42));
        string passing = SnapshotName.PathOf(folder.FullPath, 43) + SnapshotName.WritingSuffix;
        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(passing, whole[..length]);
            Assert.That(folder.Search().Sound[0].Sequence, Is.EqualTo(42));
            Assert.That(folder.Search().Skipped, Is.Empty, "it is no snapshot yet");
            using SnapshotStore store = folder.Open();
            Assert.That(store.Leftovers, Is.EqualTo(new[] { passing }));
            Assert.That(folder.Files, Has.Length.EqualTo(2));
        }
    }

    [Test]
    public void A_full_disk_is_one_message_and_leaves_the_older_ones([Values(0, 1)] int writes)
    {
        using var folder = new SnapshotFolder();
        folder.Fill(41);
        int done = 0;
        using SnapshotStore store = folder.Open(SnapshotFolder.Options with
        {
            Write = (file, bytes, offset) =>
            {
                RandomAccess.Write(file, bytes[..(bytes.Length / 2)], offset);
                if (done++ == writes)
                    throw new IOException("No space left on device", NoSpace);
            },
        });
        var refusal = Assert.Throws<JournalException>(() => store.Write(42, 0, SnapshotFolder.ContentOf(42)));
        Assert.That(refusal!.Kind, Is.EqualTo(JournalFault.DiskFull));
        Assert.That(refusal.Message, Does.Contain("free space on the disk").And.Contain(SnapshotName.PathOf(folder.FullPath, 42)).And.Not.Contain("\n"));
        Assert.That(folder.Files, Is.EqualTo(new[] { Path.GetFileName(SnapshotName.PathOf(folder.FullPath, 41)) }));
    }

    [Test]
    public void A_directory_that_cannot_be_written_is_refused()
    {
        using var folder = new SnapshotFolder();
        string file = Path.Combine(folder.FullPath, "file");
        File.WriteAllText(file, "");
        foreach (string path in new[] { file, "/proc/no-snapshots-here" })
        {
            var refusal = Assert.Throws<JournalException>(() => SnapshotStore.Open(path, SnapshotFolder.Options));
            Assert.That(refusal!.Kind, Is.EqualTo(JournalFault.Unavailable), path);
            Assert.That(refusal.Message, Does.Contain(path).And.Contain("writable"));
        }
    }

    [Test]
    public void A_directory_that_was_taken_away_is_one_message()
    {
        using var folder = new SnapshotFolder();
        string inner = Path.Combine(folder.FullPath, "inner");
        using SnapshotStore store = SnapshotStore.Open(inner, SnapshotFolder.Options);
        Directory.Delete(inner, recursive: true);
        Assert.That(Assert.Throws<JournalException>(() => store.Write(1, 0, []))!.Kind, Is.EqualTo(JournalFault.Unavailable));
    }

    [Test]
    public void A_second_store_is_refused_and_a_search_is_not()
    {
        using var folder = new SnapshotFolder();
        using SnapshotStore store = folder.Open();
        store.Write(1, 0, []);
        Assert.That(Assert.Throws<JournalException>(() => folder.Open())!.Kind, Is.EqualTo(JournalFault.Locked));
        Assert.That(folder.Search().Sound, Has.Length.EqualTo(1));
    }

    [Test]
    public void No_directory_has_no_snapshots() =>
        Assert.That(SnapshotSearch.NewestFirst("no-such-directory", SnapshotFolder.Options, static _ => { }), Is.Empty);

    [TestCase(0, 1, null)]
    [TestCase(3, 2, null)]
    [TestCase(1, 2, 0)]
    public void Options_that_make_no_sense_are_refused(int least, int most, int? hours)
    {
        using var folder = new SnapshotFolder();
        SnapshotStoreOptions options = SnapshotFolder.Options with { CountMin = least, CountMax = most, AgeMax = hours is { } age ? TimeSpan.FromHours(age) : null };
        Assert.That(() => folder.Open(options), Throws.ArgumentException);
    }

    private sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.FromUnixTimeSeconds(10);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
