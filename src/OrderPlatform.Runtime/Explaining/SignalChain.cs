using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>The chain of a signal: what the filters said of it, and all that came of it.</summary>
internal static class SignalChain
{
    /// <summary>Adds the signal with its decision.</summary>
    /// <returns>Whether it was acted on.</returns>
    public static bool AddTo(Chain chain, FactIndex index, Fact signal)
    {
        chain.Add(signal);
        Fact? decision = FactRange.At(index.OfRequest(signal.Strategy, signal.RequestId), signal.Sequence).FirstOrDefault(static one => one.Kind == LinkKind.Decision);
        if (decision is null)
        {
            chain.Miss(LinkKind.Decision, signal.Sequence, $"the decision on signal {signal.RequestId} of strategy {signal.Strategy}");
            return false;
        }

        ChainBegin.OfDecision(chain, index, decision);
        return DecisionEventDecoder.TryWrap(decision.Message, out DecisionEventDecoder e) && e.Action != DecisionAction.Hold;
    }

    /// <summary>Adds the orders and refusals that came of it.</summary>
    public static void AddWhatFollowed(Chain chain, FactIndex index, Fact signal)
    {
        var parents = new HashSet<ulong>();
        foreach (Fact fact in FactRange.Between(index.OfRequest(signal.Strategy, signal.RequestId), signal.Sequence, long.MaxValue))
        {
            if (fact.Kind == LinkKind.Refusal)
            {
                RefusalChain.AddTo(chain, index, fact);
            }
            else if (fact.Kind is LinkKind.Checks or LinkKind.Decision)
            {
                chain.Add(fact);
            }
            else if (fact.Kind == LinkKind.Parent && fact.ExitReason != ExitReason.Manual && parents.Add(fact.ParentId))
            {
                AddOrders(chain, index, fact);
            }
        }
    }

    private static void AddOrders(Chain chain, FactIndex index, Fact parent)
    {
        IReadOnlyList<Fact> facts = index.OfParent(parent.ParentId);
        chain.Add(facts.Where(static one => one.Kind == LinkKind.Parent));
        foreach (ulong order in facts.Select(static one => one.OrderId).Where(static one => one != 0).Distinct())
        {
            OrderChain.AddTo(chain, index, order);
        }
    }
}
