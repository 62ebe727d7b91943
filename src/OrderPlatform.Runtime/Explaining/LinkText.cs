using System.Globalization;
using OrderPlatform.Analytics;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Past;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>A link in one line, with its numbers.</summary>
/// <param name="names">What ids are called.</param>
public sealed class LinkText(JournalNames names)
{
    /// <summary>The line.</summary>
    public string Of(Fact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return fact.Kind switch
        {
            LinkKind.Signal => OfSignal(fact),
            LinkKind.Votes => OfVotes(fact),
            LinkKind.Filters => OfFilters(fact),
            LinkKind.Decision => DecisionText.Of(fact.Message),
            LinkKind.Cause => string.Join(", ", fact.Derived.Select(static field => $"{field.Name} {field.Text}")),
            LinkKind.Sizing => OfSizing(fact),
            LinkKind.Checks => OfChecks(fact),
            LinkKind.Refusal => OfRefusal(fact),
            LinkKind.Parent => OfParent(fact),
            LinkKind.Fill or LinkKind.Order => OfOrder(fact),
            LinkKind.Position => OfPosition(fact),
            LinkKind.Trade => OfTrade(fact),
            LinkKind.Sent or LinkKind.Answer => new VenueText(names).Of(fact),
            _ => Plain(fact),
        };
    }

    private string OfSignal(Fact fact)
    {
        SignalDecoder.TryWrap(fact.Message, out SignalDecoder e);
        return $"signal {Text(e.SignalId)} of {names.Strategies[e.StrategyId]} ({names.Clients[e.ClientId]}): {e.Direction} {names.Instruments[e.InstrumentId]}"
            + (e.TryGetConfidence(out long confidence) ? $", confidence {Number(confidence)}" : "")
            + (e.TryGetExpectedReturn(out long expected) ? $", expected return {Number(expected)}" : "")
            + (e.TryGetRiskScore(out long risk) ? $", risk score {Number(risk)}" : "")
            + (e.TryGetVolatility(out long volatility) ? $", volatility {Number(volatility)}" : "")
            + (e.TryGetPrice(out long price) ? $", at price {Number(price)}" : "")
            + $", generated {TimeText.Iso(e.GeneratedAtNanos)}";
    }

    private static string OfVotes(Fact fact)
    {
        VoteEventDecoder.TryWrap(fact.Message, out VoteEventDecoder e);
        return $"{e.Method}: {Text(e.Fresh)} fresh votes, score {Number(e.Score)} against {Number(e.Threshold)}: {e.Direction}"
            + (e.TryGetEntryDirection(out Direction entry) ? $", entry {entry}" : "") + (e.TryGetPositionDirection(out Direction position) ? $", position {position}" : "")
            + (e.TryGetExitDirection(out Direction exit) ? $", exit {exit}" : "") + (e.TryGetProfitDirection(out Direction profit) ? $", profit {profit}" : "");
    }

    private static string OfFilters(Fact fact)
    {
        int passed = fact.Filters.Count(static one => one.Verdict == FilterOutcome.Passed);
        string decided = string.Join(", ", fact.Filters.Where(static one => one.Verdict == FilterOutcome.Decided).Select(static one => $"{one.Filter} decided"));
        return $"{Text(passed)} passed, {Text(fact.Filters.Count(static one => one.Verdict == FilterOutcome.NotConfigured))} not configured"
            + (decided.Length > 0 ? $", {decided}" : "");
    }

    private static string OfSizing(Fact fact)
    {
        SizingEventDecoder.TryWrap(fact.Message, out SizingEventDecoder e);
        return $"{Number(e.Quantity)} by {e.Mode}, decided by {e.Bound}: wish {Number(e.KellyNotional)}, risk bound {Limit(e.RiskNotional)}, "
            + $"fraction bound {Limit(e.FractionNotional)}, notional {Number(e.Notional)} at {Number(e.Price)}, equity {Number(e.Equity)}, stop distance {Number(e.StopDistance)}";
    }

    private static string OfChecks(Fact fact)
    {
        CheckEventDecoder.TryWrap(fact.Message, out CheckEventDecoder e);
        int passed = 0;
        string failed = "";
        foreach (CheckEventDecoder.ChecksDecoder check in e.GetChecks())
        {
            passed += check.Passed == YesNo.Yes ? 1 : 0;
            failed += check.Passed == YesNo.Yes ? "" : $"; {check.Check} of the {check.Scope} refused: {Number(check.Value)} against {Number(check.Limit)}";
        }

        CheckEventDecoder.TryWrap(fact.Message, out e);
        return $"{e.Side} {Number(e.Quantity)} at {Number(e.Price)}: {Text(passed)} passed{failed}";
    }

    private static string OfRefusal(Fact fact)
    {
        RiskEventDecoder.TryWrap(fact.Message, out RiskEventDecoder e);
        return $"refused by {e.Check} ({e.Reason}): {Number(e.Value)} against {Number(e.Limit)}, asked for {e.Side} {Number(e.Quantity)}";
    }

    private static string OfParent(Fact fact)
    {
        ParentEventDecoder.TryWrap(fact.Message, out ParentEventDecoder e);
        return $"parent {Text(e.ParentId)} {e.Status}: {e.Algorithm} {e.Side} {Number(e.Quantity)}: executed {Number(e.Executed)}, working {Number(e.Working)}, "
            + $"unsent {Number(e.Unsent)}, ended {Number(e.Ended)}, {Text(e.Children)} orders, decided at {Number(e.DecisionPrice)}"
            + (e.Reason == ReasonCode.None ? "" : $" ({e.Reason})");
    }

    private string OfOrder(Fact fact)
    {
        OrderEventDecoder.TryWrap(fact.Message, out OrderEventDecoder e);
        string fill = fact.Kind != LinkKind.Fill ? ""
            : $"{Number(e.LastQuantity)} at {Number(e.LastPrice)}, fee {Number(e.LastFee)} ({e.FeeCurrency}, {e.Liquidity}){(e.Estimated == YesNo.Yes ? ", estimated" : "")}; ";
        return $"{fill}{e.Status}: {e.Side} {e.OrderType} {Number(e.Quantity)} at {names.Venues[e.VenueId]}"
            + (e.TryGetLimitPrice(out long limit) ? $", limit {Number(limit)}" : "") + (e.TryGetTriggerPrice(out long trigger) ? $", trigger {Number(trigger)}" : "")
            + $", executed {Number(e.CumulativeQuantity)}, leaves {Number(e.LeavesQuantity)}"
            + (e.ExitReason == ExitReason.None ? "" : $", exit by {e.ExitReason}") + (e.Reason == ReasonCode.None ? "" : $" ({e.Reason})")
            + (e.InDoubt == YesNo.Yes ? ", in doubt" : "");
    }

    private static string OfPosition(Fact fact)
    {
        PositionEventDecoder.TryWrap(fact.Message, out PositionEventDecoder e);
        return $"{Number(e.Quantity)} at {Number(e.AveragePrice)}: realised {Number(e.RealisedPnl)}, unrealised {Number(e.UnrealisedPnl)}, fees {Number(e.Fees)}, "
            + $"equity {Number(e.Equity)}" + (e.TryGetStopPrice(out long stop) ? $", stop {Number(stop)}" : "") + (e.TryGetTargetPrice(out long target) ? $", target {Number(target)}" : "");
    }

    private static string OfTrade(Fact fact)
    {
        TradeEventDecoder.TryWrap(fact.Message, out TradeEventDecoder e);
        return $"round {Text(e.TradeNumber)} {e.Direction} {Number(e.EntryQuantity)}: in at {Number(e.EntryPrice)}, out at {Number(e.ExitPrice)} by {e.ExitReason}, "
            + $"P&L {Number(e.RealisedPnl)} before fees of {Number(e.Fees)} and funding of {Number(e.Funding)}, slippage {Number(e.Slippage)}, "
            + $"worst {Number(e.Adverse)}, best {Number(e.Favourable)}";
    }

    private static string Plain(Fact fact) =>
        $"{MessageFields.NameOf(fact.Message)}: {string.Join(", ", fact.Fields.Where(static field => field.Text.Length > 0).Select(static field => $"{field.Name} {field.Text}"))}";

    private static string Limit(long raw) => raw == long.MaxValue ? "none" : Number(raw);

    private static string Number(long raw) => FixedPointText.Format(raw);

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
