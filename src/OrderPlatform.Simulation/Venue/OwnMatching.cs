namespace OrderPlatform.Simulation.Venue;

/// <summary>
/// Arriving orders against the platform's own resting ones of the same instrument: they trade, if the venue lets them, unless the account is the same
/// and the arriving order's self-trade prevention says otherwise (https://github.com/binance/binance-spot-api-docs/blob/master/faqs/stp_faq.md).
/// </summary>
internal sealed class OwnMatching(OrderQueue queue, OrderDesk desk)
{
    /// <summary>Whether an order that must not take would meet one.</summary>
    public bool WouldMeet(in VenueOrder order)
    {
        int sign = order.Side == OrderSide.Buy ? 1 : -1;
        for (OpenOrder? maker = queue.First; maker is not null; maker = maker.Next)
        {
            bool isCrossed = maker.IsLimit && maker.Side != order.Side && sign * maker.LimitRaw <= sign * order.LimitPrice.Raw;
            if (isCrossed && (desk.Options.MatchOwnOrders || IsPrevented(in order, maker)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Lets an arriving order meet the resting ones that it accepts, best price first.</summary>
    /// <param name="taker">The arriving order.</param>
    /// <param name="betterThanRaw">Only those strictly better than this price; zero: all.</param>
    /// <param name="timeNanos">Now.</param>
    public void Meet(OpenOrder taker, long betterThanRaw, long timeNanos)
    {
        bool isPreventing = taker.Terms.SelfTradePrevention != SelfTradePrevention.None;
        if ((!desk.Options.MatchOwnOrders && !isPreventing) || !CanBeFilledIfKilled(taker, betterThanRaw))
        {
            return;
        }

        for (OpenOrder? maker = queue.First, next; maker is not null && taker.IsOpen; maker = next)
        {
            next = maker.Next;
            if (!IsMet(taker, maker, betterThanRaw))
            {
                continue;
            }

            if (IsPrevented(in taker.Terms, maker))
            {
                Prevent(taker, maker, timeNanos);
            }
            else if (desk.Options.MatchOwnOrders)
            {
                desk.FillBoth(taker, maker, timeNanos);
            }
        }
    }

    private static bool IsPrevented(in VenueOrder taker, OpenOrder maker) =>
        taker.SelfTradePrevention != SelfTradePrevention.None && taker.AccountId == maker.Terms.AccountId;

    private static bool IsMet(OpenOrder taker, OpenOrder maker, long betterThanRaw) =>
        maker.IsLimit && maker.Side != taker.Side && taker.Accepts(maker.LimitRaw)
        && (betterThanRaw == 0 || taker.Sign * maker.LimitRaw < taker.Sign * betterThanRaw);

    private void Prevent(OpenOrder taker, OpenOrder maker, long timeNanos)
    {
        SelfTradePrevention mode = taker.Terms.SelfTradePrevention;
        long both = Math.Min(taker.LeavesRaw, maker.LeavesRaw);
        bool isDecrement = mode == SelfTradePrevention.Decrement;
        if (mode != SelfTradePrevention.ExpireTaker)
        {
            desk.Prevent(maker, isDecrement ? both : maker.LeavesRaw, timeNanos);
        }

        if (mode != SelfTradePrevention.ExpireMaker)
        {
            desk.Prevent(taker, isDecrement ? both : taker.LeavesRaw, timeNanos);
        }
    }

    // Fill or kill: what it meets here must be all of it, or the market is asked instead.
    private bool CanBeFilledIfKilled(OpenOrder taker, long betterThanRaw)
    {
        if (taker.TimeInForce != VenueTimeInForce.FillOrKill)
        {
            return true;
        }

        Int128 sum = 0;
        for (OpenOrder? maker = queue.First; maker is not null; maker = maker.Next)
        {
            if (IsMet(taker, maker, betterThanRaw))
            {
                if (IsPrevented(in taker.Terms, maker))
                {
                    return true;
                }

                sum += desk.OpenQuantity(maker);
            }
        }

        return sum >= taker.LeavesRaw && desk.OpenQuantity(taker) == taker.LeavesRaw;
    }
}
