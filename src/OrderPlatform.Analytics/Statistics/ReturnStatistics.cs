using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>
/// What an equity curve says. Returns are resampled to UTC days, or to UTC hours when the curve is shorter than two days, and annualised with
/// 365 days, for markets that never close. What cannot be said is <c>null</c>.
/// </summary>
public sealed class ReturnStatistics
{
    /// <summary>Days in a year of a market that never closes.</summary>
    public const int DaysPerYear = 365;

    /// <summary>Shortest curve, in days, for which a yearly rate is given: less would raise noise to a power.</summary>
    public const int MinDaysForYearlyRate = 7;

    /// <summary>The share of the worst returns that value at risk speaks of.</summary>
    public const double TailShare = 0.05;

    private ReturnStatistics()
    {
    }

    /// <summary>Last equity over the initial one, less 1; <c>null</c> without points or a positive initial equity.</summary>
    public double? TotalReturn { get; private init; }

    /// <summary>The total return as one of 24 hours, compounded; <c>null</c> under a day.</summary>
    public double? ReturnPerDay { get; private init; }

    /// <summary>Returns per period, in order.</summary>
    public IReadOnlyList<PeriodReturn> Periods { get; private init; } = [];

    /// <summary>Whether <see cref="Periods"/> are hours, not days.</summary>
    public bool IsHourly { get; private init; }

    /// <summary>Sharpe ratio, annualised, risk-free rate 0, sample deviation (n - 1).</summary>
    public double? Sharpe { get; private init; }

    /// <summary>Sortino ratio, annualised, target 0, downside deviation over all n.</summary>
    public double? Sortino { get; private init; }

    /// <summary>Omega ratio, threshold 0.</summary>
    public double? Omega { get; private init; }

    /// <summary>The return that the worst <see cref="TailShare"/> of the periods lie at or below.</summary>
    public double? ValueAtRisk { get; private init; }

    /// <summary>Mean return of those periods.</summary>
    public double? ConditionalValueAtRisk { get; private init; }

    /// <summary>Standard deviation of the returns, annualised, as a fraction.</summary>
    public double? AnnualisedVolatility { get; private init; }

    /// <summary>Compound annual growth rate, as a fraction; <c>null</c> under <see cref="MinDaysForYearlyRate"/> days.</summary>
    public double? Cagr { get; private init; }

    /// <summary>CAGR over the largest relative drawdown.</summary>
    public double? Calmar { get; private init; }

    /// <summary>The drawdown that cost most money; <c>null</c> without points.</summary>
    public Drawdown? LargestAbsoluteDrawdown { get; private init; }

    /// <summary>The drawdown that cost the largest share of its peak; <c>null</c> without points.</summary>
    public Drawdown? LargestRelativeDrawdown { get; private init; }

    /// <summary>Share of the time with a position, 0 to 1; <c>null</c> without a length of time.</summary>
    public double? Exposure { get; private init; }

    /// <summary>Statistics of a curve whose first point is its start.</summary>
    public static ReturnStatistics From(IReadOnlyList<EquityPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return points.Count == 0
            ? new ReturnStatistics()
            : From([.. points.Skip(1)], points[0]);
    }

    /// <summary>Statistics of a run: from its initial equity at its first input.</summary>
    public static ReturnStatistics From(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Equity.Count == 0 ? new ReturnStatistics() : From(run.Equity, StartOf(run));
    }

    /// <summary>Statistics of the points after a start. The start's equity is the first peak and the base of the first return.</summary>
    /// <exception cref="ArgumentException">A point is earlier than the one before it.</exception>
    public static ReturnStatistics From(IReadOnlyList<EquityPoint> points, EquityPoint start)
    {
        ArgumentNullException.ThrowIfNull(points);
        RequireOrder(points, start);
        points = points.Count == 0 ? [start] : WithoutDeposits(points, start);
        Int128 spanNanos = (Int128)points[^1].TimeNanos - start.TimeNanos;
        bool isHourly = spanNanos < 2 * PeriodReturns.DayNanos;
        double periodsPerYear = isHourly ? 24 * DaysPerYear : DaysPerYear;
        List<PeriodReturn> periods = PeriodReturns.From(points, start.Equity, isHourly ? PeriodReturns.HourNanos : PeriodReturns.DayNanos);
        double[] returns = [.. periods.Select(p => p.Return)];
        (Drawdown largest, Drawdown deepest) = Drawdowns(points, start);
        double? total = start.Equity.Raw > 0 ? ((double)points[^1].Equity.Raw - start.Equity.Raw) / start.Equity.Raw : null;
        double days = (double)spanNanos / PeriodReturns.DayNanos;
        double? cagr = YearlyRate(total, days);
        return new ReturnStatistics
        {
            TotalReturn = total,
            ReturnPerDay = total is { } whole && days >= 1 ? ReturnRatios.Cagr(1 + whole, days) : null,
            Periods = periods,
            IsHourly = isHourly,
            Sharpe = ReturnRatios.Sharpe(returns, periodsPerYear),
            Sortino = ReturnRatios.Sortino(returns, periodsPerYear),
            Omega = ReturnRatios.Omega(returns),
            ValueAtRisk = TailRisk.ValueAtRisk(returns, TailShare),
            ConditionalValueAtRisk = TailRisk.ConditionalValueAtRisk(returns, TailShare),
            AnnualisedVolatility = ReturnRatios.AnnualisedVolatility(returns, periodsPerYear),
            Cagr = cagr,
            Calmar = ReturnRatios.Calmar(cagr, deepest.Fraction),
            LargestAbsoluteDrawdown = largest,
            LargestRelativeDrawdown = deepest,
            Exposure = ExposureOf(points, start),
        };
    }

    /// <summary>Where a run's curve starts: its initial equity, flat, at its first input or its first point, whichever is earlier.</summary>
    internal static EquityPoint StartOf(RunRecord run)
    {
        EquityPoint first = run.Equity[0];
        long timeNanos = run.FirstTimeNanos > 0 ? Math.Min(run.FirstTimeNanos, first.TimeNanos) : first.TimeNanos;
        return new EquityPoint(timeNanos, run.InitialEquity, run.InitialEquity, Quantity.Zero, first.Mark);
    }

    // What was brought or taken away since the start is no performance: returns and drawdowns are those of the curve without it.
    internal static IReadOnlyList<EquityPoint> WithoutDeposits(IReadOnlyList<EquityPoint> points, EquityPoint start) =>
        points.All(p => p.Deposits == start.Deposits) ? points : [.. points.Select(p => p with { Equity = p.Equity - (p.Deposits - start.Deposits) })];

    private static double? YearlyRate(double? totalReturn, double days) =>
        totalReturn is { } total && days >= MinDaysForYearlyRate ? ReturnRatios.Cagr(1 + total, days / DaysPerYear) : null;

    private static (Drawdown Largest, Drawdown Deepest) Drawdowns(IReadOnlyList<EquityPoint> points, EquityPoint start)
    {
        DrawdownTracker tracker = new(start.TimeNanos, start.Equity);
        foreach (EquityPoint point in points)
        {
            tracker.Add(point.TimeNanos, point.Equity);
        }

        return (tracker.LargestAbsolute, tracker.LargestRelative);
    }

    private static double? ExposureOf(IReadOnlyList<EquityPoint> points, EquityPoint start)
    {
        Int128 held = 0;
        EquityPoint previous = start;
        foreach (EquityPoint point in points)
        {
            held += previous.IsExposed ? (Int128)point.TimeNanos - previous.TimeNanos : 0;
            previous = point;
        }

        Int128 span = (Int128)previous.TimeNanos - start.TimeNanos;
        return span > 0 ? (double)held / (double)span : null;
    }

    private static void RequireOrder(IReadOnlyList<EquityPoint> points, EquityPoint start)
    {
        long previousNanos = start.TimeNanos;
        for (int i = 0; i < points.Count; i++)
        {
            if (points[i].TimeNanos < previousNanos)
            {
                throw new ArgumentException(
                    $"equity point {i} at {points[i].TimeNanos} ns is earlier than the one before it at {previousNanos} ns: sort the points by time",
                    nameof(points));
            }

            previousNanos = points[i].TimeNanos;
        }
    }
}
