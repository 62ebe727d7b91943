using System.Globalization;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>Explains orders, rounds, signals and refusals of a journal whose facts are indexed.</summary>
/// <param name="index">The facts.</param>
public sealed class Explainer(FactIndex index)
{
    /// <summary>The facts.</summary>
    public FactIndex Index { get; } = index;

    /// <summary>Why there is an order, and what became of it.</summary>
    /// <param name="id">Our id.</param>
    /// <exception cref="SubjectException">The journal has no such order.</exception>
    public Explanation Order(ulong id)
    {
        if (Index.OfOrder(id).Count == 0)
        {
            throw new SubjectException($"the journal has no order {id}: take the id from `orders`, or from an event's clientOrderId");
        }

        var chain = new Chain($"order {Text(id)}");
        OrderChain.AddTo(chain, Index, id);
        return chain.End();
    }

    /// <summary>How a round came about and what it earned.</summary>
    /// <param name="strategy">The strategy; null where the number is unique.</param>
    /// <param name="number">Number of the round, of its strategy and instrument.</param>
    /// <param name="instrument">The instrument; null where that is unique.</param>
    /// <exception cref="SubjectException">There is no such round, or there are several.</exception>
    public Explanation Trade(uint? strategy, uint number, uint? instrument)
    {
        List<Fact> found = [.. Index.Trades.Where(one => one.TradeNumber == number && (strategy ?? one.Strategy) == one.Strategy
            && (instrument ?? one.Instrument) == one.Instrument)];
        string what = strategy is { } owner ? $"trade {number} of strategy {owner}" : $"trade {number}";
        if (found.Count == 0)
        {
            throw new SubjectException($"the journal has no {what} that has ended: rounds count from 1 for each strategy and instrument");
        }

        if (found.Count > 1)
        {
            string list = string.Join(", ", found.Select(static one => $"{one.Strategy}/{one.TradeNumber} in instrument {one.Instrument}").Distinct());
            throw new SubjectException($"{what} is not unique ({list}): name the strategy as <strategy>/<number>, and the instrument with --instrument");
        }

        return Trade(found[0]);
    }

    /// <summary>How a round came about and what it earned.</summary>
    public Explanation Trade(Fact trade)
    {
        ArgumentNullException.ThrowIfNull(trade);
        var chain = new Chain($"trade {Text(trade.Strategy)}/{Text(trade.TradeNumber)} in instrument {Text(trade.Instrument)}");
        TradeChain.AddTo(chain, Index, trade);
        return chain.End();
    }

    /// <summary>What became of a signal, and why.</summary>
    /// <param name="id">The publisher's number.</param>
    /// <param name="strategy">The strategy; null where the number is unique.</param>
    /// <exception cref="SubjectException">There is no such signal, or several strategies have one.</exception>
    public Explanation Signal(ulong id, uint? strategy)
    {
        List<Fact> found = [.. Index.Signals.Where(one => one.RequestId == id && (strategy ?? one.Strategy) == one.Strategy)];
        if (found.Count == 0)
        {
            throw new SubjectException($"the journal has no signal {id}{(strategy is { } owner ? $" of strategy {owner}" : "")}: `why-not --all` lists the signals");
        }

        List<uint> owners = [.. found.Select(static one => one.Strategy).Distinct()];
        if (owners.Count > 1)
        {
            throw new SubjectException($"signal {id} is one of the strategies {string.Join(", ", owners)} each: name one with --strategy");
        }

        var chain = new Chain($"signal {Text(id)} of strategy {Text(owners[0])}");
        foreach (Fact signal in found)
        {
            if (SignalChain.AddTo(chain, Index, signal))
            {
                SignalChain.AddWhatFollowed(chain, Index, signal);
            }
        }

        return chain.End();
    }

    /// <summary>What a signal became, without what followed.</summary>
    public Explanation Decision(Fact signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        var chain = new Chain($"signal {Text(signal.RequestId)} of strategy {Text(signal.Strategy)} at input {Text((ulong)signal.Sequence)}");
        SignalChain.AddTo(chain, Index, signal);
        return chain.End();
    }

    /// <summary>What a signal that was decided became: the way from the decision.</summary>
    public Explanation DecisionOf(Fact decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var chain = new Chain($"decision on signal {Text(decision.RequestId)} of strategy {Text(decision.Strategy)} at input {Text((ulong)decision.Sequence)}");
        ChainBegin.OfDecision(chain, Index, decision);
        return chain.End();
    }

    /// <summary>Why something was refused.</summary>
    public Explanation Refusal(Fact refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var chain = new Chain($"refusal of {Text(refusal.RequestId)} of strategy {Text(refusal.Strategy)} at input {Text((ulong)refusal.Sequence)}");
        RefusalChain.AddTo(chain, Index, refusal);
        return chain.End();
    }

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
