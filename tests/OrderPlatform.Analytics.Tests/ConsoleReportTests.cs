namespace OrderPlatform.Analytics.Tests;

public sealed class ConsoleReportTests
{
    [Test]
    public void The_last_lines_are_journal_sequence_and_digest_for_scripts_to_read()
    {
        RunRecord run = SampleRun.Make();
        string[] lines = Lines(run);
        Assert.That(lines[^3..], Is.EqualTo(new[] { $"journal {run.JournalPath}", $"final sequence {run.FinalSequence}", $"digest {run.Digest}" }));
    }

    [Test]
    public void The_report_fits_55_lines_of_plain_text_whatever_the_number_of_reasons()
    {
        RunRecord run = SampleRun.Make();
        for (int i = 0; i < 40; i++)
        {
            run.Holds[$"reason {i}"] = i;
            run.RiskRejections[$"reason {i}"] = i;
            run.Alerts[$"reason {i}"] = i;
            run.Trades[i] = run.Trades[i] with { ExitReason = $"reason {i}" };
        }

        run.FinalEquity += SampleRun.Units(3);
        string[] lines = Lines(run);
        Assert.That(lines, Has.Length.LessThanOrEqualTo(55));
        Assert.That(lines.SelectMany(l => l), Has.All.InRange(' ', '~'));
        Assert.That(lines, Has.Some.Contains("38 more reasons").And.Some.Contains("38 others"));
    }

    [Test]
    public void Figures_are_those_of_the_records()
    {
        RunRecord run = SampleRun.Make();
        string text = string.Join('\n', Lines(run));
        Assert.That(text, Does.Contain($"realised P&L     {ReportText.Signed(run.RealisedPnl)}\n"));
        Assert.That(text, Does.Contain($"fees             {ReportText.Amount(run.Fees)}\n"));
        Assert.That(text, Does.Contain($"net P&L          {ReportText.Signed(run.FinalEquity - run.InitialEquity)}\n"));
        Assert.That(text, Does.Contain($"trades           {run.Trades.Count}  (won {run.Trades.Count(t => t.NetPnl.Raw > 0)}, "));
        Assert.That(text, Does.Contain("1,417,007 inputs/s"));
        Assert.That(text, Does.Not.Contain("other change"), "a plain run is explained by P&L and fees");
    }

    [Test]
    public void A_difference_between_equity_and_PnL_is_shown_not_hidden()
    {
        RunRecord run = SampleRun.Make();
        run.FinalEquity += SampleRun.Units(7);
        Assert.That(Lines(run), Has.Some.StartsWith("other change     +7.00"));
    }

    [Test]
    public void A_name_with_line_breaks_cannot_forge_a_line()
    {
        RunRecord run = new() { Title = "x\ndigest forged", JournalPath = "a\r\nfinal sequence 9", Digest = "ab" };
        run.Holds["r\nfinal sequence 8"] = 1;
        Assert.That(Lines(run).Count(l => l.StartsWith("digest ", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(Lines(run).Count(l => l.StartsWith("final sequence ", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    [Description("R94, R95, R98")]
    public void Orders_have_their_rates_waits_costs_and_turnover()
    {
        RunRecord run = SampleRun.Make();
        string text = string.Join('\n', Lines(run));
        OrderStatistics orders = OrderStatistics.From(run.Orders, run.Refusals.Count);
        Assert.That(text, Does.Contain($"execution        filled {ReportText.Percent(orders.FillRatio, 1)} of the quantity   success "));
        Assert.That(text, Does.Contain("answer           mean 10.943 ms, median 11 ms, 99 % 14 ms\n"));
        Assert.That(text, Does.Contain($"slippage         {Describe.BasisPoints(orders.DecisionCost.BasisPoints)} from the decision"));
        Assert.That(orders.DecisionCost.BasisPoints, Is.Positive);
        Assert.That(text, Does.Contain($"traded           {ReportText.Amount(orders.TradedValue)}   "));
        Assert.That(Lines(new RunRecord()), Has.None.StartsWith("execution"), "without orders there is nothing to say");
    }

    [Test]
    [Description("R94, R102")]
    public void Several_names_have_a_row_each_and_one_name_has_no_table()
    {
        RunRecord several = SampleRun.MakeSeveral();
        string[] lines = Lines(several);
        Assert.That(lines.Where(static l => l.StartsWith("by ", StringComparison.Ordinal)).Select(static l => l[..12].TrimEnd()),
            Is.EqualTo(new[] { "by client", "by strategy", "by venue", "by symbol" }));
        Assert.That(lines, Has.One.StartsWith("okx  ").And.One.StartsWith("momentum-2  ").And.One.StartsWith("borealis  "));
        Assert.That(Lines(SampleRun.Make()), Has.None.StartsWith("by "));
    }

    [Test]
    public void More_than_eight_names_are_counted_not_listed()
    {
        RunRecord run = SampleRun.Make();
        for (int i = 0; i < 20; i++)
        {
            run.Trades[i] = run.Trades[i] with { Strategy = $"s{i:D2}\ndigest forged" };
        }

        string[] lines = Lines(run);
        Assert.That(lines, Has.One.EndsWith("and 13 more"));
        Assert.That(lines.Count(static l => l.StartsWith("digest ", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    [Description("R100")]
    public void Targets_of_the_configuration_are_beside_what_was_reached()
    {
        RunRecord run = SampleRun.Make();
        Assert.That(Lines(run), Has.None.StartsWith("target"));
        run.Targets = new PerformanceTargets(0.04, 0.06, 0.15, 0.5, 1.5);
        Assert.That(Lines(run).Where(static l => l.StartsWith("target", StringComparison.Ordinal)), Has.Exactly(4).Items);
        Assert.That(Lines(run), Has.One.Contains("win rate 45.71 %   above 50.00 %: missed"));
    }

    [Test]
    public void Deposits_and_funding_have_lines_when_there_are_any()
    {
        RunRecord run = SampleRun.Make();
        Assert.That(Lines(run), Has.None.StartsWith("deposits").And.None.StartsWith("funding"));
        run.Deposits = SampleRun.Units(500);
        run.Funding = SampleRun.Units(-3);
        run.FinalEquity += SampleRun.Units(497);
        string[] lines = Lines(run);
        Assert.That(lines, Has.One.StartsWith("deposits         +500.00").And.One.StartsWith("funding          -3.00"));
        Assert.That(lines, Has.None.StartsWith("other change"));
    }

    internal static string[] Lines(RunRecord run)
    {
        using StringWriter writer = new();
        ConsoleReport.Write(writer, run);
        string text = writer.ToString();
        Assert.That(text, Does.EndWith("\n"));
        return text[..^1].Split('\n');
    }
}
