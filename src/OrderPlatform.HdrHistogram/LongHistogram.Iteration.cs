namespace OrderPlatform.HdrHistogram;

public sealed partial class LongHistogram
{
    /// <summary>
    /// Percentiles in steps that get finer towards 100: so many steps from 0 to 50, as many from 50 to 75, and so on. A cell that spans several levels
    /// is answered for each of them. Ends with a step at 100. Nothing if nothing is recorded.
    /// </summary>
    /// <param name="percentileTicksPerHalfDistance">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one tick.</exception>
    /// <exception cref="InvalidOperationException">From the iteration: the histogram was changed meanwhile.</exception>
    public IEnumerable<HistogramIterationValue> Percentiles(int percentileTicksPerHalfDistance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percentileTicksPerHalfDistance, 1);
        return WalkPercentiles(percentileTicksPerHalfDistance);
    }

    /// <summary>Every cell with a count.</summary>
    /// <exception cref="InvalidOperationException">From the iteration: the histogram was changed meanwhile.</exception>
    public IEnumerable<HistogramIterationValue> RecordedValues()
    {
        var walk = new CountWalk(this);
        while (!walk.IsAllCounted)
        {
            walk.Next();
            if (walk.CountHere != 0)
                yield return walk.Step(walk.HighestHere);
        }
    }

    /// <summary>Every cell of the range, with a count or without.</summary>
    /// <exception cref="InvalidOperationException">From the iteration: the histogram was changed meanwhile.</exception>
    public IEnumerable<HistogramIterationValue> AllValues()
    {
        var walk = new CountWalk(this);
        while (!walk.IsLastCell)
        {
            walk.Next();
            yield return walk.Step(walk.HighestHere);
        }
    }

    /// <summary>Steps of equal width, up to the step that holds the highest recorded value. A cell is counted in the step in which it begins.</summary>
    /// <param name="valueUnitsPerBucket">The width, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is less than 1.</exception>
    /// <exception cref="InvalidOperationException">From the iteration: the histogram was changed meanwhile.</exception>
    public IEnumerable<HistogramIterationValue> LinearBucketValues(long valueUnitsPerBucket)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(valueUnitsPerBucket, 1);
        return WalkSteps(valueUnitsPerBucket, (end, _) => end > long.MaxValue - valueUnitsPerBucket ? long.MaxValue : end + valueUnitsPerBucket);
    }

    /// <summary>Steps whose ends grow by a factor, up to the step that holds the highest recorded value.</summary>
    /// <param name="valueUnitsInFirstBucket">The first step's width, 1 or more.</param>
    /// <param name="logBase">The factor, above 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is less than 1, or the factor is not above 1.</exception>
    /// <exception cref="InvalidOperationException">From the iteration: the histogram was changed meanwhile.</exception>
    public IEnumerable<HistogramIterationValue> LogarithmicBucketValues(long valueUnitsInFirstBucket, double logBase)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(valueUnitsInFirstBucket, 1);
        if (!(logBase > 1))
            throw new ArgumentOutOfRangeException(nameof(logBase), logBase, "Steps grow by a factor above 1.");
        // Multiplied one by one, as the reference does: a power would round otherwise.
        return WalkSteps(valueUnitsInFirstBucket, (_, step) =>
        {
            double exact = valueUnitsInFirstBucket;
            for (int factor = 0; factor < step; factor++)
                exact *= logBase;
            return exact >= long.MaxValue ? long.MaxValue : (long)exact;
        });
    }

    private IEnumerable<HistogramIterationValue> WalkPercentiles(int ticksPerHalfDistance)
    {
        var walk = new CountWalk(this);
        double level = 0;
        while (!walk.IsAllCounted)
        {
            walk.Next();
            // Beyond 2^53 values a percentile rounds to 100 before all are counted, and the level converges: then only the last cell answers.
            while (walk.CountHere != 0 && walk.Percentile >= level && (level < 100 || walk.IsAllCounted))
            {
                yield return walk.Step(walk.HighestHere, level);
                double next = LevelAfter(level, ticksPerHalfDistance);
                level = next > level ? next : 100;
                if (walk.IsAllCounted)
                    break;
            }
        }

        if (walk.Count > 0)
            yield return walk.Step(walk.HighestHere, 100);
    }

    private static double LevelAfter(double level, int ticksPerHalfDistance)
    {
        double halvings = Math.Truncate(Math.Log2(100.0 / (100.0 - level)));
        return level + (100.0 / (ticksPerHalfDistance * Math.Pow(2, halvings + 1)));
    }

    /// <param name="firstEnd">The first value behind the first step.</param>
    /// <param name="endAfter">The first value behind the next step, from that behind this one and the number of steps so far.</param>
    private IEnumerable<HistogramIterationValue> WalkSteps(long firstEnd, Func<long, int, long> endAfter)
    {
        var walk = new CountWalk(this);
        long end = firstEnd;
        int steps = 0;
        bool isOver = walk.IsAllCounted;
        while (!isOver)
        {
            walk.Next();
            while (!isOver && (walk.LowestHere >= _layout.LowestAt(_layout.IndexOf(end - 1)) || walk.IsLastCell))
            {
                yield return walk.Step(end - 1);
                end = endAfter(end, ++steps);
                isOver = walk.IsAllCounted && (end == long.MaxValue || end - 1 >= walk.HighestHere);
            }
        }
    }
}
