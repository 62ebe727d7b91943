using OrderPlatform.Journal.Snapshots;

namespace OrderPlatform.Journal.Tests.Snapshots;

public sealed class SnapshotDamageTests
{
    [Test]
    public void Every_single_changed_byte_is_detected_and_the_older_snapshot_is_found()
    {
        using var folder = new SnapshotFolder();
        folder.Fill(41, 42);
        string newest = SnapshotName.PathOf(folder.FullPath, 42);
        byte[] bytes = File.ReadAllBytes(newest);
        for (int index = 0; index < bytes.Length; index++)
        {
            byte[] damaged = [.. bytes];
            for (int change = 1; change < 256; change++)
            {
                damaged[index] = (byte)(bytes[index] ^ change);
                Assert.That(SnapshotFile.Judge(newest, damaged, SnapshotFolder.Options), Is.Not.Null, $"byte {index} ^ {change:x2}");
            }

            File.WriteAllBytes(newest, damaged);
            AssertSkipped(folder, newest, $"byte {index}");
        }
    }

    [Test]
    public void Every_truncation_is_detected_and_the_older_snapshot_is_found()
    {
        using var folder = new SnapshotFolder();
        folder.Fill(41, 42);
        string newest = SnapshotName.PathOf(folder.FullPath, 42);
        byte[] bytes = File.ReadAllBytes(newest);
        for (int length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(newest, bytes[..length]);
            AssertSkipped(folder, newest, $"cut to {length}");
        }

        File.WriteAllBytes(newest, [.. bytes, 0]);
        AssertSkipped(folder, newest, "a byte more");
    }

    [Test]
    public void What_is_wrong_is_told_apart()
    {
        using var folder = new SnapshotFolder();
        folder.Fill(42);
        Assert.That(Kind(folder, SnapshotFolder.Options with { ShardId = 4 }), Is.EqualTo(JournalFault.WrongShard));
        Assert.That(Kind(folder, SnapshotFolder.Options with { SchemaId = 8 }), Is.EqualTo(JournalFault.WrongSchema));
        Assert.That(Kind(folder, SnapshotFolder.Options with { SchemaVersion = 1 }), Is.EqualTo(JournalFault.WrongSchema));
        Assert.That(folder.Search(options: SnapshotFolder.Options with { SchemaVersion = 3 }).Sound, Has.Length.EqualTo(1), "a newer build reads it");

        string path = SnapshotName.PathOf(folder.FullPath, 42);
        File.Move(path, SnapshotName.PathOf(folder.FullPath, 43));
        Assert.That(folder.Search().Skipped.Single().Reason, Is.EqualTo("was taken after sequence 42, which is not its name"));
        File.WriteAllBytes(path, new byte[100]);
        Assert.That(folder.Search().Skipped.Select(static skipped => skipped.Kind), Does.Contain(JournalFault.WrongMagic));
    }

    [Test]
    public void A_directory_in_the_place_of_a_snapshot_is_passed_over()
    {
        using var folder = new SnapshotFolder();
        folder.Fill(41);
        Directory.CreateDirectory(SnapshotName.PathOf(folder.FullPath, 42));
        Assert.That(folder.Search().Sound.Single().Sequence, Is.EqualTo(41));
    }

    private static JournalFault Kind(SnapshotFolder folder, SnapshotStoreOptions options) => folder.Search(options: options).Skipped.Single().Kind;

    private static void AssertSkipped(SnapshotFolder folder, string newest, string what)
    {
        (StoredSnapshot[] sound, SkippedSnapshot[] skipped) = folder.Search();
        bool isFound = skipped.Length == 1 && skipped[0].File == newest && skipped[0].Reason.Length > 0 && sound.Length == 1 && sound[0].Sequence == 41;
        Assert.That(isFound, Is.True, $"{what}: {sound.Length} sound and {skipped.Length} skipped");
    }
}
