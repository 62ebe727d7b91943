using System.Text.Json;
using System.Xml.Linq;

namespace OrderPlatform.Admin.Tests.WhatIf;

/// <summary>what-if and sweep through the real executable.</summary>
internal sealed class WhatIfCommandTests
{
    private const string DailyLoss = "strategies.btc_ma_cross_v1.risk.max_daily_loss";

    [Test]
    public void Without_a_change_the_month_is_empty_and_the_baseline_is_what_was_recorded()
    {
        JsonElement json = AdminProcess.Run("what-if", SampleJournals.Month, "--json").Succeeded().Json();
        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("command").GetString(), Is.EqualTo("what-if"));
            Assert.That(json.GetProperty("changes").GetString(), Is.EqualTo("none"));
            Assert.That(json.GetProperty("differs").GetBoolean(), Is.False);
            Assert.That(json.GetProperty("baselineIsRecorded").GetBoolean(), Is.True);
            Assert.That(json.GetProperty("baselineDigest").GetString(), Is.EqualTo(json.GetProperty("recordedDigest").GetString()).And.Length.EqualTo(32));
            Assert.That(json.GetProperty("firstSequence").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(json.GetProperty("orders").GetArrayLength(), Is.Zero);
            Assert.That(json.GetProperty("steps").GetArrayLength(), Is.Zero);
            Assert.That(Total(json, "orders").GetProperty("difference").GetInt64(), Is.Zero);
            Assert.That(json.GetProperty("notes").EnumerateArray().Select(static note => note.GetString()),
                Has.Some.Contains("nobody knows how others would have reacted"));
        });
    }

    [Test]
    public void A_tighter_limit_says_what_differs_and_with_which_input_it_began()
    {
        JsonElement json = AdminProcess.Run("what-if", SampleJournals.Month, "--set", $"{DailyLoss}=500", "--json").Succeeded().Json();
        JsonElement first = json.GetProperty("steps")[0];
        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("differs").GetBoolean(), Is.True);
            Assert.That(first.GetProperty("sequence").GetInt64(), Is.EqualTo(json.GetProperty("firstSequence").GetInt64()));
            Assert.That(first.GetProperty("isDirect").GetBoolean(), Is.True);
            Assert.That(first.GetProperty("what").GetString(), Does.Contain("DailyLossLimit").And.Contain("against 500"));
            Assert.That(json.GetProperty("orders")[0].GetProperty("why").GetString(),
                Does.StartWith("direct: check DailyLoss refused").And.Contain("against 1000"));
            Assert.That(json.GetProperty("orders").GetArrayLength(), Is.EqualTo(json.GetProperty("ordersOtherwise").GetInt64()));
            Assert.That(Total(json, "orders").GetProperty("changed").GetInt64(), Is.LessThan(Total(json, "orders").GetProperty("baseline").GetInt64()));
            Assert.That(json.GetProperty("clients")[0].GetProperty("client").GetString(), Is.EqualTo("ikenna"));
            Assert.That(json.GetProperty("refusals")[0].GetProperty("reason").GetString(), Is.EqualTo("DailyLossLimit"));
        });
        string text = AdminProcess.Run("what-if", SampleJournals.Month, "--set", $"{DailyLoss}=500", "--rows", "3").Succeeded().Output;
        Assert.That(text, Does.Contain("baseline is what was recorded").And.Contain("consequence of input").And.Contain("more orders differ"));
    }

    [Test]
    public void Latency_and_fees_are_keys_of_the_venue()
    {
        JsonElement json = AdminProcess.Run("what-if", SampleJournals.Small, "--latency", "250ms", "--fees", "maker=0.0002,taker=0.0004",
            "--json").Succeeded().Json();
        JsonElement same = AdminProcess.Run(
            "what-if", SampleJournals.Small, "--set", "venue.latency_ms=250", "--set", "venue.maker_fee=0.0002", "--set", "venue.taker_fee=0.0004",
                "--json").Succeeded().Json();
        Assert.That(json.GetProperty("changes").GetString(), Is.EqualTo("venue.latency_ms=250 venue.maker_fee=0.0002 venue.taker_fee=0.0004"));
        Assert.That(json.GetProperty("totals").ToString(), Is.EqualTo(same.GetProperty("totals").ToString()));
        Assert.That(json.GetProperty("ordersOtherwise").GetInt64(), Is.GreaterThan(0));
    }

    [TestCase("restarts")]
    [TestCase("quotes")]
    [TestCase("trades")]
    [TestCase("operator-and-open-orders")]
    [TestCase("bars-limit-orders-partial-fills")]
    public void A_journal_that_does_not_say_how_its_venue_behaves_has_an_answer_that_says_what_is_assumed(string golden)
    {
        string journal = Path.Combine(AppContext.BaseDirectory, "golden", golden);
        JsonElement json = AdminProcess.Run("what-if", journal, "--json").Succeeded().Json();
        Assert.That(json.GetProperty("differs").GetBoolean(), Is.False);
        Assert.That(json.GetProperty("notes").EnumerateArray().Select(static note => note.GetString()),
            Has.Some.StartsWith("assumed: venue simulated: the journal does not say"));
        Assert.That(json.GetProperty("notes").EnumerateArray().Select(static note => note.GetString()), Has.Some.Contains("did not end cleanly"));
    }

    [Test]
    public void A_sweep_has_a_row_for_each_value_and_a_chart()
    {
        using var folder = new WorkFolder();
        string svg = folder.PathOf("a.svg");
        JsonElement json = AdminProcess.Run("sweep", SampleJournals.Month, "--set", $"{DailyLoss}=100..1000", "--count", "10", "--svg", svg,
            "--json").Succeeded().Json();
        JsonElement[] rows = [.. json.GetProperty("rows").EnumerateArray()];
        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("command").GetString(), Is.EqualTo("sweep"));
            Assert.That(json.GetProperty("reference").GetString(), Is.EqualTo($"{DailyLoss}=none"));
            Assert.That(rows.Select(static row => row.GetProperty("value").GetString()), Is.EqualTo(Enumerable.Range(1, 10).Select(static i => $"{i}00")));
            Assert.That(rows.Select(static row => row.GetProperty("firstSequence").GetInt64()), Is.Ordered);
            Assert.That(rows[0].GetProperty("breach").GetString(), Does.Contain("DailyLossLimit").And.Contain("against 100"));
            Assert.That(rows[9].GetProperty("net").GetString(), Does.StartWith("-25376.5"), "as the month was recorded");
            Assert.That(XDocument.Load(svg).Root!.Name.LocalName, Is.EqualTo("svg"));
        });
        JsonElement one = AdminProcess.Run("what-if", SampleJournals.Month, "--set", $"{DailyLoss}=300", "--json").Succeeded().Json();
        Assert.That(Total(one, "orders").GetProperty("changed").GetInt64(), Is.EqualTo(rows[2].GetProperty("orders").GetInt64()));
        Assert.That(Total(one, "net result").GetProperty("changed").GetString(), Is.EqualTo(rows[2].GetProperty("net").GetString()));
        Assert.That(AdminProcess.Run("sweep", SampleJournals.Small, "--set", "strategies.test.risk.max_daily_loss=100..300..100").Succeeded().Output,
            Does.Contain("first breach").And.Contain("compared with"));
    }

    [TestCase(2, "did you mean 'default'", "what-if", "--set", "clients.defalt.risk.max_daily_loss=1")]
    [TestCase(2, "did you mean 'risk.max_daily_loss'", "what-if", "--set", "clients.default.risk.max_dayly_loss=1")]
    [TestCase(2, "allowed is a number from 0 to 50000000000", "what-if", "--set", "clients.default.risk.max_daily_loss=-1")]
    [TestCase(2, "did you mean 'latency_ms'", "what-if", "--set", "venue.latncy_ms=1")]
    [TestCase(2, "--latency soon", "what-if", "--latency", "soon")]
    [TestCase(2, "--fees 0.1", "what-if", "--fees", "0.1")]
    [TestCase(2, "write <path>=<value>", "what-if", "--set", "nothing")]
    [TestCase(2, "ask for the range with sweep", "what-if", "--set", "venue.latency_ms=1..2..1")]
    [TestCase(2, "allowed are clients.<name>", "what-if", "--set", "limits.x=1")]
    [TestCase(2, "a sweep has one range, and 0 are given", "sweep", "--set", "venue.latency_ms=1")]
    [TestCase(2, "it is no range", "sweep", "--set", "venue.latency_ms=1..2")]
    [TestCase(2, "'venue.latncy_ms'", "sweep", "--set", "venue.latncy_ms=1..2..1")]
    [TestCase(2, "an integer from 0 to 1000000", "sweep", "--set", "clients.default.risk.max_open_orders=0.5..2..0.5")]
    [TestCase(1, "--rows is 'x'", "what-if", "--rows", "x")]
    [TestCase(1, "--sett", "what-if", "--sett", "x")]
    public void A_wrong_question_is_one_line(int exitCode, string expected, params string[] arguments) =>
        AdminProcess.Run([arguments[0], SampleJournals.Small, .. arguments[1..]]).WasRefused(exitCode, expected);

    [Test]
    public void A_missing_and_a_damaged_journal_are_told_apart_from_a_wrong_question()
    {
        using var folder = new WorkFolder();
        AdminProcess.Run("what-if", folder.PathOf("none")).WasRefused(3, "none");
        string damaged = SampleJournals.Copy(SampleJournals.Small, folder);
        string segment = Directory.GetFiles(damaged, "*.journal")[0];
        byte[] bytes = File.ReadAllBytes(segment);
        bytes[30_000] ^= 1;
        File.WriteAllBytes(segment, bytes);
        AdminProcess.Run("what-if", damaged).WasRefused(3, "damaged");
        AdminProcess.Run("sweep", damaged, "--set", "venue.latency_ms=1..2..1").WasRefused(3, "damaged");
        AdminProcess.Run("sweep", SampleJournals.Small, "--set", "venue.latency_ms=1..2..1", "--svg", folder.PathOf("no/where.svg")).WasRefused(2,
            "no/where.svg");
    }

    [Test]
    public void Help_has_examples()
    {
        Assert.That(AdminProcess.Run("what-if", "--help").Succeeded().Output, Does.Contain("op-admin what-if journal/").And.Contain("--set"));
        Assert.That(AdminProcess.Run("sweep", "--help").Succeeded().Output, Does.Contain("op-admin sweep journal/").And.Contain("--count"));
    }

    private static JsonElement Total(JsonElement json, string what) =>
        json.GetProperty("totals").EnumerateArray().First(row => row.GetProperty("what").GetString() == what);
}
