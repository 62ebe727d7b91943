using System.Text.Json;

namespace OrderPlatform.Admin.Tests.TimeTravel;

/// <summary><c>at</c> and <c>bisect</c> through the real executable.</summary>
internal sealed class AtCommandTests
{
    private static readonly string[] Tables =
        ["outputs", "orders", "parents", "positions", "clients", "strategies", "accounts", "limits", "breakers", "budgets", "timers", "markets"];

    [Test]
    public void At_shows_every_table_of_a_place()
    {
        JsonElement json = AdminProcess.Run("at", SampleJournals.Month, "82", "--json").Succeeded().Json();
        foreach (string table in Tables)
        {
            Assert.That(json.GetProperty(table).ValueKind, Is.EqualTo(JsonValueKind.Array), table);
        }

        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("sequence").GetInt64(), Is.EqualTo(82));
            Assert.That(json.GetProperty("input").GetString(), Does.StartWith("Signal "));
            Assert.That(json.GetProperty("orders")[0].GetProperty("orderId").GetString(), Is.EqualTo("70368744182912"));
            Assert.That(json.GetProperty("outputs").EnumerateArray().Any(static one => one.GetProperty("output").GetString()!.StartsWith("NewOrder ", StringComparison.Ordinal)), Is.True);
        });
        Assert.That(AdminProcess.Run("at", SampleJournals.Month, "82").Succeeded().Output, Does.Contain("Open orders").And.Contain("70368744182912").And.Contain("max_daily_loss"));
    }

    [Test]
    public void A_time_is_the_last_input_that_is_not_later()
    {
        JsonElement json = AdminProcess.Run("at", SampleJournals.Month, "2025-01-10T00:00:30Z", "--json").Succeeded().Json();
        Assert.That(json.GetProperty("time").GetString(), Is.EqualTo("2025-01-10T00:00:00Z"));
    }

    [Test]
    public void Bisect_finds_the_first_input_and_the_one_before_is_not_so()
    {
        const string Question = "drawdown('ikenna') > 500";
        JsonElement found = AdminProcess.Run("bisect", SampleJournals.Month, Question, "--json").Succeeded().Json();
        long sequence = found.GetProperty("sequence").GetInt64();
        Assert.That(found.GetProperty("found").GetBoolean(), Is.True);
        Assert.That(found.GetProperty("looked").GetInt64(), Is.EqualTo(sequence));
        decimal Drawdown(long at) => decimal.Parse(
            AdminProcess.Run("clients", SampleJournals.Month, "--at", $"{at}", "--json").Succeeded().Json().GetProperty("clients")[0].GetProperty("drawdown").GetString()!);
        Assert.That(Drawdown(sequence), Is.GreaterThan(500m));
        Assert.That(Drawdown(sequence - 1), Is.LessThanOrEqualTo(500m));
        JsonElement later = AdminProcess.Run("bisect", SampleJournals.Month, Question, "--from", $"{sequence + 1}", "--json").Succeeded().Json();
        Assert.That(later.GetProperty("sequence").GetInt64(), Is.GreaterThan(sequence));
    }

    [Test]
    public void What_never_became_true_is_said_with_an_exit_code_of_its_own()
    {
        AdminResult never = AdminProcess.Run("bisect", SampleJournals.Month, "position('ikenna', 'BTCUSDT') > 100", "--json").Succeeded(exitCode: 4);
        Assert.That(never.Json().GetProperty("found").GetBoolean(), Is.False);
        AdminResult before = AdminProcess.Run("bisect", SampleJournals.Month, "drawdown('ikenna') > 500", "--to", "100").Succeeded(exitCode: 4);
        Assert.That(before.Output, Does.Contain("became true").And.Contain("no"));
    }

    [Test]
    public void What_cannot_be_asked_is_one_line()
    {
        AdminProcess.Run("at", SampleJournals.Month).WasRefused(1, "argument missing");
        AdminProcess.Run("at", SampleJournals.Month, "0").WasRefused(1, "place is '0'");
        AdminProcess.Run("at", SampleJournals.Month, "99999999").WasRefused(2, "ends with sequence 91069");
        AdminProcess.Run("at", "none", "5").WasRefused(3, "none");
        AdminProcess.Run("bisect", SampleJournals.Month, "position('x','BTCUSDT') < 0").WasRefused(2, "column 1", "no client 'x'", "ikenna");
        AdminProcess.Run("bisect", SampleJournals.Month).WasRefused(1, "argument missing");
    }

    [Test]
    public void Behind_damage_nothing_is_said_and_before_it_everything()
    {
        using var folder = new WorkFolder();
        string copy = SampleJournals.Copy(SampleJournals.Small, folder);
        string file = Directory.GetFiles(copy, "*.journal").Single();
        byte[] bytes = File.ReadAllBytes(file);
        bytes[RecordedRun.UsedBytes(bytes) / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        AdminProcess.Run("at", copy, "20").Succeeded();
        AdminProcess.Run("at", copy, "2025-12-31").WasRefused(3, "offset");
        AdminProcess.Run("bisect", copy, "sequence > 1000000").WasRefused(3, "offset");
    }
}
