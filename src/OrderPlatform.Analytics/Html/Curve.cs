using System.Globalization;

namespace OrderPlatform.Analytics;

/// <summary>Draws one series as a line, with an area down to a base and an invisible strip a column that tells the value when pointed at.</summary>
internal static class Curve
{
    private const int Columns = 600;
    private const int Strips = 120;

    /// <summary>Draws into an open plot. The line's coordinates are thousandths of the plot.</summary>
    internal static void Draw(HtmlWriter html, IReadOnlyList<SeriesPoint> points, Axis times, Axis values, double? areaBase, Func<double, string> describe)
    {
        List<SeriesPoint> thin = Series.Thin(points, Columns);
        string line = string.Join(' ', thin.Select(p => Coordinates(times.Along(p.TimeNanos), values.Down(p.Value))));
        html.Write($"<svg viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\" width=\"100%\" height=\"100%\">");
        if (areaBase is { } level && thin.Count > 0)
        {
            double down = values.Down(level);
            string left = Coordinates(times.Along(thin[0].TimeNanos), down);
            string right = Coordinates(times.Along(thin[^1].TimeNanos), down);
            html.Write($"<polygon class=\"area\" points=\"{left} {line} {right}\"/>");
        }

        html.Write($"<polyline class=\"line\" points=\"{line}\"/></svg>");
        DrawStrips(html, thin, times, describe);
    }

    private static void DrawStrips(HtmlWriter html, List<SeriesPoint> points, Axis times, Func<double, string> describe)
    {
        int step = Math.Max(1, points.Count / Strips);
        for (int i = 0; i < points.Count; i += step)
        {
            double left = times.Along(points[i].TimeNanos);
            double right = i + step < points.Count ? times.Along(points[i + step].TimeNanos) : 100;
            html.Write($"<rect class=\"strip\" x=\"{left}%\" width=\"{Math.Max(0, right - left)}%\" height=\"100%\">");
            html.Write($"<title>{TimeText.Short(points[i].TimeNanos)} UTC: {describe(points[i].Value)}</title></rect>");
        }
    }

    private static string Coordinates(double xPercent, double yPercent) =>
        string.Create(CultureInfo.InvariantCulture, $"{xPercent * 10:0.#},{yPercent * 10:0.#}");
}
