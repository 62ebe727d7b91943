using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Host.Configuration.Linter;

/// <summary>Executions that contradict themselves, or ask more than the budgets and the venue give.</summary>
internal static class ExecutionLints
{
    private const string ClientBudget = "orders.rate_limit_orders";

    public static IEnumerable<ConfigurationWarning> Check(LintSubject subject)
    {
        if (subject.Execution is not { } execution)
        {
            yield break;
        }

        bool isAtOnce = subject.Strategy.TimeInForce is TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill;
        if (execution.PostOnly && isAtOnce)
        {
            yield return new("orders.post_only", "must rest and time_in_force IOC or FOK must not: no such order is taken");
        }

        if (execution.Algorithm == ExecutionAlgorithm.LimitThenMarket && isAtOnce)
        {
            yield return new(
                "execution.algorithm",
                "limit_then_market waits for a limit order, and time_in_force IOC or FOK lets none wait: use GTC");
        }

        SimulatedVenueOptions venue = subject.Configuration.Venue;
        long roundTrip = venue.OrderLatency.MeanNanos + (venue.ReportLatency ?? venue.OrderLatency).MeanNanos;
        if (execution.ExecutionTimeoutNanos > 0 && execution.ExecutionTimeoutNanos <= roundTrip)
        {
            yield return new(
                "orders.execution_timeout_ms",
                $"is not above the venue's round trip of {roundTrip / 1_000_000} ms: most orders will be in doubt before they are answered");
        }

        if (execution is { RetryAttempts: > 0, RetryDelayNanos: 0 })
        {
            yield return new("orders.retry_delay_ms", "is 0: all attempts are used up in the same moment");
        }

        if (execution is { Slices: { } slices, DurationNanos: { } duration } && Narrow(subject, slices, duration) is { } budget)
        {
            yield return new(
                subject.Configuration.Keys.Any(static key => key is { Path: ClientBudget, Line: not null }) && budget.Scope == Scope.Client ? ClientBudget : "budgets",
                $"has {budget.Capacity} in {budget.WindowNanos / 1_000_000} ms, and {slices} slices in {duration / 1_000_000} ms are more: "
                + "slices will wait and bunch up");
        }

        if (execution is { Algorithm: ExecutionAlgorithm.Iceberg, VisibleFraction.Raw: Engine.Numbers.FixedPoint.One })
        {
            yield return new("execution.visible_pct", "is 1: all of the iceberg is seen; it counts as a fraction, 0.1 is 10 %");
        }
    }

    // Slices are one order each, evenly over the duration.
    private static BudgetSetup? Narrow(LintSubject subject, long slices, long duration) => subject.Configuration.Setup.Budgets.FirstOrDefault(budget =>
        budget.Unit is BudgetUnit.Orders or BudgetUnit.Requests or BudgetUnit.Unfilled
        && (Int128)slices * Math.Min(budget.WindowNanos, duration) > (Int128)budget.Capacity * duration);
}
