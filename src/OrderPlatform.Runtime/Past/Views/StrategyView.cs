using OrderPlatform.Engine;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Past.Views;

/// <summary>A strategy; money times 1e8 in the currency of its account.</summary>
/// <param name="Strategy">Its id.</param>
/// <param name="Client">Whose it is.</param>
/// <param name="State">What it may trade.</param>
/// <param name="StateReason">Why.</param>
/// <param name="Result">Realised and not, less fees.</param>
/// <param name="DayLoss">What it lost since its client's day began; below zero it won.</param>
/// <param name="Drawdown">What it fell from its highest result.</param>
/// <param name="Exposure">Notional of its positions and of open orders that would increase them.</param>
/// <param name="OpenOrders">Orders that can still execute.</param>
public sealed record StrategyView(
    uint Strategy, uint Client, TradingState State, ReasonCode StateReason, long Result, long DayLoss, long Drawdown, long Exposure, uint OpenOrders)
{
    internal static StrategyView Of(EngineState state, int row)
    {
        ref Strategy strategy = ref state.Strategies[row];
        long result = Valuation.ResultOfStrategy(strategy).Raw;
        return new StrategyView(
            strategy.Id, state.Clients[strategy.Client].Id, strategy.State, strategy.StateReason, result,
            ClientView.Hold((Int128)strategy.DayOpeningResult.Raw - result), ClientView.Hold((Int128)strategy.PeakResult.Raw - result),
            ClientView.Hold(strategy.Exposure), strategy.OpenOrders);
    }
}
