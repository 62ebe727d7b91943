namespace OrderPlatform.HdrHistogram;

/// <summary>A curve of a chart.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="TotalCount">How many values it stands for.</param>
/// <param name="Points">Ascending: nines, log10(1 / (1 - share)), and the scaled value there.</param>
internal sealed record ChartSeries(string Name, long TotalCount, IReadOnlyList<(double Nines, double Value)> Points)
{
    private const int TicksPerHalfDistance = 16;

    public double ValueMax => Points.Count == 0 ? 0 : Points[^1].Value;

    /// <summary>The lowest value above 0; 0 if there is none.</summary>
    public double ValueMinPositive => Points.FirstOrDefault(static point => point.Value > 0).Value;

    /// <summary>Where the curve ends: one value of n is the share 1/n.</summary>
    public double NinesMax => Points.Count == 0 ? 0 : Points[^1].Nines;

    public static ChartSeries Of(string name, LongHistogram histogram, double scale)
    {
        var points = new List<(double Nines, double Value)>();
        double last = Math.Log10(Math.Max(1, histogram.TotalCount));
        foreach (HistogramIterationValue step in histogram.Percentiles(TicksPerHalfDistance))
        {
            double rest = 1 - (step.PercentileLevelIteratedTo / 100);
            double nines = rest <= 0 ? last : Math.Min(last, -Math.Log10(rest));
            points.Add((Math.Max(0, nines), step.ValueIteratedTo / scale));
        }

        return new ChartSeries(name, histogram.TotalCount, points);
    }
}
