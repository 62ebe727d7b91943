using OrderPlatform.Simulation.Randomness;

namespace OrderPlatform.Simulation.Generator;

/// <summary>One trade of a minute: nanoseconds since the minute's start, price in ticks, quantity in steps.</summary>
internal readonly record struct TapeTrade(long OffsetNanos, long PriceTicks, long Steps, bool IsBuy);

/// <summary>
/// The trades of a minute, hung on its path: they begin at its open, end at its close, touch its high and low, never leave them, and their
/// quantities add up to its volume. Arrivals come in bursts, sides in runs, sizes with a heavy tail.
/// </summary>
internal sealed class MinuteTape(MarketGeneratorOptions options)
{
    private const int TradeCountMax = 100_000;
    private const long LastOffsetNanos = MinuteModel.MinuteNanos - 1_000_000;
    private const double BurstShare = 0.6;
    private const double SidePersistence = 0.7;
    private const double SizeDeviation = 1.4;

    private readonly Prng _prng = Prng.ForPart(options.Seed, 2);
    private readonly double _meanSteps = (double)options.MeanVolume.Raw / options.QuantityStep.Raw;
    private TapeTrade[] _trades = new TapeTrade[256];
    private double[] _cumulativeGaps = new double[256];
    private double[] _cumulativeWeights = new double[256];
    private int _count;
    private bool _isBuy;

    public ReadOnlySpan<TapeTrade> Trades => _trades.AsSpan(0, _count);

    /// <summary>Makes the trades of the model's minute.</summary>
    public void Fill(MinuteModel model)
    {
        ReadOnlySpan<long> path = model.Path;
        Span<int> corners = stackalloc int[4];
        int cornerCount = FindCorners(path, corners);
        int count = Math.Max(cornerCount, DrawCount(model.VolumeSteps));
        Grow(count);
        DrawGapsAndWeights(count);
        _count = 0;
        int corner = 0;
        for (int i = 0; i < count; i++)
        {
            long offset = (long)(_cumulativeGaps[i] / _cumulativeGaps[count - 1] * LastOffsetNanos);

            // A corner is traded at its own time, or as soon as no more trades are left than corners; the close by the last trade only.
            int cornersLeft = cornerCount - corner;
            bool isDue = count - i <= cornersLeft || (cornersLeft > 1 && CornerOffset(corners[corner]) <= offset);
            long previous = i == 0 ? 0 : _trades[i - 1].OffsetNanos;
            _trades[i] = isDue
                ? TradeAtCorner(Math.Max(previous, Math.Min(CornerOffset(corners[corner]), offset)), path[corners[corner++]])
                : TradeOnPath(Math.Max(previous, offset), path);
        }

        _count = count;
        DealQuantities(count, model.VolumeSteps);
    }

    private static long CornerOffset(int step) => step * (LastOffsetNanos / Calibration.SubSteps);

    /// <summary>Steps of open, high, low and close in order of time, each once.</summary>
    private static int FindCorners(ReadOnlySpan<long> path, Span<int> corners)
    {
        int high = 0;
        int low = 0;
        for (int step = 1; step < path.Length; step++)
        {
            high = path[step] > path[high] ? step : high;
            low = path[step] < path[low] ? step : low;
        }

        int count = 0;
        ReadOnlySpan<int> inOrder = [0, Math.Min(high, low), Math.Max(high, low), path.Length - 1];
        foreach (int step in inOrder)
        {
            if (count == 0 || corners[count - 1] != step)
            {
                corners[count++] = step;
            }
        }

        return count;
    }

    /// <summary>More trades in busy minutes, though less than in proportion: they are larger, too. Never more than steps to deal out.</summary>
    private int DrawCount(long volumeSteps)
    {
        double busy = PortableMath.Exp((0.6 * PortableMath.Log(volumeSteps / _meanSteps)) + (0.2 * _prng.NextNormal()));
        double count = Math.Min(options.MeanTradesPerMinute * busy * 1.15, TradeCountMax);
        return (int)Math.Min(volumeSteps, (long)(count + 0.5));
    }

    private void DrawGapsAndWeights(int count)
    {
        double gaps = 0;
        double weights = 0;
        for (int i = 0; i < count; i++)
        {
            double gap = -PortableMath.Log(1 - _prng.NextDouble());
            gaps += _prng.NextDouble() < BurstShare ? gap * 0.02 : gap;
            weights += PortableMath.Exp(SizeDeviation * _prng.NextNormal());
            _cumulativeGaps[i] = gaps;
            _cumulativeWeights[i] = weights;
        }
    }

    private TapeTrade TradeAtCorner(long offsetNanos, long priceTicks)
    {
        DrawSide(0);
        return new TapeTrade(offsetNanos, priceTicks, 0, _isBuy);
    }

    private TapeTrade TradeOnPath(long offsetNanos, ReadOnlySpan<long> path)
    {
        long stepNanos = LastOffsetNanos / Calibration.SubSteps;
        int step = (int)Math.Min(Calibration.SubSteps - 1, offsetNanos / stepNanos);
        long rise = path[step + 1] - path[step];
        DrawSide(rise);
        double share = Math.Min(1, (double)(offsetNanos - (step * stepNanos)) / stepNanos);

        // Between two points of the path: a price within the bar. The taker's side shows as one tick, if that stays between them.
        long price = path[step] + (long)(share * rise);
        long bounced = price + (_isBuy ? 1 : 0);
        return new TapeTrade(offsetNanos, bounced <= Math.Max(path[step], path[step + 1]) ? bounced : price, 0, _isBuy);
    }

    /// <summary>Mostly the side of the trade before; else a coin that the path's direction loads.</summary>
    private void DrawSide(long rise)
    {
        if (_prng.NextDouble() >= SidePersistence)
        {
            _isBuy = _prng.NextDouble() < 0.5 + (0.2 * Math.Sign(rise));
        }
    }

    /// <summary>Every trade gets a step, the rest goes by weight: cumulated, rounded down and differenced, so that nothing is lost or added.</summary>
    private void DealQuantities(int count, long volumeSteps)
    {
        long rest = volumeSteps - count;
        long dealt = 0;
        for (int i = 0; i < count; i++)
        {
            long upTo = i == count - 1 ? rest : Math.Min(rest, (long)(rest * (_cumulativeWeights[i] / _cumulativeWeights[count - 1])));
            _trades[i] = _trades[i] with { Steps = 1 + upTo - dealt };
            dealt = upTo;
        }
    }

    private void Grow(int count)
    {
        if (count > _trades.Length)
        {
            int length = Math.Max(count, _trades.Length * 2);
            _trades = new TapeTrade[length];
            _cumulativeGaps = new double[length];
            _cumulativeWeights = new double[length];
        }
    }
}
