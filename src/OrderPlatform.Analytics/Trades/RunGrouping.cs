namespace OrderPlatform.Analytics;

/// <summary>The trades of a run by another convention than the engine's, from its fills.</summary>
public static class RunGrouping
{
    /// <summary>
    /// Groups the fills of each strategy, venue and symbol apart. Excursions see the prices of fills, and those of the market where the run recorded them. The
    /// trades have no exit reason: it belongs to the engine's trades. For spot, and contracts of one unit: a fill's value is its price times its quantity.
    /// </summary>
    /// <param name="run">The run, its fills and prices in order of time.</param>
    /// <param name="method">What counts as one trade.</param>
    /// <param name="matching">Which entry an exit closes.</param>
    /// <returns>The trades in order of their end, numbered from 1.</returns>
    public static IReadOnlyList<TradeRecord> Regroup(RunRecord run, GroupingMethod method, LotMatching matching)
    {
        ArgumentNullException.ThrowIfNull(run);
        string priced = run.PriceInstrument.Length > 0 ? run.PriceInstrument : run.Instrument;
        List<TradeRecord> trades = [];
        foreach (IGrouping<(string Client, string Strategy, string Venue, string Instrument), FillRecord> fills in
            run.Fills.GroupBy(static fill => (fill.Client, fill.Strategy, fill.Venue, fill.Instrument)))
        {
            TradeRecord names = default(TradeRecord) with
            {
                Client = fills.Key.Client,
                Strategy = fills.Key.Strategy,
                Venue = fills.Key.Venue,
                Instrument = fills.Key.Instrument,
                ExitReason = "",
            };
            var grouping = new TradeGrouping(method, matching, names);
            Feed(grouping, fills, fills.Key.Instrument == priced ? run.Prices : []);
            trades.AddRange(grouping.Trades.Select(static one => one.Trade));
        }

        // The sort is stable: trades that end together stay in the order of their groups.
        return [.. trades.OrderBy(static trade => trade.ExitTimeNanos).Select(static (trade, i) => trade with { Number = i + 1 })];
    }

    private static void Feed(TradeGrouping grouping, IEnumerable<FillRecord> fills, List<PricePoint> prices)
    {
        int next = 0;
        foreach (FillRecord fill in fills)
        {
            for (; next < prices.Count && prices[next].TimeNanos < fill.TimeNanos; next++)
            {
                grouping.OnMark(prices[next].Price);
            }

            grouping.OnFill(new TradeFill(fill.TimeNanos, fill.IsBuy, fill.Price, fill.Quantity, fill.Fee, fill.ClientOrderId));
        }
    }
}
