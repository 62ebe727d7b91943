using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics.Tests;

internal sealed class SpanPerformanceTests
{
    private const long Day = 86_400_000_000_000;
    private static readonly long Start = SampleRun.StartNanos;

    [Test]
    [Description("R97")]
    public void The_span_of_the_whole_run_has_the_figures_of_the_run()
    {
        RunRecord run = SampleRun.Make(days: 10, trades: 80);
        var span = SpanPerformance.Calculate(run, run.FirstTimeNanos - 1, run.LastTimeNanos);
        Assert.That(span.WinRate, Is.EqualTo(TradeStatistics.From(run.Trades).All.WinRate));
        Assert.That(span.TotalPnl, Is.EqualTo(run.FinalEquity - run.InitialEquity));
        Assert.That(span.Sharpe, Is.EqualTo(ReturnStatistics.From(run).Sharpe).Within(1e-12));
        Assert.That(span.Table.Overall.Orders.Count, Is.EqualTo(run.Orders.Count));
    }

    [Test]
    [Description("R97, T19")]
    public void Spans_side_by_side_share_nothing_and_leave_nothing_out()
    {
        RunRecord run = SampleRun.Make(days: 10, trades: 80);
        List<SpanPerformance> spans = [];
        for (long after = run.FirstTimeNanos - 1; after < run.LastTimeNanos; after += 7 * (Day / 3))
        {
            spans.Add(SpanPerformance.Calculate(run, after, Math.Min(run.LastTimeNanos, after + (7 * (Day / 3)))));
        }

        Assert.That(spans.Sum(static s => s.Table.Overall.Trades.Count), Is.EqualTo(run.Trades.Count));
        Assert.That(spans.Sum(static s => s.Table.Overall.Orders.Count), Is.EqualTo(run.Orders.Count));
        Assert.That(spans.Sum(static s => s.Table.Overall.Orders.Refused), Is.EqualTo(run.Refusals.Count));
        Assert.That(spans.Sum(static s => s.TotalPnl.Raw), Is.EqualTo((run.FinalEquity - run.InitialEquity).Raw));
        Assert.That(spans.Aggregate(1.0, static (product, s) => product * (1 + s.Returns.TotalReturn!.Value)) - 1, Is.EqualTo(run.TotalReturn).Within(1e-12));
    }

    [Test]
    [Description("R97, T20")]
    public void Nothing_after_its_end_has_a_say_in_a_span([Values(1, 3, 6)] int days)
    {
        RunRecord run = SampleRun.Make(days: 10, trades: 80);
        long end = Start + (days * Day);
        var before = SpanPerformance.Calculate(run, Start, end);
        Cut(run, end);
        var after = SpanPerformance.Calculate(run, Start, end);
        Assert.That(after.Table.Overall.Trades.All, Is.EqualTo(before.Table.Overall.Trades.All));
        Assert.That(after.Table.Overall.Orders.DecisionCost, Is.EqualTo(before.Table.Overall.Orders.DecisionCost));
        Assert.That(
            (after.TotalPnl, after.Sharpe, after.Returns.Exposure, after.Returns.LargestRelativeDrawdown),
            Is.EqualTo((before.TotalPnl, before.Sharpe, before.Returns.Exposure, before.Returns.LargestRelativeDrawdown)));
        Assert.That(before.Table.Overall.Trades.Count, Is.Positive);
    }

    [Test]
    public void The_equity_at_the_begin_is_the_first_peak_and_the_base()
    {
        RunRecord run = Curve(100, 200, 150, 180);
        var span = SpanPerformance.Calculate(run, Start + Day, Start + (3 * Day));
        Assert.That(span.TotalPnl, Is.EqualTo(SampleRun.Units(-20)));
        Assert.That(span.Returns.Periods.Select(static p => p.Return), Is.EqualTo(new[] { -0.25, 0.2 }).Within(1e-15));
        Assert.That(span.Returns.LargestRelativeDrawdown!.Value.Fraction, Is.EqualTo(0.25));
    }

    [Test]
    public void A_span_without_points_is_flat_and_one_before_the_run_has_its_initial_equity()
    {
        RunRecord run = Curve(100, 200);
        Assert.That(SpanPerformance.Calculate(run, Start + (5 * Day), Start + (6 * Day)).TotalPnl, Is.EqualTo(Money.Zero));
        Assert.That(SpanPerformance.Calculate(run, Start - Day, Start).Returns.TotalReturn, Is.Zero);
        Assert.That(SpanPerformance.Calculate(new RunRecord(), 0, 0).Sharpe, Is.Null);
    }

    [Test]
    public void A_deposit_is_no_profit_and_a_withdrawal_no_drawdown()
    {
        RunRecord run = Curve(100, 1_110, 610);
        run.Equity[1] = run.Equity[1] with { Deposits = SampleRun.Units(1_000) };
        run.Equity[2] = run.Equity[2] with { Deposits = SampleRun.Units(500) };
        var whole = SpanPerformance.Calculate(run, Start, Start + (2 * Day));
        Assert.That(whole.TotalPnl, Is.EqualTo(SampleRun.Units(10)));
        Assert.That(whole.Returns.TotalReturn, Is.EqualTo(0.1).Within(1e-15));
        Assert.That(whole.Returns.LargestAbsoluteDrawdown!.Value.Amount, Is.EqualTo(Money.Zero));
        Assert.That(SpanPerformance.Calculate(run, Start + Day, Start + (2 * Day)).TotalPnl, Is.EqualTo(Money.Zero));
    }

    [Test]
    public void An_end_before_the_begin_is_refused() =>
        Assert.That(() => SpanPerformance.Calculate(new RunRecord(), 2, 1), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    [Description("R100: 4-6 % over 24 h, drawdown < 15 %, win rate > 50 %, Sharpe > 1.5")]
    public void Targets_are_shown_beside_what_was_reached()
    {
        var targets = new PerformanceTargets(0.04, 0.06, 0.15, 0.5, 1.5);
        RunRecord run = Curve(10_000, 10_500, 11_000, 10_950, 11_600);
        TradeRecord[] won7Of11 = [.. Enumerable.Range(0, 11).Select(static i => default(TradeRecord) with { GrossPnl = new Money(i < 7 ? 1 : -1) })];
        TradeStatistics trades = TradeStatistics.From(won7Of11);
        IReadOnlyList<TargetResult> results = targets.Compare(trades, ReturnStatistics.From(run));
        Assert.That(results.Select(static r => (r.Name, r.Outcome)), Is.EqualTo(new[]
        {
            ("return in 24 h", "missed"), ("max drawdown", "met"), ("win rate", "met"), ("Sharpe", "met"),
        }));
        Assert.That(results[0], Is.EqualTo(new TargetResult("return in 24 h", "4.00 % to 6.00 %", "+3.78 %", false, false)));
        Assert.That(results[2].Actual, Is.EqualTo("63.64 %"), "the documents' historical 63.6 % is 7 of 11");
    }

    [Test]
    public void Targets_that_are_not_set_are_not_shown_and_what_cannot_be_said_is_unknown()
    {
        Assert.That(new PerformanceTargets().Compare(TradeStatistics.From([]), ReturnStatistics.From([])), Is.Empty);
        IReadOnlyList<TargetResult> results = new PerformanceTargets(0.04, null, 0.15, 0.5, 1.5).Compare(TradeStatistics.From([]), ReturnStatistics.From([]));
        Assert.That(results.Select(static r => r.Outcome), Is.All.EqualTo("unknown"));
        Assert.That(results[0].Target, Is.EqualTo("at least 4.00 %"));
    }

    private static RunRecord Curve(params long[] units)
    {
        RunRecord run = new() { FirstTimeNanos = Start, InitialEquity = SampleRun.Units(units[0]), FinalEquity = SampleRun.Units(units[^1]) };
        for (int i = 0; i < units.Length; i++)
        {
            run.Equity.Add(new EquityPoint(Start + (i * Day), SampleRun.Units(units[i]), default, default, default));
        }

        return run;
    }

    private static void Cut(RunRecord run, long end)
    {
        run.Trades.RemoveAll(t => t.ExitTimeNanos > end);
        run.Orders.RemoveAll(o => o.DecidedAtNanos > end);
        run.Refusals.RemoveAll(r => r.TimeNanos > end);
        run.Equity.RemoveAll(p => p.TimeNanos > end);
    }
}
