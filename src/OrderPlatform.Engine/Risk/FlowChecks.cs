using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>How many orders and requests there are already (R108), and whether the order would meet one of the client's own.</summary>
internal static class FlowChecks
{
    /// <summary>Open orders with this one, of the strategy and of the client.</summary>
    public static void OpenOrders(in CheckedOrder order, ref CheckList list)
    {
        long own = CheckNumber.OfLimit(order.Own.MaximumOpenOrders);
        long shared = CheckNumber.OfLimit(order.Shared.MaximumOpenOrders);
        if (own != long.MaxValue || shared != long.MaxValue)
        {
            uint added = order.Order.Standing.IsZero ? 1u : 0u;
            list.AddNearer(
                Entry(CheckKind.OpenOrders, Scope.Strategy, ReasonCode.OpenOrderLimit, order.Strategy.OpenOrders + added, own),
                Entry(CheckKind.OpenOrders, Scope.Client, ReasonCode.OpenOrderLimit, order.Client.OpenOrders + added, shared));
        }
    }

    /// <summary>Requests in the window with this one, of the strategy and of the client.</summary>
    public static void MessageRate(in CheckedOrder order, ref CheckList list)
    {
        long own = CheckNumber.OfLimit(order.Own.MaximumMessages);
        long shared = CheckNumber.OfLimit(order.Shared.MaximumMessages);
        if (own == long.MaxValue && shared == long.MaxValue)
        {
            return;
        }

        long now = order.State.NowNanos;
        long strategy = MessageCount.InWindow(now, order.Own.MessageWindowNanos, order.Strategy.MessageWindowStartNanos, order.Strategy.Messages);
        long client = MessageCount.InWindow(now, order.Shared.MessageWindowNanos, order.Client.MessageWindowStartNanos, order.Client.Messages);
        list.AddNearer(
            Entry(CheckKind.MessageRate, Scope.Strategy, ReasonCode.MessageRateLimit, strategy + 1, own),
            Entry(CheckKind.MessageRate, Scope.Client, ReasonCode.MessageRateLimit, client + 1, shared));
    }

    /// <summary>
    /// A resting order of the same client and instrument, on the other side, that this one would meet. It refuses where the client wishes that the taking order
    /// ends, or both; where the resting one is to end, or both to be reduced, the venue does it. Walks the open orders, only where prevention is on.
    /// </summary>
    public static void SelfTrade(in CheckedOrder order, ref CheckList list)
    {
        SelfTradePrevention rule = order.Client.SelfTradePrevention;
        if (rule is not (SelfTradePrevention.ExpireTaker or SelfTradePrevention.ExpireBoth))
        {
            return;
        }

        long resting = OwnPrice(order);
        list.Add(CheckKind.SelfTrade, Scope.Client, resting == 0 ? ReasonCode.None : ReasonCode.SelfTrade, order.Order.Price.Raw, resting);
    }

    private static long OwnPrice(in CheckedOrder order)
    {
        uint left = order.Client.OpenOrders;
        foreach (ref readonly Order resting in order.State.Orders.Rows)
        {
            if (left == 0)
            {
                break;
            }

            if (!resting.IsOpen)
            {
                continue;
            }

            ref Position position = ref order.State.Positions[resting.Position];
            if (order.State.Strategies[position.Strategy].Client == order.Strategy.Client)
            {
                left--;
                if (position.Instrument == order.Position.Instrument && WouldMeet(order, resting))
                {
                    return resting.LimitPrice.Raw;
                }
            }
        }

        return 0;
    }

    // What waits in the engine does not rest at the venue.
    private static bool WouldMeet(in CheckedOrder order, in Order resting) =>
        !resting.LimitPrice.IsZero && resting.Status is not (OrderStatus.Held or OrderStatus.Queued)
        && SelfTradeCheck.WouldCross(order.Order.Side, order.Order.IsMarket ? null : order.Order.Price, resting.Side, resting.LimitPrice);

    private static CheckEntry Entry(CheckKind check, Scope scope, ReasonCode reason, long count, long limit)
    {
        long value = CheckNumber.OfCount(count);
        return new CheckEntry(check, scope, value > limit ? reason : ReasonCode.None, value, limit);
    }
}
