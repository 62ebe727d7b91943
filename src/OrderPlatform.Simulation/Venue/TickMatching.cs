using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Venue;

/// <summary>
/// Orders against trades and quotes. Taking orders fill from the quote in force; where no quote was ever given, from the trades after their arrival.
/// Resting orders fill when the market goes through them, or at their price once the quantity ahead of them has traded.
/// </summary>
internal sealed class TickMatching(InstrumentMarket market, OrderDesk desk) : IMatching
{
    private QuoteSide _bid;
    private QuoteSide _ask;
    private long _quoteNanos;
    private bool _hasQuotes;
    private long _lastTradeRaw;

    public long ReferenceRaw(OrderSide side, long timeNanos) =>
        !_hasQuotes ? _lastTradeRaw : IsFresh(timeNanos) ? OppositeOf(side).PriceRaw : 0;

    public void OnArrival(OpenOrder order, long timeNanos)
    {
        if (_hasQuotes && IsFresh(timeNanos))
        {
            TakeQuote(order, timeNanos);
        }
        else if (!_hasQuotes && _lastTradeRaw != 0 && !order.IsBeyond(_lastTradeRaw))
        {
            Rest(order);
        }
    }

    // What others pay; where nobody has traded yet, what this order would have to pay.
    public long TriggerPriceRaw(OrderSide side, long timeNanos) =>
        _lastTradeRaw != 0 ? _lastTradeRaw : _hasQuotes && IsFresh(timeNanos) ? OppositeOf(side).PriceRaw : 0;

    public bool WouldTake(OrderSide side, long limitRaw, long timeNanos)
    {
        int sign = side == OrderSide.Buy ? 1 : -1;
        return _hasQuotes
            ? IsFresh(timeNanos) && OppositeOf(side).DisplayedRaw > 0 && sign * OppositeOf(side).PriceRaw <= sign * limitRaw
            : _lastTradeRaw != 0 && sign * _lastTradeRaw < sign * limitRaw;
    }

    public void OnRest(OpenOrder order, long timeNanos) => Rest(order);

    public void OnRefill(OpenOrder order) => Rest(order);

    public void OnWaiting(OpenOrder order, long timeNanos)
    {
        long price = TriggerPriceRaw(order.Side, timeNanos);
        if (price != 0 && Triggers.Observe(order, price))
        {
            market.Trigger(order, 0, timeNanos);
        }
    }

    public void OnWake(OpenOrder order, long timeNanos) => throw new InvalidOperationException("orders against trades and quotes are never scheduled");

    public void OnMarketEvent(in MarketEvent marketEvent)
    {
        if (marketEvent.Kind == MarketEventKind.Trade)
        {
            OnTrade(in marketEvent);
        }
        else
        {
            OnQuote(in marketEvent);
        }
    }

    private void OnQuote(in MarketEvent quote)
    {
        _bid.Update(quote.Price, quote.Quantity, market.Rules.Step);
        _ask.Update(quote.UpperPrice, quote.UpperQuantity, market.Rules.Step);
        _quoteNanos = quote.TimeNanos;
        _hasQuotes = true;
        for (OpenOrder? order = market.Queue.First, next; order is not null; order = next)
        {
            next = order.Next;
            if (order.IsTaking)
            {
                TakeQuote(order, quote.TimeNanos);
            }
            else
            {
                ShortenQueue(order);
                FillRestingFromQuote(order, quote.TimeNanos);
            }
        }

        if (_lastTradeRaw == 0)
        {
            TellWaiting(quote.TimeNanos);
        }
    }

    private void TellWaiting(long timeNanos)
    {
        for (OpenOrder? order = market.Pending.First, next; order is not null; order = next)
        {
            next = order.Next;
            OnWaiting(order, timeNanos);
        }
    }

    private void TakeQuote(OpenOrder order, long timeNanos)
    {
        ref QuoteSide opposite = ref OppositeOf(order.Side);
        bool isMarketable = opposite.RemainingRaw > 0 && order.Accepts(opposite.PriceRaw);
        if (isMarketable)
        {
            var opportunity = new FillOpportunity(timeNanos, opposite.PriceRaw, opposite.RemainingRaw, opposite.DisplayedRaw, IsMaker: false);
            opposite.RemainingRaw -= desk.Fill(order, in opportunity);
        }

        if (order.IsOpen && order.IsLimit && (!isMarketable || opposite.RemainingRaw == 0))
        {
            Rest(order);
        }
        else if (order.IsOpen && !order.IsLimit && opposite.RemainingRaw > 0 && !order.Accepts(opposite.PriceRaw))
        {
            desk.End(order, VenueReportKind.Expired, VenueRejectReason.PriceProtection, timeNanos);
        }
    }

    private void FillRestingFromQuote(OpenOrder order, long timeNanos)
    {
        ref QuoteSide opposite = ref OppositeOf(order.Side);
        if (opposite.RemainingRaw > 0 && order.Accepts(opposite.PriceRaw))
        {
            var opportunity = new FillOpportunity(timeNanos, order.LimitRaw, opposite.RemainingRaw, opposite.DisplayedRaw, IsMaker: true);
            opposite.RemainingRaw -= desk.Fill(order, in opportunity);
        }
    }

    private void OnTrade(in MarketEvent trade)
    {
        _lastTradeRaw = trade.Price.Raw;
        long available = BarLiquidity.TakeableShare(trade.Quantity, desk.Options.Participation, market.Rules.Step.Raw);
        long ours = 0;
        for (OpenOrder? order = market.Queue.First, next; order is not null; order = next)
        {
            next = order.Next;
            if (order.IsTaking && _hasQuotes)
            {
                continue;
            }

            if (order.IsTaking && !order.IsBeyond(trade.Price.Raw))
            {
                Rest(order);
            }

            var opportunity = new FillOpportunity(
                trade.TimeNanos,
                order.IsTaking ? trade.Price.Raw : order.LimitRaw,
                order.IsTaking ? available - ours : Math.Min(available - ours, ReachingOf(order, in trade, ours)),
                trade.Quantity.Raw,
                IsMaker: !order.IsTaking);
            ours += desk.Fill(order, in opportunity);
        }

        TellWaiting(trade.TimeNanos);
    }

    // How much of a trade gets as far as a resting order, in whole steps, after what others ahead and our own earlier orders took of it.
    private long ReachingOf(OpenOrder order, in MarketEvent trade, long oursRaw)
    {
        if (order.IsBeyond(trade.Price.Raw))
        {
            order.QueueAheadRaw = 0;
            return trade.Quantity.Raw;
        }

        bool hitsOrder = trade.Aggressor == Aggressor.Unknown || (trade.Aggressor == Aggressor.Sell) == (order.Side == OrderSide.Buy);
        bool hasQueue = order.QueueAheadRaw != OpenOrder.UnknownQueue && !market.Rules.FillsOnlyBeyond;
        if (trade.Price.Raw != order.LimitRaw || !hitsOrder || !hasQueue)
        {
            return 0;
        }

        long reaching = trade.Quantity.Raw - order.QueueAheadRaw - oursRaw;
        order.QueueAheadRaw = Math.Max(0, order.QueueAheadRaw - trade.Quantity.Raw);
        reaching = order.IsIceberg ? Math.Min(reaching, order.ShownRaw) : reaching;
        return FixedPoint.FloorToStep(Math.Max(0, reaching), market.Rules.Step.Raw);
    }

    private void Rest(OpenOrder order)
    {
        order.IsTaking = false;
        order.QueueAheadRaw = OpenOrder.UnknownQueue;
        if (_hasQuotes)
        {
            ShortenQueue(order);
        }

        if (order.QueueAheadRaw == OpenOrder.UnknownQueue)
        {
            order.QueueAheadRaw = market.Rules.AssumedQueueAhead?.Raw ?? OpenOrder.UnknownQueue;
        }
    }

    // Nobody is ahead at a price better than the best displayed; at the best, no more than is displayed; deeper levels tell nothing.
    private void ShortenQueue(OpenOrder order)
    {
        ref QuoteSide own = ref order.Side == OrderSide.Buy ? ref _bid : ref _ask;
        if (own.DisplayedRaw == 0 || order.IsBeyond(own.PriceRaw) || market.Rules.IgnoresDisplayedQueue)
        {
            order.QueueAheadRaw = 0;
        }
        else if (own.PriceRaw == order.LimitRaw)
        {
            bool isUnknown = order.QueueAheadRaw == OpenOrder.UnknownQueue;
            order.QueueAheadRaw = isUnknown ? own.DisplayedRaw : Math.Min(order.QueueAheadRaw, own.DisplayedRaw);
        }
    }

    private bool IsFresh(long timeNanos) => timeNanos - _quoteNanos <= desk.Options.MaxQuoteAgeNanos;

    private ref QuoteSide OppositeOf(OrderSide side) => ref side == OrderSide.Buy ? ref _ask : ref _bid;
}
