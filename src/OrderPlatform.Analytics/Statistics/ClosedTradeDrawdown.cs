using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>Drawdowns of the sum of trades' P&amp;L, one after the other as given, from a start of zero that counts as a peak. Not negative.</summary>
public static class ClosedTradeDrawdown
{
    /// <summary>The most that the sum of net P&amp;L fell from a peak, looking at trades' ends only.</summary>
    public static Money AtEnds(IReadOnlyList<TradeRecord> trades)
    {
        ArgumentNullException.ThrowIfNull(trades);
        Money sum = default, peak = default, largest = default;
        foreach (TradeRecord trade in trades)
        {
            sum += trade.NetPnl;
            peak = sum > peak ? sum : peak;
            largest = peak - sum > largest ? peak - sum : largest;
        }

        return largest;
    }

    /// <summary>
    /// The same with each trade's excursions, its best taken before its worst: the most that it can have been, since the order is not known. A trade without
    /// excursions counts with its end alone.
    /// </summary>
    public static Money WithinTrades(IReadOnlyList<TradeRecord> trades)
    {
        ArgumentNullException.ThrowIfNull(trades);
        Money sum = default, peak = default, largest = default;
        foreach (TradeRecord trade in trades)
        {
            Money best = sum + (trade.FavourableExcursion ?? default);
            Money worst = sum + (trade.AdverseExcursion ?? default);
            sum += trade.NetPnl;
            worst = sum < worst ? sum : worst;
            peak = best > peak ? best : peak;
            largest = peak - worst > largest ? peak - worst : largest;
            peak = sum > peak ? sum : peak;
        }

        return largest;
    }
}
