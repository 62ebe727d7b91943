using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Venue;

/// <summary>
/// Orders against bars. An order has one opportunity in each quarter of a bar: a taking one from its arrival or the quarter's start, at the path's price;
/// a resting one from the instant at which the path goes beyond its limit, at the limit. Each opportunity is a wake, scheduled when the bar opens or
/// the order arrives, so orders compete for a quarter's volume in the order of time.
/// </summary>
internal sealed class BarMatching : IMatching
{
    private readonly InstrumentMarket _market;
    private readonly OrderDesk _desk;
    private readonly BarTriggers _triggers;
    private MarketEvent _bar;
    private BarPath _buyPath;
    private BarPath _sellPath;
    private BarLiquidity _liquidity;

    public BarMatching(InstrumentMarket market, OrderDesk desk)
    {
        _market = market;
        _desk = desk;
        _triggers = new BarTriggers(market, desk);
    }

    public long ReferenceRaw(OrderSide side, long timeNanos) => Covers(timeNanos)
        ? PathOf(side).PriceAt(timeNanos, side == OrderSide.Buy ? 1 : -1, _market.Rules.Tick.Raw)
        : 0;

    public long TriggerPriceRaw(OrderSide side, long timeNanos) => ReferenceRaw(side, timeNanos);

    public bool WouldTake(OrderSide side, long limitRaw, long timeNanos)
    {
        int sign = side == OrderSide.Buy ? 1 : -1;
        return Covers(timeNanos) && sign * ReferenceRaw(side, timeNanos) <= sign * limitRaw;
    }

    public void OnMarketEvent(in MarketEvent marketEvent)
    {
        if (marketEvent.OpenTimeNanos < _bar.TimeNanos)
        {
            throw new MarketDataException(
                $"instrument {_market.Rules.InstrumentId}: the bar that opens at {marketEvent.OpenTimeNanos} ns overlaps the one that closes at " +
                $"{_bar.TimeNanos} ns; drop the doubled or late bar from the source");
        }

        long closeRaw = _bar.Close.Raw;
        _bar = marketEvent;
        bool isAdverse = _desk.Options.BarPath == BarPathRule.AdverseExtremeFirst;
        bool isHighNearer = BarPath.IsHighNearer(in marketEvent);
        _buyPath = new BarPath(in marketEvent, isAdverse || isHighNearer);
        _sellPath = new BarPath(in marketEvent, !isAdverse && isHighNearer);
        _liquidity = new BarLiquidity(in marketEvent, _desk.Options.Participation, _market.Rules.Step.Raw);
        for (OpenOrder? order = _market.Queue.First; order is not null; order = order.Next)
        {
            Plan(order, marketEvent.OpenTimeNanos);
        }

        for (OpenOrder? order = _market.Pending.First; order is not null; order = order.Next)
        {
            Triggers.Follow(order, closeRaw == 0 ? order.ExtremeRaw : closeRaw);
            _triggers.Plan(order, in PathOf(order.Side), marketEvent.OpenTimeNanos);
        }
    }

    public void OnArrival(OpenOrder order, long timeNanos)
    {
        if (Covers(timeNanos))
        {
            Match(order, timeNanos);
        }
    }

    public void OnRest(OpenOrder order, long timeNanos)
    {
        order.IsTaking = false;
        order.ArrivalPriceRaw = 0;
        Plan(order, timeNanos);
    }

    // A bar tells nothing of queues: an iceberg fills as any order does.
    public void OnRefill(OpenOrder order)
    {
    }

    public void OnWaiting(OpenOrder order, long timeNanos)
    {
        if (Covers(timeNanos))
        {
            _triggers.Plan(order, in PathOf(order.Side), timeNanos);
        }
    }

    public void OnWake(OpenOrder order, long timeNanos)
    {
        if (order.IsPending)
        {
            _triggers.OnWake(order, in PathOf(order.Side), timeNanos);
        }
        else
        {
            Match(order, timeNanos);
        }
    }

    private bool Covers(long timeNanos) => timeNanos >= _bar.OpenTimeNanos && timeNanos < _bar.TimeNanos;

    private ref readonly BarPath PathOf(OrderSide side) => ref side == OrderSide.Buy ? ref _buyPath : ref _sellPath;

    private void Match(OpenOrder order, long timeNanos)
    {
        long pathPrice = PathOf(order.Side).PriceAt(timeNanos, order.Sign, _market.Rules.Tick.Raw);
        long price = order.ArrivalPriceRaw != 0 ? order.ArrivalPriceRaw : pathPrice;
        order.ArrivalPriceRaw = 0;
        if (order.IsTaking && order.IsLimit && !order.Accepts(price))
        {
            order.IsTaking = false;
            Plan(order, timeNanos);
            return;
        }

        int quarter = _liquidity.QuarterAt(timeNanos);
        var opportunity = new FillOpportunity(
            timeNanos,
            order.IsTaking ? price : RestingPrice(order, price),
            _liquidity.Remaining(quarter),
            _bar.Quantity.Raw,
            IsMaker: !order.IsTaking);
        _liquidity.Take(quarter, _desk.Fill(order, in opportunity));
        if (order.IsOpen)
        {
            Plan(order, _liquidity.QuarterEndNanos(quarter));
        }
    }

    // A bar that never traded at the limit (it opened beyond it, after a gap) cannot fill there: the path's price is the one that existed.
    private long RestingPrice(OpenOrder order, long pathPriceRaw) =>
        order.LimitRaw >= _bar.Low.Raw && order.LimitRaw <= _bar.UpperPrice.Raw ? order.LimitRaw : pathPriceRaw;

    private void Plan(OpenOrder order, long fromNanos)
    {
        while (fromNanos < _bar.TimeNanos)
        {
            long timeNanos = order.IsTaking
                ? fromNanos
                : PathOf(order.Side).FirstBeyond(order.Sign, order.LimitRaw, fromNanos, _desk.Options.TouchFills);
            if (timeNanos >= _bar.TimeNanos)
            {
                break;
            }

            int quarter = _liquidity.QuarterAt(timeNanos);
            if (_liquidity.Remaining(quarter) > 0)
            {
                _desk.WakeAt(order, timeNanos);
                return;
            }

            fromNanos = _liquidity.QuarterEndNanos(quarter);
        }

        _desk.DoNotWake(order);
    }
}
