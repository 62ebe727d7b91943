using System;
using System.Runtime.CompilerServices;

namespace OrderPlatform.Engine.Execution.Slicing;

/// <summary>How much of a day's volume each hour (UTC) usually has, as whole numbers of any scale, 0 to <see cref="WeightMax"/>.</summary>
[InlineArray(Hours)]
public struct HourWeights
{
    /// <summary>Hours of a day.</summary>
    public const int Hours = 24;

    /// <summary>Largest weight: a million.</summary>
    public const int WeightMax = 1_000_000;

    private const long HourMicros = 3_600_000_000;

    private long _first;

    /// <summary>Whether every weight is within its range.</summary>
    public readonly bool IsValid
    {
        get
        {
            foreach (long weight in this)
            {
                if (weight is < 0 or > WeightMax)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Weight × microseconds between two instants, each rounded down to the microsecond; within an hour volume flows evenly.</summary>
    /// <param name="fromNanos">Since the epoch, zero or above.</param>
    /// <param name="toNanos">Not before it.</param>
    public readonly Int128 Between(long fromNanos, long toNanos) => SinceEpoch(toNanos) - SinceEpoch(fromNanos);

    private readonly Int128 SinceEpoch(long nanos)
    {
        long micros = nanos / 1_000;
        long hours = micros / HourMicros;
        int hour = (int)(hours % Hours);
        long day = 0;
        long before = 0;
        for (int index = 0; index < Hours; index++)
        {
            before += index < hour ? this[index] : 0;
            day += this[index];
        }

        return ((((Int128)(hours / Hours) * day) + before) * HourMicros) + ((Int128)this[hour] * (micros % HourMicros));
    }
}
