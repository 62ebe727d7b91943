using System.Globalization;

namespace OrderPlatform.HdrHistogram;

/// <summary>
/// A picture of one or more histograms as SVG: the share of values to the right, spread like 1 / (1 - percentile) so that each further nine is as wide as the
/// one before, and the value upwards. The same histograms give the same bytes, and nothing in it runs.
/// </summary>
public sealed class PercentileChart
{
    private readonly List<ChartSeries> _series = [];

    /// <summary>What stands above the picture; nothing if null.</summary>
    public string? Title { get; init; }

    /// <summary>What the values are; stands at their axis.</summary>
    public string ValueLabel { get; init; } = "Latency";

    /// <summary>The unit that values are shown in; nothing if empty.</summary>
    public string ValueUnit { get; init; } = "";

    /// <summary>Recorded values are divided by it: 1000 shows nanoseconds as microseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double ValueScale
    {
        get;
        init => field = double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Values are divided by a number above 0.");
    }

    = 1;

    /// <summary>Whether values are spread by their logarithm. What is below the first tick, as 0 is, lies on the axis.</summary>
    public bool IsValueLogarithmic { get; init; }

    /// <summary>The picture's width in pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 320 or above 10000.</exception>
    public int Width
    {
        get;
        init => field = Size(value, 320);
    }

    = 960;

    /// <summary>The height in pixels without the legend, which takes a line or more below.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 240 or above 10000.</exception>
    public int Height
    {
        get;
        init => field = Size(value, 240);
    }

    = 520;

    /// <summary>Adds a histogram's curve as it is now; later recordings do not change the picture.</summary>
    /// <param name="name">For the legend.</param>
    /// <param name="histogram">The values. Nothing is drawn if it is empty, but the legend names it.</param>
    public void Add(string name, LongHistogram histogram)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(histogram);
        _series.Add(ChartSeries.Of(name, histogram, ValueScale));
    }

    /// <summary>The picture as text.</summary>
    public string ToSvg()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        WriteTo(writer);
        return writer.ToString();
    }

    /// <summary>Writes the picture, as an XML document whose encoding the writer decides; UTF-8 is what readers expect.</summary>
    public void WriteTo(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var drawing = new ChartDrawing(writer, this, _series);
        drawing.Write();
    }

    private static int Size(int value, int least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 10_000);
        return value;
    }
}
