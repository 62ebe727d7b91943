using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>
/// Parent orders: what was asked for, whole, until it is executed or has ended. It starts them, hears what becomes of their orders, and ends them. How each
/// algorithm goes on is in <see cref="ParentSteps"/>. Executed + working + unsent + ended = quantity after every input (T6, T14): unsent is what
/// the other three leave, so nothing can be lost between them.
/// </summary>
internal static class ParentDesk
{
    /// <summary>Parent orders of one input.</summary>
    public const int ParentsPerInputMax = 64;

    /// <summary>Checks a parent order as a whole, and takes its first step.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="plan">What is wanted; the desk gives it its id, sums and times.</param>
    /// <returns>Its row, or -1 if it was refused or has ended already.</returns>
    public static int Start(EngineState state, in ParentOrder plan)
    {
        ref Client client = ref state.Clients[state.Strategies[state.Positions[plan.Position].Strategy].Client];
        ProposedOrder whole = ChildOrders.Proposed(state, plan, plan.Position, plan.Quantity - plan.Opening, plan.Opening, plan.Type);
        if (state.Parents.IsFull || client.OpenParents >= client.MaximumOrders || state.ParentsOfInput == ParentsPerInputMax)
        {
            RiskRecords.Refused(state, whole, new Refusal(CheckKind.ReferenceData, ReasonCode.TableFull, client.OpenParents, client.MaximumOrders));
            return -1;
        }

        bool isSingle = ChildOrders.IsSingle(state, plan, whole);
        if (!ChildOrders.Passes(state, ref whole, closingMayGoAlone: plan.Origin == OrderOrigin.Intent, isWhole: !isSingle, out _))
        {
            return -1;
        }

        int row = Add(state, ref client, plan, whole);
        if (isSingle)
        {
            ReasonCode refused = ChildOrders.Send(state, row, whole, plan.Type);
            if (refused != ReasonCode.None)
            {
                EndRest(state, row, refused);
                return -1;
            }

            ParentRecords.Changed(state, state.Parents[row]);
            return row;
        }

        ParentSteps.Begin(state, row);
        return state.Parents[row].Id == MakeId(state, state.ParentsOfInput - 1) ? row : -1;
    }

    /// <summary>An order of a parent filled, in part or whole; the order has it already.</summary>
    public static void OnFill(EngineState state, int orderRow, in Fill fill)
    {
        ref Order order = ref state.Orders[orderRow];
        if (!TryFind(state, order, out int row))
        {
            return;
        }

        ref ParentOrder parent = ref state.Parents[row];
        parent.Executed = Sum(parent.Executed, fill.Quantity);
        Money value = ContractValue.Notional(state.Instruments[state.Positions[order.Position].Instrument], fill.Price, fill.Quantity);
        parent.ExecutedValue = Valuation.Hold((Int128)parent.ExecutedValue.Raw + value.Raw);
        bool isLate = !order.IsOpen && !IsLinked(state, parent, orderRow);
        if (isLate)
        {
            // What executed after all had not ended.
            parent.Ended = new Quantity(Math.Max(0, parent.Ended.Raw - fill.Quantity.Raw));
        }

        Count(state, ref parent);
        if (parent.Unsent.Raw < 0)
        {
            // More executed than was open of it (T17): what still works would be too much.
            ParentRecords.Changed(state, parent);
            ChildOrders.CancelAll(state, row);
        }
        else if (order.IsOpen || isLate)
        {
            ParentRecords.Changed(state, parent);
        }
    }

    /// <summary>An order of a parent ended; what is left of it is unsent again, and the parent goes on or ends. Comes last: its row may be taken.</summary>
    public static void OnOrderEnded(EngineState state, int orderRow, ReasonCode reason)
    {
        ref Order order = ref state.Orders[orderRow];
        if (!TryFind(state, order, out int row))
        {
            return;
        }

        ref ParentOrder parent = ref state.Parents[row];
        ChildOrders.Unlink(state, ref parent, orderRow);
        if (order.Reported > order.Cumulative)
        {
            // The venue executed more than was booked (T4): what is missing must not be sent again. Its fills, when they come, count.
            parent.Ended = Sum(parent.Ended, order.Reported - order.Cumulative);
        }

        Count(state, ref parent);
        ParentSteps.AfterOrder(state, row, ChildEnd.Of(order, reason));
    }

    /// <summary>The outcome of an order of a parent is not known, or is known again (T2): until then nothing is sent for the parent.</summary>
    public static void OnDoubt(EngineState state, int orderRow, bool inDoubt)
    {
        if (!inDoubt && TryFind(state, state.Orders[orderRow], out int row))
        {
            ParentSteps.AfterDoubt(state, row);
        }
    }

    /// <summary>The venue kept an order that was to be cancelled. Whoever still wants its end asks again: the cancel may have overtaken the order.</summary>
    public static void OnCancelRejected(EngineState state, int orderRow)
    {
        ref Order order = ref state.Orders[orderRow];
        if (!order.IsOpen || !TryFind(state, order, out int row))
        {
            return;
        }

        ref ParentOrder parent = ref state.Parents[row];
        ref Position position = ref state.Positions[parent.Position];
        if (position.WorkingParent == row && position.Intent.State == IntentState.Ready)
        {
            IntentProcessor.Advance(state, parent.Position);
        }
        else if (parent.Status == ParentStatus.Cancelling && parent.Unsent.Raw <= 0 && !ChildOrders.IsAnyCancelling(state, parent))
        {
            parent.Status = ParentStatus.Working;
            parent.Reason = ReasonCode.None;
            ParentRecords.Changed(state, parent);
        }
        else
        {
            Renewal.AfterRefusedCancel(state, row);
        }
    }

    /// <summary>An order of a parent has another quantity: so much more or less was asked for.</summary>
    public static void OnAmended(EngineState state, in Order order, Quantity before)
    {
        if (TryFind(state, order, out int row))
        {
            ref ParentOrder parent = ref state.Parents[row];
            parent.Quantity = Sum(parent.Quantity, order.Quantity - before);
            parent.LimitPrice = parent.LimitPrice.IsZero ? Price.Zero : order.LimitPrice;
            Count(state, ref parent);
        }
    }

    /// <summary>Ends a parent order: its orders are cancelled, and what is not sent ends with the reason.</summary>
    public static void Cancel(EngineState state, int row, ReasonCode reason = ReasonCode.ParentCancelled)
    {
        ref ParentOrder parent = ref state.Parents[row];
        bool isNew = parent.Status != ParentStatus.Cancelling;
        parent.Status = ParentStatus.Cancelling;
        parent.Reason = isNew ? reason : parent.Reason;
        parent.Renewing = false;
        state.Timers.Cancel(ref parent.Timer);
        if (parent.FirstOrder < 0)
        {
            EndRest(state, row, parent.Reason);
            return;
        }

        if (isNew)
        {
            ParentRecords.Changed(state, parent);
        }

        ChildOrders.CancelAll(state, row);
    }

    /// <summary>The parent's timer.</summary>
    public static void OnStepTimer(EngineState state, int row)
    {
        state.Parents[row].Timer = -1;
        ParentSteps.Resume(state, row);
    }

    /// <summary>What is not sent ends with the reason, and the parent with it: none of its orders may be open. Comes last: another may take its row.</summary>
    public static void EndRest(EngineState state, int row, ReasonCode reason)
    {
        ref ParentOrder parent = ref state.Parents[row];
        if (parent.Unsent.Raw > 0)
        {
            parent.Ended = Sum(parent.Ended, parent.Unsent);
            parent.Unsent = Quantity.Zero;
            parent.Reason = reason;
        }

        parent.Status = parent.Ended.IsZero ? ParentStatus.Done : ParentStatus.Ended;
        parent.Reason = parent.Ended.IsZero ? ReasonCode.None : parent.Reason;
        parent.Renewing = false;
        ParentRecords.Changed(state, parent);
        state.Timers.Cancel(ref parent.Timer);
        int positionRow = parent.Position;
        ref Position position = ref state.Positions[positionRow];
        ref Client client = ref state.Clients[state.Strategies[position.Strategy].Client];
        client.OpenParents--;
        state.Parents.Remove(ref client, row);
        if (position.WorkingParent == row)
        {
            position.WorkingParent = -1;
            IntentProcessor.Advance(state, positionRow);
        }
    }

    /// <summary>Counts the leaves of its open orders; unsent is what executed, working and ended leave of the quantity.</summary>
    public static void Count(EngineState state, ref ParentOrder parent)
    {
        Int128 working = 0;
        for (int row = parent.FirstOrder; row >= 0; row = state.Orders[row].NextOfParent)
        {
            working += Math.Max(0, state.Orders[row].Leaves.Raw);
        }

        parent.Working = Hold(working);
        parent.Unsent = Hold((Int128)parent.Quantity.Raw - parent.Executed.Raw - working - parent.Ended.Raw);
    }

    private static int Add(EngineState state, ref Client client, in ParentOrder plan, in ProposedOrder whole)
    {
        ref Position position = ref state.Positions[plan.Position];
        ParentOrder parent = plan;
        parent.Id = MakeId(state, state.ParentsOfInput++);
        parent.Status = ParentStatus.Working;
        parent.Target = plan.Origin == OrderOrigin.Intent && whole.Opening.IsZero ? Direction.Neutral : plan.Target;
        parent.Quantity = whole.Quantity;
        parent.Opening = whole.Opening;
        parent.Unsent = whole.Quantity;
        parent.DecidedAtNanos = state.NowNanos;
        parent.DecisionPrice = plan.DecisionPrice.IsZero ? state.Instruments[position.Instrument].Mark : plan.DecisionPrice;
        parent.FirstOrder = -1;
        parent.Timer = -1;
        int row = state.Parents.Add(ref client, parent);
        client.OpenParents++;
        if (plan.Origin == OrderOrigin.Intent)
        {
            position.WorkingParent = row;
        }

        return row;
    }

    private static bool TryFind(EngineState state, in Order order, out int row)
    {
        // The row may hold another parent by now: an order outlives the one that it belonged to.
        row = order.Parent;
        return row >= 0 && state.Parents[row].Id == order.ParentId;
    }

    private static bool IsLinked(EngineState state, in ParentOrder parent, int orderRow)
    {
        int row = parent.FirstOrder;
        while (row >= 0 && row != orderRow)
        {
            row = state.Orders[row].NextOfParent;
        }

        return row >= 0;
    }

    /// <summary>The smallest id of a parent order that an input makes; ids rise with the inputs.</summary>
    public static ulong FirstIdOf(long sequence) => (ulong)sequence << 6;

    private static ulong MakeId(EngineState state, int parentOfInput) => FirstIdOf(state.Sequence) | (uint)parentOfInput;

    private static Quantity Sum(Quantity left, Quantity right) => Hold((Int128)left.Raw + right.Raw);

    private static Quantity Hold(Int128 sum) => new(Valuation.Hold(sum).Raw);
}
