namespace OrderPlatform.Analytics;

/// <summary>What one row of a <see cref="PerformanceTable"/> is about.</summary>
/// <param name="Dimension">By what the table is told apart.</param>
/// <param name="Name">Which of them; empty overall, and where nobody said the name.</param>
public readonly record struct PerformanceKey(PerformanceDimension Dimension, string Name)
{
    /// <summary>Everything together.</summary>
    public static PerformanceKey Overall { get; } = new(PerformanceDimension.Overall, "");

    internal static string Of(PerformanceDimension dimension, in TradeRecord trade) => (dimension switch
    {
        PerformanceDimension.Client => trade.Client,
        PerformanceDimension.Strategy => trade.Strategy,
        PerformanceDimension.Venue => trade.Venue,
        PerformanceDimension.Instrument => trade.Instrument,
        PerformanceDimension.Side => trade.Side == TradeSide.Long ? "long" : "short",
        _ => "",
    }) ?? "";

    internal static string Of(PerformanceDimension dimension, in OrderRecord order) => (dimension switch
    {
        PerformanceDimension.Client => order.Client,
        PerformanceDimension.Strategy => order.Strategy,
        PerformanceDimension.Venue => order.Venue,
        PerformanceDimension.Instrument => order.Instrument,
        PerformanceDimension.Side => order.Side == Messages.Side.Buy ? "buy" : "sell",
        _ => "",
    }) ?? "";

    internal static string Of(PerformanceDimension dimension, in RiskRefusal refusal) => (dimension switch
    {
        PerformanceDimension.Client => refusal.Client,
        PerformanceDimension.Strategy => refusal.Strategy,
        PerformanceDimension.Venue => refusal.Venue,
        PerformanceDimension.Instrument => refusal.Instrument,
        PerformanceDimension.Side => refusal.Side,
        _ => "",
    }) ?? "";
}
