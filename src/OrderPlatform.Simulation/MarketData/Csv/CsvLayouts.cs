using static OrderPlatform.Simulation.MarketData.Csv.CsvColumn;
using static OrderPlatform.Simulation.MarketData.MarketEventKind;

namespace OrderPlatform.Simulation.MarketData.Csv;

/// <summary>The CSV formats that are read. A new one is an entry here.</summary>
internal static class CsvLayouts
{
    public static readonly CsvLayout[] All =
    [
        new("bars", Bar, "open_time_ms,open,high,low,close,volume_base",
            [Time, Open, High, Low, Close, Volume], 6, 0, 1_000_000),

        new("Binance klines", Bar, "open_time,open,high,low,close,volume,close_time",
            [Time, Open, High, Low, Close, Volume, CloseTime], 12, 12, 0),

        new("Binance trades", Trade, "id,price,qty,quote_qty,time,is_buyer_maker",
            [TradeId, Price, Quantity, Ignored, Time, BuyerIsMaker], 7, 6, 0),

        new("Binance aggTrades", Trade, "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker",
            [TradeId, Price, Quantity, Ignored, Ignored, Time, BuyerIsMaker], 8, 7, 0),

        // Longer before shorter: the header of the second is the beginning of the first's.
        new("captured trades with kind", Trade, "local_ts_ns,event_ms,trade_ms,trade_id,price,qty,buyer_is_maker,exec_kind",
            [Ignored, Ignored, Time, TradeId, Price, Quantity, BuyerIsMaker, ExecutionKind], 8, 0, 1_000_000),

        new("captured trades", Trade, "local_ts_ns,event_ms,trade_ms,trade_id,price,qty,buyer_is_maker",
            [Ignored, Ignored, Time, TradeId, Price, Quantity, BuyerIsMaker], 7, 0, 1_000_000),

        new("trades by taker side", Trade, "trade_id,exchange_ts_us,local_ts_us,taker_side,price,qty_base",
            [TradeId, Time, Ignored, TakerSide, Price, Quantity], 6, 0, 1_000),

        new("captured spot book ticker", TopOfBook, "local_ts_ns,update_id,bid_price,bid_qty,ask_price,ask_qty",
            [Time, Ignored, Bid, BidQuantity, Ask, AskQuantity], 6, 0, 1),

        new("captured futures book ticker", TopOfBook, "local_ts_ns,event_ms,txn_ms,update_id,bid_price,bid_qty,ask_price,ask_qty",
            [Ignored, Ignored, Time, Ignored, Bid, BidQuantity, Ask, AskQuantity], 8, 0, 1_000_000),

        new("quotes", TopOfBook, "exchange_ts_us,local_ts_us,bid_price,bid_qty,ask_price,ask_qty",
            [Time, Ignored, Bid, BidQuantity, Ask, AskQuantity], 6, 0, 1_000),
    ];

    public static int ColumnCount(ReadOnlySpan<byte> line) => line.Count((byte)',') + 1;

    /// <summary>The layout that a first line tells, or null.</summary>
    public static CsvLayout? Find(ReadOnlySpan<byte> firstLine, out bool isHeader)
    {
        foreach (CsvLayout layout in All)
        {
            isHeader = layout.MatchesHeader(firstLine);
            if (isHeader || layout.MatchesRow(firstLine))
            {
                return layout;
            }
        }

        isHeader = false;
        return null;
    }
}
