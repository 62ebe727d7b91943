using OrderPlatform.Engine.Numbers;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Configuration;

/// <summary>The sections that say how signals become orders and how positions end: signals, sizing, orders, execution, exits.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Signals">How its signals are filtered, or null.</param>
/// <param name="Execution">How its orders are carried out, or null.</param>
/// <param name="Exits">How its positions end beyond fixed stops and targets, or null.</param>
/// <param name="Orders">The section orders.</param>
internal sealed record OrderSections(StrategySetup Strategy, SignalRulesSetup? Signals, ExecutionSetup? Execution, ExitSetup? Exits, OrderSection Orders)
{
    public static OrderSections Read(YamlSection root, string id)
    {
        OrderSection orders = OrderSection.Read(root);
        ExecutionSection execution = ExecutionSection.Read(root, orders);
        SignalSection signals = SignalSection.Read(root);
        SizingSection sizing = SizingSection.Read(root);
        ExitSection exits = ExitSection.Read(root);
        if (orders.MinimumConfidence is not null && signals.MinimumConfidence is not null)
        {
            throw root.Section("signals").Wrong("minimum_confidence", "says the same as orders.minimum_confidence: remove one of them");
        }

        var strategy = new StrategySetup(
            StrategyFile.StrategyId, StrategyFile.ClientId, StrategyFile.AccountId, id, orders.Mode, orders.Entry, orders.Neutral, sizing.Mode, orders.Type,
            orders.TimeInForce, sizing.Quantity, sizing.Fraction, orders.LimitOffset, exits.StopLoss, exits.TakeProfit,
            signals.MinimumConfidence ?? orders.MinimumConfidence)
        {
            FixedNotional = sizing.Notional,
            TargetVolatility = sizing.TargetVolatility,
            KellyWinRate = sizing.WinRate,
            KellyMultiplier = sizing.Multiplier,
            RiskPerTrade = sizing.RiskPerTrade,
            MaximumFraction = sizing.MaximumFraction,
        };
        return new OrderSections(strategy, signals.Rules, execution.Rules, exits.Rules, orders);
    }

    /// <summary>A number of basis points as a fraction.</summary>
    internal static Ratio? BasisPoints(YamlSection section, string key) => section.BasisPoints(key);
}
