using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>
/// Finds the largest absolute and the largest relative drawdown of equity, one value at a time, in constant space and exactly: fractions are
/// compared by 128-bit cross-multiplication. The two are different events in general. The starting equity is the first peak.
/// </summary>
public sealed class DrawdownTracker
{
    private Drawdown _current;
    private Drawdown _largest;
    private Drawdown _deepest;

    /// <summary>Starts at an equity, which counts as a peak.</summary>
    /// <param name="timeNanos">Nanoseconds since the Unix epoch.</param>
    /// <param name="equity">Equity at that moment.</param>
    public DrawdownTracker(long timeNanos, Money equity)
    {
        _current = new Drawdown(timeNanos, equity, timeNanos, equity, timeNanos, timeNanos);
        _largest = _current;
        _deepest = _current;
    }

    /// <summary>The drawdown that cost most money; its amount is zero if equity never fell.</summary>
    public Drawdown LargestAbsolute => _largest;

    /// <summary>The drawdown that cost the largest share of its peak; its amount is zero if equity never fell below a positive peak.</summary>
    public Drawdown LargestRelative => _deepest;

    /// <summary>How far the last equity lies below the running peak, as a fraction; 0 at the peak or without a positive one.</summary>
    public double CurrentFraction { get; private set; }

    /// <summary>Takes the next equity.</summary>
    public void Add(long timeNanos, Money equity)
    {
        if (equity >= _current.PeakEquity)
        {
            Recover(ref _largest, timeNanos);
            Recover(ref _deepest, timeNanos);
            _current = new Drawdown(timeNanos, equity, timeNanos, equity, timeNanos, timeNanos);
            CurrentFraction = 0;
            return;
        }

        _current = equity < _current.TroughEquity
            ? _current with { TroughTimeNanos = timeNanos, TroughEquity = equity, RecoveryTimeNanos = null, LastTimeNanos = timeNanos }
            : _current with { LastTimeNanos = timeNanos };
        CurrentFraction = _current.PeakEquity.Raw > 0 ? ((double)_current.PeakEquity.Raw - equity.Raw) / _current.PeakEquity.Raw : 0;
        _largest = Extend(_largest, timeNanos);
        _deepest = Extend(_deepest, timeNanos);
        _largest = _current.Amount > _largest.Amount ? _current : _largest;
        _deepest = IsDeeper(_current, _deepest) ? _current : _deepest;
    }

    private static Drawdown Extend(in Drawdown drawdown, long timeNanos) =>
        drawdown.RecoveryTimeNanos is null ? drawdown with { LastTimeNanos = timeNanos } : drawdown;

    // An open drawdown always belongs to the running peak: any earlier peak was passed, and so closed, when the running one was made.
    private static void Recover(ref Drawdown drawdown, long timeNanos) =>
        drawdown = drawdown.RecoveryTimeNanos is null ? drawdown with { RecoveryTimeNanos = timeNanos, LastTimeNanos = timeNanos } : drawdown;

    private static bool IsDeeper(in Drawdown left, in Drawdown right) =>
        left.PeakEquity.Raw > 0
        && (right.PeakEquity.Raw <= 0
            || (Int128)left.Amount.Raw * right.PeakEquity.Raw > (Int128)right.Amount.Raw * left.PeakEquity.Raw);
}
