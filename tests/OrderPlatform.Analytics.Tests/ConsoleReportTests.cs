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

    internal static string[] Lines(RunRecord run)
    {
        using StringWriter writer = new();
        ConsoleReport.Write(writer, run);
        string text = writer.ToString();
        Assert.That(text, Does.EndWith("\n"));
        return text[..^1].Split('\n');
    }
}
