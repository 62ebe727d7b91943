using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>
/// What an order came from: two orders of two worlds are the same one if they have the same cause. Their ids say nothing, since an id counts inputs.
/// </summary>
/// <param name="StrategyId">Whose.</param>
/// <param name="InstrumentId">Of what.</param>
/// <param name="RequestId">The signal or request.</param>
/// <param name="Origin">Who wanted it.</param>
/// <param name="Side">Which side.</param>
/// <param name="DecidedAtNanos">When it was decided.</param>
/// <param name="Ordinal">Which of those with all this alike, from 0.</param>
public readonly record struct OrderCause(
    uint StrategyId, uint InstrumentId, ulong RequestId, OrderOrigin Origin, Side Side, long DecidedAtNanos, int Ordinal);

/// <summary>A fill of an order. Money, prices and quantities are times 1e8.</summary>
public readonly record struct WorldFill(long PriceRaw, long QuantityRaw, long FeeRaw, Liquidity Liquidity, long TimeNanos, long RecordedSequence);

/// <summary>An order of a world, and what became of it. Prices and quantities are times 1e8.</summary>
public sealed class WorldOrder
{
    private readonly List<WorldFill> _fills = [];

    internal WorldOrder(OrderCause cause, ulong clientOrderId, uint clientId, InputPlace place)
    {
        Cause = cause;
        ClientOrderId = clientOrderId;
        ClientId = clientId;
        Place = place;
    }

    /// <summary>What it came from.</summary>
    public OrderCause Cause { get; }

    /// <summary>Its id in its own world.</summary>
    public ulong ClientOrderId { get; }

    /// <summary>Whose it is.</summary>
    public uint ClientId { get; }

    /// <summary>The recorded input that it began with.</summary>
    public InputPlace Place { get; }

    /// <summary>Its type.</summary>
    public OrderType Type { get; internal set; }

    /// <summary>Its quantity.</summary>
    public long QuantityRaw { get; internal set; }

    /// <summary>Its limit; 0 is none.</summary>
    public long LimitRaw { get; internal set; }

    /// <summary>Its last state.</summary>
    public OrderStatus Status { get; internal set; }

    /// <summary>The reason of that.</summary>
    public ReasonCode Reason { get; internal set; }

    /// <summary>Executed quantity.</summary>
    public long FilledRaw { get; internal set; }

    /// <summary>Why it ends a position, if it does.</summary>
    public ExitReason ExitReason { get; internal set; }

    /// <summary>Its fills.</summary>
    public IReadOnlyList<WorldFill> Fills => _fills;

    internal long AcknowledgedAtNanos { get; set; }

    internal void Add(in WorldFill fill) => _fills.Add(fill);

    /// <summary>Whether what was asked for is the same.</summary>
    internal bool HasTermsOf(WorldOrder other) => Type == other.Type && QuantityRaw == other.QuantityRaw && LimitRaw == other.LimitRaw;

    /// <summary>Whether what became of it is the same.</summary>
    internal bool EndsAs(WorldOrder other) => Status == other.Status && Reason == other.Reason && FilledRaw == other.FilledRaw && FirstOtherFill(other) < 0;

    /// <summary>The first fill that is otherwise, the input that began it aside; -1 if none is.</summary>
    internal int FirstOtherFill(WorldOrder other)
    {
        int both = Math.Min(_fills.Count, other._fills.Count);
        for (int i = 0; i < both; i++)
        {
            if (_fills[i] with { RecordedSequence = 0 } != other._fills[i] with { RecordedSequence = 0 })
            {
                return i;
            }
        }

        return _fills.Count == other._fills.Count ? -1 : both;
    }
}

/// <summary>A recorded input.</summary>
/// <param name="Sequence">Its number in the journal.</param>
/// <param name="TimeNanos">Its time.</param>
public readonly record struct InputPlace(long Sequence, long TimeNanos);
