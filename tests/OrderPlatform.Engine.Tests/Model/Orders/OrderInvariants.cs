using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <summary>What holds after every input, from the engine's own state and its requests, without the model (T2, T6, T11, T14, T15).</summary>
internal sealed class OrderInvariants
{
    private readonly HashSet<ulong> _sentNew = [];
    private readonly HashSet<ulong> _maySendAgain = [];
    private readonly HashSet<ulong> _doubted = [];
    private readonly HashSet<ulong> _doubtedParents = [];
    private readonly HashSet<ulong> _ended = [];
    private long _blockedUntil;
    private bool _isDown;

    /// <summary>The first thing that does not hold, or nothing.</summary>
    public string? Wrong(EngineState state, IReadOnlyList<string> said)
    {
        string? wrong = OfOrders(state) ?? OfQueues(state) ?? OfParents(state) ?? OfSums(state) ?? OfRequests(state, said);
        _doubted.Clear();
        _doubtedParents.Clear();
        foreach (ref readonly Order order in state.Orders.Rows)
        {
            if (!order.IsOpen)
            {
                _ended.Add(order.ClientOrderId);
            }

            if (order.InDoubt)
            {
                _doubted.Add(order.ClientOrderId);
                _doubtedParents.Add(order.ParentId);
            }
        }

        _blockedUntil = state.Venues[0].BlockedUntilNanos;
        _isDown = state.Venues[0].IsDown;
        return wrong;
    }

    private static string? OfOrders(EngineState state)
    {
        foreach (ref readonly Order order in state.Orders.Rows)
        {
            bool isOver = order.Cumulative > order.Quantity;
            string? wrong = order.Cumulative + order.Leaves + order.Ended != order.Quantity ? "executed + leaves + ended is not its quantity"
                : order.Ended.Raw < 0 || (order.IsOpen && !order.Ended.IsZero) ? "ended is wrong"
                : !isOver && order.Leaves.Raw < 0 ? "leaves are below zero"
                : !order.IsOpen && !isOver && !order.Leaves.IsZero ? "it has ended and has leaves"
                : order.IsOpen && order.Cumulative >= order.Quantity ? "it is open and nothing is left"
                : !order.IsOpen && (order.InDoubt || order.CancelQueued || !order.Reserved.IsZero) ? "it has ended and holds something"
                : order.InDoubt && order.Timer < 0 ? "it is in doubt and nobody will ask"
                : null;
            if (wrong is not null)
            {
                return $"order {order.ClientOrderId}: {wrong}";
            }
        }

        return null;
    }

    private static string? OfQueues(EngineState state)
    {
        for (int account = 0; account < state.Accounts.Count; account++)
        {
            int places = state.Orders.Rows.Length;
            for (int row = state.Accounts[account].FirstQueued; row >= 0; row = state.Orders[row].NextQueued)
            {
                ref Order order = ref state.Orders[row];
                if (places-- == 0)
                {
                    return "a queue has no end";
                }

                if (order.CancelQueued ? order.Status != OrderStatus.PendingCancel : order.Status != OrderStatus.Queued)
                {
                    return $"order {order.ClientOrderId} waits in a queue and is {order.Status}";
                }
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

            long working = 0;
            int open = 0;
            for (int order = parent.FirstOrder; order >= 0; order = state.Orders[order].NextOfParent, open++)
            {
                working += Math.Max(0, state.Orders[order].Leaves.Raw);
            }

            bool waits = parent.Timer >= 0 || open > 0 || state.Clients[state.Strategies[state.Positions[parent.Position].Strategy].Client].Reconciling;
            bool adds = parent.Executed.Raw + parent.Working.Raw + parent.Unsent.Raw + parent.Ended.Raw == parent.Quantity.Raw;
            if (!adds || parent.Working.Raw != working || !waits)
            {
                string sums = $"executed {parent.Executed} working {parent.Working} unsent {parent.Unsent} ended {parent.Ended} of {parent.Quantity}";
                return $"parent {parent.Id}: {sums}, its orders {working}, waits {waits}";
            }
        }

        return null;
    }

    private static string? OfSums(EngineState state)
    {
        Span<long> reserved = stackalloc long[state.Accounts.Count];
        Span<uint> openOf = stackalloc uint[state.Clients.Count];
        Span<uint> doubtedOf = stackalloc uint[state.Clients.Count];
        int open = 0;
        foreach (ref readonly Order order in state.Orders.Rows)
        {
            int client = state.Strategies[state.Positions[order.Position].Strategy].Client;
            open += order.IsOpen ? 1 : 0;
            openOf[client] += order.IsOpen ? 1u : 0;
            doubtedOf[client] += order.InDoubt ? 1u : 0;
            reserved[state.Positions[order.Position].Account] += order.IsOpen ? order.Reserved.Raw : 0;
        }

        for (int row = 0; row < state.Accounts.Count; row++)
        {
            if (state.Accounts[row].Reserved.Raw != reserved[row])
            {
                return $"account {state.Accounts[row].Id} holds back {state.Accounts[row].Reserved}";
            }
        }

        for (int row = 0; row < state.Clients.Count; row++)
        {
            ref Client client = ref state.Clients[row];
            if (client.OpenOrders != openOf[row] || client.InDoubt != doubtedOf[row])
            {
                return $"client {client.Id} counts {client.OpenOrders} open orders and {client.InDoubt} in doubt";
            }
        }

        foreach (Position position in state.Positions.Rows)
        {
            if (position.PendingOpening.Raw < 0 || position.PendingClosingBuy.Raw < 0 || position.PendingClosingSell.Raw < 0)
            {
                return "a position has less than nothing pending";
            }
        }

        return state.Orders.OpenCount == open ? null : $"{state.Orders.OpenCount} open orders are counted";
    }

    private string? OfRequests(EngineState state, IReadOnlyList<string> said)
    {
        foreach (string line in said)
        {
            string[] words = line.Split(' ');
            if (words is ["alert", "SentAgain" or "Throttled", ..])
            {
                _maySendAgain.Add(ulong.Parse(words[2], null));
            }

            if (words[0] is not ("new" or "cancel" or "amend" or "ask"))
            {
                continue;
            }

            ulong id = ulong.Parse(words[1], null);
            if (_isDown && state.Venues[0].IsDown)
            {
                return $"{line}: the venue is down";
            }

            if (_blockedUntil > state.NowNanos)
            {
                return $"{line}: before the venue's Retry-After";
            }

            if (words[0] == "new" && OfNew(state, id, said) is { } wrong)
            {
                return $"{line}: {wrong}";
            }

            if (words[0] == "amend" && _doubted.Contains(id) && state.Orders.TryFind(id, out int row) && state.Orders[row].InDoubt)
            {
                return $"{line}: it is in doubt";
            }
        }

        return null;
    }

    private string? OfNew(EngineState state, ulong id, IReadOnlyList<string> said)
    {
        if (!_sentNew.Add(id) && !_maySendAgain.Remove(id) && !said.Contains($"alert SentAgain {id}"))
        {
            return "it was sent before";
        }

        if (!state.Orders.TryFind(id, out int row))
        {
            return "it is no order";
        }

        if (_doubted.Contains(id) && state.Orders[row].InDoubt && !said.Contains($"alert SentAgain {id}"))
        {
            return "it is in doubt";
        }

        if (_ended.Contains(id))
        {
            return "it had ended";
        }

        ulong parent = state.Orders[row].ParentId;
        bool isDoubted = false;
        if (_doubtedParents.Contains(parent))
        {
            foreach (ref readonly Order other in state.Orders.Rows)
            {
                isDoubted |= other.ParentId == parent && other.ClientOrderId != id && other.InDoubt && _doubted.Contains(other.ClientOrderId);
            }
        }

        return isDoubted ? "another order of its parent is in doubt" : null;
    }
}
