namespace OrderPlatform.Analytics;

/// <summary>A value at a time.</summary>
/// <param name="TimeNanos">Nanoseconds since the Unix epoch.</param>
/// <param name="Value">In the unit of its chart.</param>
internal readonly record struct SeriesPoint(long TimeNanos, double Value);

/// <summary>Long series made short enough to draw.</summary>
internal static class Series
{
    /// <summary>
    /// Keeps, of each of so many equal spans of time, the first, the lowest, the highest and the last point in their order: the drawing has the
    /// same outline, and no extreme is lost. A series that is short already stays as it is.
    /// </summary>
    internal static List<SeriesPoint> Thin(IReadOnlyList<SeriesPoint> points, int columns)
    {
        if (points.Count <= 4 * columns)
        {
            return [.. points];
        }

        List<SeriesPoint> kept = new(4 * columns);
        Axis axis = new(points[0].TimeNanos, points[^1].TimeNanos);
        int start = 0;
        for (int i = 1; i <= points.Count; i++)
        {
            if (i == points.Count || Column(axis, points[i], columns) != Column(axis, points[start], columns))
            {
                KeepOutline(points, start, i, kept);
                start = i;
            }
        }

        return kept;
    }

    private static int Column(Axis axis, SeriesPoint point, int columns) =>
        Math.Min(columns - 1, (int)(axis.Along(point.TimeNanos) / 100 * columns));

    private static void KeepOutline(IReadOnlyList<SeriesPoint> points, int start, int end, List<SeriesPoint> kept)
    {
        int lowest = start;
        int highest = start;
        for (int i = start; i < end; i++)
        {
            lowest = points[i].Value < points[lowest].Value ? i : lowest;
            highest = points[i].Value > points[highest].Value ? i : highest;
        }

        foreach (int index in new SortedSet<int> { start, lowest, highest, end - 1 })
        {
            kept.Add(points[index]);
        }
    }
}
