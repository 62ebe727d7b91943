using System.Buffers;
using System.Text.Json;
using OrderPlatform.Engine;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Admin.Tests.Journals;

/// <summary><c>snapshot list</c>, <c>take</c>, <c>verify</c>, <c>show</c> and <c>diff</c> through the real executable.</summary>
internal sealed class SnapshotCommandTests
{
    private WorkFolder _folder = null!;
    private string _journal = null!;

    private string Snapshots => EngineStart.FolderOf(_journal);

    [SetUp]
    public void Make()
    {
        _folder = new WorkFolder();
        _journal = SampleJournals.Copy(SampleJournals.Small, _folder);
    }

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void Take_makes_snapshots_that_list_shows_and_verify_finds_true()
    {
        Assert.That(AdminProcess.Run("snapshot", "list", _journal).Succeeded().Output, Does.Contain("there is no snapshot"));
        long last = RecordedRun.LastSequence(_journal);
        JsonElement end = AdminProcess.Run("snapshot", "take", _journal, "--json").Succeeded().Json();
        Assert.That((end.GetProperty("sequence").GetInt64(), File.Exists(end.GetProperty("file").GetString())), Is.EqualTo((last, true)));
        Assert.That(AdminProcess.Run("snapshot", "take", _journal, "--at", "100").Succeeded().Output, Does.Contain("after input  100\n"));
        for (int place = 101; place < 110; place++)
        {
            AdminProcess.Run("snapshot", "take", _journal, "--at", $"{place}").Succeeded();
        }

        JsonElement rows = AdminProcess.Run("snapshot", "list", _journal, "--json").Succeeded().Json().GetProperty("snapshots");
        Assert.That(rows.EnumerateArray().Select(static row => row.GetProperty("sequence").GetInt64()),
            Is.EqualTo(new[] { last }.Concat(Enumerable.Range(100, 10).Reverse().Select(static place => (long)place))), "none was taken away");
        Assert.That(rows.EnumerateArray().Select(static row => row.GetProperty("usable").GetBoolean()), Has.All.True);
        JsonElement verified = AdminProcess.Run("snapshot", "verify", _journal, "--deep", "--json").Succeeded().Json();
        Assert.That((verified.GetProperty("verified").GetInt64(), verified.GetProperty("wrong").GetInt64()), Is.EqualTo((11L, 0L)));
        Assert.That(verified.GetProperty("snapshots").EnumerateArray().Select(static row => row.GetProperty("equalsReplay").GetBoolean()), Has.All.True);
        using EngineStart start = SnapshotReplay.Start(_journal, null);
        Assert.That(start.Engine.State.Sequence, Is.EqualTo(last), "an engine starts from it");
    }

    [Test]
    public void What_a_snapshot_lacks_is_told_by_list_and_fails_verify()
    {
        SampleJournals.TakeSnapshots(_journal, 200);
        string[] files = [.. Directory.GetFiles(Snapshots, "*.snapshot").Order(StringComparer.Ordinal)];
        Assert.That(files, Has.Length.GreaterThanOrEqualTo(4));

        // One is damaged, one is another journal's, one is of a state that never was.
        byte[] bytes = File.ReadAllBytes(files[0]);
        bytes[^20] ^= 1;
        File.WriteAllBytes(files[0], bytes);
        using (SnapshotStore store = SnapshotStore.Open(Snapshots, SnapshotReplay.Options with { CountMax = 100 }))
        {
            store.Write(400, 12_345, SnapshotSearch.Read(files[1], SnapshotReplay.Options, out _)!.Content.Span);
            store.Write(600, 0, StateOf(600, skipped: 300));
        }

        JsonElement listed = AdminProcess.Run("snapshot", "list", _journal, "--json").Succeeded().Json().GetProperty("snapshots");
        Dictionary<long, string?> reasons = listed.EnumerateArray().ToDictionary(static row => row.GetProperty("sequence").GetInt64(), static row =>
            row.GetProperty("reason").GetString());
        Assert.That((reasons[200], reasons[800]), Is.EqualTo(("has damaged content", (string?)null)));
        Assert.That(reasons[400], Does.Contain("was taken from another journal"));
        Assert.That(reasons[600], Is.Null, "a file alone does not tell");

        AdminResult shallow = AdminProcess.Run("snapshot", "verify", _journal, "--json").Succeeded(4);
        Assert.That(shallow.Json().GetProperty("wrong").GetInt64(), Is.EqualTo(2));
        JsonElement deep = AdminProcess.Run("snapshot", "verify", _journal, "--deep", "--json").Succeeded(4).Json();
        JsonElement wrong = deep.GetProperty("snapshots").EnumerateArray().Single(static row => row.GetProperty("sequence").GetInt64() == 600);
        Assert.That((deep.GetProperty("wrong").GetInt64(), wrong.GetProperty("equalsReplay").GetBoolean()), Is.EqualTo((3L, false)));
        Assert.That(wrong.GetProperty("reason").GetString(), Does.Contain("snapshot diff"));
        JsonElement fields = AdminProcess.Run("snapshot", "diff", _journal, "600", files[2], "--json").Succeeded(4).Json().GetProperty("fields");
        Assert.That(fields.GetArrayLength(), Is.GreaterThan(0));

        AdminProcess.Run("snapshot", "show", _journal, files[0]).WasRefused(3, "has damaged content: take another snapshot");
        Assert.That(AdminProcess.Run("snapshot", "show", _journal, files[1]).Succeeded().Output, Does.Contain("\nClient 0 ("));
    }

    [Test]
    public void Show_has_the_rows_of_a_place_or_a_file()
    {
        string file = AdminProcess.Run("snapshot", "take", _journal, "--at", "300", "--json").Succeeded().Json().GetProperty("file").GetString()!;
        JsonElement place = AdminProcess.Run("snapshot", "show", _journal, "300", "--json").Succeeded().Json().GetProperty("rows");
        JsonElement stored = AdminProcess.Run("snapshot", "show", _journal, file, "--json").Succeeded().Json().GetProperty("rows");
        Assert.That(stored.GetRawText(), Is.EqualTo(place.GetRawText()));
        JsonElement position = AdminProcess.Run("snapshot", "show", _journal, "300", "--table", "position", "--client", "1", "--json").Succeeded().Json()
            .GetProperty("rows")[0];
        Assert.That(position.GetProperty("key").GetString(), Does.Contain("BTCUSDT"));
        Assert.That(decimal.Parse(position.GetProperty("fields").GetProperty("quantity").GetString()!), Is.EqualTo(StateAt(300)
            .Positions[0].Quantity.Raw / 100_000_000m));
        Assert.That(AdminProcess.Run("snapshot", "show", _journal, "300", "--client", "2", "--json").Succeeded().Json().GetProperty("rows").GetArrayLength(),
            Is.Zero);
        Assert.That(AdminProcess.Run("snapshot", "show", _journal).Succeeded().Output,
            Does.StartWith($"after input {RecordedRun.LastSequence(_journal)}\nHeader 0 sequence="));
    }

    [Test]
    public void Diff_names_table_row_key_and_field()
    {
        AdminResult same = AdminProcess.Run("snapshot", "diff", _journal, "300", "300").Succeeded();
        Assert.That(same.Output, Does.Contain("fields that differ  0"));
        JsonElement fields = AdminProcess.Run("snapshot", "diff", _journal, "1", "end", "--json").Succeeded(4).Json().GetProperty("fields");
        Assert.That(fields.EnumerateArray().Select(static row => row.GetProperty("table").GetString()).Distinct(), Does.Contain("Client")
            .And.Contain("Header"));
        JsonElement step = AdminProcess.Run("snapshot", "diff", _journal, "299", "300", "--json").Succeeded(4).Json().GetProperty("fields");
        JsonElement mark = step.EnumerateArray().Single(static row => row.GetProperty("table").GetString() == "Instrument" && row.GetProperty("field")
            .GetString() == "mark");
        Assert.That(mark.GetProperty("key").GetString(), Is.EqualTo("BTCUSDT"));
        Assert.That(decimal.Parse(mark.GetProperty("second").GetString()!), Is.EqualTo(StateAt(300).Instruments[0].Mark.Raw / 100_000_000m));
        Assert.That(AdminProcess.Run("snapshot", "diff", _journal, "299", "300").Succeeded(4).Output, Does.Contain("Instrument").And.Contain("mark"));
    }

    [Test]
    public void Nobody_takes_a_snapshot_into_a_store_that_an_engine_has()
    {
        using (SnapshotStore.Open(Snapshots, SnapshotReplay.Options))
        {
            AdminProcess.Run("snapshot", "take", _journal).WasRefused(3, "is held by another store: stop that one first");
            AdminProcess.Run("snapshot", "list", _journal).Succeeded();
        }

        using (JournalWriter.Open(_journal, JournalPlaces.Options()))
        {
            AdminProcess.Run("snapshot", "take", _journal).Succeeded();
        }
    }

    [TestCase("list none", 3, "check the path")]
    [TestCase("take none", 3, "check the path")]
    [TestCase("verify none", 3, "check the path")]
    [TestCase("show none", 3, "check the path")]
    [TestCase("diff none 1 2", 3, "check the path")]
    [TestCase("take J --at 999999", 2, "ends with sequence")]
    [TestCase("take J --at 1970-01-01", 2, "no input comes before the place")]
    [TestCase("take J --at x", 1, "--at is 'x'")]
    [TestCase("show J x", 2, "'x' is no file of a snapshot, and no place")]
    [TestCase("show J --table Nothing", 1, "--table is 'Nothing'")]
    [TestCase("show J --client nobody", 2, "there is no client 'nobody'")]
    [TestCase("diff J 1", 1, "argument missing")]
    [TestCase("diff J 1 999999", 2, "ends with sequence")]
    public void What_cannot_be_done_ends_with_one_line(string arguments, int exitCode, string expected) =>
        AdminProcess.Run(["snapshot", .. arguments.Split(' ').Select(word => word == "J" ? _journal : word)]).WasRefused(exitCode, expected);

    [Test]
    public void Of_a_damaged_journal_only_what_lies_before_the_damage_is_a_state()
    {
        string segment = Directory.GetFiles(_journal, "*.journal").Single();
        byte[] bytes = File.ReadAllBytes(segment);
        bytes[RecordedRun.UsedBytes(bytes) / 2] ^= 1;
        File.WriteAllBytes(segment, bytes);
        AdminProcess.Run("snapshot", "take", _journal).WasRefused(3, "has a damaged record");
        AdminProcess.Run("snapshot", "take", _journal, "--at", "100").Succeeded();
        Assert.That(AdminProcess.Run("snapshot", "verify", _journal, "--deep").Succeeded().Output, Does.Contain("verified  1"));
    }

    private EngineState StateAt(long sequence) => Replay(sequence, skipped: 0).State;

    private byte[] StateOf(long sequence, long skipped)
    {
        var sink = new ArrayBufferWriter<byte>();
        Replay(sequence, skipped).Capture(sink);
        return sink.WrittenSpan.ToArray();
    }

    // With one input replaced by nothing that an engine knows.
    private BusinessLogicProcessor Replay(long sequence, long skipped)
    {
        var engine = new BusinessLogicProcessor();
        using JournalReader reader = JournalReader.Open(_journal);
        while (engine.State.Sequence < sequence && reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                engine.Process(record.Sequence, record.TimestampNanos, record.Sequence == skipped ? [] : JournaledInput.MessageOf(record));
            }
        }

        return engine;
    }
}
