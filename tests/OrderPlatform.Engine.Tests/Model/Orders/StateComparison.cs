using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <summary>The engine's state against the model's: orders, parent orders, positions, cash and what is held back.</summary>
internal static class StateComparison
{
    /// <summary>The first difference, or nothing.</summary>
    public static string? Difference(EngineState state, NaiveOrders model)
    {
        foreach (NaiveOrder order in model.Orders.Values)
        {
            if (!state.Orders.TryFind(order.Id, out int row))
            {
                return $"order {order.Id} is not in the engine";
            }

            if (Of(state.Orders[row], order) is { } difference)
            {
                return $"order {order.Id}: {difference}";
            }
        }

        return state.Orders.Rows.Length != model.Orders.Count ? $"{state.Orders.Rows.Length} orders, not {model.Orders.Count}"
            : OfParents(state, model) ?? OfPositions(state, model);
    }

    private static string? Of(in Order order, NaiveOrder expected) =>
        order.Status != expected.Status ? $"is {order.Status}, not {expected.Status}"
        : order.InDoubt != expected.InDoubt ? $"in doubt {order.InDoubt}"
        : Wrong("quantity", order.Quantity.Raw, expected.Quantity)
            ?? Wrong("cumulative", order.Cumulative.Raw, expected.Cumulative)
            ?? Wrong("ended", order.Ended.Raw, expected.Ended)
            ?? Wrong("leaves", order.Leaves.Raw, expected.Leaves)
            ?? (!expected.IsOpen ? null : OfOpen(order, expected));

    private static string? OfOpen(in Order order, NaiveOrder expected) =>
        order.CancelQueued != expected.CancelWaits ? $"its cancel waits {order.CancelQueued}"
        : Wrong("limit", order.LimitPrice.Raw, expected.Limit)
            ?? Wrong("trigger", order.TriggerPrice.Raw, expected.Trigger)
            ?? Wrong("amend", order.AmendQuantity.Raw, expected.AmendQuantity)
            ?? Wrong("venue's sum", order.Reported.Raw, expected.Reported)
            ?? Wrong("opening", order.Leaves < order.Opening ? Math.Max(0, order.Leaves.Raw) : order.Opening.Raw, expected.OpeningLeft)
            ?? Wrong("reserved", order.Reserved.Raw, NaiveOrders.Value(expected.OpeningLeft, expected.ReservePrice));

    private static string? OfParents(EngineState state, NaiveOrders model)
    {
        int found = 0;
        for (int row = 0; row < state.Parents.Used; row++)
        {
            ref ParentOrder parent = ref state.Parents[row];
            if (parent.Id == 0)
            {
                continue;
            }

            found++;
            if (!model.Parents.TryGetValue(parent.Id, out NaiveParent? expected))
            {
                return $"parent {parent.Id} has ended";
            }

            string? wrong = Wrong("quantity", parent.Quantity.Raw, expected.Quantity) ?? Wrong("executed", parent.Executed.Raw, expected.Executed)
                ?? Wrong("working", parent.Working.Raw, expected.Working) ?? Wrong("unsent", parent.Unsent.Raw, expected.Unsent)
                ?? Wrong("ended", parent.Ended.Raw, expected.Ended)
                ?? (parent.Status == expected.Status ? null : $"is {parent.Status}, not {expected.Status}");
            if (wrong is not null)
            {
                return $"parent {parent.Id}: {wrong}";
            }
        }

        return found == model.Parents.Count ? null : $"{found} parents, not {model.Parents.Count}";
    }

    private static string? OfPositions(EngineState state, NaiveOrders model)
    {
        foreach (ref readonly Position position in state.Positions.Rows)
        {
            NaiveClient client = model.Clients[state.Strategies[position.Strategy].Id];
            uint instrument = state.Instruments[position.Instrument].Id;
            NaivePosition? expected = client.Positions.SingleOrDefault(held => held.Instrument.Rules.Id == instrument);
            if (expected is null)
            {
                return "a position that nobody asked for";
            }

            NaiveOrder[] open = [.. model.Orders.Values.Where(order => order.Position == expected && order.IsOpen)];
            string? wrong = Wrong("quantity", position.Quantity.Raw, expected.Quantity) ?? Wrong("cost", position.Cost.Raw, expected.Cost)
                ?? Wrong("realised", position.Realised.Raw, expected.Realised) ?? Wrong("fees", position.Fees.Raw, expected.Fees)
                ?? Wrong("pending opening", position.PendingOpening.Raw, open.Sum(order => order.OpeningLeft))
                ?? Wrong("pending closing buys", position.PendingClosingBuy.Raw, open.Where(order => order.Side == Side.Buy).Sum(order => order.ClosingLeft))
                ?? Wrong("pending closing sells", position.PendingClosingSell.Raw, open.Where(order => order.Side == Side.Sell).Sum(order => order.ClosingLeft))
                ?? Wrong("cash", state.Accounts[position.Account].Cash.Raw, client.Cash);
            if (wrong is not null)
            {
                return $"position of {client.Id} in {expected.Instrument.Rules.Id}: {wrong}";
            }
        }

        return null;
    }

    private static string? Wrong(string what, long raw, decimal expected)
    {
        decimal actual = Scaled.Of(raw);
        return actual == expected ? null : $"{what} {actual:0.########}, not {expected:0.########}";
    }
}
