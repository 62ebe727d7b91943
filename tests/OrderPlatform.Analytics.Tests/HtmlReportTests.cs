using System.Xml.Linq;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.HdrHistogram;

namespace OrderPlatform.Analytics.Tests;

public sealed class HtmlReportTests
{
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    [Test]
    public void A_month_with_500_trades_stays_under_two_megabytes()
    {
        RunRecord run = SampleRun.Make();
        Assert.That(run.Trades, Has.Count.GreaterThanOrEqualTo(500), $"seed {SampleRun.Seed}");
        Assert.That(Text(run), Has.Length.LessThan(2_000_000));
    }

    [Test]
    public void The_page_has_one_line_a_curve_and_one_mark_a_fill()
    {
        RunRecord run = SampleRun.Make();
        XElement page = Parse(run);
        string[] curves = [.. page.Descendants(Xhtml + "polyline").Select(l => l.Ancestors(Xhtml + "figure").Single().Attribute("id")!.Value)];
        Assert.That(curves, Is.EqualTo(new[] { "equity", "drawdown", "price" }));
        Assert.That(Marks(page, "buy"), Has.Length.EqualTo(run.Fills.Count(f => f.IsBuy)));
        Assert.That(Marks(page, "sell"), Has.Length.EqualTo(run.Fills.Count(f => !f.IsBuy)));
        Assert.That(Marks(page, "buy")[0].Value, Does.Contain(run.Fills.First(f => f.IsBuy).Price.ToString()));
        Assert.That(Bars(page, "pnl"), Has.Length.EqualTo(run.Trades.Count));
    }

    [Test]
    public void Execution_latency_has_a_row_a_measure_and_a_picture()
    {
        RunRecord run = SampleRun.Make(days: 1, trades: 5);
        Assert.That(Section(Parse(run), "latency").Value, Does.Contain("No order was answered."));
        run.AnswerLatencyNanos = new LongHistogram(3_600_000_000_000, 3);
        run.FillLatencyNanos = new LongHistogram(3_600_000_000_000, 3);
        for (long millis = 1; millis <= 1_000; millis++)
            run.AnswerLatencyNanos.RecordValue(millis * 1_000_000);
        XElement section = Section(Parse(run), "latency");
        string[] cells = [.. section.Descendants(Xhtml + "tbody").Single().Descendants(Xhtml + "td").Select(cell => cell.Value)];
        Assert.That(cells[..2], Is.EqualTo(new[] { "Sending to the venue's answer", "1,000" }), "what was not recorded has no row");
        Assert.That(cells, Has.Length.EqualTo(7));
        Assert.That(cells[3..], Is.EqualTo(new[] { "500.171", "900.202", "990.38", "1,000.342" }), "the upper end of cells of 262,144 and 524,288 ns");
        Assert.That(section.Descendants().Count(one => one.Name.LocalName == "svg"), Is.EqualTo(1));
    }

    [Test]
    public void Every_trade_has_a_row_and_more_than_100_are_folded_away()
    {
        RunRecord many = SampleRun.Make();
        XElement section = Section(Parse(many), "trades");
        Assert.That(section.Descendants(Xhtml + "tbody").Single().Elements().Count(), Is.EqualTo(many.Trades.Count));
        Assert.That(section.Descendants(Xhtml + "details").Count(), Is.EqualTo(1));
        RunRecord few = SampleRun.Make(days: 2, trades: 20);
        Assert.That(Section(Parse(few), "trades").Descendants(Xhtml + "details"), Is.Empty);
    }

    [Test]
    public void The_distribution_counts_every_trade_once()
    {
        RunRecord run = SampleRun.Make();
        int sum = Bars(Parse(run), "distribution").Sum(b => int.Parse(b.Value.Split(": ")[1].Split(' ')[0], null));
        Assert.That(sum, Is.EqualTo(run.Trades.Count));
    }

    [Test]
    public void The_net_PnL_of_exit_reasons_and_the_shown_sums_are_those_of_the_trades()
    {
        RunRecord run = SampleRun.Make();
        XElement page = Parse(run);
        TradeStatistics trades = TradeStatistics.From(run.Trades);
        Assert.That(Section(page, "exits").Value, Does.Contain(ReportText.Signed(trades.ExitReasons[0].Value.NetPnl)));
        Assert.That(Section(page, "figures").Value, Does.Contain("Trades' net P&L" + ReportText.Signed(new Money(run.Trades.Sum(t => t.NetPnl.Raw)))));
        Assert.That(Section(page, "figures").Value, Does.Contain("Fees" + ReportText.Amount(new Money(run.Fills.Sum(f => f.Fee.Raw)))));
    }

    [Test]
    public void Names_cannot_become_markup()
    {
        RunRecord run = SampleRun.Make(days: 2, trades: 20);
        const string Attack = "<script>alert(\"1\")</script>&'\u0000\u001b\ud800";
        run.Title = run.StrategyName = run.Client = run.DataDescription = run.JournalPath = run.Digest = run.ReplayCommand = Attack;
        run.Holds[Attack] = 1;
        run.Fills[0] = run.Fills[0] with { Strategy = Attack };
        run.Trades[0] = run.Trades[0] with { ExitReason = Attack, Strategy = Attack, Instrument = Attack };
        run.Trades[1] = run.Trades[1] with { Client = Attack, Venue = Attack };
        run.Orders[0] = run.Orders[0] with { Client = Attack, Venue = Attack, Strategy = Attack, Instrument = Attack };
        run.Refusals[0] = run.Refusals[0] with { Side = Attack };
        run.OpenPositions.Add(new OpenPosition(Attack, default, default, default, default));
        Assert.That(Text(run), Does.Not.Contain("<script"));
        XElement page = Parse(run);
        Assert.That(page.Descendants(Xhtml + "script"), Is.Empty);
        Assert.That(page.Descendants(Xhtml + "h1").Single().Value, Is.EqualTo("<script>alert(\"1\")</script>&'\uFFFD\uFFFD\uFFFD"));
    }

    [Test]
    public void The_page_fetches_nothing()
    {
        string text = Text(SampleRun.Make(days: 2, trades: 20));
        Assert.That(text.Split("://"), Has.Length.EqualTo(2), "the namespace is the only address");
        Assert.That(text, Does.Not.Contain("@import").And.Not.Contain("url(").And.Not.Contain("src=").And.Not.Contain(" onclick="));
    }

    [Test]
    public void The_same_run_gives_the_same_page()
    {
        string first = Text(SampleRun.Make(days: 2, trades: 20));
        string second = Text(SampleRun.Make(days: 2, trades: 20));
        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void The_page_tells_how_to_replay()
    {
        RunRecord run = SampleRun.Make(days: 2, trades: 20);
        string section = Section(Parse(run), "replay").Value;
        Assert.That(section, Does.Contain(run.Digest).And.Contain(run.ReplayCommand).And.Contain(run.JournalPath));
    }

    [TestCase(31, "Daily returns", 31)]
    [TestCase(120, "Monthly returns", 4)]
    public void Returns_are_a_calendar_of_days_or_a_table_of_months(int days, string title, int cells)
    {
        XElement section = Section(Parse(SampleRun.Make(days: days, trades: 30)), "returns");
        Assert.That(section.Element(Xhtml + "h2")!.Value, Is.EqualTo(title));
        int filled = section.Descendants(Xhtml + "td")
            .Count(c => c.Value.Length > 0 && !c.Attribute("class")!.Value.StartsWith("sum", StringComparison.Ordinal));
        Assert.That(filled, Is.EqualTo(cells));
    }

    [Test]
    public void Beyond_the_bound_fills_are_thinned_and_the_page_says_so()
    {
        RunRecord run = new() { Instrument = "X" };
        run.Fills.AddRange(Enumerable.Range(0, CurveSection.MarksMax + 1).Select(i => new FillRecord(
            i, 1, "X", true, new Price(FixedPoint.One), new Quantity(1), default, default, default, "s", false)));
        XElement page = Parse(run);
        Assert.That(Marks(page, "buy"), Has.Length.EqualTo((CurveSection.MarksMax / 2) + 1));
        Assert.That(page.Descendants(Xhtml + "figcaption").Select(c => c.Value), Has.Some.Contains("one in 2 of 5,001 fills drawn"));
    }

    [Test]
    public void Fills_of_other_instruments_are_not_drawn_at_wrong_prices()
    {
        RunRecord run = SampleRun.Make(days: 2, trades: 20);
        run.Fills.Add(run.Fills[0] with { Instrument = "DOGE-USDT", Price = new Price(1) });
        XElement page = Parse(run);
        Assert.That(Marks(page, "buy").Length + Marks(page, "sell").Length, Is.EqualTo(run.Fills.Count - 1));
        Assert.That(page.ToString(), Does.Contain("1 of other instruments not drawn"));
    }

    [Test]
    [Description("R94, R102")]
    public void Several_names_have_a_table_each_whose_rows_are_theirs()
    {
        RunRecord run = SampleRun.MakeSeveral(days: 5, trades: 60);
        XElement section = Section(Parse(run), "breakdown");
        XElement[] tables = [.. section.Descendants(Xhtml + "table")];
        Assert.That(tables.Select(static t => t.Descendants(Xhtml + "th").First().Value),
            Is.EqualTo(new[] { "Client", "Strategy", "Venue", "Symbol", "Side" }));
        XElement row = tables[2].Descendants(Xhtml + "tr").Single(static r => r.Value.StartsWith("okx", StringComparison.Ordinal));
        string[] venue = [.. row.Elements().Select(static c => c.Value)];
        Assert.That(venue[1], Is.EqualTo(run.Trades.Count(static t => t.Venue == "okx").ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That(venue[3], Is.EqualTo(ReportText.Signed(new Money(run.Trades.Where(static t => t.Venue == "okx").Sum(static t => t.NetPnl.Raw)))));
        Money open = run.NetPnl - new Money(run.Trades.Sum(static t => t.NetPnl.Raw));
        Assert.That(section.Value, Does.Contain($"{ReportText.Signed(open)} of the run's lies in what was still open"));
    }

    [Test]
    [Description("R95, R98")]
    public void Orders_have_their_outcomes_waits_and_costs()
    {
        RunRecord run = SampleRun.Make(days: 5, trades: 60);
        OrderStatistics orders = OrderStatistics.From(run.Orders, run.Refusals.Count);
        string text = Section(Parse(run), "orders").Value;
        Assert.That(text, Does.Contain($"Rejected by the venue9 ({ReportText.Percent(orders.RejectionRate, 1)} of the ended)"));
        Assert.That(text, Does.Contain($"Passed the risk checks{ReportText.Percent(orders.RiskPassRate, 1)}"));
        Assert.That(text, Does.Not.Contain("Risk check"));
        run.Checks["Balance"] = new CheckCount(3, 1);
        Assert.That(Section(Parse(run), "orders").Value, Does.Contain("Balance3175.00 %"));
        Assert.That(text, Does.Contain($"Slippage from the decision{Describe.BasisPoints(orders.DecisionCost.BasisPoints)}"));
        Assert.That(Parse(new RunRecord()).Descendants().Where(static e => e.Attribute("id")?.Value is "orders" or "breakdown" or "spans" or "targets"),
            Is.Empty);
    }

    [TestCase(1, new string[0])]
    [TestCase(3, new[] { "Last 24 hours", "All" })]
    [TestCase(31, new[] { "Last 24 hours", "Last 7 days", "Last 30 days", "All" })]
    [Description("R97")]
    public void Newest_spans_of_time_stand_beside_the_whole_run(int days, string[] names)
    {
        XElement page = Parse(SampleRun.Make(days: days, trades: 30));
        IEnumerable<XElement> section = page.Descendants().Where(static e => e.Attribute("id")?.Value == "spans");
        Assert.That(section.Descendants(Xhtml + "tbody").Elements().Select(static r => r.Elements().First().Value), Is.EqualTo(names));
    }

    [Test]
    [Description("R100")]
    public void Targets_have_a_table_with_their_outcome()
    {
        RunRecord run = SampleRun.Make(days: 5, trades: 60);
        run.Targets = new PerformanceTargets(DrawdownMax: 0.15, SharpeMin: 1.5);
        string text = Section(Parse(run), "targets").Value;
        Assert.That(text, Does.Contain("max drawdownbelow 15.00 %").And.Contain("Sharpeabove 1.50"));
    }

    internal static string Text(RunRecord run)
    {
        using TemporaryFolder folder = new();
        HtmlReport.Write(folder.File("report.html"), run);
        Assert.That(folder.Names(), Is.EqualTo(new[] { "report.html" }));
        return File.ReadAllText(folder.File("report.html"));
    }

    internal static XElement Parse(RunRecord run) => XDocument.Parse(Text(run)).Root!;

    private static XElement[] Marks(XElement page, string side) =>
        [.. page.Descendants(Xhtml + "use").Where(u => u.Attribute("href")!.Value == "#" + side)];

    private static XElement[] Bars(XElement page, string chart) =>
        [.. Section(page, chart).Descendants(Xhtml + "rect").Where(r => r.Attribute("class")!.Value.StartsWith("bar", StringComparison.Ordinal))];

    private static XElement Section(XElement page, string id) => page.Descendants().Single(e => e.Attribute("id")?.Value == id);
}
