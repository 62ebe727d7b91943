using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Engine.Volatility;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.MarketData;

/// <summary>What the prices of an instrument were: its row has the number of the instrument's. Closes and ranges are those of the bars that come, of whatever length.</summary>
public struct InstrumentHistory : IRow<InstrumentHistory>
{
    private const long HourNanos = 3_600_000_000_000;

    /// <summary>The price at each of the last full minutes, for momentum.</summary>
    public PriceHistory Minutes;

    /// <summary>Closes of the newest bars, for the standard deviation.</summary>
    public CloseWindow Closes;

    /// <summary>True ranges of the newest bars.</summary>
    public RangeHistory Ranges;

    /// <summary>Whether public trades came: then bars' volumes, which are the same, are not counted.</summary>
    public bool HasTrades;

    /// <summary>Volume by hour of the day.</summary>
    public HourVolumes Volumes;

    static ushort IRow<InstrumentHistory>.TemplateId => SnapshotHistoryDecoder.TemplateId;

    /// <summary>Takes a public trade's quantity.</summary>
    /// <returns>The volume that counts.</returns>
    internal Quantity OnTrade(long nowNanos, long quantity)
    {
        if (!Bounds.IsQuantity(quantity))
        {
            return Quantity.Zero;
        }

        HasTrades = true;
        Volumes.Add(nowNanos, new Quantity(quantity));
        return new Quantity(quantity);
    }

    /// <summary>Takes a closed bar in. A bar longer than an hour tells nothing of hours.</summary>
    /// <returns>The volume that counts.</returns>
    internal Quantity OnBar(in BarDecoder bar)
    {
        if (Closes.Closes == 0)
        {
            Closes = new CloseWindow(CloseWindow.ClosesMax);
        }

        Closes.Add(new Price(bar.Close));
        Ranges.Add(new Price(bar.High), new Price(bar.Low), new Price(bar.Close));
        if (HasTrades || !Bounds.IsQuantity(bar.Volume))
        {
            return Quantity.Zero;
        }

        if (bar.OpenTimeNanos >= 0 && bar.CloseTimeNanos - bar.OpenTimeNanos <= HourNanos)
        {
            Volumes.Add(bar.OpenTimeNanos, new Quantity(bar.Volume));
        }

        return new Quantity(bar.Volume);
    }

    static void IRow<InstrumentHistory>.Visit<TVisitor>(ref InstrumentHistory row, ref TVisitor visitor)
    {
        visitor.Add("lastMinute", ref row.Minutes.LastMinute);
        visitor.Add("minuteCount", ref row.Minutes.Count);
        visitor.Add("lastPrice", ref row.Minutes.LastPrice);
        visitor.Add("lastNanos", ref row.Minutes.LastNanos);
        visitor.Add("minuteSamples", ref row.Minutes.Samples);
        visitor.Add("closes", ref row.Closes.Closes);
        visitor.Add("closeCount", ref row.Closes.Count);
        visitor.Add("closeNext", ref row.Closes.Next);
        visitor.Add("lastClose", ref row.Closes.LastClose);
        visitor.Add("closeReturns", ref row.Closes.Returns);
        visitor.Add("rangeCount", ref row.Ranges.Count);
        visitor.Add("rangeNext", ref row.Ranges.Next);
        visitor.Add("previousClose", ref row.Ranges.PreviousClose);
        visitor.Add("trueRanges", ref row.Ranges.Ranges);
        visitor.Add("hasTrades", ref row.HasTrades);
        visitor.Add("hourVolumes", ref row.Volumes);
    }
}
