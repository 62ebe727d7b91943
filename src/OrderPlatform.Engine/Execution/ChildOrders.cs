using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>The orders of a parent: each is checked again with the position as it is then, sent, and linked to the parent while it is open.</summary>
internal static class ChildOrders
{
    /// <summary>What an order of the parent would do at a position now.</summary>
    public static ProposedOrder Proposed(EngineState state, in ParentOrder parent, int position, Quantity closing, Quantity opening, OrderType type) =>
        new(position, parent.Side, closing, opening, ChildPrice.Of(state, parent, position, type), parent.RequestId);

    /// <summary>Whether the whole goes out at once as one order: then its check is the order's.</summary>
    public static bool IsSingle(EngineState state, in ParentOrder plan, in ProposedOrder whole) =>
        plan.Algorithm == ExecutionAlgorithm.Immediate;

    /// <summary>Checks an order; where its opening part is refused, what closes may go alone (D16). A refusal is recorded.</summary>
    public static bool Passes(EngineState state, ref ProposedOrder proposed, bool closingMayGoAlone, bool isWhole = false)
    {
        if (PreTradeChecks.Check(state, proposed) is not { } refusal)
        {
            return true;
        }

        RiskRecords.Refused(state, proposed, refusal);
        if (!closingMayGoAlone || proposed.Closing.IsZero || proposed.Opening.IsZero)
        {
            return false;
        }

        proposed = proposed with { Opening = Quantity.Zero };
        return Passes(state, ref proposed, closingMayGoAlone: false, isWhole);
    }

    /// <summary>Sends an order that passed its checks.</summary>
    /// <returns><see cref="ReasonCode.None"/>, or why the order desk refused it, which is recorded.</returns>
    public static ReasonCode Send(EngineState state, int row, in ProposedOrder proposed, OrderType type)
    {
        ref ParentOrder parent = ref state.Parents[row];
        var terms = new OrderTerms(
            parent.Origin, type, type == OrderType.Market && parent.Type != OrderType.Market ? TimeInForce.GoodTillCancelled : parent.TimeInForce, parent.Target,
            parent.Origin == OrderOrigin.Intent && proposed.Closing.IsZero ? ExitReason.None : parent.ExitReason, row);
        int order = OrderDesk.Send(state, proposed, terms);
        if (order < 0)
        {
            return ReasonCode.TableFull;
        }

        parent.Children++;
        state.Orders[order].NextOfParent = parent.FirstOrder;
        parent.FirstOrder = order;
        ParentDesk.Count(state, ref parent);
        return ReasonCode.None;
    }

    /// <summary>Takes an order that ended out of the parent's list.</summary>
    public static void Unlink(EngineState state, ref ParentOrder parent, int order)
    {
        ref int link = ref parent.FirstOrder;
        while (link >= 0 && link != order)
        {
            link = ref state.Orders[link].NextOfParent;
        }

        if (link >= 0)
        {
            link = state.Orders[order].NextOfParent;
            state.Orders[order].NextOfParent = -1;
        }
    }

    /// <summary>Asks for the end of all its open orders.</summary>
    public static void CancelAll(EngineState state, in ParentOrder parent)
    {
        for (int row = parent.FirstOrder; row >= 0;)
        {
            // A held order ends at once, and leaves the list.
            int next = state.Orders[row].NextOfParent;
            OrderDesk.Cancel(state, ref state.Orders[row]);
            row = next;
        }
    }

    /// <summary>Whether one of its orders is being cancelled.</summary>
    public static bool IsAnyCancelling(EngineState state, in ParentOrder parent)
    {
        int row = parent.FirstOrder;
        while (row >= 0 && state.Orders[row].Status != OrderStatus.PendingCancel)
        {
            row = state.Orders[row].NextOfParent;
        }

        return row >= 0;
    }

    /// <summary>Whether the outcome of one of its orders is not known (T2).</summary>
    public static bool IsAnyInDoubt(EngineState state, in ParentOrder parent)
    {
        int row = parent.FirstOrder;
        while (row >= 0 && !state.Orders[row].InDoubt)
        {
            row = state.Orders[row].NextOfParent;
        }

        return row >= 0;
    }
}
