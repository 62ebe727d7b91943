using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>One thing that a journal's replay shows, with the ids by which it belongs to others. A link of a chain is made of one.</summary>
public sealed record Fact
{
    /// <summary>Which link of a chain it is.</summary>
    public required LinkKind Kind { get; init; }

    /// <summary>The input that it is, or that caused it.</summary>
    public required long Sequence { get; init; }

    /// <summary>Its place among the facts of its input: the input first, then what the engine said, in order.</summary>
    public required int Place { get; init; }

    /// <summary>Time of that input, nanoseconds since the epoch.</summary>
    public required long TimeNanos { get; init; }

    /// <summary>The message, header included: the input's or the output's; of what was derived, the input's.</summary>
    public required byte[] Message { get; init; }

    /// <summary>The client; 0 where there is none.</summary>
    public uint Client { get; init; }

    /// <summary>The strategy; 0 where there is none.</summary>
    public uint Strategy { get; init; }

    /// <summary>The instrument; 0 where there is none.</summary>
    public uint Instrument { get; init; }

    /// <summary>The publisher's number of the signal, or that of the request.</summary>
    public ulong RequestId { get; init; }

    /// <summary>Our id of the order; 0 where there is none.</summary>
    public ulong OrderId { get; init; }

    /// <summary>The parent order; 0 where there is none.</summary>
    public ulong ParentId { get; init; }

    /// <summary>Number of the round, with <see cref="LinkKind.Trade"/>.</summary>
    public uint TradeNumber { get; init; }

    /// <summary>Of a parent order that no signal or request asked for: the input that began it; else 0.</summary>
    public long CauseSequence { get; init; }

    /// <summary>Why the position ends, with <see cref="LinkKind.Cause"/> and <see cref="LinkKind.Parent"/>.</summary>
    public ExitReason ExitReason { get; init; }

    /// <summary>With <see cref="LinkKind.Order"/>: whether the client's orders in doubt were being asked for, when no order is checked again.</summary>
    public bool IsReconciling { get; init; }

    /// <summary>With <see cref="LinkKind.Filters"/>, in their order.</summary>
    public IReadOnlyList<FilterVerdict> Filters { get; init; } = [];

    /// <summary>What was derived, in words and numbers; else empty.</summary>
    public IReadOnlyList<MessageField> Derived { get; init; } = [];

    /// <summary>Its numbers.</summary>
    public IReadOnlyList<MessageField> Fields => Derived.Count > 0 ? Derived : MessageFields.Of(Message);
}

/// <summary>What one filter said of a signal.</summary>
/// <param name="Filter">The filter.</param>
/// <param name="Value">What it compared, as text; empty where it compares nothing.</param>
/// <param name="Limit">With what, as text; empty where there is no such limit.</param>
/// <param name="Verdict">What it said.</param>
public readonly record struct FilterVerdict(FilterKind Filter, string Value, string Limit, FilterOutcome Verdict);

/// <summary>What a filter said.</summary>
public enum FilterOutcome
{
    /// <summary>It let the signal pass.</summary>
    Passed,

    /// <summary>It held the signal, or let only what closes pass.</summary>
    Decided,

    /// <summary>The strategy has no such rule.</summary>
    NotConfigured,

    /// <summary>One before it decided.</summary>
    NotReached,
}
