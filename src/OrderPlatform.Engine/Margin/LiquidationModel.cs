namespace OrderPlatform.Engine.Margin;

/// <summary>
/// By which formula a venue's liquidation price is estimated. All are for one isolated position; the venue's own number, where it sends one, is better:
/// tiers, other positions of a cross account and auction rules are not in them.
/// </summary>
public enum LiquidationModel : byte
{
    /// <summary>No liquidation: spot, or a venue of which nothing is known.</summary>
    None = 0,

    /// <summary>
    /// Binance USD-M: margin + result = |quantity| × price × maintenance rate - maintenance amount of the tier. Source: Binance futures, "How to calculate
    /// liquidation price of USD-M futures contracts".
    /// </summary>
    BinanceIsolated = 1,

    /// <summary>
    /// OKX and Gate, linear: the taker fee of the closing order is part of what must be left, and there is no maintenance amount:
    /// (entry ∓ margin / |quantity|) / (1 ∓ (maintenance rate + taker fee)), minus for a long. Source: the venues' help pages, as freqtrade's
    /// exchange/okx and exchange/gate compute it.
    /// </summary>
    OkxGateIsolated = 2,

    /// <summary>
    /// Inverse contracts (Binance COIN-M, BitMEX): margin, result and maintenance are in the coin, so the price appears as 1 / price. Source: Binance
    /// futures, "How to calculate liquidation price of COIN-M futures contracts", one isolated position.
    /// </summary>
    InverseIsolated = 3,
}
