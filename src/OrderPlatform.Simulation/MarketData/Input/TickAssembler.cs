using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.MarketData.Input;

/// <summary>Checks trades and quotes and puts them into the queue.</summary>
internal sealed class TickAssembler(SourcePlace place, EventQueue events)
{
    private const string RepairRow = "repair or remove the row";

    private long _lastTimeNanos = long.MinValue;
    private long _lastTradeId = -1;

    /// <exception cref="MarketDataException">The trade is impossible, doubled or out of order.</exception>
    public void AddTrade(long timeNanos, long price, long quantity, Aggressor aggressor, long tradeId)
    {
        CheckTime(timeNanos);
        if (price <= 0)
        {
            throw place.Error($"the price {new Price(price)} is not above zero", RepairRow);
        }

        if (quantity <= 0)
        {
            throw place.Error($"the quantity {new Quantity(quantity)} is not above zero", RepairRow);
        }

        if (tradeId <= _lastTradeId)
        {
            throw place.Error($"trade {tradeId} follows trade {_lastTradeId}: it is doubled or out of order", "remove doubled rows and sort by trade id");
        }

        _lastTradeId = tradeId;
        events.Add(MarketEvent.Trade(timeNanos, new Price(price), new Quantity(quantity), aggressor, (ulong)tradeId));
    }

    /// <exception cref="MarketDataException">The quote is impossible or out of order.</exception>
    public void AddQuote(long timeNanos, long bid, long bidQuantity, long ask, long askQuantity)
    {
        CheckTime(timeNanos);
        if (bid <= 0 || ask <= 0)
        {
            throw place.Error($"the bid {new Price(bid)} or the ask {new Price(ask)} is not above zero", RepairRow);
        }

        if (bid > ask)
        {
            throw place.Error($"the quote is crossed: the bid {new Price(bid)} is above the ask {new Price(ask)}", RepairRow);
        }

        if (bidQuantity < 0 || askQuantity < 0)
        {
            throw place.Error("a quantity is negative", RepairRow);
        }

        events.Add(MarketEvent.TopOfBook(timeNanos, new Price(bid), new Quantity(bidQuantity), new Price(ask), new Quantity(askQuantity)));
    }

    private void CheckTime(long timeNanos)
    {
        if (timeNanos < _lastTimeNanos)
        {
            throw place.Error($"the time goes back by {(_lastTimeNanos - timeNanos) / 1_000} microseconds", "sort the file by time");
        }

        _lastTimeNanos = timeNanos;
    }
}
