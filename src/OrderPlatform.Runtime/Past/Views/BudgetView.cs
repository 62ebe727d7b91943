using OrderPlatform.Engine;
using OrderPlatform.Engine.Budgets;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Past.Views;

/// <summary>A rate budget and how much of it is used at that time (N11).</summary>
/// <param name="Budget">Its id.</param>
/// <param name="Scope">Whose requests it counts.</param>
/// <param name="ScopeId">Id of that client, account, venue or instrument.</param>
/// <param name="Kind">How it counts time.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Used">Counted.</param>
/// <param name="Capacity">Allowed.</param>
/// <param name="FreeAtNanos">When a request of one fits; not later than now if it does at once.</param>
public sealed record BudgetView(uint Budget, Scope Scope, uint ScopeId, BudgetKind Kind, BudgetUnit Unit, long Used, long Capacity, long FreeAtNanos)
{
    internal static BudgetView Of(EngineState state, in RateBudget budget) => new(
        budget.Id, budget.Scope, ScopeIds.Of(state, budget.Scope, budget.ScopeRow), budget.Meter.Kind, budget.Unit, budget.Meter.Used(state.NowNanos),
        budget.Meter.Capacity, budget.Meter.WhenFree(state.NowNanos, 1));
}
