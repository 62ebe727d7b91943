namespace OrderPlatform.Host.Tests;

/// <summary><c>why-not</c> says what stopped each signal of a journal.</summary>
internal sealed class WhyNotTests
{
    private readonly WorkFolder _folder = new();

    private static string Sample(string name) => Path.Combine(AppContext.BaseDirectory, "samples", name + ".yaml");

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    [Description("R129: ten hours without a trade, each signal with what stopped it")]
    public void Ten_hours_without_a_trade_are_explained()
    {
        HostProcess.Run(_folder, "backtest", Sample("paper-trader"), "--journal", "paper").Succeeded();
        HostResult result = HostProcess.Run(_folder, "why-not", "paper");
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        string[] held = [.. result.Output.Split('\n').Where(static line => line.Contains(" held by ", StringComparison.Ordinal))];
        Assert.That(held, Has.Length.EqualTo(10), result.Output);
        Assert.That(held, Has.All.Contains("; position 0").And.All.Contains("mark "));
        Assert.That(held, Has.Exactly(6).Matches("held by Momentum \\(MomentumTooLow\\): [0-9.]+ %/h against 1.78 %/h; .*confidence [0-9.]+, momentum -?[0-9.]+ %/h"));
        Assert.That(held, Has.Exactly(4).Contains("held by Direction (NeutralDirection)"));
        Assert.That(result.Output, Does.Contain("signals 10, passed 0, stopped 10\n"));

        HostResult one = HostProcess.Run(_folder, "why-not", "paper", "--signal", "4");
        Assert.That(one.Output.Split('\n').Count(static line => line.Contains(" signal ", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(one.Output, Does.Contain("2025-09-01T04:00:00").And.Contain("signal 4 Short: held by"));
    }

    [Test]
    [Description("R110 to R115: a signal that passed all filters and was refused by a check is stopped, too")]
    public void A_refusal_by_a_check_is_told_with_its_numbers()
    {
        HostProcess.Run(_folder, "backtest", Sample("limits-that-reject"), "--journal", "limits").Succeeded();
        HostResult result = HostProcess.Run(_folder, "why-not", "limits");
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Match("    refused by [A-Za-z]+ \\([A-Za-z]+\\): [0-9.-]+ against [0-9.]+, asked for (Buy|Sell) [0-9.]+\n"));
        Assert.That(result.Output, Does.Match(" +[0-9]+ refused by a check\n"));
    }

    [Test]
    public void A_journal_that_is_not_there_is_named() => HostProcess.Run(_folder, "why-not", "none").WasRefused(3, "none: check the path");
}
