using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Venue;

/// <summary>
/// Orders against bars. An order has one opportunity in each quarter of a bar: a taking one from its arrival or the quarter's start, at the path's price;
/// a resting one from the instant at which the path goes beyond its limit, at the limit. Each opportunity is a wake, scheduled when the bar opens or
/// the order arrives, so orders compete for a quarter's volume in the order of time.
/// </summary>
internal sealed class BarMatching(InstrumentMarket market, OrderDesk desk) : IMatching
{
    private MarketEvent _bar;
    private BarPath _buyPath;
    private BarPath _sellPath;
    private BarLiquidity _liquidity;

    public long ReferenceRaw(OrderSide side, long timeNanos) => Covers(timeNanos)
        ? PathOf(side).PriceAt(timeNanos, side == OrderSide.Buy ? 1 : -1, market.Rules.Tick.Raw)
        : 0;

    public void OnMarketEvent(in MarketEvent marketEvent)
    {
        if (marketEvent.OpenTimeNanos < _bar.TimeNanos)
        {
            throw new MarketDataException(
                $"instrument {market.Rules.InstrumentId}: the bar that opens at {marketEvent.OpenTimeNanos} ns overlaps the one that closes at " +
                $"{_bar.TimeNanos} ns; drop the doubled or late bar from the source");
        }

        _bar = marketEvent;
        bool isAdverse = desk.Options.BarPath == BarPathRule.AdverseExtremeFirst;
        bool isHighNearer = BarPath.IsHighNearer(in marketEvent);
        _buyPath = new BarPath(in marketEvent, isAdverse || isHighNearer);
        _sellPath = new BarPath(in marketEvent, !isAdverse && isHighNearer);
        _liquidity = new BarLiquidity(in marketEvent, desk.Options.Participation, market.Rules.Step.Raw);
        for (OpenOrder? order = market.Queue.First; order is not null; order = order.Next)
        {
            Plan(order, marketEvent.OpenTimeNanos);
        }
    }

    public void OnArrival(OpenOrder order, long timeNanos)
    {
        if (Covers(timeNanos))
        {
            Match(order, timeNanos);
        }
    }

    public void OnWake(OpenOrder order, long timeNanos) => Match(order, timeNanos);

    private bool Covers(long timeNanos) => timeNanos >= _bar.OpenTimeNanos && timeNanos < _bar.TimeNanos;

    private ref readonly BarPath PathOf(OrderSide side) => ref side == OrderSide.Buy ? ref _buyPath : ref _sellPath;

    private void Match(OpenOrder order, long timeNanos)
    {
        long price = PathOf(order.Side).PriceAt(timeNanos, order.Sign, market.Rules.Tick.Raw);
        if (order.IsTaking && !order.Accepts(price))
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
        _liquidity.Take(quarter, desk.Fill(order, in opportunity));
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
                : PathOf(order.Side).FirstBeyond(order.Sign, order.LimitRaw, fromNanos, desk.Options.TouchFills);
            if (timeNanos >= _bar.TimeNanos)
            {
                break;
            }

            int quarter = _liquidity.QuarterAt(timeNanos);
            if (_liquidity.Remaining(quarter) > 0)
            {
                desk.WakeAt(order, timeNanos);
                return;
            }

            fromNanos = _liquidity.QuarterEndNanos(quarter);
        }

        desk.DoNotWake(order);
    }
}
