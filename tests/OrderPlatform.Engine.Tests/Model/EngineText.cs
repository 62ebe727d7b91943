using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Tests.Harness;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>The engine's outputs and state in the words of the naive model.</summary>
internal static class EngineText
{
    public static IEnumerable<string> Said(Reply reply) => reply.All.Select(Line).OfType<string>();

    public static string State(EngineState state) => string.Join('\n',
    [
        .. state.Positions.Rows.ToArray().Select(position => $"position {state.Strategies[position.Strategy].Id} {state.Instruments[position.Instrument].Id}: "
            + $"{Of(position.Quantity.Raw):0.########} cost {Of(position.Cost.Raw):0.########} realised {Of(position.Realised.Raw):0.########} "
            + $"fees {Of(position.Fees.Raw):0.########} other {Of(position.OtherFees.Raw):0.########} "
            + $"pending {Of(position.PendingOpening.Raw):0.########} working {Working(state, position)}"),
        .. state.Accounts.Rows.ToArray().Select((account, row) =>
            $"account {account.Id}: cash {Of(account.Cash.Raw):0.########} reserved {Of(account.Reserved.Raw):0.########} "
            + $"equity {Of(Valuation.Equity(state, row).Raw):0.########}"),
        .. state.Orders.Rows.ToArray().Select(order =>
            $"order {order.ClientOrderId}: {order.Status} {Of(order.Cumulative.Raw):0.########} leaves {Of(order.Leaves.Raw):0.########} "
            + $"ended {Of(order.Ended.Raw):0.########}"),
    ]);

    private static string? Line(object output) => output switch
    {
        Sent sent => $"new {sent.Id} {sent.Side} {sent.Type} {sent.Quantity:0.########} {sent.Price ?? 0:0.########}",
        CancelSent cancel => $"cancel {cancel.Id}",
        Decision decision => $"decision {decision.Action} {decision.Reason} {decision.Target:0.########}",
        Refused refused => $"refused {refused.Check} {refused.Reason}",
        TradeNews trade => $"trade {trade.Number} {trade.Direction} {trade.Exit} {trade.Realised:0.########} {trade.Fees:0.########}",

        // That a doubt lasts is said after a while; the model has no clock for it.
        Alert { Reason: Messages.ReasonCode.OutcomeUnknown } => null,
        Alert alert => $"alert {alert.Reason}",
        _ => null,
    };

    private static ulong? Working(EngineState state, in Position position) =>
        position.WorkingParent >= 0 ? state.Orders[state.Parents[position.WorkingParent].FirstOrder].ClientOrderId : null;
}
