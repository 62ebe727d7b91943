using System;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Performance;
using OrderPlatform.Engine.Timers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Budgets;

/// <summary>
/// The gate to the venues (D14, T11, R133, R137). What does not fit into the rate budgets, or may not leave now, waits in the queue of its account: cancels
/// first, then new orders as they came. Each account has its own queue and its own timer, and gives way after each request, so that accounts share what is free
/// in turn and no client's queue delays another's.
/// </summary>
internal static class RequestQueue
{
    private const int None = -1;

    /// <summary>Sends an order that is held in the engine, or queues it. The caller says the new state.</summary>
    public static void Send(EngineState state, int row, byte batch)
    {
        ref Order order = ref state.Orders[row];
        HeldOrders.Remove(state, row);
        ref Account account = ref AccountOf(state, order);
        bool isFirst = account.LastQueued == account.LastCancel;
        if (isFirst && !MustWait(state, row) && RequestBudgets.WhenFree(state, order, RequestKind.New) <= state.NowNanos)
        {
            SendNow(state, row, batch);
            return;
        }

        order.Status = OrderTransitions.Next(order, OrderTransitions.Of(order, OrderEventKind.Queue));
        Append(state, row);
        OrderTimers.Arm(state, row);
        Wake(state, state.Positions[order.Position].Account);
    }

    /// <summary>Asks the venue to cancel, now or as soon as it may be asked.</summary>
    public static void Cancel(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        if (order.CancelQueued)
        {
            return;
        }

        if (AccountOf(state, order).LastCancel == None && RequestBudgets.TryTake(state, order, RequestKind.Cancel))
        {
            VenueRequests.Cancel(state, order);
            return;
        }

        order.CancelQueued = true;
        InsertCancel(state, row);
        Wake(state, state.Positions[order.Position].Account);
    }

    /// <summary>Whether an amend may be sent now; it never waits.</summary>
    public static bool TryAmend(EngineState state, int row) => RequestBudgets.TryTake(state, state.Orders[row], RequestKind.Amend);

    /// <summary>The venue's rate limit refused the order's last request: it comes before others of its kind.</summary>
    public static void Return(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        if (order.Status == OrderStatus.PendingCancel)
        {
            if (!order.CancelQueued)
            {
                order.CancelQueued = true;
                InsertCancel(state, row);
            }
        }
        else
        {
            InsertFirst(state, row);
        }

        Wake(state, state.Positions[order.Position].Account);
    }

    /// <summary>An order leaves the queue, if it is there, without having been sent.</summary>
    public static void Remove(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        ref Account account = ref AccountOf(state, order);
        int before = None;
        for (int at = account.FirstQueued; at != None; before = at, at = state.Orders[at].NextQueued)
        {
            if (at == row)
            {
                Unlink(state, ref account, before, row);
                order.CancelQueued = false;
                Wake(state, state.Positions[order.Position].Account);
                break;
            }
        }
    }

    /// <summary>Sets the timers of a client's accounts, because what held their requests back has ended.</summary>
    public static void WakeAll(EngineState state, int clientRow)
    {
        for (int row = state.Clients[clientRow].FirstAccount; row >= 0; row = state.Accounts[row].NextOfClient)
        {
            Wake(state, row);
        }
    }

    /// <summary>Sets the timer of an account's queue for the time at which its first request may go.</summary>
    public static void Wake(EngineState state, int accountRow)
    {
        ref Account account = ref state.Accounts[accountRow];
        state.Timers.Cancel(ref account.QueueTimer);
        if (account.FirstQueued == None)
        {
            return;
        }

        int row = FirstReady(state, account, out _);
        if (row == None)
        {
            return;
        }

        ref Order first = ref state.Orders[row];
        long due = RequestBudgets.WhenFree(state, first, first.CancelQueued ? RequestKind.Cancel : RequestKind.New);
        if (due != long.MaxValue)
        {
            account.QueueTimer = state.Timers.Set(Math.Max(due, state.NowNanos), TimerKind.Budget, accountRow);
        }
    }

    /// <summary>The first request of an account's queue may go: one, then other accounts have their turn.</summary>
    public static void OnTimer(EngineState state, int accountRow)
    {
        ref Account account = ref state.Accounts[accountRow];
        account.QueueTimer = TimerTable.None;
        int row = FirstReady(state, account, out int before);
        if (row == None)
        {
            return;
        }

        ref Order order = ref state.Orders[row];
        if (RequestBudgets.WhenFree(state, order, order.CancelQueued ? RequestKind.Cancel : RequestKind.New) <= state.NowNanos)
        {
            Unlink(state, ref account, before, row);
            if (order.CancelQueued)
            {
                order.CancelQueued = false;
                RequestBudgets.Take(state, order, RequestKind.Cancel);
                VenueRequests.Cancel(state, order);
                OrderTimers.Arm(state, row);
            }
            else
            {
                SendNow(state, row, batch: 0);
                Events.Order(state, order);
            }
        }

        Wake(state, accountRow);
    }

    // T2: nothing is sent for an order in doubt, whose venue said that it executed before it refused it, nor while another of its parent is. It lets those
    // behind it pass.
    private static bool MustWait(EngineState state, int row) =>
        OrderChanges.ClientOf(state, state.Orders[row]).InDoubt != 0 && (state.Orders[row].InDoubt || ChildOrders.IsAnotherInDoubt(state, row));

    private static int FirstReady(EngineState state, in Account account, out int before)
    {
        before = None;
        int row = account.FirstQueued;
        while (row != None && !state.Orders[row].CancelQueued && MustWait(state, row))
        {
            before = row;
            row = state.Orders[row].NextQueued;
        }

        return row;
    }

    private static void SendNow(EngineState state, int row, byte batch)
    {
        ref Order order = ref state.Orders[row];
        RequestBudgets.Take(state, order, RequestKind.New);
        order.Status = OrderTransitions.Next(order, OrderTransitions.Of(order, OrderEventKind.Send));
        order.SentAtNanos = state.NowNanos;
        order.ArrivalPrice = state.Instruments[state.Positions[order.Position].Instrument].Mark;
        ref Tally tally = ref state.Positions.TallyOf(order.Position);
        tally.Orders++;
        tally.Ordered = new Quantity((long)Int128.Min((Int128)tally.Ordered.Raw + order.Quantity.Raw, long.MaxValue));
        VenueRequests.New(state, order, batch);
        OrderTimers.Arm(state, row);
    }

    private static void Append(EngineState state, int row)
    {
        ref Account account = ref AccountOf(state, state.Orders[row]);
        Insert(state, ref account, account.LastQueued, row);
    }

    private static void InsertFirst(EngineState state, int row)
    {
        ref Account account = ref AccountOf(state, state.Orders[row]);
        Insert(state, ref account, account.LastCancel, row);
    }

    private static void InsertCancel(EngineState state, int row)
    {
        ref Account account = ref AccountOf(state, state.Orders[row]);
        Insert(state, ref account, account.LastCancel, row);
        account.LastCancel = row;
    }

    private static void Insert(EngineState state, ref Account account, int before, int row)
    {
        ref Order order = ref state.Orders[row];
        if (before == None)
        {
            order.NextQueued = account.FirstQueued;
            account.FirstQueued = row;
        }
        else
        {
            order.NextQueued = state.Orders[before].NextQueued;
            state.Orders[before].NextQueued = row;
        }

        account.LastQueued = order.NextQueued == None ? row : account.LastQueued;
    }

    private static void Unlink(EngineState state, ref Account account, int before, int row)
    {
        ref Order order = ref state.Orders[row];
        if (before == None)
        {
            account.FirstQueued = order.NextQueued;
        }
        else
        {
            state.Orders[before].NextQueued = order.NextQueued;
        }

        account.LastQueued = account.LastQueued == row ? before : account.LastQueued;
        account.LastCancel = account.LastCancel == row ? before : account.LastCancel;
        order.NextQueued = None;
    }

    private static ref Account AccountOf(EngineState state, in Order order) => ref state.Accounts[state.Positions[order.Position].Account];
}
