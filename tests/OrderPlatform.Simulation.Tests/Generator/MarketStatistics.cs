using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Tests.Generator;

/// <summary>What a series of one-minute bars looks like: the figures by which a generated market is compared with real ones.</summary>
internal sealed record MarketStatistics
{
    public required string Name { get; init; }

    /// <summary>How many returns: pairs of bars with none missing between them.</summary>
    public required long Returns { get; init; }

    /// <summary>Standard deviation of the close-to-close logarithmic return, in basis points.</summary>
    public required double Deviation { get; init; }

    public required double Kurtosis { get; init; }

    /// <summary>Autocorrelation of absolute returns.</summary>
    public required double Memory1 { get; init; }

    public required double Memory10 { get; init; }

    public required double Memory60 { get; init; }

    /// <summary>Mean of ln(high / low) over the mean absolute return.</summary>
    public required double RangeRatio { get; init; }

    /// <summary>Share of returns that are zero.</summary>
    public required double ZeroShare { get; init; }

    /// <summary>Absolute returns above 6 times the mean of the 60 before, a day.</summary>
    public required double JumpsPerDay { get; init; }

    /// <summary>Mean absolute return of the loudest hour of the day over that of the quietest.</summary>
    public required double HourRatio { get; init; }

    public required double VolumeMean { get; init; }

    /// <summary>Mean volume over its median.</summary>
    public required double VolumeSkew { get; init; }

    /// <summary>Correlation of volume and absolute return.</summary>
    public required double VolumeCorrelation { get; init; }

    public static string Heading =>
        "| market | returns | sd bp | kurtosis | memory 1 | 10 | 60 | range | zero | jumps/day | hours | volume | skew | correlation |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|";

    public string Row => FormattableString.Invariant(
        $"| {Name} | {Returns} | {Deviation:F2} | {Kurtosis:F0} | {Memory1:F2} | {Memory10:F2} | {Memory60:F2} | {RangeRatio:F2} | {ZeroShare:F4} | {JumpsPerDay:F1} | {HourRatio:F2} | {VolumeMean:F1} | {VolumeSkew:F2} | {VolumeCorrelation:F2} |");

    public static MarketStatistics Of(string name, IMarketDataSource bars)
    {
        var returns = new List<double>();
        var volumes = new List<double>();
        double rangeSum = 0;
        double[] hourSums = new double[24];
        int[] hourCounts = new int[24];
        MarketEvent last = default;
        while (bars.TryRead(out MarketEvent bar))
        {
            if (last.TimeNanos == bar.OpenTimeNanos)
            {
                double change = Math.Log((double)bar.Close.Raw / last.Close.Raw);
                int hour = (int)(bar.OpenTimeNanos / 3_600_000_000_000 % 24);
                returns.Add(change);
                volumes.Add((double)bar.Quantity.Raw / FixedPoint.One);
                rangeSum += Math.Log((double)bar.UpperPrice.Raw / bar.Low.Raw);
                hourSums[hour] += Math.Abs(change);
                hourCounts[hour]++;
            }

            last = bar;
        }

        double[] absolute = [.. returns.Select(Math.Abs)];
        double[] hours = [.. hourSums.Zip(hourCounts, (sum, count) => sum / count)];
        double deviation = Math.Sqrt(Covariance(returns, returns));
        double mean = returns.Average();
        return new MarketStatistics
        {
            Name = name,
            Returns = returns.Count,
            Deviation = deviation * 10_000,
            Kurtosis = returns.Average(value => Math.Pow(value - mean, 4)) / Math.Pow(deviation, 4),
            Memory1 = Memory(absolute, 1),
            Memory10 = Memory(absolute, 10),
            Memory60 = Memory(absolute, 60),
            RangeRatio = rangeSum / absolute.Sum(),
            ZeroShare = absolute.Count(value => value == 0) / (double)absolute.Length,
            JumpsPerDay = Jumps(absolute) * 1440.0 / absolute.Length,
            HourRatio = hours.Max() / hours.Min(),
            VolumeMean = volumes.Average(),
            VolumeSkew = volumes.Average() / volumes.Order().ElementAt(volumes.Count / 2),
            VolumeCorrelation = Covariance(volumes, absolute) / Math.Sqrt(Covariance(volumes, volumes) * Covariance(absolute, absolute)),
        };
    }

    private static double Covariance(IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        double leftMean = left.Average();
        double rightMean = right.Average();
        double sum = 0;
        for (int i = 0; i < left.Count; i++)
        {
            sum += (left[i] - leftMean) * (right[i] - rightMean);
        }

        return sum / left.Count;
    }

    private static double Memory(double[] values, int lag)
    {
        double mean = values.Average();
        double sum = 0;
        for (int i = lag; i < values.Length; i++)
        {
            sum += (values[i] - mean) * (values[i - lag] - mean);
        }

        return sum / values.Length / Covariance(values, values);
    }

    private static int Jumps(double[] absolute)
    {
        int jumps = 0;
        double window = absolute.Take(60).Sum();
        for (int i = 60; i < absolute.Length; i++)
        {
            jumps += absolute[i] > 6 * Math.Max(window / 60, 1e-6) ? 1 : 0;
            window += absolute[i] - absolute[i - 60];
        }

        return jumps;
    }
}
