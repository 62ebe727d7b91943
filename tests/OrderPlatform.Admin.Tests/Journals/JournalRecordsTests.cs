using System.Text.Json;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Admin.Tests.Journals;

/// <summary><c>journal list</c>, <c>stat</c>, <c>dump</c>, <c>export</c> and <c>tail</c> through the real executable, against what the codecs read.</summary>
internal sealed class JournalRecordsTests
{
    [Test]
    public void List_shows_each_journal_at_a_glance()
    {
        using var folder = new WorkFolder();
        SampleJournals.Copy(SampleJournals.Small, folder, "a/0001");
        string damaged = SampleJournals.Copy(SampleJournals.Small, folder, "a/0002");
        Alter(Directory.GetFiles(damaged, "*.journal").Single(), 2);
        Directory.CreateDirectory(folder.PathOf("b"));
        JournalWriter.Create(folder.PathOf("b/0001"), JournalPlaces.Options()).Dispose();
        long last = RecordedRun.LastSequence(SampleJournals.Small);

        JsonElement rows = AdminProcess.Run("journal", "list", folder.FullPath, "--json").Succeeded().Json().GetProperty("journals");
        Assert.That(rows.EnumerateArray().Select(static row => Path.GetFileName(Path.GetDirectoryName(row.GetProperty("journal")
            .GetString()!)) + "/" + Path.GetFileName(row.GetProperty("journal").GetString())),
            Is.EqualTo(new[] { "a/0001", "a/0002", "b/0001" }));
        Assert.Multiple(() =>
        {
            Assert.That((rows[0].GetProperty("firstSequence").GetInt64(), rows[0].GetProperty("lastSequence").GetInt64(), rows[0].GetProperty("shard")
                .GetInt64()), Is.EqualTo((1L, last, 0L)));
            Assert.That((rows[0].GetProperty("verdict").GetString(), rows[0].GetProperty("cleanEnd").GetBoolean(), rows[0].GetProperty("running")
                .GetBoolean()), Is.EqualTo(("good", true, false)));
            Assert.That(rows[0].GetProperty("firstTime").GetString(), Does.EndWith("Z"));
            Assert.That(rows[1].GetProperty("verdict").GetString(), Is.EqualTo("damage (DamagedRecord)"));
            Assert.That((rows[2].GetProperty("lastSequence").ValueKind, rows[2].GetProperty("verdict").GetString()), Is.EqualTo((JsonValueKind.Null,
                "good")), "an empty one");
        });
        Assert.That(AdminProcess.Run("journal", "list", folder.FullPath).Succeeded().Output, Does.Contain("verdict").And.Contain("damage (DamagedRecord)"));
        Directory.CreateDirectory(folder.PathOf("c"));
        Assert.That(AdminProcess.Run("journal", "list", folder.PathOf("c")).Succeeded().Output, Does.Contain("there is no journal in"));
        AdminProcess.Run("journal", "list", folder.PathOf("none")).WasRefused(3, "check the path");
    }

    [Test]
    public void Stat_counts_what_the_codecs_count()
    {
        var counts = new Dictionary<string, long>();
        long bytes = 0;
        using (JournalReader reader = JournalReader.Open(SampleJournals.Small))
        {
            while (reader.TryRead(out JournalRecord record))
            {
                string name = MessagesSchema.TemplateName(record.TemplateId);
                counts[name] = counts.GetValueOrDefault(name) + 1;
                bytes += record.Payload.Length;
            }
        }

        JsonElement json = AdminProcess.Run("journal", "stat", SampleJournals.Small, "--json").Succeeded().Json();
        Assert.That(json.GetProperty("templates").EnumerateArray().ToDictionary(static row => row.GetProperty("template").GetString()!, static row =>
            row.GetProperty("count").GetInt64()), Is.EquivalentTo(counts));
        Assert.That(json.GetProperty("payloadBytes").GetInt64(), Is.EqualTo(bytes));
        Assert.That((json.GetProperty("cleanEnd").GetBoolean(), json.GetProperty("checkpoints").GetInt64(), json.GetProperty("starts").GetArrayLength()),
            Is.EqualTo((true, 1L, 1)));
        Assert.That(json.GetProperty("rates").EnumerateArray().Sum(static row => row.GetProperty("inputs").GetInt64()),
            Is.EqualTo(json.GetProperty("inputs").GetInt64()));
        Assert.That(json.GetProperty("instruments")[0].GetProperty("instrument").GetString(), Is.EqualTo("BTCUSDT"));
        Assert.That(AdminProcess.Run("journal", "stat", SampleJournals.Small).Succeeded().Output, Does.Contain("largest gap")
            .And.Contain("Inputs that name a client").And.Contain("By hour"));
    }

    [Test]
    public void Dump_has_every_record_field_by_field()
    {
        JsonElement[] lines = Lines(AdminProcess.Run("journal", "dump", SampleJournals.Small, "--json"));
        using JournalReader reader = JournalReader.Open(SampleJournals.Small);
        int place = 0;
        while (reader.TryRead(out JournalRecord record))
        {
            JsonElement line = lines[place++];
            Assert.That(line.GetProperty("sequence").GetInt64(), Is.EqualTo(record.Sequence));
            Assert.That(line.GetProperty("template").GetString(), Is.EqualTo(MessagesSchema.TemplateName(record.TemplateId)));
            Assert.That(line.GetProperty("kind").GetString(), Is.EqualTo(record.IsControl ? "control" : "input"));
            if (ExecutionReportDecoder.TryWrap(JournaledInput.MessageOf(record), out ExecutionReportDecoder report))
            {
                JsonElement fields = line.GetProperty("fields");
                Assert.That(fields.GetProperty("clientOrderId").GetString(), Is.EqualTo(report.ClientOrderId.ToString()));
                Assert.That(decimal.Parse(fields.GetProperty("lastPrice").GetString()!), Is.EqualTo(report.LastPrice / 100_000_000m));
                Assert.That(decimal.Parse(fields.GetProperty("fee").GetString()!), Is.EqualTo(report.Fee / 100_000_000m), "decimals are exact");
                Assert.That(fields.GetProperty("kind").GetString(), Is.EqualTo(report.Kind.ToString()));
            }
        }

        Assert.That(lines, Has.Length.EqualTo(place));
        string text = AdminProcess.Run("journal", "dump", SampleJournals.Small, "--limit", "9").Succeeded().Output;
        Assert.That(text, Does.StartWith("# 0 ").And.Contain("\n1 ").And.Contain("EpochStart epoch=1").And.Contain("ClientConfiguration clientId=1 name="));
    }

    [Test]
    public void Dump_is_filtered_by_message_place_client_instrument_and_order()
    {
        JsonElement[] fills = Lines(Dump("--template", "ExecutionReport", "--from", "100", "--to", "400"));
        Assert.That(fills, Is.Not.Empty);
        Assert.That(fills.Select(static line => line.GetProperty("template").GetString()).Distinct(), Is.EqualTo(new[] { "ExecutionReport" }));
        Assert.That(fills.Select(static line => line.GetProperty("sequence").GetInt64()), Has.All.InRange(100L, 400L));
        Assert.That(Lines(Dump("--template", "31", "--from", "100", "--to", "400")), Has.Length.EqualTo(fills.Length));
        Assert.That(Lines(Dump("--template", "31", "--from", "100", "--limit", "2")), Has.Length.EqualTo(2));
        Assert.That(Lines(Dump("--template", "31", "--from", "100", "--to", "400", "--client", "1")), Has.Length.EqualTo(fills.Length),
            "reports of a client's orders are the client's");
        Assert.That(Lines(Dump("--client", "2")), Is.Empty);
        Assert.That(Lines(Dump("--instrument", "BTC/USDT", "--template", "Signal")), Is.Not.Empty);

        string order = fills[0].GetProperty("fields").GetProperty("clientOrderId").GetString()!;
        JsonElement[] story = Lines(Dump("--order", order, "--outputs"));
        Assert.That(story[0].GetProperty("template").GetString(), Is.EqualTo("Signal"), "the input that decided it comes first");
        Assert.That(story.Select(static line => line.GetProperty("template").GetString()), Does.Contain("NewOrder").And.Contain("OrderEvent")
            .And.Contain("ExecutionReport"));
        Assert.That(story.Skip(1).Select(line => line.GetProperty("fields").GetProperty("clientOrderId").GetString()), Has.All.EqualTo(order));
    }

    [Test]
    public void A_message_that_is_none_is_shown_as_its_bytes()
    {
        using var folder = new WorkFolder();
        using (JournalWriter writer = JournalWriter.Create(folder.PathOf("j"), JournalPlaces.Options()))
        {
            writer.Append(1, 5, SignalDecoder.TemplateId, JournalFlags.None, [1, 2, 0xFF]);
        }

        JsonElement line = Lines(AdminProcess.Run("journal", "dump", folder.PathOf("j"), "--json")).Single();
        Assert.That((line.GetProperty("bytes").GetString(), line.GetProperty("template").GetString()), Is.EqualTo(("0102ff", "Signal")));
        Assert.That(AdminProcess.Run("journal", "dump", folder.PathOf("j")).Succeeded().Output, Does.Contain("malformed: ").And.Contain("3 bytes 0102ff"));
        AdminProcess.Run("journal", "export", folder.PathOf("j"), "--csv", folder.PathOf("csv")).Succeeded();
        Assert.That(File.ReadAllText(folder.PathOf("csv/malformed.csv")), Does.Contain("0102ff"));
        Assert.That(AdminProcess.Run("journal", "stat", folder.PathOf("j"), "--json").Succeeded().Json().GetProperty("inputs").GetInt64(), Is.EqualTo(1));
    }

    [Test]
    public void Export_writes_CSV_and_JSON_lines()
    {
        using var folder = new WorkFolder();
        JsonElement json = AdminProcess.Run("journal", "export", SampleJournals.Small, "--csv", folder.PathOf("csv"), "--outputs", "--json").Succeeded().Json();
        long rows = json.GetProperty("files").EnumerateArray().Sum(static file => file.GetProperty("rows").GetInt64());
        Assert.That(rows, Is.EqualTo(json.GetProperty("records").GetInt64()));
        foreach (JsonElement file in json.GetProperty("files").EnumerateArray())
        {
            string[] lines = File.ReadAllLines(folder.PathOf("csv/" + file.GetProperty("file").GetString()));
            Assert.That(lines, Has.Length.EqualTo(1 + file.GetProperty("rows").GetInt64()));
            Assert.That(lines.Skip(1).Select(CellsOf), Has.All.EqualTo(CellsOf(lines[0])), file.GetProperty("file").GetString());
        }

        Assert.That(File.ReadLines(folder.PathOf("csv/CheckEvent.csv")).Skip(1).First(), Does.Contain("\"[{\"\"check\"\":"), "a group is a cell of JSON");
        AdminProcess.Run("journal", "export", SampleJournals.Small, "--csv", folder.PathOf("csv")).WasRefused(2, "already: give a new folder");

        AdminProcess.Run("journal", "export", SampleJournals.Small, "--jsonl", folder.PathOf("x.jsonl"), "--outputs").Succeeded();
        Assert.That(File.ReadLines(folder.PathOf("x.jsonl")).Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("sequence").GetInt64())
            .Count(), Is.EqualTo(rows));
        AdminProcess.Run("journal", "export", SampleJournals.Small, "--jsonl", folder.PathOf("x.jsonl")).WasRefused(2, "x.jsonl");
    }

    [Test]
    public void Tail_has_the_newest_and_follows_a_writer()
    {
        long last = RecordedRun.LastSequence(SampleJournals.Small);
        JsonElement[] lines = Lines(AdminProcess.Run("journal", "tail", SampleJournals.Small, "-n", "2", "--json"));
        Assert.That(lines.Select(static line => line.GetProperty("sequence").GetInt64()), Is.EqualTo(new[] { last - 1, last, last, last }),
            "two inputs, a checkpoint and the clean end");
        Assert.That(Lines(AdminProcess.Run("journal", "tail", SampleJournals.Small, "-n", "999999", "--json")).Length, Is.GreaterThan(last));

        using var folder = new WorkFolder();
        using JournalWriter writer = JournalWriter.Create(folder.PathOf("j"), JournalPlaces.Options());
        byte[] tick = new byte[TickEncoder.EncodedLength];
        TickEncoder.WrapForEncodeAndApplyHeader(tick);
        writer.Append(1, 7, TickEncoder.TemplateId, JournalFlags.None, tick);
        using AdminProcess tail = AdminProcess.Start("journal", "tail", folder.PathOf("j"), "--follow", "--count", "3");
        Assert.That(SpinWait.SpinUntil(() => tail.Output.Contains("1 1970", StringComparison.Ordinal), 30_000), Is.True, tail.Errors);
        writer.Append(2, 8, TickEncoder.TemplateId, JournalFlags.None, tick);
        Assert.That(SpinWait.SpinUntil(() => tail.Output.Contains("2 1970", StringComparison.Ordinal), 30_000), Is.True, tail.Errors);
        writer.Append(3, 9, TickEncoder.TemplateId, JournalFlags.None, tick);
        Assert.That((tail.WaitForEnd(), tail.Output.TrimEnd('\n').Split('\n').Length), Is.EqualTo((0, 3)));

        using AdminProcess stopped = AdminProcess.Start("journal", "tail", folder.PathOf("j"), "--follow");
        Assert.That(SpinWait.SpinUntil(() => stopped.Output.Contains("3 1970", StringComparison.Ordinal), 30_000), Is.True, stopped.Errors);
        stopped.Signal("INT");
        Assert.That((stopped.WaitForEnd(), stopped.Errors), Is.EqualTo((130, "")));
    }

    [TestCase("dump J --template Nothing", 1, "the schema has no such message")]
    [TestCase("dump J --from yesterday", 1, "'yesterday'")]
    [TestCase("dump J --limit 0", 1, "--limit is 0")]
    [TestCase("dump J --from 300 --to 100", 2, "ends before it begins")]
    [TestCase("dump J --client nobody", 2, "there is no client 'nobody'")]
    [TestCase("dump J --instrument XYZ", 2, "there is no instrument 'XYZ'")]
    [TestCase("dump none", 3, "check the path")]
    [TestCase("stat none", 3, "check the path")]
    [TestCase("tail none", 3, "check the path")]
    [TestCase("tail J -n -1", 1, "-n is -1")]
    [TestCase("tail J --count 0", 1, "--count is 0")]
    [TestCase("export J", 1, "needs either --csv <folder> or --jsonl <file>")]
    [TestCase("export J --csv a --jsonl b", 1, "needs either --csv <folder> or --jsonl <file>")]
    [TestCase("export none --csv a", 3, "check the path")]
    public void What_cannot_be_shown_ends_with_one_line(string arguments, int exitCode, string expected) =>
        AdminProcess.Run(["journal", .. arguments.Split(' ').Select(static word => word == "J" ? SampleJournals.Small : word)]).WasRefused(exitCode, expected);

    [Test]
    public void A_damaged_journal_is_shown_up_to_the_damage_and_a_torn_one_to_its_tail()
    {
        using var folder = new WorkFolder();
        string damaged = SampleJournals.Copy(SampleJournals.Small, folder);
        Alter(Directory.GetFiles(damaged, "*.journal").Single(), 2);
        AdminResult dump = AdminProcess.Run("journal", "dump", damaged);
        Assert.That((dump.ExitCode, dump.Errors), Is.EqualTo((3, dump.Errors)));
        Assert.That(dump.Errors, Does.StartWith("error: ").And.Contain("has a damaged record").And.Contain("truncate the journal at sequence"));
        Assert.That(dump.Output, Does.Contain("\n100 "));
        AdminProcess.Run("journal", "stat", damaged).WasRefused(3, "has a damaged record");
        Assert.That(AdminProcess.Run("journal", "dump", damaged, "--to", "100").Succeeded().Output, Does.Contain("\n100 "),
            "what lies before the damage can be looked at");

        string torn = SampleJournals.Copy(SampleJournals.Small, folder, "torn");
        Alter(Directory.GetFiles(torn, "*.journal").Single(), 1);
        AdminResult tail = AdminProcess.Run("journal", "tail", torn, "-n", "1").Succeeded();
        Assert.That(tail.Errors, Does.StartWith("note: torn tail: "));
        Assert.That(AdminProcess.Run("journal", "stat", torn).Succeeded().Output, Does.Contain("note: torn tail: "));
        Assert.That(AdminProcess.Run("journal", "list", folder.FullPath).Succeeded().Output, Does.Contain("torn tail"));
    }

    private static AdminResult Dump(params string[] options) => AdminProcess.Run(["journal", "dump", SampleJournals.Small, "--json", .. options]);

    private static JsonElement[] Lines(AdminResult result) =>
        [.. result.Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement)];

    // Commas outside of quotes.
    private static int CellsOf(string line)
    {
        int cells = 1;
        bool isQuoted = false;
        foreach (char c in line)
        {
            isQuoted ^= c == '"';
            cells += c == ',' && !isQuoted ? 1 : 0;
        }

        return cells;
    }

    // In the middle of what is used (2), or in its last byte (1).
    private static void Alter(string segment, int part)
    {
        byte[] bytes = File.ReadAllBytes(segment);
        int used = RecordedRun.UsedBytes(bytes);
        bytes[part == 1 ? used - 1 : used / part] ^= 1;
        File.WriteAllBytes(segment, bytes);
    }
}
