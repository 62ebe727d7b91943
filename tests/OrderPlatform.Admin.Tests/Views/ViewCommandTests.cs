using System.Text.Json;

namespace OrderPlatform.Admin.Tests.Views;

/// <summary>The verbs that show what is, through the real executable.</summary>
internal sealed class ViewCommandTests
{
    private static readonly WorkFolder Kept = new();

    private static readonly Lazy<string> Clients = new(static () => SampleJournals.Record(Kept, "odum.yaml"));

    [Test]
    public void Status_says_where_the_engine_stands()
    {
        AdminResult text = AdminProcess.Run("status", SampleJournals.Month).Succeeded();
        Assert.That(text.Output, Does.Contain("91069").And.Contain("not running").And.Contain("ikenna").And.Contain("BTCUSDT"));
        JsonElement json = AdminProcess.Run("status", SampleJournals.Month, "--json").Succeeded().Json();
        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("command").GetString(), Is.EqualTo("status"));
            Assert.That(json.GetProperty("sequence").GetInt64(), Is.EqualTo(91_069));
            Assert.That(json.GetProperty("running").GetString(), Is.EqualTo("not running"));
            Assert.That(json.GetProperty("clients")[0].GetProperty("client").GetString(), Is.EqualTo("ikenna"));
            Assert.That(json.GetProperty("clients")[0].GetProperty("equity").GetString(), Does.StartWith("74623.4"));
            Assert.That(json.GetProperty("ledgerBalances").GetBoolean(), Is.True);
        });
    }

    [TestCase("positions", "positions", "averagePrice")]
    [TestCase("orders", "orders", "orderId")]
    [TestCase("clients", "clients", "drawdown")]
    [TestCase("limits", "limits", "used")]
    [TestCase("breakers", "breakers", "state")]
    [TestCase("rates", "budgets", "capacity")]
    public void Each_view_is_text_and_JSON(string verb, string table, string column)
    {
        Assert.That(AdminProcess.Run(verb, Sample(verb), "--at", Place(verb)).Succeeded().Output, Does.Contain("after input"));
        JsonElement rows = AdminProcess.Run(verb, Sample(verb), "--at", Place(verb), "--json").Succeeded().Json().GetProperty(table);
        Assert.That(rows.GetArrayLength(), Is.GreaterThan(0));
        Assert.That(rows[0].TryGetProperty(column, out _), Is.True);
    }

    [Test]
    public void A_client_is_asked_for_by_name_or_number()
    {
        foreach (string client in new[] { "ikenna", "IKENNA", "1" })
        {
            Assert.That(AdminProcess.Run("clients", SampleJournals.Month, "--client", client, "--json").Succeeded().Json().GetProperty("clients").GetArrayLength(), Is.EqualTo(1));
        }

        AdminProcess.Run("clients", SampleJournals.Month, "--client", "nobody").WasRefused(2, "no client 'nobody'", "ikenna");
    }

    [Test]
    public void A_folder_of_runs_stands_for_its_newest()
    {
        using var folder = new WorkFolder();
        SampleJournals.Copy(SampleJournals.Small, folder, "runs/0002");
        SampleJournals.Copy(SampleJournals.Month, folder, "runs/0010");
        Assert.That(AdminProcess.Run("status", folder.PathOf("runs"), "--json").Succeeded().Json().GetProperty("sequence").GetInt64(), Is.EqualTo(91_069));
    }

    [Test]
    public void What_cannot_be_answered_is_one_line()
    {
        using var folder = new WorkFolder();
        AdminProcess.Run("status", folder.PathOf("none")).WasRefused(3, "none");
        AdminProcess.Run("status").WasRefused(1, "argument missing");
        AdminProcess.Run("status", SampleJournals.Month, "--at", "x").WasRefused(1, "--at is 'x'", "2025-01-20");
        AdminProcess.Run("status", SampleJournals.Month, "--at", "91070").WasRefused(2, "ends with sequence 91069");
        AdminProcess.Run("statsu", SampleJournals.Month).WasRefused(1, "statsu");
        Directory.CreateDirectory(folder.PathOf("empty"));
        AdminProcess.Run("positions", folder.PathOf("empty")).WasRefused(3, "empty");
    }

    [Test]
    public void A_damaged_journal_is_named_and_what_lies_before_is_still_shown()
    {
        using var folder = new WorkFolder();
        string copy = SampleJournals.Copy(SampleJournals.Small, folder);
        string file = Directory.GetFiles(copy, "*.journal").Single();
        byte[] bytes = File.ReadAllBytes(file);
        bytes[RecordedRun.UsedBytes(bytes) / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        AdminProcess.Run("status", copy).WasRefused(3, Path.GetFileName(file), "offset");
        AdminProcess.Run("status", copy, "--at", "20").Succeeded();
    }

    private static string Sample(string verb) => verb is "breakers" or "rates" ? Clients.Value : SampleJournals.Month;

    private static string Place(string verb) => verb == "orders" ? "82" : verb is "breakers" or "rates" ? "500" : "58000";

    [OneTimeTearDown]
    public void Remove() => Kept.Dispose();
}
