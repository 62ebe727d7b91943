using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Sizing;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>A signal on its way through the filters: what it wants by now, and who decided with which numbers.</summary>
internal struct SignalCase
{
    /// <summary>Row of the position, or -1.</summary>
    public int Row;

    /// <summary>Row of the other leg where that is held: a signal for one side closes it; else -1.</summary>
    public int Other;

    /// <summary>Wanted side of the position.</summary>
    public Direction Target;

    /// <summary>Role of the model that speaks; None where the signal speaks for itself.</summary>
    public SignalRole Role;

    /// <summary>Whether an ensemble speaks.</summary>
    public bool IsVote;

    /// <summary>Whether there is a confidence: the signal's, or the ensemble's.</summary>
    public bool HasConfidence;

    /// <summary>The confidence.</summary>
    public Ratio Confidence;

    /// <summary>Whether momentum was asked for and is known.</summary>
    public bool HasMomentum;

    /// <summary>Of an hour, signed.</summary>
    public Ratio Momentum;

    /// <summary>Whether only what closes the position may go on, because of the filter below.</summary>
    public bool ClosesOnly;

    /// <summary>Which filter decided.</summary>
    public FilterKind Filter;

    /// <summary>Why.</summary>
    public ReasonCode Reason;

    /// <summary>What it compared.</summary>
    public long Value;

    /// <summary>With what.</summary>
    public long Limit;

    /// <summary>The size of what would open.</summary>
    public SizingAnswer Size;

    /// <summary>Notes who decided.</summary>
    /// <returns><c>true</c>: the signal is held.</returns>
    public bool Hold(FilterKind filter, ReasonCode reason, long value = 0, long limit = 0)
    {
        Filter = filter;
        Reason = reason;
        Value = value;
        Limit = limit;
        return true;
    }

    /// <summary>Notes what keeps the position from being opened on the other side; one that is held may still close.</summary>
    /// <param name="isHeld">Whether there is a position to close.</param>
    /// <param name="filter">Which filter.</param>
    /// <param name="reason">Why.</param>
    /// <param name="value">What it compared.</param>
    /// <param name="limit">With what.</param>
    /// <returns>Whether the signal is held.</returns>
    public bool HoldEntry(bool isHeld, FilterKind filter, ReasonCode reason, long value, long limit)
    {
        Hold(filter, reason, value, limit);
        ClosesOnly = isHeld;
        return !isHeld;
    }
}
