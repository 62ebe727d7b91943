using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <content>
/// Groups (R62, T15): peers shrink by what one executes, a primary's fills release its secondaries for as much, two legs that execute together give the
/// excess back at the market.
/// </content>
internal sealed partial class NaiveOrders
{
    private List<NaiveOrder> GroupOf(NaiveOrder order)
    {
        if (!_groups.TryGetValue((order.Position.Client.Id, order.Link), out List<NaiveOrder>? group))
        {
            group = [];
            _groups.Add((order.Position.Client.Id, order.Link), group);
        }

        return group;
    }

    private void Join(NaiveOrder order)
    {
        if (order.Role != LinkRole.None)
        {
            GroupOf(order).Add(order);
        }
    }

    private bool MustWaitForPrimary(NaiveOrder order)
    {
        if (order.Role != LinkRole.Secondary)
        {
            return false;
        }

        return GroupOf(order).FirstOrDefault(other => other.Role == LinkRole.Primary) is { } primary
            ? primary.Cumulative == 0
            : !order.ReduceOnly || !order.Position.ReducesBy(order.Side);
    }

    private void OnFillOfGroup(NaiveOrder order, decimal filled)
    {
        if (order.Role == LinkRole.None)
        {
            return;
        }

        decimal over = ExcessOf(order, filled);
        if (over != 0)
        {
            Alert(ReasonCode.Overfill, order.Id);
        }

        decimal executed = order.Cumulative;
        foreach (ulong id in GroupOf(order).Where(other => other != order).Select(other => other.Id).Order().ToList())
        {
            NaiveOrder other = Orders[id];
            if (!GroupOf(order).Contains(other))
            {
                continue;
            }

            if (order.Role == LinkRole.Primary)
            {
                ReleaseSecondary(other, executed);
            }
            else if (other.Role != LinkRole.Primary)
            {
                Shrink(other, filled - over);
            }
        }

        if (over != 0)
        {
            Start(new NaiveParent
            {
                Position = order.Position,
                Origin = OrderOrigin.Contingency,
                Algorithm = ExecutionAlgorithm.Immediate,
                Side = order.Side == Side.Buy ? Side.Sell : Side.Buy,
                Type = OrderType.Market,
                TimeInForce = TimeInForce.GoodTillCancelled,
                Quantity = over,
            });
        }
    }

    private void LeaveGroup(NaiveOrder order)
    {
        if (order.Role == LinkRole.None)
        {
            return;
        }

        List<NaiveOrder> group = GroupOf(order);
        group.Remove(order);
        if (order.Role != LinkRole.Primary || order.Cumulative != 0)
        {
            return;
        }

        foreach (NaiveOrder other in group.OrderBy(other => other.Id).ToList())
        {
            if (other.Role == LinkRole.Secondary && group.Contains(other))
            {
                Happen(other, "Cancel", ReasonCode.LinkedOrder);
            }
        }
    }

    private void ReleaseSecondary(NaiveOrder order, decimal executed)
    {
        if (order.Role != LinkRole.Secondary)
        {
            return;
        }

        if (executed <= order.Cumulative)
        {
            Happen(order, "Cancel", ReasonCode.LinkedOrder);
            return;
        }

        if (order.IsAtVenue)
        {
            WantQuantity(order, executed);
            return;
        }

        Resize(order, executed);
        if (order is { Status: OrderStatus.Held, IsWatched: false })
        {
            Release(order);
        }
    }

    private void Shrink(NaiveOrder order, decimal filled)
    {
        decimal wanted = order.AmendQuantity == 0 ? order.Quantity : order.AmendQuantity;
        decimal left = Math.Max(0, wanted - filled);
        if (left <= order.Cumulative)
        {
            Happen(order, "Cancel", ReasonCode.LinkedOrder);
        }
        else if (order.IsAtVenue)
        {
            WantQuantity(order, left);
        }
        else
        {
            Resize(order, left);
        }
    }

    /// <summary>What a leg executed although its group had given it up.</summary>
    private static decimal ExcessOf(NaiveOrder order, decimal filled) =>
        order.Reason == ReasonCode.LinkedOrder ? filled
        : order.AmendQuantity == 0 ? 0
        : Math.Clamp(order.Cumulative - order.AmendQuantity, 0, filled);

    private void Resize(NaiveOrder order, decimal quantity)
    {
        if (quantity != order.Quantity)
        {
            TryAdopt(order, order.Cumulative, quantity - order.Cumulative, 0);
        }
    }
}
