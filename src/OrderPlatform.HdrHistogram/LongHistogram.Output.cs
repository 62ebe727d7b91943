using System.Globalization;

namespace OrderPlatform.HdrHistogram;

public sealed partial class LongHistogram
{
    /// <summary>
    /// Writes the percentile distribution as text: a table that plotting tools of HdrHistogram read (.hgrm), or comma separated values. Lines end in "\n" and
    /// numbers have a decimal point, whatever the culture.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="percentileTicksPerHalfDistance">How fine; see <see cref="Percentiles"/>.</param>
    /// <param name="outputValueUnitScalingRatio">Values are divided by it: 1000 shows nanoseconds as microseconds.</param>
    /// <param name="useCsvFormat">Comma separated values, without the summary below the table.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one tick, or a ratio that is not above 0.</exception>
    public void OutputPercentileDistribution(
        TextWriter writer, int percentileTicksPerHalfDistance = 5, double outputValueUnitScalingRatio = 1, bool useCsvFormat = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentOutOfRangeException.ThrowIfLessThan(percentileTicksPerHalfDistance, 1);
        if (!(outputValueUnitScalingRatio > 0))
            throw new ArgumentOutOfRangeException(nameof(outputValueUnitScalingRatio), outputValueUnitScalingRatio, "Values are divided by a number above 0.");
        if (useCsvFormat)
        {
            WriteCsv(writer, percentileTicksPerHalfDistance, outputValueUnitScalingRatio);
            return;
        }

        writer.Write("       Value     Percentile TotalCount 1/(1-Percentile)\n\n");
        foreach (HistogramIterationValue step in Percentiles(percentileTicksPerHalfDistance))
        {
            double level = step.PercentileLevelIteratedTo / 100;
            writer.Write(Number(step.ValueIteratedTo / outputValueUnitScalingRatio));
            writer.Write($" {DecimalText.Format(level, 12)} {Whole(step.TotalCountToThisValue, 10)}");
            writer.Write(level == 1 ? "\n" : $" {DecimalText.Format(1 / (1 - level), 2, 14)}\n");
        }

        double ratio = outputValueUnitScalingRatio;
        writer.Write($"#[Mean    = {Number(GetMean() / ratio)}, StdDeviation   = {Number(GetStdDeviation() / ratio)}]\n");
        writer.Write($"#[Max     = {Number(GetMaxValue() / ratio)}, Total count    = {Whole(TotalCount, 12)}]\n");
        writer.Write($"#[Buckets = {Whole(BucketCount, 12)}, SubBuckets     = {Whole(SubBucketCount, 12)}]\n");
    }

    private static string Whole(long value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width);

    private string Number(double value) => DecimalText.Format(value, NumberOfSignificantValueDigits, 12);

    private void WriteCsv(TextWriter writer, int ticks, double ratio)
    {
        writer.Write("\"Value\",\"Percentile\",\"TotalCount\",\"1/(1-Percentile)\"\n");
        foreach (HistogramIterationValue step in Percentiles(ticks))
        {
            double level = step.PercentileLevelIteratedTo / 100;
            writer.Write(DecimalText.Format(step.ValueIteratedTo / ratio, NumberOfSignificantValueDigits));
            writer.Write($",{DecimalText.Format(level, 12)},{Whole(step.TotalCountToThisValue, 0)},{DecimalText.Format(1 / (1 - level), 2)}\n");
        }
    }
}
