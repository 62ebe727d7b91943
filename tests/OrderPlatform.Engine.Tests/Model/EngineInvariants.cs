using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// What holds in any state, by walking all rows and without any code of the engine that keeps the sums: conservation of money by account (N10), of quantity by
/// order and by parent order (T6, T14), protection of what is held (T15), and sums equal to what they are sums of.
/// </summary>
internal static class EngineInvariants
{
    /// <summary>What does not hold, or null.</summary>
    public static string? Broken(EngineState state) =>
        state.LedgerBroken ? "the ledger is broken" : OfAccounts(state) ?? OfStrategies(state) ?? OfPositions(state) ?? OfOrders(state) ?? OfParents(state);

    private static string? OfAccounts(EngineState state)
    {
        for (int row = 0; row < state.Accounts.Count; row++)
        {
            ref Account account = ref state.Accounts[row];
            Int128 cost = 0, fees = 0, realised = 0, funding = 0, value = 0, exposure = 0, reserved = 0;
            foreach (ref Position position in state.Positions.Rows)
            {
                if (position.Account == row)
                {
                    bool isSpot = state.Instruments[position.Instrument].Kind == InstrumentKind.Spot;
                    cost += isSpot ? position.Cost.Raw : 0;
                    fees += position.Fees.Raw;
                    realised += position.Realised.Raw;
                    funding += position.Funding.Raw;
                    value += isSpot ? position.Cost.Raw + (Int128)position.Unrealised.Raw : position.Unrealised.Raw;
                    exposure += position.Exposure.Raw;
                }
            }

            foreach (ref Order order in state.Orders.Rows)
            {
                reserved += order.ClientOrderId != 0 && state.Positions[order.Position].Account == row ? order.Reserved.Raw : 0;
            }

            fees -= account.SeededFees.Raw;
            realised -= account.SeededRealised.Raw;
            Int128 surplus = account.Cash.Raw + cost + fees - realised - funding - account.InitialCash.Raw - account.Transfers.Raw;
            string? what = surplus != 0 ? $"cash + cost + fees - realised - funding - deposits is {surplus}"
                : cost != account.Cost.Raw || fees != account.Fees.Raw || realised != account.Realised.Raw || funding != account.Funding.Raw
                    ? "a sum of the ledger is not that of the positions"
                : value != account.Value ? $"value {account.Value} is {value} by positions"
                : exposure != account.Exposure ? $"exposure {account.Exposure} is {exposure} by positions"
                : reserved != account.Reserved.Raw ? $"reserved {account.Reserved.Raw} is {reserved} by orders"
                : null;
            if (what is not null)
            {
                return $"account {account.Id}: {what}";
            }
        }

        return null;
    }

    private static string? OfStrategies(EngineState state)
    {
        for (int row = 0; row < state.Strategies.Count; row++)
        {
            ref Strategy strategy = ref state.Strategies[row];
            Int128 net = 0, unrealised = 0, exposure = 0;
            uint open = 0;
            foreach (ref Position position in state.Positions.Rows)
            {
                if (position.Strategy == row)
                {
                    net += (Int128)position.Realised.Raw - position.Fees.Raw + position.Funding.Raw;
                    unrealised += position.Unrealised.Raw;
                    exposure += (Int128)position.Exposure.Raw + position.Pending.Raw;
                }
            }

            foreach (ref Order order in state.Orders.Rows)
            {
                open += order.IsOpen && state.Positions[order.Position].Strategy == row ? 1u : 0u;
            }

            string? what = net != strategy.NetRealised.Raw ? $"net result {strategy.NetRealised.Raw} is {net} by positions"
                : unrealised != strategy.Unrealised ? $"unrealised {strategy.Unrealised} is {unrealised} by positions"
                : exposure != strategy.Exposure ? $"exposure {strategy.Exposure} is {exposure} by positions"
                : open != strategy.OpenOrders ? $"{strategy.OpenOrders} open orders are {open}"
                : null;
            if (what is not null)
            {
                return $"strategy {strategy.Id}: {what}";
            }
        }

        return null;
    }

    private static string? OfPositions(EngineState state)
    {
        for (int row = 0; row < state.Positions.Count; row++)
        {
            ref Position position = ref state.Positions[row];
            ref Protection protection = ref state.Positions.ProtectionOf(row);
            Int128 opening = 0, buys = 0, sells = 0;
            foreach (ref Order order in state.Orders.Rows)
            {
                if (order.IsOpen && order.Position == row && order.Leaves.Raw > 0)
                {
                    long opens = Math.Min(order.Leaves.Raw, order.Opening.Raw);
                    opening += opens;
                    buys += order.Side == Side.Buy ? order.Leaves.Raw - opens : 0;
                    sells += order.Side == Side.Sell ? order.Leaves.Raw - opens : 0;
                }
            }

            bool isHeld = !position.Quantity.IsZero;
            bool isProtected = protection.RoundNumber != 0;
            string? what = !isHeld && !position.Cost.IsZero ? $"nothing is held at a cost of {position.Cost}"
                : opening != position.PendingOpening.Raw ? $"pending {position.PendingOpening} is {opening} by orders"
                : buys != position.PendingClosingBuy.Raw || sells != position.PendingClosingSell.Raw ? $"closing is {buys} and {sells} by orders"
                : (isHeld && state.Strategies[position.Strategy].Exits.IsAny) != isProtected
                    ? $"{position.Quantity} held, protection is of round {protection.RoundNumber}"
                : isProtected && protection.RoundNumber != position.Round.Number ? $"round {position.Round.Number}, protection is of {protection.RoundNumber}"
                : isProtected && LacksLevel(state, position, protection) ? "a level that the rules ask for is missing, and nobody was told"
                : null;
            if (what is not null)
            {
                return $"position of strategy {state.Strategies[position.Strategy].Id} in {state.Instruments[position.Instrument].Id}: {what}";
            }
        }

        return null;
    }

    /// <summary>A stop that the rules ask for is there, or an alarm is set (T15); what costs nothing has no price to put one at.</summary>
    private static bool LacksLevel(EngineState state, in Position position, in Protection protection) =>
        !state.Strategies[position.Strategy].Exits.StopLoss.IsZero && protection.StopPrice.IsZero && protection.UnprotectedSinceNanos == 0
        && !Valuation.AveragePrice(state, position).IsZero;

    private static string? OfOrders(EngineState state)
    {
        foreach (ref Order order in state.Orders.Rows)
        {
            if (order.ClientOrderId == 0)
            {
                continue;
            }

            Int128 leaves = (Int128)order.Quantity.Raw - order.Cumulative.Raw - order.Ended.Raw;
            string? what = leaves != order.Leaves.Raw ? $"executed + leaves + ended is not {order.Quantity}"
                : order.IsOpen ? order.Leaves.Raw <= 0 || !order.Ended.IsZero ? $"open with {order.Leaves} left, {order.Ended} ended" : null
                : order.Leaves.Raw > 0 || !order.Reserved.IsZero ? $"ended with {order.Leaves} left, {order.Reserved} reserved"
                : null;
            if (what is not null)
            {
                return $"order {order.ClientOrderId} is {order.Status}: {what}";
            }
        }

        return null;
    }

    private static string? OfParents(EngineState state)
    {
        for (int row = 0; row < state.Parents.Used; row++)
        {
            ref ParentOrder parent = ref state.Parents[row];
            if (parent.Id == 0)
            {
                continue;
            }

            Int128 working = 0;
            foreach (ref Order order in state.Orders.Rows)
            {
                working += order.IsOpen && order.Parent == row && order.ParentId == parent.Id ? Math.Max(0, order.Leaves.Raw) : 0;
            }

            Int128 sum = (Int128)parent.Executed.Raw + parent.Working.Raw + parent.Unsent.Raw + parent.Ended.Raw;
            if (sum != parent.Quantity.Raw || working != parent.Working.Raw)
            {
                return $"parent {parent.Id}: executed {parent.Executed} + working {parent.Working} + unsent {parent.Unsent} + ended {parent.Ended} of "
                    + $"{parent.Quantity}; {working} works in its orders";
            }
        }

        return null;
    }
}
