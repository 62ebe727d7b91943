using System.Text.RegularExpressions;
using OrderPlatform.Analytics;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Host.Tests;

/// <summary>A truncated or altered journal: detected, located, and never replayed as if it were whole.</summary>
public sealed partial class JournalDamageTests
{
    private readonly WorkFolder _folder = new();
    private string _segment = "";
    private byte[] _whole = [];

    [OneTimeSetUp]
    public void Make()
    {
        _segment = RecordedRun.Make(_folder, "journal");
        _whole = File.ReadAllBytes(_segment);
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [SetUp]
    public void Restore() => File.WriteAllBytes(_segment, _whole);

    [Test]
    public void A_whole_journal_replays_with_its_checkpoint()
    {
        (RunRecord record, _, ReplayRunner runner, JournalTail? torn) = Replay();
        Assert.That((runner.CheckpointsVerified, runner.IsCleanEnd, torn), Is.EqualTo((1L, true, (JournalTail?)null)));
        Assert.That(record.FinalSequence, Is.GreaterThan(800));
    }

    [Test]
    public void A_byte_altered_in_the_middle_is_located([Values(0.1, 0.25, 0.5, 0.75, 0.9)] double place, [Values(0x01, 0x80)] int flip)
    {
        int offset = (int)(RecordedRun.UsedBytes(_whole) * place);
        Alter(offset, flip);
        string message = Assert.Throws<JournalException>(() => Replay())!.Message;
        Assert.That(message, Does.Contain(_segment).And.Contain("after sequence").And.Contain("restore the file"));
        int found = int.Parse(OffsetInText().Match(message).Groups[1].Value);
        Assert.That(offset - found, Is.InRange(0, 256), "the record that was altered is the one that is named");
    }

    [Test]
    public void A_truncated_segment_is_refused([Values(0, 1, 127, 128, 4_095, 4_096, 50_000, (1 << 20) - 1)] int lengthBytes)
    {
        File.WriteAllBytes(_segment, _whole[..lengthBytes]);
        Assert.That(() => Replay(), Throws.InstanceOf<JournalException>().With.Message.Contains($"{_segment} is {lengthBytes} bytes long").And.Message.Contains("restore the file"));
    }

    [Test]
    public void An_altered_last_record_is_a_torn_tail_with_its_place()
    {
        int used = RecordedRun.UsedBytes(_whole);
        Alter(used - 1, 1);
        (RunRecord record, _, ReplayRunner runner, JournalTail? torn) = Replay();
        Assert.That(torn, Is.Not.Null);
        Assert.That((torn!.File, torn.LastSequence), Is.EqualTo((_segment, record.FinalSequence)));
        Assert.That(torn.Offset + torn.TornBytes, Is.EqualTo(used));
        Assert.That((runner.CheckpointsVerified, runner.IsCleanEnd), Is.EqualTo((1L, false)), "the altered record was the last: that the run ended cleanly");
    }

    [Test]
    public void A_header_of_something_else_is_refused()
    {
        Alter(0, 0xFF);
        Assert.That(() => Replay(), Throws.InstanceOf<JournalException>().With.Message.Contains("does not begin like a segment"));
    }

    [Test]
    public void A_folder_without_a_journal_is_refused()
    {
        using var other = new WorkFolder();
        Assert.That(() => Replay(other.PathOf("none")), Throws.InstanceOf<JournalException>().With.Message.Contains("none: check the path"));
        Assert.That(() => Replay(other.FullPath), Throws.InstanceOf<JournalException>().With.Message.Contains("There is no segment"));
        other.Write("notes.txt", "no journal");
        Assert.That(() => Replay(other.FullPath), Throws.InstanceOf<JournalException>().With.Message.Contains("There is no segment"));
    }

    [Test]
    public void A_journal_is_not_written_over()
    {
        string journal = Path.GetDirectoryName(_segment)!;
        Assert.That(() => JournalWriter.Create(journal, JournalPlaces.Options()), Throws.InstanceOf<JournalException>().With.Message.Contains("has a journal already"));
        Assert.That(File.ReadAllBytes(_segment), Is.EqualTo(_whole));
    }

    [Test]
    public void Each_run_without_a_given_folder_gets_the_next_number()
    {
        Assert.That(JournalPlaces.For("given", "any"), Is.EqualTo("given"));
        string unknown = $"unknown-{Guid.NewGuid():n}";
        Assert.That(JournalPlaces.For(null, unknown), Is.EqualTo(Path.Combine("journal", unknown, "0001")));
    }

    private (RunRecord Record, OrderLog Orders, ReplayRunner Runner, JournalTail? Torn) Replay(string? journal = null) =>
        ReplayCommand.Replay(journal ?? Path.GetDirectoryName(_segment)!, CancellationToken.None);

    private void Alter(int offset, int flip)
    {
        byte[] altered = [.. _whole];
        altered[offset] ^= (byte)flip;
        File.WriteAllBytes(_segment, altered);
    }

    [GeneratedRegex("at offset ([0-9]+)")]
    private static partial Regex OffsetInText();
}
