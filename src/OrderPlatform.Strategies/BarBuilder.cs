using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Strategies;

/// <summary>Makes closes of even bars from single prices, so that a bar strategy also runs on trades and quotes. A span without a price makes no bar.</summary>
public sealed class BarBuilder
{
    private readonly long _intervalNanos;
    private long _closeTimeNanos;
    private Price _last;

    /// <summary>Bars of an interval, aligned to the epoch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not above zero.</exception>
    public BarBuilder(long intervalNanos)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(intervalNanos);
        _intervalNanos = intervalNanos;
    }

    /// <summary>Takes a price in; the first one at or after a bar's end closes that bar, and belongs to the next.</summary>
    public bool OnPrice(long timeNanos, Price price, out long closeTimeNanos, out Price close)
    {
        bool closed = _closeTimeNanos != 0 && timeNanos >= _closeTimeNanos;
        closeTimeNanos = closed ? _closeTimeNanos : 0;
        close = closed ? _last : default;
        if (closed || _closeTimeNanos == 0)
        {
            _closeTimeNanos = ((timeNanos / _intervalNanos) + 1) * _intervalNanos;
        }

        _last = price;
        return closed;
    }
}
