using System.Globalization;
using OrderPlatform.Analytics;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>Differences in words, with the numbers of both worlds.</summary>
public static class WhatIfText
{
    private const string Nothing = "nothing";

    /// <summary>What a step came to in both worlds: with the change first, without it behind.</summary>
    public static string Of(StepDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        string changed = difference.Changed is { } now ? Of(now) : Nothing;
        string baseline = (difference.Baseline ?? difference.Counterpart) is { } then ? Of(then) : Nothing;
        return $"{changed}; without the change: {baseline}";
    }

    /// <summary>A step.</summary>
    public static string Of(in WorldStep step) => step.Kind switch
    {
        StepKind.Decision => $"signal {Id(step.RequestId)} became {(DecisionAction)step.Outcome} with target {Number(step.AmountRaw)}{Because(step)}",
        StepKind.Sizing => $"a size of {Number(step.AmountRaw)} by {(SizingBound)step.Code}, of {Number(step.LimitRaw)} in value",
        StepKind.Check => $"check {StepReader.CheckOf(step)} {(step.Outcome == (byte)YesNo.Yes ? "passed" : $"refused ({step.Reason})")}: {Number(step.ValueRaw)} against {Number(step.LimitRaw)}",
        StepKind.Refusal => $"{(CheckKind)step.Code} refused {Number(step.AmountRaw)} ({step.Reason}): {Number(step.ValueRaw)} against {Number(step.LimitRaw)}",
        StepKind.State => $"trading became {(TradingState)step.Outcome} ({step.Reason}): {Number(step.ValueRaw)} against {Number(step.LimitRaw)}",
        _ => $"{((Side)step.Code == Side.Buy ? "bought" : "sold")} {Number(step.AmountRaw)} at {Number(step.ValueRaw)}, fee {Number(step.LimitRaw)}",
    };

    /// <summary>An order's difference, without who it is of.</summary>
    public static string Of(OrderDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        return difference.Kind switch
        {
            OrderDifferenceKind.OnlyBaseline => "is not there",
            OrderDifferenceKind.OnlyChanged => "is there only with the change",
            OrderDifferenceKind.Terms => $"{Terms(difference.Changed!)} instead of {Terms(difference.Baseline!)}",
            _ => Outcome(difference.Baseline!, difference.Changed!),
        };
    }

    /// <summary>Why an order differs.</summary>
    /// <param name="difference">The order's difference.</param>
    /// <param name="steps">Those of the answer.</param>
    public static string Why(OrderDifference difference, IReadOnlyList<StepDifference> steps)
    {
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentNullException.ThrowIfNull(steps);
        if (difference.StepIndex < 0)
        {
            return "direct: the venue behaves otherwise";
        }

        StepDifference step = steps[difference.StepIndex];
        StepDifference cause = steps[step.CauseIndex];
        return difference.IsDirect ? $"direct: {Of(step)}"
            : string.Create(CultureInfo.InvariantCulture, $"consequence of input {cause.Place.Sequence}: {Of(cause)}");
    }

    /// <summary>Of whom a step or an order is.</summary>
    public static string NameOf(JournalSetup setup, uint clientId, uint strategyId, uint instrumentId)
    {
        ArgumentNullException.ThrowIfNull(setup);
        string[] parts =
        [
            clientId == 0 ? "" : setup.Clients.GetValueOrDefault(clientId) ?? $"client {clientId}",
            strategyId == 0 ? "" : setup.Strategies.GetValueOrDefault(strategyId)?.Name ?? $"strategy {strategyId}",
            instrumentId == 0 ? "" : setup.Instruments.FirstOrDefault(one => one.Id == instrumentId)?.Symbol ?? $"instrument {instrumentId}",
        ];
        return string.Join(" ", parts.Where(static part => part.Length > 0));
    }

    private static string Outcome(WorldOrder baseline, WorldOrder changed)
    {
        int at = changed.FirstOtherFill(baseline);
        if (at >= 0 && at < changed.Fills.Count && at < baseline.Fills.Count)
        {
            return $"fill {at + 1} {Of(changed.Fills[at])} instead of {Of(baseline.Fills[at])}";
        }

        return $"{End(changed)} instead of {End(baseline)}";
    }

    private static string Of(in WorldFill fill) =>
        $"{Number(fill.QuantityRaw)} at {Number(fill.PriceRaw)}, fee {Number(fill.FeeRaw)}, {TimeText.Iso(fill.TimeNanos)}";

    private static string End(WorldOrder order) =>
        $"{order.Status}{(order.Reason == ReasonCode.None ? "" : $" ({order.Reason})")}, {Number(order.FilledRaw)} filled";

    private static string Terms(WorldOrder order) => $"{order.Type} {Number(order.QuantityRaw)}{(order.LimitRaw == 0 ? "" : $" at {Number(order.LimitRaw)}")}";

    private static string Because(in WorldStep step) => step.Reason == ReasonCode.None ? ""
        : $" ({step.Reason}{(step.ValueRaw == 0 && step.LimitRaw == 0 ? "" : $": {Number(step.ValueRaw)} against {Number(step.LimitRaw)}")})";

    private static string Number(long raw) => raw >= Bounds.MoneyMax ? "no limit" : FixedPointText.Format(raw);

    private static string Id(ulong id) => id.ToString(CultureInfo.InvariantCulture);
}
