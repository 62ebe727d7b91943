using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Host.Configuration;

/// <summary>The section venue.fees: what the simulated venue charges besides maker_fee and taker_fee, and in what it takes it (R38, R61, D20).</summary>
/// <param name="Model">What a fill costs, or null: the venue's two rates.</param>
/// <param name="Commission">In what and how rounded, or null: the quote currency, to 1e-8.</param>
/// <param name="Maker">The rate that the engine expects of a maker, where there is a model.</param>
/// <param name="Taker">The rate that it expects of a taker.</param>
internal sealed record FeeSection(FeeModel? Model, CommissionOptions? Commission, Ratio Maker, Ratio Taker)
{
    private const long Tenth = FixedPoint.One / 10;
    private const string Rates = "fees by two rates (fees.amount, fees.tiers or fees.parts stand instead)";
    private const long PriceMax = 1_000_000 * FixedPoint.One;

    public static FeeSection Read(YamlSection venue, bool isSpot)
    {
        YamlSection section = venue.Section("fees");
        CommissionOptions? commission = ReadCommission(section, isSpot);
        FeeSection fees = ReadModel(section) with { Commission = commission };
        section.End();
        venue.OnlyWith("maker_fee", fees.Model is null, Rates);
        venue.OnlyWith("taker_fee", fees.Model is null, Rates);
        return fees;
    }

    private static CommissionOptions? ReadCommission(YamlSection section, bool isSpot)
    {
        CommissionAsset asset = section.Choice("asset", CommissionAsset.Quote, ("quote", CommissionAsset.Quote), ("base", CommissionAsset.Base),
            ("received", CommissionAsset.Received), ("other", CommissionAsset.Other));
        bool isOther = asset == CommissionAsset.Other;
        if (asset is CommissionAsset.Base or CommissionAsset.Received && !isSpot)
        {
            throw section.Wrong("asset", "is base or received, which only spot has: a contract's quantity is changed by no fee");
        }

        string name = section.Text("asset_name", "");
        long price = section.Number("asset_price", 0, 1, PriceMax);
        long discount = section.Number("discount", 0, 0, FixedPoint.One);
        long unit = section.Number("unit", 1, 1, FixedPoint.One);
        RoundingRule rounding = section.Choice("rounding", RoundingRule.HalfAwayFromZero, ("half_up", RoundingRule.HalfAwayFromZero),
            ("half_even", RoundingRule.HalfEven), ("down", RoundingRule.TowardsZero), ("up", RoundingRule.AwayFromZero));
        section.OnlyWith("asset_name", isOther, "asset other");
        section.OnlyWith("asset_price", isOther, "asset other");
        section.OnlyWith("discount", isOther, "asset other");
        if (isOther && (name.Length is 0 or > 8 || !name.All(char.IsAsciiLetterOrDigit)))
        {
            throw section.Wrong("asset_name", $"is '{name}'; with asset other it is needed, 1 to 8 letters or digits such as BNB");
        }

        if (isOther && price == 0)
        {
            throw section.Wrong("asset_price", "is missing; with asset other it is needed, the price of one in the quote currency");
        }

        bool isPlain = asset == CommissionAsset.Quote && unit == 1 && rounding == RoundingRule.HalfAwayFromZero;
        return isPlain ? null : new CommissionOptions(asset, new Price(price), new Ratio(discount), name)
        {
            Unit = new Money(unit == 1 ? 0 : unit),
            Rounding = rounding,
        };
    }

    private static FeeSection ReadModel(YamlSection section)
    {
        long? amount = section.Number("amount", 1, PriceMax);
        string per = section.Choice("per", "fill", ("fill", "fill"), ("order", "order"), ("unit", "unit"));
        section.OnlyWith("per", amount is not null, "amount");
        FeeTier[] tiers = [.. section.Sections("tiers").Select(ReadTier)];
        FeePart[] parts = [.. section.Sections("parts").Select(ReadPart)];
        section.Either("amount", "tiers");
        section.Either("amount", "parts");
        section.Either("tiers", "parts");
        if (tiers.Length > 0)
        {
            try
            {
                return new FeeSection(FeeModel.Tiered(tiers), null, tiers[0].Maker, tiers[0].Taker);
            }
            catch (ArgumentException e)
            {
                throw section.Wrong("tiers", $"are not in order: {e.Message}");
            }
        }

        if (parts.Length > 0)
        {
            // What a taker pays at most: the engine reserves it.
            long Worst(Func<FeePart, Ratio> rate) => parts.Sum(part => rate(part).Raw + Math.Max(part.Buyer.Raw, part.Seller.Raw));
            return new FeeSection(FeeModel.Sum(parts), null, new Ratio(Worst(static part => part.Maker)), new Ratio(Worst(static part => part.Taker)));
        }

        FeeModel? model = amount is not { } each ? null : per switch
        {
            "order" => FeeModel.PerOrder(new Money(each)),
            "unit" => FeeModel.PerUnit(new Money(each), new Money(each)),
            _ => FeeModel.PerFill(new Money(each)),
        };
        return new FeeSection(model, null, Ratio.Zero, Ratio.Zero);
    }

    private static FeeTier ReadTier(YamlSection item)
    {
        var tier = new FeeTier(new Money(item.Number("from", 0, 0, Bounds.MoneyMax)), Rate(item, "maker", -Tenth), Rate(item, "taker", -Tenth));
        item.End();
        return tier;
    }

    private static FeePart ReadPart(YamlSection item)
    {
        var part = new FeePart(Rate(item, "maker", 0), Rate(item, "taker", 0), Rate(item, "buyer", 0), Rate(item, "seller", 0), IsFull: !item.Flag("discounted", true));
        item.End();
        return part;
    }

    private static Ratio Rate(YamlSection item, string key, long minimum) => new(item.Number(key, 0, minimum, Tenth));
}
