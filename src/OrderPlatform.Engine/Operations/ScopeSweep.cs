using System;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Operations;

/// <summary>
/// Goes over the orders or positions of a scope (shard, client, strategy, venue, account, instrument) to cancel or close them. Walks the tables: for
/// commands and breaches, not for the hot path.
/// </summary>
internal static class ScopeSweep
{
    private const int ParentsPerPass = 64;

    /// <summary>Asks for the end of open orders.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="scoped">Row of it; not used with the shard.</param>
    /// <param name="openingOnly">Only those that can still increase exposure.</param>
    public static void CancelOrders(EngineState state, Scope scope, int scoped, bool openingOnly)
    {
        int rows = state.Orders.Rows.Length;
        for (int row = 0; row < rows; row++)
        {
            ref Order order = ref state.Orders[row];
            if (order.IsOpen && IsIn(state, scope, scoped, state.Positions[order.Position]) && (!openingOnly || OrderDesk.OpeningLeft(order) > 0))
            {
                OrderDesk.Cancel(state, ref order);
            }
        }
    }

    /// <summary>
    /// Ends parent orders in the order of their ids: what of them is not sent never will be. Their open orders must be cancelled before. Rows come and go
    /// with all clients' parents: in the order of rows, what one client gets would depend on another.
    /// </summary>
    public static void EndParents(EngineState state, Scope scope, int scoped, ReasonCode reason)
    {
        Span<ulong> ids = stackalloc ulong[ParentsPerPass];
        Span<int> rows = stackalloc int[ParentsPerPass];
        ulong after = 0;
        for (int count = NextParents(state, scope, scoped, after, ids, rows); count > 0; count = NextParents(state, scope, scoped, after, ids, rows))
        {
            for (int i = 0; i < count; i++)
            {
                if (state.Parents[rows[i]].Id == ids[i])
                {
                    ParentDesk.Cancel(state, rows[i], reason);
                }
            }

            after = ids[count - 1];
        }
    }

    /// <summary>Nothing of a client is in doubt any more: its parent orders that waited for that go on, in the order of their ids.</summary>
    public static void ResumeParents(EngineState state, int clientRow)
    {
        Span<ulong> ids = stackalloc ulong[ParentsPerPass];
        Span<int> rows = stackalloc int[ParentsPerPass];
        ulong after = 0;
        for (int count = NextParents(state, Scope.Client, clientRow, after, ids, rows); count > 0;
            count = NextParents(state, Scope.Client, clientRow, after, ids, rows))
        {
            for (int i = 0; i < count; i++)
            {
                if (state.Parents[rows[i]].Id == ids[i])
                {
                    ParentSteps.AfterDoubt(state, rows[i]);
                }
            }

            after = ids[count - 1];
        }
    }

    /// <summary>Takes back what is wanted and not yet ordered.</summary>
    public static void DropIntents(EngineState state, Scope scope, int scoped)
    {
        foreach (ref Position position in state.Positions.Rows)
        {
            if (IsIn(state, scope, scoped, position))
            {
                state.Timers.Cancel(ref position.IntentTimer);
                position.Intent = default;
            }
        }
    }

    /// <summary>Closes positions at the market, and what orders under way may still bring.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="scoped">Row of it; not used with the shard.</param>
    /// <param name="reason">Why.</param>
    /// <param name="instrument">Only positions of this instrument; -1 for all.</param>
    public static void CloseAll(EngineState state, Scope scope, int scoped, ExitReason reason, int instrument = -1)
    {
        for (int row = 0; row < state.Positions.Count; row++)
        {
            ref Position position = ref state.Positions[row];
            if (IsIn(state, scope, scoped, position) && (instrument < 0 || position.Instrument == instrument))
            {
                Close(state, row, reason);
            }
        }
    }

    /// <summary>Closes a position at the market.</summary>
    public static void Close(EngineState state, int row, ExitReason reason)
    {
        ref Position position = ref state.Positions[row];
        state.Timers.Cancel(ref position.IntentTimer);
        position.Intent = default;
        if (position.WorkingParent >= 0 || !position.Quantity.IsZero)
        {
            IntentProcessor.Want(state, row, new Intent
            {
                State = IntentState.Ready,
                Target = Direction.Neutral,
                ExitReason = reason,
                AtMarket = true,
                DecisionPrice = state.Instruments[position.Instrument].Mark,
            });
        }
    }

    /// <summary>Ends orders in doubt: a person has looked at the venue.</summary>
    public static void EndDoubt(EngineState state, Scope scope, int scoped)
    {
        int rows = state.Orders.Rows.Length;
        for (int row = 0; row < rows && state.Orders.InDoubtCount > 0; row++)
        {
            if (state.Orders[row].InDoubt && IsIn(state, scope, scoped, state.Positions[state.Orders[row].Position]))
            {
                Reconciliation.EndWithout(state, row, OrderStatus.Cancelled, ReasonCode.OperatorEndDoubt);
            }
        }
    }

    // The next parents by id, but for those that this input made.
    private static int NextParents(EngineState state, Scope scope, int scoped, ulong after, Span<ulong> ids, Span<int> rows)
    {
        ulong end = ParentDesk.FirstIdOf(state.Sequence);
        int count = 0;
        for (int row = 0; row < state.Parents.Used; row++)
        {
            ref ParentOrder parent = ref state.Parents[row];
            bool isNext = parent.Id > after && parent.Id < end && (count < ids.Length || parent.Id < ids[count - 1]);
            if (!isNext || !IsIn(state, scope, scoped, state.Positions[parent.Position]))
            {
                continue;
            }

            int place = count < ids.Length ? count++ : count - 1;
            for (; place > 0 && ids[place - 1] > parent.Id; place--)
            {
                ids[place] = ids[place - 1];
                rows[place] = rows[place - 1];
            }

            ids[place] = parent.Id;
            rows[place] = row;
        }

        return count;
    }

    private static bool IsIn(EngineState state, Scope scope, int scoped, in Position position) => scope switch
    {
        Scope.Shard => true,
        Scope.Client => state.Strategies[position.Strategy].Client == scoped,
        Scope.Strategy => position.Strategy == scoped,
        Scope.Venue => state.Instruments[position.Instrument].Venue == scoped,
        Scope.Account => position.Account == scoped,
        Scope.Instrument => position.Instrument == scoped,
        _ => false,
    };
}
