using System.Globalization;
using OrderPlatform.Analytics;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>
/// All filters of a signal in the engine's order, with what each compared. The decision's record has the numbers of the one that decided, and confidence and
/// momentum; the others follow from the signal and the strategy's rules, which a signal does not change.
/// </summary>
internal static class FilterFacts
{
    private static readonly FilterKind[] Order =
    [
        FilterKind.ReferenceData, FilterKind.Duplicate, FilterKind.Freshness, FilterKind.Direction, FilterKind.TradingState, FilterKind.Votes,
        FilterKind.Momentum, FilterKind.Confidence, FilterKind.Mode, FilterKind.Price, FilterKind.Position, FilterKind.Order, FilterKind.Size,
    ];

    /// <summary>The verdicts.</summary>
    /// <param name="state">The engine after the signal.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="decision">What became of it.</param>
    public static IReadOnlyList<FilterVerdict> Of(EngineState state, in SignalDecoder signal, in DecisionEventDecoder decision)
    {
        bool isKnown = state.Strategies.TryFind(decision.StrategyId, out int row);
        var verdicts = new List<FilterVerdict>(Order.Length);
        bool isReached = true;
        foreach (FilterKind filter in Order)
        {
            if (filter == decision.Filter)
            {
                verdicts.Add(new FilterVerdict(filter, Decided(decision, decision.Value), Decided(decision, decision.Limit), FilterOutcome.Decided));
                isReached = decision.Action != DecisionAction.Hold;
                continue;
            }

            (string value, string limit) = isKnown ? Compared(state, state.Strategies[row], filter, signal, decision) : ("", "");
            bool isConfigured = !isKnown || IsConfigured(state.Strategies[row].SignalRules, filter, signal);
            verdicts.Add(new FilterVerdict(filter, isReached ? value : "", limit, !isConfigured ? FilterOutcome.NotConfigured
                : isReached ? FilterOutcome.Passed : FilterOutcome.NotReached));
        }

        return verdicts;
    }

    /// <summary>A number of the filter that decided.</summary>
    public static string Decided(in DecisionEventDecoder decision, long raw) => decision.Filter switch
    {
        FilterKind.Freshness when decision.Reason == ReasonCode.SignalTooOld => TimeText.Duration(raw),
        FilterKind.Freshness => TimeText.Iso(raw),
        FilterKind.Momentum => $"{FixedPointText.Format(Hundred(raw))} %/h",
        FilterKind.ReferenceData or FilterKind.Duplicate or FilterKind.Direction or FilterKind.Mode or FilterKind.Price or FilterKind.Order => "",
        FilterKind.Votes or FilterKind.Size when decision.Value == 0 && decision.Limit == 0 => "",
        _ => FixedPointText.Format(raw),
    };

    /// <summary>A fraction in percent, as far as that fits.</summary>
    public static long Hundred(long raw) => raw > long.MaxValue / 100 || raw < long.MinValue / 100 ? raw : raw * 100;

    private static (string Value, string Limit) Compared(
        EngineState state, in Strategy strategy, FilterKind filter, in SignalDecoder signal, in DecisionEventDecoder decision)
    {
        ref readonly SignalRules rules = ref strategy.SignalRules;
        return filter switch
        {
            FilterKind.Freshness => (TimeText.Duration(Math.Max(0, decision.TimestampNanos - signal.GeneratedAtNanos)),
                rules.MaximumAgeNanos != 0 ? TimeText.Duration(rules.MaximumAgeNanos)
                : signal.TryGetValidUntilNanos(out long until) ? $"until {TimeText.Iso(until)}" : ""),
            FilterKind.Direction => (signal.Direction.ToString(), ""),
            FilterKind.TradingState => (Strictest(state, strategy).ToString(), nameof(TradingState.Active)),
            FilterKind.Votes => ("", rules.VotesMinimum.ToString(CultureInfo.InvariantCulture)),
            FilterKind.Momentum => (decision.TryGetMomentum(out long momentum) ? $"{FixedPointText.Format(Hundred(Math.Abs(Math.Max(momentum, -long.MaxValue))))} %/h" : "",
                rules.MomentumMinimum.IsZero ? "" : $"{FixedPointText.Format(Hundred(rules.MomentumMinimum.Raw))} %/h"),
            FilterKind.Confidence => (decision.TryGetConfidence(out long confidence) ? FixedPointText.Format(confidence) : "",
                rules.MinimumConfidence.IsZero ? "" : FixedPointText.Format(rules.MinimumConfidence.Raw)),
            FilterKind.Mode => (signal.Direction.ToString(), strategy.Mode.ToString()),
            FilterKind.Price => (decision.TryGetMark(out long mark) ? FixedPointText.Format(mark) : "", ""),
            FilterKind.Position => (FixedPointText.Format(decision.Position),
                rules.ReversalConfidence.IsZero ? "" : $"reversal from {FixedPointText.Format(rules.ReversalConfidence.Raw)}"),
            FilterKind.Size => (FixedPointText.Format(decision.Target), ""),
            _ => ("", ""),
        };
    }

    private static bool IsConfigured(in SignalRules rules, FilterKind filter, in SignalDecoder signal) => filter switch
    {
        FilterKind.Freshness => rules.MaximumAgeNanos != 0 || signal.TryGetValidUntilNanos(out _),
        FilterKind.Votes => rules.VotingMethod != VotingMethod.None,
        FilterKind.Momentum => !rules.MomentumMinimum.IsZero,
        FilterKind.Confidence => !rules.MinimumConfidence.IsZero,
        _ => true,
    };

    private static TradingState Strictest(EngineState state, in Strategy strategy)
    {
        TradingState client = state.Clients[strategy.Client].State;
        TradingState own = strategy.State > client ? strategy.State : client;
        return state.TradingState > own ? state.TradingState : own;
    }
}
