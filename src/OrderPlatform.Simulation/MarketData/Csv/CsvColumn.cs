namespace OrderPlatform.Simulation.MarketData.Csv;

/// <summary>What a column of a CSV file means to the reader. The value is the index of its number in <see cref="CsvRow"/>.</summary>
internal enum CsvColumn : byte
{
    Ignored,
    Time,

    /// <summary>Last unit of time that belongs to the bar: the bar ends one unit later.</summary>
    CloseTime,
    Open,
    High,
    Low,
    Close,
    Volume,
    Price,
    Quantity,
    TradeId,

    /// <summary>The buyer was the maker: the taker sold.</summary>
    BuyerIsMaker,
    TakerSide,

    /// <summary>1 if the print is a trade on the market.</summary>
    ExecutionKind,
    Bid,
    BidQuantity,
    Ask,
    AskQuantity,
}
