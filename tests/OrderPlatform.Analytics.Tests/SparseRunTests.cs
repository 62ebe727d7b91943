using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics.Tests;

/// <summary>Runs in which little or nothing happened: every report is written, and says so without NaN.</summary>
public sealed class SparseRunTests
{
    public static IEnumerable<TestCaseData> Runs()
    {
        yield return new TestCaseData(new RunRecord()).SetArgDisplayNames("nothing");
        yield return new TestCaseData(WithEquity(100)).SetArgDisplayNames("one point");
        yield return new TestCaseData(WithEquity(0)).SetArgDisplayNames("one point of zero");
        yield return new TestCaseData(WithEquity([.. Enumerable.Repeat(100L, 5_000)])).SetArgDisplayNames("flat");
        yield return new TestCaseData(WithEquity(100, -50, 20)).SetArgDisplayNames("below zero");
        yield return new TestCaseData(WithEquity(92_000_000_000, 1, 92_000_000_000)).SetArgDisplayNames("huge");
        RunRecord noPrices = SampleRun.Make(days: 2, trades: 20);
        noPrices.Prices.Clear();
        yield return new TestCaseData(noPrices).SetArgDisplayNames("no prices");
        RunRecord noEquity = SampleRun.Make(days: 2, trades: 20);
        noEquity.Equity.Clear();
        yield return new TestCaseData(noEquity).SetArgDisplayNames("no equity");
        RunRecord oneTrade = SampleRun.Make(days: 2, trades: 20);
        oneTrade.Trades.RemoveRange(1, oneTrade.Trades.Count - 1);
        yield return new TestCaseData(oneTrade).SetArgDisplayNames("one trade");
        RunRecord even = new();
        even.Trades.Add(default(TradeRecord) with { ExitReason = "end" });
        even.Trades.Add(default);
        even.Fills.Add(default);
        yield return new TestCaseData(even).SetArgDisplayNames("records of defaults");
    }

    [TestCaseSource(nameof(Runs))]
    public void Console_report_is_written(RunRecord run)
    {
        string[] lines = ConsoleReportTests.Lines(run);
        Assert.That(lines, Has.None.Contains("NaN").And.None.Contains("-0.00 "));
        Assert.That(lines[^1], Does.StartWith("digest "));
    }

    [TestCaseSource(nameof(Runs))]
    public void Page_is_written(RunRecord run)
    {
        string text = HtmlReportTests.Text(run);
        Assert.That(HtmlReportTests.Parse(run).Name.LocalName, Is.EqualTo("html"));
        Assert.That(text, Does.Not.Contain("NaN").And.Not.Contain("Infinity").And.Not.Contain("∞%"));
    }

    [TestCaseSource(nameof(Runs))]
    public void Tables_are_written(RunRecord run)
    {
        using TemporaryFolder folder = new();
        CsvReports.WriteTrades(folder.File("trades.csv"), run.Trades);
        CsvReports.WriteFills(folder.File("fills.csv"), run.Fills);
        CsvReports.WriteEquity(folder.File("equity.csv"), run.Equity);
        Assert.That(File.ReadAllLines(folder.File("trades.csv")), Has.Length.EqualTo(run.Trades.Count + 1));
        Assert.That(File.ReadAllLines(folder.File("fills.csv")), Has.Length.EqualTo(run.Fills.Count + 1));
        Assert.That(File.ReadAllLines(folder.File("equity.csv")), Has.Length.EqualTo(run.Equity.Count + 1));
    }

    [Test]
    public void A_run_of_nothing_says_not_available()
    {
        string text = string.Join('\n', ConsoleReportTests.Lines(new RunRecord()));
        Assert.That(text, Does.Contain("period           no inputs").And.Contain("Sharpe           n/a").And.Contain("profit factor    n/a"));
    }

    private static RunRecord WithEquity(params long[] units)
    {
        RunRecord run = new() { FirstTimeNanos = SampleRun.StartNanos, InitialEquity = SampleRun.Units(units[0]), FinalEquity = SampleRun.Units(units[^1]) };
        for (int i = 0; i < units.Length; i++)
        {
            Money equity = SampleRun.Units(units[i]);
            long timeNanos = SampleRun.StartNanos + (i * SampleRun.MinuteNanos);
            run.Equity.Add(new EquityPoint(timeNanos, equity, equity, default, new Price(FixedPoint.One)));
            run.Prices.Add(new PricePoint(timeNanos, new Price(FixedPoint.One)));
        }

        return run;
    }
}
