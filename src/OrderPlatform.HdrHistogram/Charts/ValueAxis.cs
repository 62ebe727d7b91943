using System.Globalization;

namespace OrderPlatform.HdrHistogram;

/// <summary>The axis of values: where its ticks are, how they are written, and which share of the height a value has.</summary>
internal sealed class ValueAxis
{
    private const int TicksWanted = 6;

    private readonly bool _isLogarithmic;
    private readonly double _first;
    private readonly double _last;
    private readonly int _decimals;

    private ValueAxis(bool isLogarithmic, IReadOnlyList<double> ticks, IReadOnlyList<double> minorTicks, int decimals)
    {
        _isLogarithmic = isLogarithmic;
        _first = Position(ticks[0]);
        _last = Position(ticks[^1]);
        _decimals = decimals;
        Ticks = ticks;
        MinorTicks = minorTicks;
    }

    /// <summary>With a label each; from the bottom to the top.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Between them, without labels.</summary>
    public IReadOnlyList<double> MinorTicks { get; }

    /// <summary>From 0 up to a tick that no value passes; steps are 1, 2 or 5 times a power of ten.</summary>
    public static ValueAxis Linear(double max)
    {
        double top = max > 0 ? max : 1;
        double rough = top / TicksWanted;
        int exponent = (int)Math.Floor(Math.Log10(rough));
        double[] steps = [1, 2, 5, 10];
        double step = steps.First(factor => factor * Power(exponent) >= rough * 0.999) * Power(exponent);
        int count = (int)Math.Ceiling((top / step) - 1e-9);
        int decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(step) + 1e-9), 0, 15);
        return new ValueAxis(false, [.. Enumerable.Range(0, count + 1).Select(number => number * step)], [], decimals);
    }

    /// <summary>The powers of ten around all values above 0.</summary>
    public static ValueAxis Logarithmic(double min, double max)
    {
        int low = min > 0 ? (int)Math.Floor(Math.Log10(min) + 1e-9) : 0;
        int high = Math.Max(low + 1, max > 0 ? (int)Math.Ceiling(Math.Log10(max) - 1e-9) : 1);
        double[] decades = [.. Enumerable.Range(low, high - low + 1).Select(Power)];
        double[] between = [.. decades[..^1].SelectMany(static decade => Enumerable.Range(2, 8).Select(factor => decade * factor))];
        return new ValueAxis(true, decades, between, Math.Clamp(-low, 0, 15));
    }

    /// <summary>0 at the bottom, 1 at the top.</summary>
    public double Share(double value) => Math.Clamp((Position(value) - _first) / (_last - _first), 0, 1);

    public string Label(double tick)
    {
        int decimals = _isLogarithmic ? Math.Clamp(-(int)Math.Round(Math.Log10(tick)), 0, 15) : _decimals;
        return tick.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static double Power(int exponent) => Math.Pow(10, exponent);

    private double Position(double value) => !_isLogarithmic ? value : value > 0 ? Math.Log10(value) : double.MinValue;
}
