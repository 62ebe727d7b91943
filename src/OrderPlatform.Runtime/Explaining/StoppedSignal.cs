using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>A decision with what followed in the same input: whether a filter held the signal, or a check refused the order (R129).</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Filters">All filters; null of one whose validity ended while it waited.</param>
/// <param name="Sizing">The size, or null.</param>
/// <param name="Refusals">What checks refused.</param>
public sealed record StoppedSignal(Fact Decision, Fact? Filters, Fact? Sizing, IReadOnlyList<Fact> Refusals)
{
    /// <summary>Whether a filter held it.</summary>
    public bool IsHeld { get; } = DecisionEventDecoder.TryWrap(Decision.Message, out DecisionEventDecoder e) && e.Action == DecisionAction.Hold;

    /// <summary>Whether it came to no order: held, or refused.</summary>
    public bool IsStopped => IsHeld || Refusals.Count > 0;

    /// <summary>What stopped it, in words.</summary>
    public string Reason
    {
        get
        {
            DecisionEventDecoder.TryWrap(Decision.Message, out DecisionEventDecoder e);
            return IsHeld ? $"{DecisionText.FilterOf(e)}: {e.Reason}" : Refusals.Count > 0 ? "refused by a check" : "";
        }
    }

    /// <summary>All decisions of a journal.</summary>
    public static IEnumerable<StoppedSignal> All(FactIndex index)
    {
        ArgumentNullException.ThrowIfNull(index);
        foreach (Fact decision in index.Decisions)
        {
            List<Fact> there = [.. FactRange.At(index.OfRequest(decision.Strategy, decision.RequestId), decision.Sequence)];
            yield return new StoppedSignal(decision, there.Find(static one => one.Kind == LinkKind.Filters), there.Find(static one => one.Kind == LinkKind.Sizing),
                [.. there.Where(one => one.Kind == LinkKind.Refusal && one.Place > decision.Place)]);
        }
    }
}
