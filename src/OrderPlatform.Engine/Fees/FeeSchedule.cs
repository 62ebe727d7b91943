using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Fees;

/// <summary>
/// What a venue charges an account for an instrument (R38, R61). The default is no fee. Rates differ by tier, region and date: the account's own come
/// from the venue (Binance account/commission, OKX account/trade-fee, Coinbase transaction_summary, Kraken TradeVolume).
/// </summary>
public record struct FeeSchedule
{
    /// <summary>Share of a fill that rested; below zero is a rebate.</summary>
    public Ratio MakerRate { get; set; }

    /// <summary>Share of a fill that took.</summary>
    public Ratio TakerRate { get; set; }

    /// <summary>Fixed fee in the fee's asset, times 1e8.</summary>
    public long FixedFee { get; set; }

    /// <summary>How often the fixed fee is charged.</summary>
    public FixedFeeBasis FixedBasis { get; set; }

    /// <summary>In which asset the fee is taken.</summary>
    public FeeAssetRule Asset { get; set; }

    /// <summary>
    /// What a rate is multiplied by when the fee is paid in the discount asset: 0.75 is a quarter off. Zero there is refused: it was not set.
    /// </summary>
    public Ratio DiscountFactor { get; set; }

    /// <summary>Smallest amount of the fee's asset, times 1e8: 1000000 is cents. Zero is 1e-8.</summary>
    public long Unit { get; set; }

    /// <summary>How a fee becomes a whole number of units.</summary>
    public RoundingRule Rounding { get; set; }
}
