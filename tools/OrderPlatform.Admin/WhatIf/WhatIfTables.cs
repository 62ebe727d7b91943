using OrderPlatform.Admin.Answers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.WhatIf;

namespace OrderPlatform.Admin.WhatIf;

/// <summary>The answer to a what-if as facts and tables.</summary>
internal static class WhatIfTables
{
    /// <summary>Makes it.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="most">Differences to show.</param>
    public static Answer Of(WhatIfAnswer found, int most)
    {
        var answer = new Answer("what-if", found.Setup.Folder);
        answer.Fact("changes", "changes", Value.Text(found.Changes.Count == 0 ? "none" : string.Join(" ", found.Changes)));
        answer.Fact("inputs", "recorded inputs", Value.Number(found.Setup.Inputs));
        answer.Fact("differs", "differs", Value.Flag(!found.IsEmpty));
        answer.Fact("firstSequence", "first difference at input", found.First is { } first ? Value.Number(first.Sequence) : Value.None);
        answer.Fact("firstTime", "at", found.First is { } at ? Value.Time(at.TimeNanos) : Value.None);
        answer.Fact("decisionsOtherwise", "decisions otherwise", Value.Number(found.DecisionsOtherwise));
        answer.Fact("refusalsOtherwise", "refusals otherwise", Value.Number(found.RefusalsOtherwise));
        answer.Fact("ordersOtherwise", "orders otherwise", Value.Number(found.Orders.Count));
        AddDistance(answer, found.Distance);
        AddTotals(answer, found);
        AddClients(answer, found);
        AddReasons(answer, found);
        AddSteps(answer, found, most);
        AddOrders(answer, found, most);
        AddLeftOut(answer, found.LeftOut);
        foreach (string text in found.Assumed)
        {
            answer.Note($"assumed: {text}");
        }

        foreach (string text in found.Unknowable)
        {
            answer.Note(text);
        }

        return answer;
    }

    /// <summary>How far the simulation without a change is from what was recorded.</summary>
    public static void AddDistance(Answer answer, BaselineDistance distance)
    {
        answer.Fact("baselineIsRecorded", "baseline is what was recorded", Value.Flag(distance.IsIdentical));
        answer.Fact("recordedDigest", "digest recorded", Value.Text(distance.RecordedDigest));
        answer.Fact("baselineDigest", "digest of the baseline", Value.Text(distance.BaselineDigest));
        answer.Fact("baselineOrdersOtherwise", "recorded orders that the baseline has otherwise", Value.Number(distance.Orders.Count));
    }

    /// <summary>Money, however large.</summary>
    public static Value Amount(Int128 raw) => Value.Decimal((long)Int128.Clamp(raw, long.MinValue + 1, long.MaxValue));

    private static void AddTotals(Answer answer, WhatIfAnswer found)
    {
        AnswerTable table = answer.Table("totals", "In all", "what", "recorded", "baseline", "changed", "difference");
        (WorldTotals recorded, WorldTotals baseline, WorldTotals changed) = (found.Distance.Recorded, found.Baseline, found.Changed);
        void Count(string what, Func<WorldTotals, long> of) =>
            table.Row(Value.Text(what), Value.Number(of(recorded)), Value.Number(of(baseline)), Value.Number(of(changed)),
                Value.Number(of(changed) - of(baseline)));
        void Money(string what, Func<WorldTotals, Int128> of) =>
            table.Row(Value.Text(what), Amount(of(recorded)), Amount(of(baseline)), Amount(of(changed)), Amount(of(changed) - of(baseline)));
        Count("orders", static one => one.Orders);
        Count("fills", static one => one.Fills);
        Count("refusals", static one => one.Refusals);
        Count("rejected by venues", static one => one.Rejected);
        Count("decisions", static one => one.Decisions);
        Money("realised", static one => one.All.Realised);
        Money("unrealised", static one => one.All.Unrealised);
        Money("fees", static one => one.All.Fees);
        Money("funding", static one => one.All.Funding);
        Money("net result", static one => one.All.Net);
        Money("equity", static one => one.All.Equity);
        Money("largest drawdown", static one => one.Drawdown);
    }

    private static void AddClients(Answer answer, WhatIfAnswer found)
    {
        AnswerTable table = answer.Table(
            "clients", "Clients", "client", "baselineRealised", "changedRealised", "baselineFees", "changedFees", "baselineFunding", "changedFunding",
                "baselineNet", "changedNet",
            "difference", "changedEquity", "firstSequence");
        foreach (ClientResult changed in found.Changed.Clients)
        {
            ClientResult baseline = found.Baseline.Clients.First(one => one.ClientId == changed.ClientId);
            InputPlace? first = FirstOf(found, changed.ClientId);
            table.Row(
                Value.Text(WhatIfText.NameOf(found.Setup, changed.ClientId, 0, 0)), Amount(baseline.Realised), Amount(changed.Realised),
                    Amount(baseline.Fees), Amount(changed.Fees),
                Amount(baseline.Funding), Amount(changed.Funding), Amount(baseline.Net), Amount(changed.Net), Amount(changed.Net - baseline.Net),
                    Amount(changed.Equity),
                first is { } place ? Value.Number(place.Sequence) : Value.None);
        }
    }

    private static InputPlace? FirstOf(WhatIfAnswer found, uint clientId)
    {
        StepDifference? step = found.Steps.FirstOrDefault(one => one.Any.ClientId == clientId);
        OrderDifference? order = found.Orders.FirstOrDefault(one => one.Any.ClientId == clientId);
        return step is null ? order?.Place : order is null || step.Place.Sequence <= order.Place.Sequence ? step.Place : order.Place;
    }

    private static void AddReasons(Answer answer, WhatIfAnswer found)
    {
        AnswerTable table = answer.Table("refusals", "Refusals", "reason", "recorded", "baseline", "changed");
        foreach (ReasonCode reason in found.Baseline.RefusalsByReason.Keys.Union(found.Changed.RefusalsByReason.Keys).Order())
        {
            table.Row(
                Value.Enum(reason), Value.Number(found.Distance.Recorded.RefusalsByReason.GetValueOrDefault(reason)),
                    Value.Number(found.Baseline.RefusalsByReason.GetValueOrDefault(reason)),
                Value.Number(found.Changed.RefusalsByReason.GetValueOrDefault(reason)));
        }
    }

    private static void AddSteps(Answer answer, WhatIfAnswer found, int most)
    {
        AnswerTable table = answer.Table("steps", "Steps that differ", "sequence", "time", "whose", "kind", "isDirect", "causeSequence",
            new Column("what", "with the change; without it"));
        foreach (StepDifference step in found.Steps.Take(most))
        {
            WorldStep any = step.Any;
            table.Row(
                Value.Number(step.Place.Sequence), Value.Time(step.Place.TimeNanos),
                    Value.Text(WhatIfText.NameOf(found.Setup, any.ClientId, any.StrategyId, any.InstrumentId)),
                Value.Enum(any.Kind), Value.Flag(step.IsDirect), Value.Number(found.Steps[step.CauseIndex].Place.Sequence), Value.Text(WhatIfText.Of(step)));
        }

        More(answer, found.Steps.Count, most, "steps");
    }

    private static void AddOrders(Answer answer, WhatIfAnswer found, int most)
    {
        AnswerTable table = answer.Table(
            "orders", "Orders that differ", "sequence", "time", "whose", "side", "requestId", "kind", "what", "isDirect", "why", "baselineOrderId",
                "changedOrderId");
        foreach (OrderDifference order in found.Orders.Take(most))
        {
            WorldOrder any = order.Any;
            table.Row(
                Value.Number(order.Place.Sequence), Value.Time(order.Place.TimeNanos),
                Value.Text(WhatIfText.NameOf(found.Setup, any.ClientId, any.Cause.StrategyId, any.Cause.InstrumentId)), Value.Enum(any.Cause.Side),
                    Value.Id(any.Cause.RequestId),
                Value.Enum(order.Kind), Value.Text(WhatIfText.Of(order)), Value.Flag(order.IsDirect), Value.Text(WhatIfText.Why(order, found.Steps)),
                Value.Id(order.Baseline?.ClientOrderId ?? 0), Value.Id(order.Changed?.ClientOrderId ?? 0));
        }

        More(answer, found.Orders.Count, most, "orders");
    }

    private static void More(Answer answer, int count, int most, string what)
    {
        if (count > most)
        {
            answer.Note($"{count - most} more {what} differ: --rows {count} shows them, and --json has all");
        }
    }

    private static void AddLeftOut(Answer answer, LeftOut left)
    {
        AnswerTable table = answer.Table("leftOut", "Recorded inputs that are not true in another world", "what", "count");
        void Row(string what, long count)
        {
            if (count > 0)
            {
                table.Row(Value.Text(what), Value.Number(count));
            }
        }

        Row("reports and answers of venues", left.Reports);
        Row("ticks of timers", left.Ticks);
        Row("what venues said of the use of their limits", left.Usage);
        Row("halts by the self-check", left.SelfChecks);
        Row("bars that the venue does not know, since their close is not there", left.BarsUnknown);
        Row("cancels and amends of orders that the world does not have", left.RequestsWithoutOrder);
    }
}
