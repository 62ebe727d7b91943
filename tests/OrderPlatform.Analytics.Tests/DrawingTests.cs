namespace OrderPlatform.Analytics.Tests;

public sealed class DrawingTests
{
    private const long Second = 1_000_000_000;

    [TestCase(0, 10, new[] { "0", "2", "4", "6", "8", "10" })]
    [TestCase(-0.03, 0.02, new[] { "-0.03", "-0.02", "-0.01", "0.00", "0.01", "0.02" })]
    [TestCase(94_123, 100_900, new[] { "95,000", "96,000", "97,000", "98,000", "99,000", "100,000" })]
    public void Value_ticks_stand_at_round_numbers(double min, double max, string[] labels) =>
        Assert.That(ValueTicks.Vertical(new Axis(min, max)).Select(t => t.Label), Is.EqualTo(labels));

    [Test]
    public void A_range_too_narrow_for_a_double_still_ends() =>
        Assert.That(ValueTicks.Vertical(new Axis(1e15, 1e15 + 0.25)), Has.Count.LessThanOrEqualTo(50));

    [TestCase(60, "00:00:10", "00:00:20")]
    [TestCase(3_600, "00:10", "00:20")]
    [TestCase(86_400, "03:00", "06:00")]
    [TestCase(31 * 86_400, "4 Jan", "7 Jan")]
    [TestCase(60 * 86_400, "5 Jan", "12 Jan")]
    [TestCase(400 * 86_400, "Mar", "May")]
    [TestCase(4_000 * 86_400L, "2028", "2030")]
    public void Time_ticks_stand_at_round_times(long spanSeconds, string second, string third)
    {
        List<Tick> ticks = TimeTicks.Between(SampleRun.StartNanos, SampleRun.StartNanos + (spanSeconds * Second));
        Assert.That(ticks, Has.Count.InRange(3, 13));
        Assert.That(ticks.Select(t => t.Label), Has.Some.EqualTo(second).And.Some.EqualTo(third));
        Assert.That(ticks.Select(t => t.Percent), Is.Ordered.And.All.InRange(0, 100));
    }

    [TestCase(0L, 0L)]
    [TestCase(-5 * Second, 5 * Second)]
    [TestCase(long.MinValue, long.MaxValue)]
    [TestCase(long.MaxValue - 1, long.MaxValue)]
    public void Any_range_of_times_has_few_ticks(long first, long last) =>
        Assert.That(TimeTicks.Between(first, last), Has.Count.InRange(1, 13));

    [Test]
    public void Thinning_keeps_ends_and_extremes()
    {
        Random random = new(SampleRun.Seed);
        List<SeriesPoint> points = [.. Enumerable.Range(0, 100_000).Select(i => new SeriesPoint(i * Second, random.NextDouble()))];
        points[31_337] = points[31_337] with { Value = 9 };
        points[77_777] = points[77_777] with { Value = -9 };
        List<SeriesPoint> thin = Series.Thin(points, 600);
        Assert.That(thin, Has.Count.InRange(600, 2_400), $"seed {SampleRun.Seed}");
        Assert.That(thin, Has.Member(points[31_337]).And.Member(points[77_777]));
        Assert.That((thin[0], thin[^1]), Is.EqualTo((points[0], points[^1])));
        Assert.That(thin.Select(p => p.TimeNanos), Is.Ordered);
    }

    [Test]
    public void Short_series_are_left_as_they_are()
    {
        List<SeriesPoint> points = [new(0, 1), new(1, 2), new(2, 1)];
        Assert.That(Series.Thin(points, 600), Is.EqualTo(points));
    }

    [Test]
    public void Every_column_of_a_thinned_series_keeps_its_lowest_and_highest_point()
    {
        Random random = new(SampleRun.Seed);
        List<SeriesPoint> points = [.. Enumerable.Range(0, 10_001).Select(i => new SeriesPoint(i, random.NextDouble()))];
        List<SeriesPoint> thin = Series.Thin(points, 10);
        for (int column = 0; column < 10; column++)
        {
            bool IsInside(SeriesPoint p) => p.TimeNanos >= column * 1_000 && p.TimeNanos < (column + 1) * 1_000;
            Assert.That(thin.Where(IsInside).Min(p => p.Value), Is.EqualTo(points.Where(IsInside).Min(p => p.Value)), $"seed {SampleRun.Seed}");
            Assert.That(thin.Where(IsInside).Max(p => p.Value), Is.EqualTo(points.Where(IsInside).Max(p => p.Value)), $"seed {SampleRun.Seed}");
        }
    }
}
