using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <content>What a person does with one order (T2, T4).</content>
internal sealed partial class NaiveOrders
{
    public void OnOperatorCancel(ulong id)
    {
        if (!Orders.TryGetValue(id, out NaiveOrder? order))
        {
            Alert(ReasonCode.UnknownOrder, id);
        }
        else if (!order.IsOpen)
        {
            Alert(ReasonCode.OrderNotOpen, id);
        }
        else
        {
            Alert(ReasonCode.OperatorCancel, id);
            Cancel(order.Parent!, ReasonCode.OperatorCancel);
        }
    }

    public void OnResolve(ulong id, VenueOrderState state, decimal? filled, decimal? average)
    {
        if (!Orders.TryGetValue(id, out NaiveOrder? order))
        {
            Alert(ReasonCode.UnknownOrder, id);
            return;
        }

        bool lacksFills = !order.IsOpen && order.Reported > order.Cumulative && state == VenueOrderState.Ended;
        if (!(order.InDoubt && order.IsOpen) && !lacksFills)
        {
            Alert(ReasonCode.NotInDoubt, id);
            return;
        }

        decimal sum = filled ?? order.Cumulative;
        bool isPossible = state switch
        {
            VenueOrderState.NotKnown => sum == order.Cumulative,
            VenueOrderState.Working => sum >= order.Cumulative && sum < order.Quantity,
            VenueOrderState.Ended => sum >= order.Cumulative && sum <= order.Quantity,
            _ => false,
        };
        if (!isPossible || (sum > order.Cumulative && !IsPrice(average)))
        {
            Alert(ReasonCode.InvalidValue, id);
            return;
        }

        Alert(ReasonCode.OperatorResolve, id);
        decimal before = order.Reported;
        order.Reported = sum;
        if (sum > order.Cumulative && !TryBookEstimate(order, average!.Value))
        {
            order.Reported = before;
            Alert(ReasonCode.InvalidValue, id);
        }
        else if (!order.IsOpen)
        {
            Arm(order);
        }
        else if (state != VenueOrderState.Working)
        {
            Apply(order, new NaiveCell("Cancelled", new HashSet<string> { "End", "Release" }), ReasonCode.OperatorResolve, 0);
        }
        else if (order.InDoubt)
        {
            OnStatus(id, VenueOrderState.Working, order.Cumulative, order.Quantity - order.Cumulative, null, null);
        }
    }
}
