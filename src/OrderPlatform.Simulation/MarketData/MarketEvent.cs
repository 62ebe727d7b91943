using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.MarketData;

/// <summary>What a market event tells.</summary>
public enum MarketEventKind : byte
{
    /// <summary>A whole bar.</summary>
    Bar = 1,

    /// <summary>A public trade.</summary>
    Trade = 2,

    /// <summary>Best bid and ask.</summary>
    TopOfBook = 3,
}

/// <summary>Side of the taker in a public trade.</summary>
public enum Aggressor : byte
{
    /// <summary>The source does not say.</summary>
    Unknown = 0,

    /// <summary>The taker bought.</summary>
    Buy = 1,

    /// <summary>The taker sold.</summary>
    Sell = 2,
}

/// <summary>One piece of market data of one instrument, as files, generators and captures give it. Which fields hold depends on <see cref="Kind"/>.</summary>
public readonly record struct MarketEvent
{
    /// <summary>Which fields hold.</summary>
    public MarketEventKind Kind { get; init; }

    /// <summary>Trade: who took.</summary>
    public Aggressor Aggressor { get; init; }

    /// <summary>When it became known, nanoseconds since the epoch: a bar's close, a trade's or a quote's own time.</summary>
    public long TimeNanos { get; init; }

    /// <summary>Bar: start of its span.</summary>
    public long OpenTimeNanos { get; init; }

    /// <summary>Bar: first price. Trade: the price. Top of book: the bid.</summary>
    public Price Price { get; init; }

    /// <summary>Trade: quantity. Bar: volume in base. Top of book: quantity at the bid.</summary>
    public Quantity Quantity { get; init; }

    /// <summary>Bar: highest price. Top of book: the ask.</summary>
    public Price UpperPrice { get; init; }

    /// <summary>Top of book: quantity at the ask.</summary>
    public Quantity UpperQuantity { get; init; }

    /// <summary>Bar: lowest price.</summary>
    public Price Low { get; init; }

    /// <summary>Bar: last price.</summary>
    public Price Close { get; init; }

    /// <summary>Trade: the venue's number of it.</summary>
    public ulong TradeId { get; init; }

    /// <summary>A bar over [<paramref name="openTimeNanos"/>, <paramref name="closeTimeNanos"/>).</summary>
    public static MarketEvent Bar(long openTimeNanos, long closeTimeNanos, Price open, Price high, Price low, Price close, Quantity volume) => new()
    {
        Kind = MarketEventKind.Bar,
        TimeNanos = closeTimeNanos,
        OpenTimeNanos = openTimeNanos,
        Price = open,
        UpperPrice = high,
        Low = low,
        Close = close,
        Quantity = volume,
    };

    /// <summary>A public trade.</summary>
    public static MarketEvent Trade(long timeNanos, Price price, Quantity quantity, Aggressor aggressor, ulong tradeId) => new()
    {
        Kind = MarketEventKind.Trade,
        TimeNanos = timeNanos,
        Price = price,
        Quantity = quantity,
        Aggressor = aggressor,
        TradeId = tradeId,
    };

    /// <summary>Best bid and ask.</summary>
    public static MarketEvent TopOfBook(long timeNanos, Price bid, Quantity bidQuantity, Price ask, Quantity askQuantity) => new()
    {
        Kind = MarketEventKind.TopOfBook,
        TimeNanos = timeNanos,
        Price = bid,
        Quantity = bidQuantity,
        UpperPrice = ask,
        UpperQuantity = askQuantity,
    };
}
