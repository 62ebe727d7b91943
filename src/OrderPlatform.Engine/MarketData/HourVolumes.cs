using System;
using System.Runtime.CompilerServices;
using OrderPlatform.Engine.Execution.Slicing;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.MarketData;

/// <summary>The volume that was seen in each hour of the day (UTC), summed over all days, each held at the largest number.</summary>
[InlineArray(HourWeights.Hours)]
public struct HourVolumes
{
    private const long HourNanos = 3_600_000_000_000;

    private long _first;

    /// <summary>Counts a volume.</summary>
    /// <param name="timestampNanos">When, since the epoch.</param>
    /// <param name="volume">Zero or above.</param>
    public void Add(long timestampNanos, Quantity volume)
    {
        ref long hour = ref this[(int)(timestampNanos / HourNanos % HourWeights.Hours)];
        hour = hour > long.MaxValue - volume.Raw ? long.MaxValue : hour + volume.Raw;
    }

    /// <summary>The hours as weights of a schedule, the busiest one <see cref="HourWeights.WeightMax"/> and none of them nothing.</summary>
    /// <returns><c>false</c> while an hour of the day had no volume yet: a profile with a hole would let a schedule stand still.</returns>
    public readonly bool TryWeights(out HourWeights weights)
    {
        weights = default;
        long most = 0;
        long least = long.MaxValue;
        foreach (long volume in this)
        {
            most = Math.Max(most, volume);
            least = Math.Min(least, volume);
        }

        for (int hour = 0; hour < HourWeights.Hours && least > 0; hour++)
        {
            weights[hour] = Math.Max(1, (long)((Int128)this[hour] * HourWeights.WeightMax / most));
        }

        return least > 0;
    }
}
