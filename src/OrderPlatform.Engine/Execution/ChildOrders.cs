using OrderPlatform.Engine.Execution.Routing;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>The orders of a parent: each is checked again with the position as it is then, sent, and linked to the parent while it is open.</summary>
internal static class ChildOrders
{
    /// <summary>What an order of the parent would do at a position now.</summary>
    public static ProposedOrder Proposed(EngineState state, in ParentOrder parent, int position, Quantity closing, Quantity opening, OrderType type) =>
        new(position, parent.Side, closing, opening, ChildPrice.Of(state, parent, position, type), parent.RequestId, DecisionPrice: parent.DecisionPrice,
            IsMarket: type == OrderType.Market);

    /// <summary>Whether the whole goes out at once as one order: then its check is the order's. What belongs to a group is one order always.</summary>
    public static bool IsSingle(EngineState state, in ParentOrder plan, in ProposedOrder whole) =>
        plan.Algorithm == ExecutionAlgorithm.Immediate && !Routes.IsRouted(state, plan)
        && (plan.LinkRole != LinkRole.None || !Oversize.MustSplit(state, plan.Position, whole.Closing, whole.Opening, whole.Price));

    /// <summary>Checks an order; where its opening part is refused, what closes may go alone (D16). A refusal is recorded.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="proposed">The order; afterwards without what was refused.</param>
    /// <param name="closingMayGoAlone">Whether a refused opening part does not refuse all.</param>
    /// <param name="isWhole">Whether it goes out in parts: maxima of one order are the parts'.</param>
    /// <param name="refused">Why, of the first refusal.</param>
    public static bool Passes(EngineState state, ref ProposedOrder proposed, bool closingMayGoAlone, bool isWhole, out ReasonCode refused)
    {
        refused = ReasonCode.None;
        if (PreTradeChecks.Check(state, proposed, isWhole) is not { } refusal)
        {
            return true;
        }

        refused = refusal.Reason;
        RiskRecords.Refused(state, proposed, refusal);
        if (!closingMayGoAlone || proposed.Closing.IsZero || proposed.Opening.IsZero)
        {
            return false;
        }

        proposed = proposed with { Opening = Quantity.Zero };
        return Passes(state, ref proposed, closingMayGoAlone: false, isWhole, out _);
    }

    /// <summary>Sends an order that passed its checks.</summary>
    /// <returns><see cref="ReasonCode.None"/>, or why the order desk refused it, which is recorded.</returns>
    public static ReasonCode Send(EngineState state, int row, in ProposedOrder proposed, OrderType type)
    {
        ref ParentOrder parent = ref state.Parents[row];
        ExitReason exit = parent.Origin == OrderOrigin.Intent && proposed.Closing.IsZero ? ExitReason.None : parent.ExitReason;
        var terms = new OrderTerms(parent.Origin, type, parent.TimeInForce, parent.Target, exit, row)
        {
            LimitPrice = parent.LimitPrice,
            TriggerPrice = parent.TriggerPrice,
            TrailingOffset = parent.TrailingOffset,
            ExpireAtNanos = parent.ExpireAtNanos,
            DisplayQuantity = parent.Algorithm != ExecutionAlgorithm.Immediate ? Quantity.Zero

                // One that was split or cut shows no more than there is of it.
                : parent.DisplayQuantity < proposed.Quantity ? parent.DisplayQuantity : proposed.Quantity,
            PostOnly = parent.PostOnly,
            ReduceOnly = parent.ReduceOnly,
            LinkId = parent.LinkId,
            LinkRole = parent.LinkRole,
            Batch = state.Batches.Next(state, state.Positions[proposed.Position].Account),
            DecisionPrice = parent.DecisionPrice,
            DecidedAtNanos = parent.DecidedAtNanos,
        };
        ulong id = parent.Id;
        int order = OrderDesk.Send(state, proposed, terms);
        if (order < 0)
        {
            return ReasonCode.TableFull;
        }

        // One that the desk ended at once has told the parent already, which may have ended too.
        if (parent.Id == id && state.Orders[order].IsOpen && state.Orders[order].ParentId == id)
        {
            parent.Children++;
            state.Orders[order].NextOfParent = parent.FirstOrder;
            parent.FirstOrder = order;
            ParentDesk.Count(state, ref parent);
        }

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

    /// <summary>
    /// Asks for the end of all its open orders. Comes last: one that never left the engine ends at once, with all that follows, so each is looked for again.
    /// </summary>
    public static void CancelAll(EngineState state, int row)
    {
        ref ParentOrder parent = ref state.Parents[row];
        ulong id = parent.Id;
        int left = 0;
        for (int order = parent.FirstOrder; order >= 0; order = state.Orders[order].NextOfParent)
        {
            left++;
        }

        for (; left > 0 && parent.Id == id && TryFindUncancelled(state, parent, out int order); left--)
        {
            OrderDesk.Cancel(state, ref state.Orders[order]);
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

    private static bool TryFindUncancelled(EngineState state, in ParentOrder parent, out int row)
    {
        row = parent.FirstOrder;
        while (row >= 0 && state.Orders[row].Status == OrderStatus.PendingCancel)
        {
            row = state.Orders[row].NextOfParent;
        }

        return row >= 0;
    }

    /// <summary>Whether the outcome of one of its orders is not known (T2).</summary>
    public static bool IsAnyInDoubt(EngineState state, in ParentOrder parent) => IsAnyInDoubt(state, parent, except: -1);

    /// <summary>Whether the outcome of another order of the same parent is not known.</summary>
    public static bool IsAnotherInDoubt(EngineState state, int order)
    {
        int parent = state.Orders[order].Parent;
        return parent >= 0 && state.Parents[parent].Id == state.Orders[order].ParentId && IsAnyInDoubt(state, state.Parents[parent], order);
    }

    private static bool IsAnyInDoubt(EngineState state, in ParentOrder parent, int except)
    {
        int row = parent.FirstOrder;
        while (row >= 0 && (row == except || !state.Orders[row].InDoubt))
        {
            row = state.Orders[row].NextOfParent;
        }

        return row >= 0;
    }
}
