namespace OrderPlatform.Analytics;

/// <summary>Which way a trade was held.</summary>
public enum TradeSide
{
    /// <summary>Bought first, sold later.</summary>
    Long,

    /// <summary>Sold first, bought back later.</summary>
    Short,
}
