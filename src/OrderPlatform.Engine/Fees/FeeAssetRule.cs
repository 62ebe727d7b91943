namespace OrderPlatform.Engine.Fees;

/// <summary>In which asset a venue takes its fee.</summary>
public enum FeeAssetRule : byte
{
    /// <summary>
    /// Quote on top of the purchase, or out of the proceeds (Coinbase, Kraken's default); the margin asset of a derivative, whose quantity no fee changes.
    /// </summary>
    Quote = 0,

    /// <summary>What the fill brings: base of a purchase, quote of a sale (Binance spot, OKX spot).</summary>
    Received = 1,

    /// <summary>Always base (Kraken's flag fcib).</summary>
    Base = 2,

    /// <summary>A third asset, at a discount (BNB at Binance).</summary>
    DiscountAsset = 3,
}

/// <summary>How often a fixed fee is charged.</summary>
public enum FixedFeeBasis : byte
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary>Once, with the order's first fill.</summary>
    PerOrder = 1,

    /// <summary>With each fill.</summary>
    PerFill = 2,

    /// <summary>For each unit of quantity.</summary>
    PerUnit = 3,
}
