using OrderPlatform.Engine;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Setup;

/// <summary>
/// Completes the setup of a later start: what an engine has from the start before, and the configuration no longer has, is set back by a record that says so.
/// A record replaces the rules of its kind; a record that is missing replaces nothing. Budgets stay: an engine has no record that ends one.
/// </summary>
internal static class SetupCompletion
{
    private const long BreakerNanos = 60_000_000_000;

    public static PlatformSetup For(PlatformSetup setup, EngineState state)
    {
        var rules = new List<SignalRulesSetup>(setup.SignalRules);
        var executions = new List<ExecutionSetup>(setup.Executions);
        var exits = new List<ExitSetup>(setup.Exits);
        var limits = new List<LimitSetup>(setup.Limits);
        var breakers = new List<BreakerSetup>(setup.Breakers);
        foreach (StrategySetup strategy in setup.Strategies)
        {
            if (state.Strategies.TryFind(strategy.Id, out int row))
            {
                Strategy known = state.Strategies[row];
                AddWhere(rules, HasRules(known.SignalRules) && rules.All(one => one.StrategyId != strategy.Id), new SignalRulesSetup(strategy.Id));
                AddWhere(
                    executions, HasRules(known.Execution) && executions.All(one => one.StrategyId != strategy.Id),
                    ExecutionSetup.None(strategy.Id));
                AddWhere(
                    exits, HasRules(known.Exits) && exits.All(one => one.StrategyId != strategy.Id),
                    ExitSetup.None(strategy.Id));
                Reset(limits, breakers, Scope.Strategy, strategy.Id, known.Limits, known.Breaker);
            }
        }

        foreach (ClientSetup client in setup.Clients)
        {
            if (state.Clients.TryFind(client.Id, out int row))
            {
                Reset(limits, breakers, Scope.Client, client.Id, state.Clients[row].Limits, state.Clients[row].Breaker);
            }
        }

        foreach (VenueSetup venue in setup.Venues)
        {
            if (state.Venues.TryFind(venue.Id, out int row))
            {
                Reset(limits, breakers, Scope.Venue, venue.Id, RiskLimitSet.None, state.Venues[row].Breaker);
            }
        }

        return setup with { SignalRules = rules, Executions = executions, Exits = exits, Limits = limits, Breakers = breakers };
    }

    private static void Reset(List<LimitSetup> limits, List<BreakerSetup> breakers, Scope scope, uint id, RiskLimitSet known, Breaker breaker)
    {
        AddWhere(
            limits, !known.Equals(RiskLimitSet.None) && !limits.Any(one => one.Scope == scope && one.ScopeId == id), new LimitSetup(scope, id));
        AddWhere(
            breakers, breaker.IsSet && !breakers.Any(one => one.Scope == scope && one.ScopeId == id),
            new BreakerSetup(scope, id, 0, 0, 0, BreakerNanos, BreakerNanos));
    }

    private static bool HasRules(in SignalRules rules) =>
        rules is not { MomentumMinimum.Raw: 0, MaximumAgeNanos: 0, ReversalConfidence.Raw: 0, VotingMethod: VotingMethod.None };

    private static bool HasRules(in ExecutionRules rules) => rules is not
    {
        Algorithm: ExecutionAlgorithm.Immediate, Routing: RoutingMode.Direct, PostOnly: false, SplitOversized: false, RetryAttempts: 0, ExecutionTimeoutNanos: 0,
    };

    private static bool HasRules(in ExitRules rules) =>
        rules is not { StopMode: ExitMode.Fixed, TakeProfitMode: ExitMode.Fixed, TrailingOffset.Raw: 0, MaximumHoldNanos: 0 };

    private static void AddWhere<T>(List<T> list, bool isMissing, T item)
    {
        if (isMissing)
        {
            list.Add(item);
        }
    }
}
