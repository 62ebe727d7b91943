using System.Globalization;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>
/// Tables for programs: RFC 4180, UTF-8, one header line, exact decimal numbers, each time both as ISO 8601 UTC and as nanoseconds since the
/// Unix epoch. A file appears whole or not at all. The columns are in README.md.
/// </summary>
public static class CsvReports
{
    /// <summary>Writes one line a closed trade (<c>trades.csv</c>).</summary>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    public static void WriteTrades(string path, IReadOnlyList<TradeRecord> trades)
    {
        ArgumentNullException.ThrowIfNull(trades);
        ReportFile.Write(path, writer =>
        {
            CsvText.WriteLine(
                writer, "number", "client", "strategy", "instrument", "side", "entryTime", "entryTimeNanos", "exitTime", "exitTimeNanos",
                "durationNanos", "entryPrice", "exitPrice", "quantity", "grossPnl", "fees", "netPnl", "exitReason", "fillCount",
                "venue", "adverseExcursion", "favourableExcursion", "drawdown", "slippage", "funding");
            foreach (TradeRecord t in trades)
            {
                CsvText.WriteLine(
                    writer, Text(t.Number), t.Client, t.Strategy, t.Instrument, t.Side == TradeSide.Long ? "long" : "short",
                    TimeText.Iso(t.EntryTimeNanos), Text(t.EntryTimeNanos), TimeText.Iso(t.ExitTimeNanos), Text(t.ExitTimeNanos),
                    Text(t.DurationNanos), t.EntryPrice.ToString(), t.ExitPrice.ToString(), t.Quantity.ToString(), t.GrossPnl.ToString(),
                    t.Fees.ToString(), t.NetPnl.ToString(), t.ExitReason, Text(t.FillCount), t.Venue, Text(t.AdverseExcursion),
                    Text(t.FavourableExcursion), Text(t.Drawdown), Text(t.Slippage), t.Funding.ToString());
            }
        });
    }

    /// <summary>Writes one line a fill (<c>fills.csv</c>).</summary>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    public static void WriteFills(string path, IReadOnlyList<FillRecord> fills)
    {
        ArgumentNullException.ThrowIfNull(fills);
        ReportFile.Write(path, writer =>
        {
            CsvText.WriteLine(
                writer, "time", "timeNanos", "clientOrderId", "strategy", "instrument", "side", "price", "quantity", "fee", "realisedPnl",
                "positionAfter", "liquidity", "client", "venue");
            foreach (FillRecord f in fills)
            {
                CsvText.WriteLine(
                    writer, TimeText.Iso(f.TimeNanos), Text(f.TimeNanos), f.ClientOrderId.ToString(CultureInfo.InvariantCulture), f.Strategy,
                    f.Instrument, f.IsBuy ? "buy" : "sell", f.Price.ToString(), f.Quantity.ToString(), f.Fee.ToString(),
                    f.RealisedPnl.ToString(), f.PositionAfter.ToString(), f.IsMaker ? "maker" : "taker", f.Client, f.Venue);
            }
        });
    }

    /// <summary>Writes one line an order (<c>orders.csv</c>).</summary>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    public static void WriteOrders(string path, IReadOnlyList<OrderRecord> orders)
    {
        ArgumentNullException.ThrowIfNull(orders);
        ReportFile.Write(path, writer =>
        {
            CsvText.WriteLine(
                writer, "time", "timeNanos", "clientOrderId", "strategy", "instrument", "side", "type", "quantity", "limitPrice", "filled",
                "averagePrice", "fees", "status", "reason", "exitReason", "lastNews", "lastNewsNanos",
                "client", "venue", "parentId", "decisionPrice", "arrivalPrice", "sentNanos", "answeredNanos", "firstFillNanos", "lastFillNanos");
            foreach (OrderRecord o in orders)
            {
                CsvText.WriteLine(
                    writer, TimeText.Iso(o.DecidedAtNanos), Text(o.DecidedAtNanos), o.ClientOrderId.ToString(CultureInfo.InvariantCulture), o.Strategy,
                    o.Instrument, o.Side.ToString().ToLowerInvariant(), o.Type.ToString().ToLowerInvariant(), o.Quantity.ToString(),
                    Text(o.LimitPrice), o.Filled.ToString(), o.Filled.IsZero ? "" : o.AveragePrice.ToString(),
                    o.Fees.ToString(), o.Status.ToString(), o.Reason.ToString(), o.ExitReason.ToString(), TimeText.Iso(o.LastNewsNanos), Text(o.LastNewsNanos),
                    o.Client, o.Venue, o.ParentId == 0 ? "" : o.ParentId.ToString(CultureInfo.InvariantCulture), Text(o.DecisionPrice), Text(o.ArrivalPrice),
                    Text(o.SentAtNanos), Text(o.AnsweredAtNanos), Text(o.FirstFillNanos), Text(o.LastFillNanos));
            }
        });
    }

    /// <summary>Writes one line an equity point (<c>equity.csv</c>).</summary>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    public static void WriteEquity(string path, IReadOnlyList<EquityPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        ReportFile.Write(path, writer =>
        {
            CsvText.WriteLine(writer, "time", "timeNanos", "equity", "cash", "position", "mark", "deposits");
            foreach (EquityPoint p in points)
            {
                CsvText.WriteLine(
                    writer, TimeText.Iso(p.TimeNanos), Text(p.TimeNanos), p.Equity.ToString(), p.Cash.ToString(), p.Position.ToString(),
                    p.Mark.ToString(), p.Deposits.ToString());
            }
        });
    }

    // What nobody said is an empty field.
    private static string Text(Money? value) => value?.ToString() ?? "";

    private static string Text(Price price) => price.IsZero ? "" : price.ToString();

    private static string Text(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
