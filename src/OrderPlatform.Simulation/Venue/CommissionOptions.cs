using System.Text.Json.Serialization;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>In what a venue takes its fees (D20).</summary>
public enum CommissionAsset : byte
{
    /// <summary>The quote currency.</summary>
    Quote = 0,

    /// <summary>The base asset.</summary>
    Base = 1,

    /// <summary>What the fill brings: base for a buy, quote for a sell, as Binance does.</summary>
    Received = 2,

    /// <summary>A third asset at a fixed price.</summary>
    Other = 3,
}

/// <summary>In what fees are taken, and what a third asset is worth.</summary>
/// <param name="Asset">In what.</param>
/// <param name="AssetPrice">With <see cref="CommissionAsset.Other"/>: quote currency for one unit of it, above zero.</param>
/// <param name="Discount">With <see cref="CommissionAsset.Other"/>: share of the fee that is let off, 0 to 1.</param>
/// <param name="Code">With <see cref="CommissionAsset.Other"/>: its name, at most 8 ASCII letters or digits.</param>
public sealed record CommissionOptions(CommissionAsset Asset, Price AssetPrice = default, Ratio Discount = default, string Code = "")
{
    /// <summary>Smallest amount of the fee's asset: 0.01 is cents; zero is 1e-8. Up to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Money Unit { get; init; }

    /// <summary>How a fee becomes a whole number of units, each part for itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RoundingRule Rounding { get; init; }

    internal void Validate()
    {
        bool isOther = Asset == CommissionAsset.Other;
        Require(Enum.IsDefined(Asset), nameof(Asset), (byte)Asset, "Quote, Base, Received or Other");
        Require(isOther ? AssetPrice.Raw > 0 : AssetPrice.IsZero, nameof(AssetPrice), AssetPrice, "above 0 with Other, else 0");
        Require(Discount.Raw >= 0 && Discount.Raw <= (isOther ? FixedPoint.One : 0), nameof(Discount), Discount, "0 to 1 with Other, else 0");
        Require(Unit.Raw is >= 0 and <= FixedPoint.One, nameof(Unit), Unit, "0 to 1");
        Require((Int128)AssetPrice.Raw * Unit.Raw < (Int128)1 << 72, nameof(AssetPrice), AssetPrice, "with Unit below 2^72 in units of 1e-16");
        Require(Enum.IsDefined(Rounding), nameof(Rounding), (byte)Rounding, "a defined rule");
        Require(IsCode(Code ?? "") && isOther == (Code ?? "").Length > 0, nameof(Code), Code ?? "null", "1 to 8 letters or digits with Other, else empty");
    }

    private static bool IsCode(string code) => code.Length <= 8 && code.All(char.IsAsciiLetterOrDigit);

    private static void Require(bool holds, string name, object value, string range)
    {
        if (!holds)
        {
            throw new ArgumentException($"{nameof(SimulatedVenueOptions.Commission)}.{name} is {value}; allowed: {range}", name);
        }
    }
}
