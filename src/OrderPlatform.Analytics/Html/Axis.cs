namespace OrderPlatform.Analytics;

/// <summary>A mark on an axis.</summary>
/// <param name="Percent">Place along the axis, 0 to 100, from the left or from the top.</param>
/// <param name="Label">What it says.</param>
internal readonly record struct Tick(double Percent, string Label);

/// <summary>Maps a range of numbers to 0 … 100 percent of a plot. A range without width maps to the middle.</summary>
internal readonly record struct Axis(double Min, double Max)
{
    /// <summary>From the left.</summary>
    internal double Along(double value) => Max > Min ? 100 * (value - Min) / (Max - Min) : 50;

    /// <summary>From the top, for values that grow upwards.</summary>
    internal double Down(double value) => 100 - Along(value);

    /// <summary>The axis that holds all values, with a twentieth of air at both ends; a single value gets a band around it.</summary>
    internal static Axis Around(IEnumerable<double> values)
    {
        double min = double.PositiveInfinity;
        double max = double.NegativeInfinity;
        foreach (double value in values)
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        if (min > max)
        {
            return new Axis(0, 1);
        }

        double air = max > min ? (max - min) / 20 : Math.Max(Math.Abs(max) / 100, 1e-8);
        return new Axis(min - air, max + air);
    }
}
