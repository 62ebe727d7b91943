using System;
using System.Runtime.CompilerServices;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Volatility;

/// <summary>
/// What the price was at each of the last 64 full minutes (UTC), and the momentum that follows (R43, R44, R122). The sample of a minute is the price in force
/// at its instant: the newest one that was not later. Minutes without prices carry the price before them. The default value is an empty history.
/// </summary>
public struct PriceHistory
{
    /// <summary>Samples that are kept.</summary>
    public const int SamplesMax = 64;

    /// <summary>Longest window of a momentum, in minutes.</summary>
    public const int WindowMinutesMax = 60;

    private const long MinuteNanos = 60_000_000_000;
    private const long MinuteMicros = 60_000_000;
    private const long HourMicros = 60 * MinuteMicros;
    private const int Mask = SamplesMax - 1;

    /// <summary>Number of the newest sampled minute since the epoch; sample m lies at m modulo 64.</summary>
    public long LastMinute;

    /// <summary>How many minutes up to and with <see cref="LastMinute"/> have a sample, no more than 64.</summary>
    public int Count;

    /// <summary>The newest price; zero before the first.</summary>
    public Price LastPrice;

    /// <summary>When it came.</summary>
    public long LastNanos;

    /// <summary>The samples, scaled by 1e8.</summary>
    public SampleRing Samples;

    /// <summary>Takes a price. The work is bounded by the samples, however long nothing came.</summary>
    /// <param name="timestampNanos">The input's timestamp, not before the last one's.</param>
    /// <param name="price">The price.</param>
    /// <returns><c>false</c>, and nothing changes, if it is not a price, or the time is negative or goes back.</returns>
    public bool Add(long timestampNanos, Price price)
    {
        if (!Bounds.IsPrice(price.Raw) || timestampNanos < LastNanos)
        {
            return false;
        }

        long minute = timestampNanos / MinuteNanos;
        if (LastPrice.IsZero)
        {
            LastMinute = minute;
        }
        else
        {
            for (long passed = Math.Max(LastMinute + 1, minute - Mask); passed <= minute; passed++)
            {
                Samples[(int)(passed & Mask)] = LastPrice.Raw;
            }

            Count = (int)Math.Min(SamplesMax, Count + (minute - LastMinute));
            LastMinute = minute;
        }

        if (timestampNanos % MinuteNanos == 0)
        {
            Samples[(int)(minute & Mask)] = price.Raw;
            Count = Math.Max(Count, 1);
        }

        LastPrice = price;
        LastNanos = timestampNanos;
        return true;
    }

    /// <summary>
    /// The change of the price per hour as a fraction: 0.0178 is 1.78 %/hr. Compared are the newest price and the sample of the
    /// minute that lies the window before the last full minute, and the change is scaled by the time between that instant and now, in whole
    /// microseconds: (newest / then - 1) × one hour / elapsed. At a full minute with a window of 60 that is the change since an hour ago. Half
    /// away from zero.
    /// </summary>
    /// <param name="nowNanos">The input's timestamp.</param>
    /// <param name="windowMinutes">1 to <see cref="WindowMinutesMax"/>.</param>
    /// <param name="perHour">The momentum, or zero.</param>
    /// <returns><c>false</c> without enough history, before the last price's time, for another window, or where the number does not fit.</returns>
    public readonly bool TryMomentum(long nowNanos, int windowMinutes, out Ratio perHour)
    {
        perHour = Ratio.Zero;
        if (LastPrice.IsZero || nowNanos < LastNanos || windowMinutes is < 1 or > WindowMinutesMax)
        {
            return false;
        }

        long minute = (nowNanos / MinuteNanos) - windowMinutes;
        if (!TrySample(minute, out long then))
        {
            return false;
        }

        // At most 1e17 × 1e8 × 3.6e9 < 2^115 above, and 1e17 × 3.66e9 < 2^89 below.
        long elapsedMicros = (nowNanos / 1_000) - (minute * MinuteMicros);
        Int128 divisor = (Int128)then * elapsedMicros;
        Int128 product = (Int128)(LastPrice.Raw - then) * FixedPoint.One * HourMicros;
        Int128 quotient = (product >= 0 ? product + (divisor / 2) : product - (divisor / 2)) / divisor;
        bool fits = FloorDivision.TryNarrow(quotient, out long raw);
        perHour = new Ratio(raw);
        return fits;
    }

    private readonly bool TrySample(long minute, out long price)
    {
        if (minute > LastMinute)
        {
            price = LastPrice.Raw;
            return true;
        }

        bool known = LastMinute - minute < Count;
        price = known ? Samples[(int)(minute & Mask)] : 0;
        return known;
    }

    /// <summary>The samples of a history.</summary>
    [InlineArray(SamplesMax)]
    public struct SampleRing
    {
        private long _first;
    }
}
