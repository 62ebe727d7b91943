using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <content>Prices, and the orders that wait for them in the engine (R59, R62).</content>
internal sealed partial class NaiveOrders
{
    public void OnTrade(uint id, decimal price)
    {
        if (!Instruments.TryGetValue(id, out NaiveInstrument? instrument))
        {
            Alert(ReasonCode.UnknownInstrument, id);
        }
        else if (!IsPrice(price))
        {
            Alert(ReasonCode.InvalidValue, id);
        }
        else
        {
            instrument.Mark = price;
            OnPrices(instrument, price, price);
        }
    }

    public void OnBar(uint id, decimal open, decimal high, decimal low, decimal close)
    {
        bool isSane = IsPrice(low) && IsPrice(high) && low <= Math.Min(open, close) && Math.Max(open, close) <= high;
        if (!Instruments.TryGetValue(id, out NaiveInstrument? instrument))
        {
            Alert(ReasonCode.UnknownInstrument, id);
        }
        else if (!isSane)
        {
            Alert(ReasonCode.InvalidValue, id);
        }
        else
        {
            instrument.Mark = close;
            OnPrices(instrument, low, high);
        }
    }

    public void OnQuote(uint id, decimal bid, decimal ask)
    {
        if (!Instruments.TryGetValue(id, out NaiveInstrument? instrument))
        {
            Alert(ReasonCode.UnknownInstrument, id);
        }
        else if (!IsPrice(bid) || !IsPrice(ask) || bid > ask)
        {
            Alert(ReasonCode.InvalidValue, id);
        }
        else
        {
            (instrument.Bid, instrument.Ask) = (bid, ask);
            instrument.Mark = decimal.Round((bid + ask) / 2, 8, MidpointRounding.AwayFromZero);
            OnPrices(instrument, bid, ask);
        }
    }

    private void OnPrices(NaiveInstrument instrument, decimal low, decimal high)
    {
        foreach (NaiveOrder order in instrument.Watched)
        {
            order.IsReached = IsReached(order, low, high);
        }

        while (instrument.Watched.FirstOrDefault(order => order.IsReached) is { } reached)
        {
            reached.IsReached = false;
            Fire(reached);
        }
    }

    private static bool IsReached(NaiveOrder order, decimal low, decimal high)
    {
        bool isBuy = order.Side == Side.Buy;
        switch (order.Type)
        {
            case OrderType.Stop or OrderType.StopLimit:
                return isBuy ? high >= order.Trigger : low <= order.Trigger;
            case OrderType.MarketIfTouched or OrderType.LimitIfTouched:
                return isBuy ? low <= order.Trigger : high >= order.Trigger;
            default:
                if (order.Best == 0)
                {
                    order.Best = isBuy ? low : high;
                    return false;
                }

                // The adverse end against the best price from before; only then does the favourable end move it.
                if (isBuy ? high >= order.Best * (1 + order.Offset) : low <= order.Best * (1 - order.Offset))
                {
                    return true;
                }

                order.Best = isBuy ? Math.Min(order.Best, low) : Math.Max(order.Best, high);
                return false;
        }
    }

    private void Unwatch(NaiveOrder order)
    {
        order.IsWatched = false;
        order.Position.Instrument.Watched.Remove(order);
    }

    private void Fire(NaiveOrder order)
    {
        Unwatch(order);
        if (order.ReduceOnly && !TryReduce(order))
        {
            Apply(order, new NaiveCell("Cancelled", new HashSet<string> { "End" }), ReasonCode.NotReducing, 0);
            return;
        }

        // It was counted when it was placed, so nothing is new to it but the venue's rules; while the venue is down it waits.
        NaiveClient client = order.Position.Client;
        if (!client.IsReconciling && WrongForVenue(order.Position, order.Leaves, 0, order.ReservePrice, isWhole: false) is { } wrong)
        {
            Refused(wrong);
            Apply(order, new NaiveCell("Rejected", new HashSet<string> { "End" }), wrong, 0);
            return;
        }

        order.Reason = ReasonCode.TriggerReached;
        ToVenue(order);
    }

    private bool TryReduce(NaiveOrder order)
    {
        decimal most = order.Position.ReducesBy(order.Side) ? Math.Abs(order.Position.Quantity) : 0;
        decimal wanted = order.Quantity < most ? order.Quantity : order.Position.Instrument.Lots(most);
        if (wanted <= order.Cumulative)
        {
            return false;
        }

        Resize(order, wanted);
        return true;
    }
}
