using System.Text;
using System.Text.Json;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Admin.Tests.Journals;

/// <summary><c>minimise</c> through the real executable: the month of the README's sample with a fault planted in it (N8).</summary>
internal sealed class MinimiseCommandTests
{
    private const string TooLarge = "position('ikenna', 'BTCUSDT') < -0.25 or position('ikenna', 'BTCUSDT') > 0.25";

    private WorkFolder _folder = null!;

    [SetUp]
    public void Make() => _folder = new WorkFolder();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void A_fill_that_is_told_twice_in_the_samples_month_is_cut_to_ten_inputs_at_most()
    {
        string planted = Plant();
        AdminProcess.Run("minimise", SampleJournals.Month, TooLarge, "--out", _folder.PathOf("none")).Succeeded(4);
        Assert.That(Directory.Exists(_folder.PathOf("none")), Is.False);

        JsonElement json = AdminProcess.Run("minimise", planted, TooLarge, "--out", _folder.PathOf("repro"), "--json").Succeeded().Json();
        long left = json.GetProperty("inputsLeft").GetInt64();
        TestContext.Out.WriteLine($"{json.GetProperty("sequence")} inputs were cut to {left} in {json.GetProperty("trials")} trials");
        Assert.That(left, Is.InRange(2L, 10L));
        Assert.That((json.GetProperty("minimal").GetBoolean(), json.GetProperty("inputs").GetArrayLength()), Is.EqualTo((true, (int)left)));

        // The result is a journal like any: it verifies, replays, and the predicate becomes true with its last input.
        AdminProcess.Run("journal", "verify", _folder.PathOf("repro")).Succeeded();
        Assert.That(HostProcess.Run(_folder, "replay", "repro").Succeeded().FinalSequence, Is.EqualTo(left));
        JsonElement found = AdminProcess.Run("bisect", _folder.PathOf("repro"), TooLarge, "--json").Succeeded().Json();
        Assert.That(found.GetProperty("sequence").GetInt64(), Is.EqualTo(left));
        Assert.That(AdminProcess.Run("at", _folder.PathOf("repro"), $"{left}").Succeeded().Output, Does.Contain("BTCUSDT"));
    }

    [Test]
    public void What_is_redacted_has_none_of_the_names_and_shows_the_state_by_neutral_ones()
    {
        string to = _folder.PathOf("repro");
        JsonElement json = AdminProcess.Run("minimise", SampleJournals.Small, Negative("default"), "--out", to, "--redact", "--shift-time", "--json")
            .Succeeded().Json();
        Assert.That(json.GetProperty("redactedPredicate").GetString(), Is.EqualTo(Negative("client-1")));
        string[] originals = [.. json.GetProperty("redactions").EnumerateArray().Select(static row => row.GetProperty("original").GetString()!)
            .Where(static original => !original.All(char.IsAsciiDigit))];
        Assert.That(originals, Does.Contain("default").And.Contain("test"));
        byte[] bytes = [.. Directory.GetFiles(to).SelectMany(File.ReadAllBytes)];
        foreach (string original in originals)
        {
            Assert.That(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(original)), Is.Negative, original);
        }

        Assert.That(json.GetProperty("inputs")[0].GetProperty("time").GetString(), Does.StartWith("2000-01-01T"));
        AdminProcess.Run("bisect", to, Negative("client-1")).Succeeded();
        AdminProcess.Run("bisect", to, Negative("default")).WasRefused(2, "there is no client 'default'");

        // A client by its number: numbers are kept where the predicate needs them.
        AdminProcess.Run("minimise", SampleJournals.Small, Negative("1"), "--out", _folder.PathOf("by-number"), "--redact").Succeeded();
    }

    [Test]
    public void A_bound_of_trials_gives_the_best_so_far()
    {
        JsonElement json = AdminProcess.Run("minimise", SampleJournals.Small, Negative("default"), "--out", _folder.PathOf("bounded"), "--trials", "10",
            "--json").Succeeded().Json();
        Assert.That((json.GetProperty("minimal").GetBoolean(), json.GetProperty("trials").GetInt64()), Is.EqualTo((false, 10L)));
        Assert.That(json.GetProperty("notes")[0].GetString(), Does.Contain("by --trials"));
        AdminProcess.Run("bisect", _folder.PathOf("bounded"), Negative("default")).Succeeded();
    }

    [TestCase("NEG", 1, "'--out' is required", "", TestName = "No_place_for_the_result")]
    [TestCase("position(", 2, "the predicate ", "--out O", TestName = "A_predicate_that_is_none")]
    [TestCase("position('nobody','BTCUSDT')<0", 2, "there is no client 'nobody'", "--out O", TestName = "A_predicate_of_nobody")]
    [TestCase("sequence()>9", 2, "asks for sequence()", "--out O", TestName = "A_predicate_that_numbers_change")]
    [TestCase("status(448)=='Filled'", 2, "asks for status()", "--out O", TestName = "A_predicate_of_an_order")]
    [TestCase("orders()==0", 2, "is so before the first input", "--out O", TestName = "A_predicate_that_always_was")]
    [TestCase("NEG", 2, "is there and not empty", "--out J", TestName = "A_place_that_is_taken")]
    [TestCase("NEG", 1, "--shift-time goes with --redact", "--out O --shift-time", TestName = "Time_without_redaction")]
    [TestCase("NEG", 1, "--trials is -1", "--out O --trials -1", TestName = "Trials_below_none")]
    public void What_cannot_be_minimised_ends_with_one_line(string predicate, int exitCode, string expected, string options)
    {
        string[] words = [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "O" ? _folder.PathOf("out") : word == "J"
            ? SampleJournals.Small : word)];
        AdminProcess.Run(["minimise", SampleJournals.Small, predicate == "NEG" ? Negative("default") : predicate, .. words]).WasRefused(exitCode, expected);
        Assert.That(Directory.Exists(_folder.PathOf("out")), Is.False);
    }

    [Test]
    public void A_missing_or_damaged_journal_is_refused_where_it_is_damaged_before_the_state()
    {
        AdminProcess.Run("minimise", _folder.PathOf("nothing"), Negative("default"), "--out", _folder.PathOf("out")).WasRefused(3, "check the path");
        string damaged = SampleJournals.Copy(SampleJournals.Small, _folder);
        string segment = Directory.GetFiles(damaged, "*.journal").Single();
        byte[] bytes = File.ReadAllBytes(segment);
        bytes[RecordedRun.UsedBytes(bytes) / 2] ^= 1;
        File.WriteAllBytes(segment, bytes);
        AdminProcess.Run("minimise", damaged, "equity('default') < 0", "--out", _folder.PathOf("out")).WasRefused(3, "has a damaged record");
        AdminProcess.Run("minimise", damaged, Negative("default"), "--out", _folder.PathOf("out")).Succeeded();
    }

    private static string Negative(string client) => $"position('{client}', 'BTCUSDT') < 0";

    // The month with its 700th fill told again under another number; orders of inputs behind it have ids that are one sequence later.
    private string Plant()
    {
        string planted = _folder.PathOf("planted");
        using JournalReader reader = JournalReader.Open(SampleJournals.Month);
        using JournalWriter writer = JournalWriter.Create(planted, JournalPlaces.Options());
        long added = 0;
        int fills = 0;
        long place = long.MaxValue;
        while (reader.TryRead(out JournalRecord record))
        {
            if (record.IsControl)
            {
                continue;
            }

            byte[] message = JournaledInput.MessageOf(record).ToArray();
            bool isReport = ExecutionReportDecoder.TryWrap(message, out ExecutionReportDecoder report);
            if (isReport && Engine.Orders.ClientOrderId.SequenceOf(report.ClientOrderId) > place)
            {
                message = With(message, report.ClientOrderId + Engine.Orders.ClientOrderId.OrdersPerInputMax, report.VenueTradeId);
            }

            writer.Append(record.Sequence + added, record.TimestampNanos, record.TemplateId, JournalFlags.None, message);
            if (isReport && report.Kind == ExecutionKind.Fill && ++fills == 700)
            {
                added = 1;
                place = record.Sequence;
                writer.Append(record.Sequence + 1, record.TimestampNanos, record.TemplateId, JournalFlags.None, With(message, report.ClientOrderId,
                    987_654_321));
            }
        }

        return planted;
    }

    private static byte[] With(byte[] message, ulong order, ulong trade)
    {
        byte[] copy = [.. message];
        var e = ExecutionReportEncoder.WrapForEncodeAndApplyHeader(copy);
        message.CopyTo(copy.AsSpan());
        e.ClientOrderId = order;
        e.VenueTradeId = trade;
        return copy;
    }
}
