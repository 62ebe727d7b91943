using OrderPlatform.Engine.Budgets;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Engine.Timers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Snapshots;

/// <summary>Reads positions, parent orders, orders, timers and budgets of a snapshot, then checks what they say of each other.</summary>
internal static class TradingRestore
{
    public static void Read(EngineState state, ref SnapshotReader reader)
    {
        ReadPositions(state, ref reader);
        while (RowRecords.TryRead(ref reader, state.Parents.Used, state.Limits.Orders, out ParentOrder parent))
        {
            reader.Require(parent.Id == 0 || (parent.Position >= 0 && parent.Position < state.Positions.Count), "positionRow", parent.Position);
            state.Parents.Restore(parent);
            if (parent.Id != 0)
            {
                state.Clients[state.Strategies[state.Positions[parent.Position].Strategy].Client].OpenParents++;
            }
        }

        while (RowRecords.TryRead(ref reader, state.Orders.Rows.Length, state.Limits.Orders, out Order order))
        {
            reader.RequireRow(order.Position, "positionRow", state.Positions.Count);
            reader.Require(!order.InDoubt || order.IsOpen, "inDoubt", 1, "of an order that has ended");
            bool isNew = state.Orders.TryRestore(ref state.Clients[state.Strategies[state.Positions[order.Position].Strategy].Client], order);
            reader.Require(isNew, "clientOrderId", unchecked((long)order.ClientOrderId), "is there already");
            state.Strategies[state.Positions[order.Position].Strategy].OpenOrders += order.IsOpen ? 1u : 0u;
            state.Positions[order.Position].ReduceOnlyOrders += order.IsOpen && order.ReduceOnly ? 1u : 0u;
            if (order.IsOpen && order.LinkRole != LinkRole.None)
            {
                state.Orders.AddLinked(OrderLinks.KeyOf(state, order), state.Orders.Rows.Length - 1);
            }
        }

        while (RowRecords.TryRead(ref reader, state.Timers.Used, state.Limits.Timers, out Timer timer))
        {
            state.Timers.Restore(timer);
        }

        while (RowRecords.TryRead(ref reader, state.Budgets.Count, state.Budgets.Capacity, out RateBudget budget))
        {
            reader.Require(budget.Id != 0 && !state.Budgets.TryFind(budget.Id, out _), "budgetId", budget.Id);
            state.Budgets.Add(budget.Id, budget);
        }
    }

    /// <summary>Checks lists and references once all rows are there.</summary>
    /// <exception cref="SnapshotException">One of them leads nowhere, or to the wrong row.</exception>
    public static void Link(EngineState state, in HeaderRecord.Promised promised)
    {
        foreach (ref Client client in state.Clients.Rows)
        {
            if (!state.Orders.TryLink(client, out int wrong))
            {
                throw new SnapshotException($"row {wrong} (SnapshotOrder)", "nextEndedRow", $"does not fit the list of ended orders of client {client.Id}");
            }
        }

        if (!state.Parents.IsLinked(state.Clients.Rows))
        {
            throw new SnapshotException("a client's row (SnapshotClient)", "firstFreeParentRow", "does not begin the list of its free rows of parent orders");
        }

        if (!state.Timers.TryLink(promised.FirstFreeTimer, promised.TimersNumbered))
        {
            throw new SnapshotException("record 1 (SnapshotHeader)", "firstFreeTimer", $"{promised.FirstFreeTimer}: places of timers are no heap");
        }

        for (int row = 0; row < state.Positions.Count; row++)
        {
            RequireWorking(state, row);
        }

        RequireParents(state);
    }

    private static void ReadPositions(EngineState state, ref SnapshotReader reader)
    {
        while (RowRecords.TryRead(ref reader, state.Positions.Count, state.Limits.Positions, out Position position))
        {
            reader.RequireRow(position.Strategy, "strategyRow", state.Strategies.Count);
            reader.RequireRow(position.Instrument, "instrumentRow", state.Instruments.Count);
            reader.RequireRow(position.Account, "accountRow", state.Accounts.Count);
            bool isThere = state.Positions.TryFind(position.Strategy, position.Instrument, position.Leg, out _);
            reader.Require(!isThere, "instrumentRow", position.Instrument, "has a position of this strategy already");
            state.Positions.Restore(state, position);
        }

        int count = 0;
        for (; RowRecords.TryRead(ref reader, count, state.Positions.Count, out Exits.Protection protection); count++)
        {
            state.Positions.ProtectionOf(count) = protection;
        }

        reader.Require(count == state.Positions.Count, "row", count, "rows of protection where there is one a position");
        for (count = 0; RowRecords.TryRead(ref reader, count, state.Positions.Count, out Signals.Votes votes); count++)
        {
            state.Positions.VotesOf(count) = votes;
        }

        reader.Require(count == state.Positions.Count, "row", count, "rows of votes where there is one a position");
        for (count = 0; RowRecords.TryRead(ref reader, count, state.Positions.Count, out Performance.Tally tally); count++)
        {
            state.Positions.TallyOf(count) = tally;
        }

        reader.Require(count == state.Positions.Count, "row", count, "rows of tallies where there is one a position");
    }

    private static void RequireWorking(EngineState state, int row)
    {
        int parent = state.Positions[row].WorkingParent;
        if (parent != -1 && !(parent >= 0 && parent < state.Parents.Used && state.Parents[parent].Id != 0 && state.Parents[parent].Position == row))
        {
            throw new SnapshotException($"row {row} (SnapshotPosition)", "workingParentRow", $"{parent} is no row of a parent order of the position");
        }
    }

    private static void RequireParents(EngineState state)
    {
        for (int row = 0; row < state.Orders.Rows.Length; row++)
        {
            int parent = state.Orders[row].Parent;
            if (parent != -1 && state.Orders[row].IsOpen && !(parent >= 0 && parent < state.Parents.Used && state.Parents[parent].Id != 0))
            {
                throw new SnapshotException($"row {row} (SnapshotOrder)", "parentRow", $"{parent} is no row of a parent order");
            }
        }
    }
}
