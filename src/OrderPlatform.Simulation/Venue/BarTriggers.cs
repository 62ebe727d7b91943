namespace OrderPlatform.Simulation.Venue;

/// <summary>
/// Orders that wait for a price, against the path of a bar. The path reaches a level between two instants of whole nanoseconds: the order then triggers at
/// the level itself. A bar that opens beyond the level triggers it at its open: no price in between existed. A trailing stop is woken at each turn of
/// the path, so that its extreme is exact.
/// </summary>
internal sealed class BarTriggers(InstrumentMarket market, OrderDesk desk)
{
    /// <summary>Tells an order the price of an instant and wakes it when the path next matters to it.</summary>
    public void Plan(OpenOrder order, in BarPath path, long fromNanos)
    {
        if (Triggers.Observe(order, path.PriceAt(fromNanos, order.Sign, market.Rules.Tick.Raw)))
        {
            order.PlannedLevelRaw = 0;
            desk.WakeAt(order, fromNanos);
        }
        else
        {
            PlanNext(order, in path, fromNanos);
        }
    }

    /// <summary>The path is where the order was planned to be woken.</summary>
    public void OnWake(OpenOrder order, in BarPath path, long timeNanos)
    {
        bool isCrossing = order.PlannedLevelRaw != 0;
        long priceRaw = isCrossing ? order.PlannedLevelRaw : path.PriceAt(timeNanos, order.Sign, market.Rules.Tick.Raw);
        if (Triggers.Observe(order, priceRaw))
        {
            market.Trigger(order, isCrossing ? AdversePrice.Round(priceRaw, 1, order.Sign, market.Rules.Tick.Raw) : priceRaw, timeNanos);
        }
        else
        {
            PlanNext(order, in path, timeNanos);
        }
    }

    private void PlanNext(OpenOrder order, in BarPath path, long fromNanos)
    {
        bool isFollowing = order.ExtremeRaw != 0;
        long level = isFollowing ? Triggers.StopRaw(order) : order.Terms.TriggerPrice.Raw;
        int sign = isFollowing ? order.Sign : order.TriggerSign;
        long reached = path.FirstBeyond(-sign, level, fromNanos, touchCounts: true);
        long turn = isFollowing ? path.NextTurn(fromNanos) : long.MaxValue;
        order.PlannedLevelRaw = reached <= turn ? level : 0;
        long timeNanos = Math.Min(reached, turn);
        if (timeNanos < path.EndNanos)
        {
            desk.WakeAt(order, timeNanos);
        }
        else
        {
            desk.DoNotWake(order);
        }
    }
}
