using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics.Tests;

public sealed class ReturnStatisticsTests
{
    private const long Hour = 3_600_000_000_000;
    private const long Day = 24 * Hour;
    private static readonly long Start = SampleRun.StartNanos;

    [Test]
    public void A_close_at_midnight_belongs_to_the_day_before()
    {
        ReturnStatistics statistics = ReturnStatistics.From([At(Start, 100), At(Start + Day, 110), At(Start + (2 * Day), 99), At(Start + (3 * Day), 99)]);
        Assert.That(statistics.IsHourly, Is.False);
        Assert.That(statistics.Periods.Select(p => p.StartNanos), Is.EqualTo(new[] { Start, Start + Day, Start + (2 * Day) }));
        Assert.That(statistics.Periods.Select(p => p.Return), Is.EqualTo(new[] { 0.1, -0.1, 0 }).Within(1e-15));
        Assert.That(statistics.TotalReturn, Is.EqualTo(-0.01).Within(1e-15));
    }

    [Test]
    public void Many_points_a_day_count_by_their_last()
    {
        ReturnStatistics statistics = ReturnStatistics.From(
            [At(Start, 100), At(Start + Hour, 50), At(Start + Day - 1, 120), At(Start + Day + 1, 60), At(Start + (2 * Day), 90)]);
        Assert.That(statistics.Periods.Select(p => p.Return), Is.EqualTo(new[] { 0.2, -0.25 }).Within(1e-15));
    }

    [Test]
    public void Days_without_a_point_return_zero()
    {
        ReturnStatistics statistics = ReturnStatistics.From([At(Start, 100), At(Start + Day, 110), At(Start + (4 * Day), 121)]);
        Assert.That(statistics.Periods.Select(p => p.Return), Is.EqualTo(new[] { 0.1, 0, 0, 0.1 }).Within(1e-12));
    }

    [Test]
    public void Under_two_days_the_returns_are_hourly()
    {
        ReturnStatistics statistics = ReturnStatistics.From([At(Start, 100), At(Start + Hour, 101), At(Start + (2 * Hour), 100), At(Start + (3 * Hour), 102)]);
        double[] returns = [.. statistics.Periods.Select(p => p.Return)];
        Assert.That(statistics.IsHourly);
        Assert.That(returns, Has.Length.EqualTo(3));
        Assert.That(statistics.Sharpe, Is.EqualTo(ReturnRatios.Sharpe(returns, 8_760)));
        Assert.That(statistics.Cagr, Is.Null, "three hours say nothing about a year");
    }

    [Test]
    public void The_run_starts_from_its_initial_equity_at_its_first_input()
    {
        RunRecord run = new() { FirstTimeNanos = Start, InitialEquity = SampleRun.Units(100) };
        run.Equity.Add(At(Start + Day, 90));
        run.Equity.Add(At(Start + (2 * Day), 99));
        ReturnStatistics statistics = ReturnStatistics.From(run);
        Assert.That(statistics.Periods.Select(p => p.Return), Is.EqualTo(new[] { -0.1, 0.1 }).Within(1e-15));
        Assert.That(statistics.LargestAbsoluteDrawdown!.Value.Amount, Is.EqualTo(SampleRun.Units(10)));
        Assert.That(statistics.LargestAbsoluteDrawdown!.Value.PeakTimeNanos, Is.EqualTo(Start));
    }

    [Test]
    public void Yearly_figures_need_a_week_and_use_365_days()
    {
        ReturnStatistics week = ReturnStatistics.From([At(Start, 100), At(Start + (3 * Day), 99), At(Start + (7 * Day), 101)]);
        double cagr = Math.Pow(1.01, 365.0 / 7) - 1;
        Assert.That(week.Cagr, Is.EqualTo(cagr).Within(1e-12));
        Assert.That(week.Calmar, Is.EqualTo(cagr / 0.01).Within(1e-10));
        Assert.That(ReturnStatistics.From([At(Start, 100), At(Start + (7 * Day) - 1, 101)]).Cagr, Is.Null);
    }

    [Test]
    public void Exposure_is_the_share_of_time_with_a_position()
    {
        EquityPoint held = At(Start + Day, 100) with { Position = new Quantity(-5) };
        ReturnStatistics statistics = ReturnStatistics.From([At(Start, 100), held, At(Start + (4 * Day), 100)]);
        Assert.That(statistics.Exposure, Is.EqualTo(0.75));
    }

    [Test]
    public void No_points_say_nothing()
    {
        ReturnStatistics statistics = ReturnStatistics.From([]);
        Assert.That(statistics.TotalReturn, Is.Null);
        Assert.That(statistics.Sharpe, Is.Null);
        Assert.That(statistics.LargestAbsoluteDrawdown, Is.Null);
        Assert.That(statistics.Exposure, Is.Null);
        Assert.That(statistics.Periods, Is.Empty);
    }

    [Test]
    public void One_point_has_a_return_of_zero_and_no_ratio()
    {
        ReturnStatistics statistics = ReturnStatistics.From([At(Start, 100)]);
        Assert.That(statistics.TotalReturn, Is.Zero);
        Assert.That((statistics.Sharpe, statistics.Sortino, statistics.Calmar), Is.EqualTo(((double?)null, (double?)null, (double?)null)));
        Assert.That(statistics.LargestAbsoluteDrawdown!.Value.Amount, Is.EqualTo(Money.Zero));
    }

    [Test]
    public void Flat_equity_has_no_ratio()
    {
        ReturnStatistics statistics = ReturnStatistics.From([.. Enumerable.Range(0, 20).Select(d => At(Start + (d * Day), 100))]);
        Assert.That((statistics.Sharpe, statistics.Sortino, statistics.Calmar), Is.EqualTo(((double?)null, (double?)null, (double?)null)));
        Assert.That(statistics.AnnualisedVolatility, Is.Zero);
        Assert.That(statistics.Cagr, Is.Zero);
    }

    [Test]
    public void Steady_growth_has_no_variance_and_so_no_Sharpe_ratio()
    {
        double[] returns = [.. Enumerable.Repeat(0.1, 9)];
        Assert.That(ReturnRatios.Sharpe(returns, 365), Is.Null);
        Assert.That(ReturnRatios.Sortino(returns, 365), Is.Null);
    }

    [Test]
    public void One_return_is_too_few_for_any_ratio()
    {
        Assert.That(ReturnRatios.Sharpe([-0.1], 365), Is.Null);
        Assert.That(ReturnRatios.Sortino([-0.1], 365), Is.Null);
        Assert.That(ReturnRatios.AnnualisedVolatility([-0.1], 365), Is.Null);
        Assert.That(ReturnRatios.Mean([]), Is.Null);
        Assert.That(ReturnRatios.DownsideDeviation([]), Is.Null);
    }

    [Test]
    public void Equity_of_zero_or_less_leaves_no_returns_to_divide_by()
    {
        ReturnStatistics statistics = ReturnStatistics.From([At(Start, 100), At(Start + Day, -10), At(Start + (2 * Day), 5), At(Start + (9 * Day), -5)]);
        Assert.That(statistics.Periods, Is.Empty);
        Assert.That(statistics.Sharpe, Is.Null);
        Assert.That(statistics.Cagr, Is.Null);
        Assert.That(statistics.LargestRelativeDrawdown!.Value.Fraction, Is.EqualTo(1.1).Within(1e-15));
    }

    [Test]
    public void Points_out_of_order_are_refused_with_their_place()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => ReturnStatistics.From([At(Start, 1), At(Start + 2, 1), At(Start + 1, 1)]))!;
        Assert.That(refusal.Message, Does.Contain("equity point 1").And.Contain("sort the points by time"));
    }

    [Test]
    public void Two_points_at_one_time_count_by_the_later_one()
    {
        ReturnStatistics statistics = ReturnStatistics.From([At(Start, 100), At(Start + Day, 110), At(Start + Day, 120), At(Start + (2 * Day), 120)]);
        Assert.That(statistics.Periods[0].Return, Is.EqualTo(0.2).Within(1e-15));
    }

    [Test]
    public void Times_at_the_ends_of_64_bits_do_not_overflow()
    {
        ReturnStatistics early = ReturnStatistics.From([At(long.MinValue, 100), At(long.MinValue + Hour, 101)]);
        ReturnStatistics late = ReturnStatistics.From([At(long.MaxValue - Hour, 100), At(long.MaxValue, 101)]);
        Assert.That(early.TotalReturn, Is.EqualTo(late.TotalReturn));
    }

    [Test]
    public void Daily_returns_multiply_to_the_total_return()
    {
        ReturnStatistics statistics = ReturnStatistics.From(SampleRun.Make());
        double growth = statistics.Periods.Aggregate(1.0, (product, p) => product * (1 + p.Return));
        Assert.That(statistics.Periods, Has.Count.EqualTo(31));
        Assert.That(growth - 1, Is.EqualTo(statistics.TotalReturn).Within(1e-12));
    }

    private static EquityPoint At(long timeNanos, long units) =>
        new(timeNanos, SampleRun.Units(units), SampleRun.Units(units), default, new Price(FixedPoint.One));
}
