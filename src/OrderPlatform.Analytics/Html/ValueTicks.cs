namespace OrderPlatform.Analytics;

/// <summary>Ticks at round numbers: multiples of 1, 2 or 5 times a power of ten.</summary>
internal static class ValueTicks
{
    /// <summary>The smallest round step that divides the range into at most that many parts.</summary>
    internal static double Step(double range, int partsMax)
    {
        if (!(range > 0))
        {
            return 1;
        }

        double raw = range / partsMax;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double factor = raw / power;
        return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
    }

    /// <summary>Ticks of a vertical axis.</summary>
    internal static List<Tick> Vertical(Axis axis, string unit = "")
    {
        double step = Step(axis.Max - axis.Min, 8);
        return [.. Values(axis, step).Select(v => new Tick(axis.Down(v), ReportText.Number(v, Decimals(step)) + unit))];
    }

    /// <summary>Ticks of a horizontal axis.</summary>
    internal static List<Tick> Horizontal(Axis axis, int partsMax, double stepMin = 0, string unit = "")
    {
        double step = Math.Max(stepMin, Step(axis.Max - axis.Min, partsMax));
        return [.. Values(axis, step).Select(v => new Tick(axis.Along(v), ReportText.Number(v, Decimals(step)) + unit))];
    }

    private static int Decimals(double step) => Math.Clamp((int)-Math.Floor(Math.Log10(step) + 1e-9), 0, 8);

    // Counted, not accumulated: sums of steps drift. The bound keeps steps too small for a double's digits from looping.
    private static IEnumerable<double> Values(Axis axis, double step)
    {
        double first = Math.Ceiling((axis.Min / step) - 1e-9);
        double last = Math.Floor((axis.Max / step) + 1e-9);
        for (int i = 0; i < 50 && first + i <= last; i++)
        {
            yield return (first + i) * step;
        }
    }
}
