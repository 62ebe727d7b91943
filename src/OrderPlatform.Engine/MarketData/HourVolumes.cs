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

    /// <summary>The hours as weights of a schedule, the busiest one <see cref="HourWeights.WeightMax"/>.</summary>
    /// <returns><c>false</c> if no volume was seen.</returns>
    public readonly bool TryWeights(out HourWeights weights)
    {
        weights = default;
        long most = 0;
        foreach (long volume in this)
        {
            most = Math.Max(most, volume);
        }

        for (int hour = 0; hour < HourWeights.Hours && most > 0; hour++)
        {
            weights[hour] = (long)((Int128)this[hour] * HourWeights.WeightMax / most);
        }

        return most > 0;
    }
}
