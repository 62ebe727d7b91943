using System.Text.Json;

namespace OrderPlatform.Admin.Tests.Explaining;

/// <summary><c>why-not</c> says what stopped each signal of a journal.</summary>
internal sealed class WhyNotTests
{
    private static readonly WorkFolder Folder = new();

    private static readonly Lazy<string> Paper = new(static () => SampleJournals.Record(Folder, "paper-trader.yaml"));

    [OneTimeTearDown]
    public void Remove() => Folder.Dispose();

    [Test]
    [Description("R129: ten hours without a trade, each signal with what stopped it")]
    public void Ten_hours_without_a_trade_are_explained()
    {
        string output = AdminProcess.Run("why-not", Paper.Value).Succeeded().Output;
        string[] held = [.. output.Split('\n').Where(static line => line.Contains(" held by ", StringComparison.Ordinal))];
        Assert.That(held, Has.Length.EqualTo(10), output);
        Assert.That(held, Has.All.Contains("; position 0").And.All.Contains("mark "));
        Assert.That(held, Has.Exactly(6).Matches("held by Momentum \\(MomentumTooLow\\): [0-9.]+ %/h against 1.78 %/h; .*confidence [0-9.]+, momentum -?[0-9.]+ %/h"));
        Assert.That(held, Has.Exactly(4).Contains("held by Direction (NeutralDirection)"));
        Assert.That(output, Does.Match("signals +10\npassed +0\nstopped +10\n").And.Match("6 +Momentum: MomentumTooLow"));
    }

    [Test]
    [Description("R129: one signal with all its filters, as JSON")]
    public void One_signal_is_told_with_all_its_filters()
    {
        JsonElement json = AdminProcess.Run("why-not", Paper.Value, "--signal", "4", "--json").Succeeded().Json();
        JsonElement decision = json.GetProperty("decisions")[0];
        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("command").GetString(), Is.EqualTo("why-not"));
            Assert.That(json.GetProperty("decisions").GetArrayLength(), Is.EqualTo(1));
            Assert.That(decision.GetProperty("time").GetString(), Does.StartWith("2025-09-01T04:00:00"));
            Assert.That(decision.GetProperty("filter").GetString(), Is.EqualTo("Momentum"));
            Assert.That(decision.GetProperty("reason").GetString(), Is.EqualTo("MomentumTooLow"));
            Assert.That(decision.GetProperty("limit").GetString(), Is.EqualTo("1.78 %/h"));
            Assert.That(json.GetProperty("filters").GetArrayLength(), Is.EqualTo(13));
        });
        string[] verdicts = [.. json.GetProperty("filters").EnumerateArray().Select(static one => one.GetProperty("verdict").GetString()!)];
        Assert.That(verdicts, Has.Exactly(1).EqualTo("Decided").And.Some.EqualTo("Passed").And.Some.EqualTo("NotConfigured").And.Some.EqualTo("NotReached"));
    }

    [Test]
    [Description("R110 to R115: a signal that passed all filters and was refused by a check is stopped, too")]
    public void A_refusal_by_a_check_is_told_with_its_numbers()
    {
        string limits = SampleJournals.Record(Folder, "limits-that-reject.yaml");
        string output = AdminProcess.Run("why-not", limits).Succeeded().Output;
        Assert.That(output, Does.Match("refused by [A-Za-z]+ \\([A-Za-z]+\\): [0-9.-]+ against [0-9.]+, asked for (Buy|Sell) [0-9.]+"));
        Assert.That(output, Does.Match(" +[0-9]+ +refused by a check"));
        JsonElement all = AdminProcess.Run("why-not", limits, "--all", "--json").Succeeded().Json();
        Assert.That(all.GetProperty("decisions").GetArrayLength(), Is.EqualTo(all.GetProperty("signals").GetInt64()));
    }

    [Test]
    public void A_client_is_asked_for_by_name_and_what_is_not_there_is_named()
    {
        string client = AdminProcess.Run("clients", Paper.Value, "--json").Succeeded().Json().GetProperty("clients")[0].GetProperty("client").GetString()!;
        Assert.That(AdminProcess.Run("why-not", Paper.Value, "--client", client, "--json").Succeeded().Json().GetProperty("signals").GetInt64(), Is.EqualTo(10));
        AdminProcess.Run("why-not", Paper.Value, "--client", "nobody").WasRefused(2, "no client 'nobody'");
        AdminProcess.Run("why-not", Paper.Value, "--signal", "77").WasRefused(2, "no signal 77");
        AdminProcess.Run("why-not", Paper.Value, "--signal", "x").WasRefused(1, "--signal");
        AdminProcess.Run("why-not", Folder.PathOf("none")).WasRefused(3, "none");
    }
}
