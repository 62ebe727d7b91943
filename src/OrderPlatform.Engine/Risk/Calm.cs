using System;

namespace OrderPlatform.Engine.Risk;

/// <summary>
/// How long a position need not be watched. Its strategy and client were compared with all limits, and the least distance to any of them was found: until the client's
/// money has moved by as much, whichever way, none can be reached, and no result can pass the highest one. It follows from the rows and belongs to no snapshot: the
/// comparison that it saves would have found nothing, as the naive model of the tests, which makes all of them, shows. The default value never holds.
/// </summary>
internal readonly struct Calm
{
    /// <summary>Distances that are larger count as this: no movement that is counted is as large.</summary>
    public const ulong DistanceMax = (1UL << 60) - 1;

    private readonly ulong _until;
    private readonly ulong _change;

    /// <summary>From now on.</summary>
    /// <param name="movement">The client's movement until now.</param>
    /// <param name="change">Number of the last change of rules.</param>
    /// <param name="distance">To the nearest limit, in money.</param>
    public Calm(in Movement movement, ulong change, ulong distance)
    {
        _until = movement.Sum + Math.Min(distance, DistanceMax);
        _change = change;
    }

    /// <summary>Whether nothing can have been reached.</summary>
    public bool Holds(in Movement movement, ulong change) => _change == change && movement.Sum <= _until;
}

/// <summary>By how much a client's money moved: values and exposures at the marks, cash, reserved funds, results; each change by its size.</summary>
internal struct Movement
{
    /// <summary>A change that is larger counts as this, which is more than any distance.</summary>
    private const ulong ChangeMax = 1UL << 60;

    /// <summary>All changes so far. It begins again at zero with a change of rules.</summary>
    public ulong Sum { get; private set; }

    /// <summary>The size of a change.</summary>
    public static ulong Of(long before, long after) =>
        Math.Min(ChangeMax, unchecked(before < after ? (ulong)after - (ulong)before : (ulong)before - (ulong)after));

    /// <summary>Adds changes, at most four.</summary>
    public void Add(EngineState state, ulong changes)
    {
        // Below 2^62 and four changes of 2^60: the sum stays within 64 bits.
        Sum += changes;
        if (Sum >= 1UL << 62)
        {
            Sum = 0;
            state.RuleChanges++;
        }
    }
}
