using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Venue;

/// <summary>
/// The prices inside a bar: straight lines from the open through one extreme at a third of the span and the other at two thirds to the close.
/// Exact: a price is a quotient of integers until it is rounded to the tick.
/// </summary>
internal readonly struct BarPath
{
    private readonly long _time0, _time1, _time2, _time3;
    private readonly long _price0, _price1, _price2, _price3;

    public BarPath(in MarketEvent bar, bool highFirst)
    {
        Int128 spanNanos = (Int128)bar.TimeNanos - bar.OpenTimeNanos;
        _time0 = bar.OpenTimeNanos;
        _time1 = bar.OpenTimeNanos + (long)(spanNanos / 3);
        _time2 = bar.OpenTimeNanos + (long)(spanNanos * 2 / 3);
        _time3 = bar.TimeNanos;
        _price0 = bar.Price.Raw;
        _price1 = highFirst ? bar.UpperPrice.Raw : bar.Low.Raw;
        _price2 = highFirst ? bar.Low.Raw : bar.UpperPrice.Raw;
        _price3 = bar.Close.Raw;
    }

    /// <summary>Whether the usual rule visits the high first: the extreme nearer to the open, ties by the direction of the bar.</summary>
    public static bool IsHighNearer(in MarketEvent bar)
    {
        long up = bar.UpperPrice.Raw - bar.Price.Raw;
        long down = bar.Price.Raw - bar.Low.Raw;
        return up != down ? up < down : bar.Close < bar.Price;
    }

    /// <summary>The price at an instant of the bar, rounded to the tick against the order; <paramref name="sign"/> is 1 for a buy, -1 for a sell.</summary>
    public long PriceAt(long timeNanos, int sign, long tickRaw)
    {
        int i = 0;
        while (i < 2 && timeNanos >= Time(i + 1))
        {
            i++;
        }

        Int128 length = (Int128)Time(i + 1) - Time(i);
        Int128 scaled = (Price(i) * length) + ((Price(i + 1) - Price(i)) * (timeNanos - Time(i)));
        return AdversePrice.Round(scaled, length, sign, tickRaw);
    }

    /// <summary>
    /// The first instant at or after <paramref name="fromNanos"/> at which the path is beyond a limit (or at it);
    /// none: <see cref="long.MaxValue"/>.
    /// </summary>
    public long FirstBeyond(int sign, long limitRaw, long fromNanos, bool touchCounts)
    {
        for (int i = 0; i < 3; i++)
        {
            long begin = Math.Max(Time(i), fromNanos);
            if (begin >= Time(i + 1))
            {
                continue;
            }

            // Distance still above the limit, times the segment's length: it must become negative (or zero, if a touch counts).
            Int128 length = (Int128)Time(i + 1) - Time(i);
            Int128 slope = sign * (Price(i + 1) - Price(i));
            Int128 distance = (sign * (Price(i) - limitRaw) * length) + (slope * (begin - Time(i)));
            if (distance < 0 || (touchCounts && distance == 0))
            {
                return begin;
            }

            if (slope < 0)
            {
                Int128 nanos = touchCounts ? (distance - slope - 1) / -slope : (distance / -slope) + 1;
                if (begin + nanos < Time(i + 1))
                {
                    return begin + (long)nanos;
                }
            }
        }

        return long.MaxValue;
    }

    /// <summary>End of the bar, exclusive.</summary>
    public long EndNanos => _time3;

    /// <summary>The first instant after <paramref name="timeNanos"/> at which the path turns; none: <see cref="long.MaxValue"/>.</summary>
    public long NextTurn(long timeNanos) => timeNanos < _time1 ? _time1 : timeNanos < _time2 ? _time2 : long.MaxValue;

    private long Time(int i) => i switch { 0 => _time0, 1 => _time1, 2 => _time2, _ => _time3 };

    private Int128 Price(int i) => i switch { 0 => _price0, 1 => _price1, 2 => _price2, _ => _price3 };
}
