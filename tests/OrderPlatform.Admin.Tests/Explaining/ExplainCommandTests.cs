using System.Text.Json;
using System.Xml.Linq;

namespace OrderPlatform.Admin.Tests.Explaining;

/// <summary><c>explain</c> through the real executable (N4).</summary>
internal sealed class ExplainCommandTests
{
    private static readonly WorkFolder Kept = new();

    private static readonly Lazy<string> Ikenna = new(static () => SampleJournals.Record(Kept, "ikenna.yaml"));

    private static readonly Lazy<string> Limits = new(static () => SampleJournals.Record(Kept, "limits-that-reject.yaml"));

    private static readonly Lazy<string> Odum = new(static () => SampleJournals.Record(Kept, "odum.yaml"));

    [OneTimeTearDown]
    public void Remove() => Kept.Dispose();

    [Test]
    public void Every_order_and_every_rejection_of_the_generated_month_has_its_whole_chain()
    {
        JsonElement json = AdminProcess.Run("explain", "all", SampleJournals.Month, "--json").Succeeded().Json();
        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("complete").GetBoolean(), Is.True);
            Assert.That(json.GetProperty("orders").GetInt64(), Is.GreaterThan(1_000));
            Assert.That(json.GetProperty("refusals").GetInt64(), Is.GreaterThan(0));
            Assert.That(json.GetProperty("trades").GetInt64(), Is.GreaterThan(1_000));
            Assert.That(json.GetProperty("missing").GetArrayLength(), Is.Zero);
        });
    }

    [Test]
    public void Every_chain_of_samples_with_limits_stops_and_slices_is_whole()
    {
        JsonElement limits = AdminProcess.Run("explain", "all", Limits.Value, "--json").Succeeded().Json();
        Assert.That(limits.GetProperty("refusals").GetInt64(), Is.GreaterThan(50));
        Assert.That(AdminProcess.Run("explain", "all", Ikenna.Value).Succeeded().Output, Does.Contain("Missing links: none"));
        JsonElement sliced = AdminProcess.Run("explain", "all", Odum.Value, "--json").Succeeded().Json();
        Assert.That(sliced.GetProperty("orders").GetInt64(), Is.GreaterThan(5 * sliced.GetProperty("trades").GetInt64()));
    }

    [Test]
    public void An_order_is_explained_from_its_signal_to_its_profit_as_text_JSON_and_page()
    {
        JsonElement trade = AdminProcess.Run("explain", "trade", SampleJournals.Month, "btc_ma_cross_v1/700", "--json").Succeeded().Json();
        string id = trade.GetProperty("numbers").EnumerateArray().First(static one => one.GetProperty("name").GetString() == "clientOrderId").GetProperty("value").GetString()!;
        using var folder = new WorkFolder();
        string page = folder.PathOf("why.html");
        JsonElement json = AdminProcess.Run("explain", "order", SampleJournals.Month, id, "--html", page, "--json").Succeeded().Json();
        string[] links = [.. json.GetProperty("chain").EnumerateArray().Select(static one => one.GetProperty("link").GetString()!)];
        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("command").GetString(), Is.EqualTo("explain order"));
            Assert.That(json.GetProperty("subject").GetString(), Is.EqualTo($"order {id}"));
            Assert.That(json.GetProperty("complete").GetBoolean(), Is.True);
            Assert.That(links, Is.SupersetOf(new[] { "Signal", "Filters", "Decision", "Sizing", "Checks", "Parent", "Order", "Sent", "Answer", "Fill", "Position", "Trade" }));
            Assert.That(links[0], Is.EqualTo("Signal"));
            Assert.That(json.GetProperty("filters").GetArrayLength(), Is.EqualTo(13));
            Assert.That(json.GetProperty("checks")[0].GetProperty("limit").ValueKind, Is.EqualTo(JsonValueKind.String));
            Assert.That(json.GetProperty("missing").GetArrayLength(), Is.Zero);
        });
        var markup = XDocument.Load(page);
        Assert.That(markup.Descendants().Where(static one => one.Name.LocalName == "script" || one.Attributes().Any(static a => a.Value.StartsWith("http://", StringComparison.Ordinal)
            && a.Name != "xmlns" && !a.IsNamespaceDeclaration)), Is.Empty, "nothing is fetched");
        Assert.That(markup.ToString(), Does.Contain("Fill: ").And.Contain("Signal: ").And.Contain("<svg"));
        string text = AdminProcess.Run("explain", "order", SampleJournals.Month, id).Succeeded().Output;
        Assert.That(text, Does.Contain("Fill ").And.Contain("P&L").And.Contain("Missing links: none"));
    }

    [Test]
    public void An_exit_that_no_signal_asked_for_begins_with_the_price_and_the_level()
    {
        JsonElement json = AdminProcess.Run("explain", "trade", Ikenna.Value, "3", "--json").Succeeded().Json();
        string cause = json.GetProperty("chain").EnumerateArray().First(static one => one.GetProperty("link").GetString() == "Cause").GetProperty("what").GetString()!;
        Assert.That(cause, Does.Match("reason TakeProfit, input Bar, phase Closed, low [0-9.]+, high [0-9.]+, target [0-9.]+, held [0-9.]+, entryPrice [0-9.]+"));
    }

    [Test]
    public void A_signal_that_a_check_refused_ends_with_the_refusal_and_its_numbers()
    {
        JsonElement stopped = AdminProcess.Run("why-not", Limits.Value, "--json").Succeeded().Json();
        string id = stopped.GetProperty("decisions").EnumerateArray().First(static one => one.GetProperty("what").GetString()!.Contains("refused by", StringComparison.Ordinal))
            .GetProperty("signalId").GetString()!;
        JsonElement json = AdminProcess.Run("explain", "signal", Limits.Value, id, "--json").Succeeded().Json();
        JsonElement refusal = json.GetProperty("chain").EnumerateArray().First(static one => one.GetProperty("link").GetString() == "Refusal");
        Assert.That(refusal.GetProperty("what").GetString(), Does.Match("refused by [A-Za-z]+ \\([A-Za-z]+\\): [0-9.-]+ against [0-9.]+, asked for (Buy|Sell) [0-9.]+"));
        Assert.That(json.GetProperty("checks").EnumerateArray().Count(static one => !one.GetProperty("passed").GetBoolean()), Is.GreaterThan(0));
    }

    [Test]
    public void What_cannot_be_explained_is_one_line()
    {
        using var folder = new WorkFolder();
        AdminProcess.Run("explain", "order", SampleJournals.Small, "7").WasRefused(2, "no order 7");
        AdminProcess.Run("explain", "order", SampleJournals.Small, "x").WasRefused(2, "order 'x' is no number");
        AdminProcess.Run("explain", "trade", SampleJournals.Small, "nobody/1").WasRefused(2, "no strategy 'nobody'");
        AdminProcess.Run("explain", "trade", SampleJournals.Small, "99999").WasRefused(2, "no trade 99999");
        AdminProcess.Run("explain", "signal", SampleJournals.Small, "99999").WasRefused(2, "no signal 99999");
        AdminProcess.Run("explain", "order", SampleJournals.Small).WasRefused(1, "argument missing");
        AdminProcess.Run("explain", "order", folder.PathOf("none"), "7").WasRefused(3, "none");
        AdminProcess.Run("explain", "all", SampleJournals.Small, "--to", "y").WasRefused(1, "--to is 'y'");
    }

    [Test]
    public void A_damaged_journal_is_named()
    {
        using var folder = new WorkFolder();
        string copy = SampleJournals.Copy(SampleJournals.Small, folder);
        string segment = Directory.GetFiles(copy, "*.journal").Order(StringComparer.Ordinal).First();
        using (FileStream file = File.OpenWrite(segment))
        {
            file.Position = 20_000;
            file.Write([1, 2, 3, 4]);
        }

        AdminProcess.Run("explain", "all", copy).WasRefused(3, Path.GetFileName(segment));
        AdminProcess.Run("why-not", copy).WasRefused(3, Path.GetFileName(segment));
        AdminProcess.Run("audit", "export", copy, "--client", "1", "--out", folder.PathOf("a.jsonl")).WasRefused(3, Path.GetFileName(segment));
        Assert.That(File.Exists(folder.PathOf("a.jsonl")), Is.False);
    }
}
