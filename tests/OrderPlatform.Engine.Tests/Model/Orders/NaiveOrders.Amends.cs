using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <content>Amends (R63, R64): one at a time, until the venue says yes or no.</content>
internal sealed partial class NaiveOrders
{
    private ReasonCode? AskAmend(NaiveOrder order, decimal quantity, decimal limit, decimal trigger)
    {
        if (order.Status == OrderStatus.PendingCancel)
        {
            return ReasonCode.AmendRefused;
        }

        if (order.AmendQuantity != 0)
        {
            return ReasonCode.AmendPending;
        }

        if (order.InDoubt)
        {
            return ReasonCode.OutcomeUnknown;
        }

        if (order.IsAtVenue)
        {
            if (!TryTake(order, RequestSort.Amend))
            {
                return ReasonCode.Throttled;
            }

            PutAmend(order, quantity, limit, trigger);
            SayAmend(order);
            Arm(order);
            return null;
        }

        PutAmend(order, quantity, limit, trigger);
        TryAdopt(order, order.Cumulative, quantity - order.Cumulative, limit);
        ForgetAmend(order);
        return null;
    }

    private static void PutAmend(NaiveOrder order, decimal quantity, decimal limit, decimal trigger) =>
        (order.AmendQuantity, order.AmendLimit, order.AmendTrigger) = (quantity, limit, trigger);

    private static void ForgetAmend(NaiveOrder order) => PutAmend(order, 0, 0, 0);

    private bool TryTakeAmend(NaiveOrder order, NaiveReport report)
    {
        decimal limit = report.NewLimit ?? (order.AmendQuantity == 0 ? 0 : order.AmendLimit);
        if (!TryAdopt(order, report.Cumulative, report.Leaves, limit))
        {
            return false;
        }

        // The group may want another quantity by now.
        decimal wanted = order.Role != LinkRole.None && order.AmendQuantity > order.Cumulative ? order.AmendQuantity : order.Quantity;
        ForgetAmend(order);
        WantQuantity(order, wanted);
        return true;
    }

    private bool TryAdoptAnswer(NaiveOrder order, decimal sum, decimal leaves, decimal? limit)
    {
        (decimal quantity, decimal price, decimal trigger) = (order.AmendQuantity, order.AmendLimit, order.AmendTrigger);
        ForgetAmend(order);
        bool isTaken = TryAdopt(order, sum, leaves, limit ?? 0);
        PutAmend(order, quantity, price, trigger);
        if (!isTaken || quantity == 0)
        {
            return isTaken;
        }

        // An amend under way either counts by now, or was lost and is asked for again.
        bool counts = quantity == order.Quantity && (!order.HasLimit || price == order.Limit);
        if (counts || quantity <= order.Cumulative || order.Status == OrderStatus.PendingCancel)
        {
            ForgetAmend(order);
        }
        else
        {
            Count(order, RequestSort.Amend);
            SayAmend(order);
        }

        return true;
    }

    /// <summary>The group, or the position, wants an order to have another quantity at its venue.</summary>
    private void WantQuantity(NaiveOrder order, decimal quantity)
    {
        if (order.Status == OrderStatus.PendingCancel || (order.AmendQuantity == 0 ? order.Quantity : order.AmendQuantity) == quantity)
        {
            return;
        }

        bool isUnderWay = order.AmendQuantity != 0;
        PutAmend(order, quantity, isUnderWay ? order.AmendLimit : order.Limit, isUnderWay ? order.AmendTrigger : order.Trigger);
        if (isUnderWay || order.InDoubt)
        {
            return;
        }

        if (TryTake(order, RequestSort.Amend))
        {
            SayAmend(order);
            Arm(order);
        }
        else
        {
            ForgetAmend(order);
            Happen(order, "Cancel", ReasonCode.LinkedOrder);
        }
    }

    /// <summary>Gives an order the numbers that the venue has; a quantity that cannot be is reported.</summary>
    private bool TryAdopt(NaiveOrder order, decimal sum, decimal leaves, decimal limit)
    {
        decimal quantity = sum + leaves;
        if (quantity < order.Cumulative || !IsQuantity(quantity))
        {
            Alert(ReasonCode.InvalidValue, order.Id);
            return false;
        }

        decimal closing = order.Quantity - order.Opening;
        decimal price = order.HasLimit && IsPrice(limit) ? limit : order.ReservePrice;
        if (order.IsOpen && Value(Math.Min(quantity - order.Cumulative, Math.Max(0, quantity - closing)), price) > 92_233_720_368)
        {
            Alert(ReasonCode.ArithmeticOverflow, order.Id);
            return false;
        }

        if (order.Parent is { IsGone: false } parent)
        {
            parent.Quantity += quantity - order.Quantity;
        }

        bool isOther = quantity != order.Quantity;
        order.Quantity = quantity;
        order.Opening = Math.Max(0, quantity - closing);
        if (order.HasLimit && IsPrice(limit))
        {
            order.Limit = limit;
            order.ReservePrice = limit;
        }

        if (isOther && order.Parent is { IsGone: false } changed)
        {
            changed.Limit = changed.Limit == 0 ? 0 : order.Limit;
        }

        if (order.AmendTrigger != 0)
        {
            order.Trigger = order.AmendTrigger;
            order.ReservePrice = order.HasLimit ? order.ReservePrice : order.AmendTrigger;
        }

        return true;
    }
}
