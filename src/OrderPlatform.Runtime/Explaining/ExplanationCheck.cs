using System.Globalization;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>Whether every order, refusal, decision and round of a journal has its whole chain.</summary>
public sealed class ExplanationCheck
{
    private readonly List<MissingLink> _missing = [];

    private ExplanationCheck()
    {
    }

    /// <summary>Orders looked at.</summary>
    public long Orders { get; private set; }

    /// <summary>Refusals by checks looked at.</summary>
    public long Refusals { get; private set; }

    /// <summary>Signals looked at, those that were held too.</summary>
    public long Signals { get; private set; }

    /// <summary>Rounds looked at.</summary>
    public long Trades { get; private set; }

    /// <summary>Chains in which something is missing.</summary>
    public long Incomplete { get; private set; }

    /// <summary>All that is missing, in order.</summary>
    public IReadOnlyList<MissingLink> Missing => _missing;

    /// <summary>Whether nothing is.</summary>
    public bool IsComplete => _missing.Count == 0;

    /// <summary>Looks at all chains that begin in a range.</summary>
    /// <param name="index">The facts, from the journal's begin.</param>
    /// <param name="isIn">Which inputs count; null for all.</param>
    public static ExplanationCheck Of(FactIndex index, Func<Fact, bool>? isIn = null)
    {
        ArgumentNullException.ThrowIfNull(index);
        isIn ??= static _ => true;
        var check = new ExplanationCheck();
        var explainer = new Explainer(index);
        foreach (ulong order in index.Orders.Where(id => isIn(index.OfOrder(id)[0])))
        {
            check.Orders++;
            check.Note(explainer.Order(order));
        }

        foreach (Fact refusal in index.Refusals.Where(isIn))
        {
            check.Refusals++;
            check.Note(explainer.Refusal(refusal));
        }

        check.AskForWhatFollows(index, isIn);
        foreach (Fact signal in index.Signals.Where(isIn))
        {
            check.Signals++;
            check.Note(explainer.Decision(signal));
        }

        foreach (Fact decision in index.Decisions.Where(isIn))
        {
            check.Note(explainer.DecisionOf(decision));
        }

        foreach (Fact trade in index.Trades.Where(isIn))
        {
            check.Trades++;
            check.Note(explainer.Trade(trade));
        }

        return check;
    }

    // A refusal after what did not pass, an outcome of each request, the orders of each parent.
    private void AskForWhatFollows(FactIndex index, Func<Fact, bool> isIn)
    {
        foreach (Fact checks in index.Checks.Where(isIn))
        {
            var chain = new Chain(string.Create(CultureInfo.InvariantCulture, $"checks at input {checks.Sequence}"));
            RefusalChain.AskAfter(chain, index, checks);
            Note(chain.End());
        }

        foreach (Fact request in index.Requests.Where(isIn))
        {
            var chain = new Chain(string.Create(CultureInfo.InvariantCulture, $"request {request.RequestId} at input {request.Sequence}"));
            RefusalChain.AskAfterRequest(chain, index, request);
            Note(chain.End());
        }

        foreach (ulong parent in index.Parents.Where(id => isIn(index.OfParent(id)[0])))
        {
            var chain = new Chain(string.Create(CultureInfo.InvariantCulture, $"parent order {parent}"));
            OrderChain.AskForOrders(chain, index, parent);
            Note(chain.End());
        }
    }

    private void Note(Explanation explanation)
    {
        Incomplete += explanation.IsComplete ? 0 : 1;
        _missing.AddRange(explanation.Missing);
    }
}
