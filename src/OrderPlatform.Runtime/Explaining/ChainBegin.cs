using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>How a chain begins: with a signal and what became of it, with somebody's request, or with the input that reached a level, broke a limit or was a command.</summary>
internal static class ChainBegin
{
    /// <summary>Adds the begin of an order's chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="index">The facts.</param>
    /// <param name="parent">The parent's first news, or where that is missing the order's.</param>
    /// <param name="origin">Who wanted the order.</param>
    public static void OfOrder(Chain chain, FactIndex index, Fact parent, OrderOrigin origin)
    {
        if (origin != OrderOrigin.Intent)
        {
            Fact? request = FactRange.Last(index.OfRequest(parent.Strategy, parent.RequestId), parent.Sequence, static one => one.Kind == LinkKind.Request);
            chain.Require(request, LinkKind.Request, parent.Sequence, $"the request {parent.RequestId} of strategy {parent.Strategy}");
        }
        else if (CauseTracker.IsOwn(parent.ExitReason) && parent.RequestId == 0)
        {
            OfOwn(chain, index, parent);
        }
        else
        {
            OfSignal(chain, index, parent.Strategy, parent.RequestId, parent.Sequence);
        }
    }

    /// <summary>Adds what began something of the engine's own.</summary>
    public static void OfOwn(Chain chain, FactIndex index, Fact fact)
    {
        long by = fact.CauseSequence == 0 ? fact.Sequence : fact.CauseSequence;
        Fact? cause = FactRange.Last(index.OfPosition(fact.Strategy, fact.Instrument), by, one => one.Kind == LinkKind.Cause && one.ExitReason == fact.ExitReason);
        bool isIt = cause is not null && (fact.CauseSequence == 0 || cause.Sequence == fact.CauseSequence);
        chain.Require(isIt ? cause : null, LinkKind.Cause, by, $"what began the exit ({fact.ExitReason}) of strategy {fact.Strategy} in instrument {fact.Instrument}");
    }

    /// <summary>Adds a signal that was acted on, with what became of it.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="index">The facts.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="signal">The publisher's number.</param>
    /// <param name="by">The last input at which it may have been decided.</param>
    public static void OfSignal(Chain chain, FactIndex index, uint strategy, ulong signal, long by)
    {
        IReadOnlyList<Fact> facts = index.OfRequest(strategy, signal);
        string what = $"signal {signal} of strategy {strategy}";
        Fact? decision = FactRange.Last(facts, by, static one => one.Kind == LinkKind.Decision && IsActed(one));
        if (decision is not null)
        {
            OfDecision(chain, index, decision);
            return;
        }

        Fact? input = FactRange.Last(facts, by, static one => one.Kind == LinkKind.Signal);
        chain.Require(input, LinkKind.Signal, by, $"the {what}");
        chain.Miss(LinkKind.Decision, input?.Sequence ?? by, $"the decision on {what}");
        if (input is not null)
        {
            chain.Add(FactRange.At(facts, input.Sequence).Where(static one => one.Kind < LinkKind.Cause || one.Kind == LinkKind.Sizing));
        }
    }

    /// <summary>Adds a decision with its signal, filters, votes and size. One whose validity ended while it waited was decided without a signal.</summary>
    public static void OfDecision(Chain chain, FactIndex index, Fact decision)
    {
        DecisionEventDecoder.TryWrap(decision.Message, out DecisionEventDecoder e);
        IReadOnlyList<Fact> facts = index.OfRequest(decision.Strategy, decision.RequestId);
        chain.Add(decision);
        string what = $"signal {decision.RequestId} of strategy {decision.Strategy}";
        if (e.Reason == ReasonCode.IntentExpired)
        {
            OfSignal(chain, index, decision.Strategy, decision.RequestId, decision.Sequence);
            return;
        }

        List<Fact> there = [.. FactRange.At(facts, decision.Sequence)];
        Fact? filters = there.Find(static one => one.Kind == LinkKind.Filters);
        chain.Require(there.Find(static one => one.Kind == LinkKind.Signal), LinkKind.Signal, decision.Sequence, $"the {what}");
        chain.Require(filters, LinkKind.Filters, decision.Sequence, $"the filters of {what}");
        if (HasVoted(filters, e.Reason))
        {
            chain.Require(there.Find(static one => one.Kind == LinkKind.Votes), LinkKind.Votes, decision.Sequence, $"the votes with {what}");
        }

        if ((e.Target != 0 && e.Action != DecisionAction.Hold) || e.Filter == FilterKind.Size)
        {
            chain.Require(there.Find(static one => one.Kind == LinkKind.Sizing), LinkKind.Sizing, decision.Sequence, $"the sizing for {what}");
        }
    }

    private static bool HasVoted(Fact? filters, ReasonCode reason)
    {
        foreach (FilterVerdict verdict in filters?.Filters ?? [])
        {
            if (verdict.Filter == FilterKind.Votes)
            {
                return verdict.Verdict == FilterOutcome.Passed || (verdict.Verdict == FilterOutcome.Decided && reason != ReasonCode.InvalidValue);
            }
        }

        return false;
    }

    private static bool IsActed(Fact decision) => DecisionEventDecoder.TryWrap(decision.Message, out DecisionEventDecoder e) && e.Action != DecisionAction.Hold;
}
