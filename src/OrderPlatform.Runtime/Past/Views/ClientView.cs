using OrderPlatform.Engine;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Past.Views;

/// <summary>A client; money times 1e8 in the currency of its accounts.</summary>
/// <param name="Client">Its id.</param>
/// <param name="State">What it may trade.</param>
/// <param name="StateReason">Why.</param>
/// <param name="IsReconciling">Whether new orders wait until those in doubt are known.</param>
/// <param name="Cash">Cash of its accounts.</param>
/// <param name="Equity">Cash and positions at the marks.</param>
/// <param name="Realised">Realised profit, before fees.</param>
/// <param name="Unrealised">Profit of what is open, at the marks.</param>
/// <param name="Fees">Fees.</param>
/// <param name="Funding">Funding received.</param>
/// <param name="DayLoss">What it lost since its day began; below zero it won.</param>
/// <param name="Drawdown">What it fell from its highest result.</param>
/// <param name="Gross">Notional of its positions, without sign.</param>
/// <param name="OpenPositions">Positions that are not flat.</param>
/// <param name="OpenOrders">Orders that can still execute.</param>
/// <param name="InDoubt">Those of them whose outcome is unknown.</param>
public sealed record ClientView(
    uint Client, TradingState State, ReasonCode StateReason, bool IsReconciling, long Cash, long Equity, long Realised, long Unrealised, long Fees, long Funding,
    long DayLoss, long Drawdown, long Gross, int OpenPositions, uint OpenOrders, uint InDoubt)
{
    /// <summary>Realised and not, funding, less fees.</summary>
    public long Result => Realised + Unrealised + Funding - Fees;

    internal static ClientView Of(EngineState state, int row)
    {
        ref Client client = ref state.Clients[row];
        PortfolioTotals totals = Portfolio.OfClient(state, row);
        long result = Valuation.ResultOfClient(state, row).Raw;
        return new ClientView(
            client.Id, client.State, client.StateReason, client.Reconciling, Hold(totals.Cash), Hold(totals.Equity), Hold(totals.Realised), Hold(totals.Unrealised),
            Hold(totals.Fees), Hold(totals.Funding), Hold((Int128)client.DayOpeningResult.Raw - result), Hold((Int128)client.PeakResult.Raw - result),
            Hold(totals.Gross), totals.Open, client.OpenOrders, client.InDoubt);
    }

    internal static long Hold(Int128 value) => (long)Int128.Clamp(value, long.MinValue, long.MaxValue);
}
