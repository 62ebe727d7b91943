using System;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Budgets;

/// <summary>
/// Finds the rate budgets of a client, an account, a venue or an instrument: a list for each, which follows from the budgets' rows. What a budget counts never
/// changes, so rows are only ever added.
/// </summary>
internal sealed class BudgetIndex
{
    /// <summary>The end of a list.</summary>
    public const int None = -1;

    private readonly int[] _ofClient;
    private readonly int[] _ofAccount;
    private readonly int[] _ofVenue;
    private readonly int[] _ofInstrument;
    private readonly int[] _next;
    private int _count;

    /// <summary>An empty index.</summary>
    public BudgetIndex(EngineLimits limits)
    {
        _ofClient = Empty(limits.Clients);
        _ofAccount = Empty(limits.Accounts);
        _ofVenue = Empty(limits.Venues);
        _ofInstrument = Empty(limits.Instruments);
        _next = Empty(limits.Budgets);
    }

    /// <summary>The first budget of a scope, or <see cref="None"/>.</summary>
    public int First(Scope scope, int row) => ListOf(scope)[row];

    /// <summary>The next budget of the same scope, or <see cref="None"/>.</summary>
    public int Next(int budget) => _next[budget];

    /// <summary>Takes the budgets in that came since.</summary>
    public void Follow(Table<RateBudget> budgets)
    {
        for (; _count < budgets.Count; _count++)
        {
            ref RateBudget budget = ref budgets[_count];
            int[] list = ListOf(budget.Scope);
            _next[_count] = list[budget.ScopeRow];
            list[budget.ScopeRow] = _count;
        }
    }

    private static int[] Empty(int count)
    {
        var list = new int[count];
        Array.Fill(list, None);
        return list;
    }

    private int[] ListOf(Scope scope) => scope switch
    {
        Scope.Client => _ofClient,
        Scope.Account => _ofAccount,
        Scope.Venue => _ofVenue,
        _ => _ofInstrument,
    };
}
