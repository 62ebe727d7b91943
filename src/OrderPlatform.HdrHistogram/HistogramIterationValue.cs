namespace OrderPlatform.HdrHistogram;

/// <summary>One step of an iteration over a histogram.</summary>
/// <param name="ValueIteratedTo">The step's end, included.</param>
/// <param name="ValueIteratedFrom">The end of the step before; 0 at first.</param>
/// <param name="CountAtValueIteratedTo">How many values are recorded in the cell that the step ends in.</param>
/// <param name="CountAddedInThisIterationStep">How many values the step passed.</param>
/// <param name="TotalCountToThisValue">How many values it and all steps before it passed.</param>
/// <param name="TotalValueToThisValue">Their sum, each taken as the highest value of its cell; <see cref="long.MaxValue"/> if it is more than that.</param>
/// <param name="Percentile">How many percent of all values that is.</param>
/// <param name="PercentileLevelIteratedTo">The percentile that a percentile iteration reached with this step; otherwise the same as Percentile.</param>
public readonly record struct HistogramIterationValue(
    long ValueIteratedTo,
    long ValueIteratedFrom,
    long CountAtValueIteratedTo,
    long CountAddedInThisIterationStep,
    long TotalCountToThisValue,
    long TotalValueToThisValue,
    double Percentile,
    double PercentileLevelIteratedTo);
