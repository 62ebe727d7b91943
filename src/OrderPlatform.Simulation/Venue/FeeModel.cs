using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>What a fill meets: the numbers that a fee model may use.</summary>
/// <param name="IsMaker">The order was resting.</param>
/// <param name="Quantity">Quantity of the fill, in base.</param>
/// <param name="TradedValue">Value of all of the account's earlier fills at the venue, in quote currency.</param>
public readonly record struct FeeInput(bool IsMaker, Quantity Quantity, Money TradedValue)
{
    /// <summary>Bought or sold.</summary>
    public OrderSide Side { get; init; }

    /// <summary>It is its order's first.</summary>
    public bool IsFirst { get; init; }
}

/// <summary>What a fill costs: a share of what is traded and an amount.</summary>
/// <param name="Rate">Share of the value, -1 to 1; below zero is a rebate.</param>
/// <param name="Amount">In quote currency.</param>
public readonly record struct FeeTerms(Ratio Rate, Money Amount)
{
    /// <summary>A discount for the asset that it is paid in does not hold.</summary>
    public bool IsFull { get; init; }
}

/// <summary>Rates from a traded value on.</summary>
/// <param name="FromValue">The account has traded so much before, in quote currency.</param>
/// <param name="Maker">Share of the value.</param>
/// <param name="Taker">Share of the value.</param>
public readonly record struct FeeTier(Money FromValue, Ratio Maker, Ratio Taker);

/// <summary>
/// One part of a commission that has several, as Binance's standard, tax and special ones (binance-spot-api-docs, faqs/commission_faq.md): a fill pays the
/// rate of its liquidity and that of its side.
/// </summary>
/// <param name="Maker">Of a fill that rested.</param>
/// <param name="Taker">Of a fill that took.</param>
/// <param name="Buyer">Of a purchase.</param>
/// <param name="Seller">Of a sale.</param>
/// <param name="IsFull">A discount for the asset that it is paid in does not hold.</param>
public readonly record struct FeePart(Ratio Maker, Ratio Taker, Ratio Buyer, Ratio Seller, bool IsFull);

/// <summary>How a venue charges for fills. Models are immutable and may be shared.</summary>
public abstract class FeeModel
{
    private FeeModel(string description) => Description = description;

    /// <summary>The model and its numbers, for people and for comparing options.</summary>
    public string Description { get; }

    /// <summary>No fees.</summary>
    public static FeeModel None { get; } = new RateModel(Ratio.Zero, Ratio.Zero);

    /// <summary>A share of the value.</summary>
    public static FeeModel Rates(Ratio maker, Ratio taker) => new RateModel(Allowed(maker, nameof(maker)), Allowed(taker, nameof(taker)));

    /// <summary>An amount for each whole unit of base, as futures brokers charge for each contract; in quote currency.</summary>
    public static FeeModel PerUnit(Money maker, Money taker) => new UnitModel(maker, taker);

    /// <summary>An amount for each fill, whatever its size; in quote currency.</summary>
    public static FeeModel PerFill(Money amount) => new FillModel(amount);

    /// <summary>An amount for each order, with its first fill; in quote currency.</summary>
    public static FeeModel PerOrder(Money amount) => new OrderModel(amount);

    /// <summary>A sum of rates, each rounded for itself.</summary>
    /// <exception cref="ArgumentException">No parts.</exception>
    public static FeeModel Sum(params FeePart[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        foreach (FeePart part in parts)
        {
            Allowed(part.Maker, nameof(parts));
            Allowed(part.Taker, nameof(parts));
            Allowed(part.Buyer, nameof(parts));
            Allowed(part.Seller, nameof(parts));
        }

        return parts.Length > 0 ? new PartModel([.. parts]) : throw new ArgumentException($"{nameof(parts)} is empty: it must have one at least", nameof(parts));
    }

    /// <summary>Rates that depend on what the account has traded at the venue since the start.</summary>
    /// <exception cref="ArgumentException">No tiers, the first does not begin at zero, or they do not rise.</exception>
    public static FeeModel Tiered(params FeeTier[] tiers)
    {
        ArgumentNullException.ThrowIfNull(tiers);
        for (int i = 0; i < tiers.Length; i++)
        {
            Allowed(tiers[i].Maker, nameof(tiers));
            Allowed(tiers[i].Taker, nameof(tiers));
            if (i > 0 && tiers[i].FromValue <= tiers[i - 1].FromValue)
            {
                throw new ArgumentException($"{nameof(tiers)}[{i}] begins at {tiers[i].FromValue}: it must be above the one before", nameof(tiers));
            }
        }

        return tiers.Length > 0 && tiers[0].FromValue.IsZero
            ? new TierModel([.. tiers])
            : throw new ArgumentException($"{nameof(tiers)} must begin with one from a value of 0", nameof(tiers));
    }

    /// <summary>Of how many parts a fee is the sum.</summary>
    public virtual int PartCount => 1;

    /// <summary>The terms of a fill; amounts saturate instead of overflowing.</summary>
    /// <param name="input">The fill.</param>
    /// <param name="part">Which part.</param>
    public abstract FeeTerms TermsOf(in FeeInput input, int part = 0);

    private static Ratio Allowed(Ratio rate, string name) => rate.Raw is >= -FixedPoint.One and <= FixedPoint.One
        ? rate
        : throw new ArgumentException($"{name} is {rate}; allowed: -1 to 1 (1 is 100 %)", name);

    private sealed class RateModel(Ratio maker, Ratio taker) : FeeModel($"rates: maker {maker}, taker {taker}")
    {
        public override FeeTerms TermsOf(in FeeInput input, int part = 0) => new(input.IsMaker ? maker : taker, Money.Zero);
    }

    private sealed class UnitModel(Money maker, Money taker) : FeeModel($"per unit: maker {maker}, taker {taker}")
    {
        public override FeeTerms TermsOf(in FeeInput input, int part = 0)
        {
            long each = input.IsMaker ? maker.Raw : taker.Raw;
            bool fits = FixedPoint.TryMultiplyDivide(each, input.Quantity.Raw, FixedPoint.One, out long amount);
            return new FeeTerms(Ratio.Zero, new Money(fits ? amount : each < 0 ? -long.MaxValue : long.MaxValue));
        }
    }

    private sealed class FillModel(Money amount) : FeeModel($"per fill: {amount}")
    {
        public override FeeTerms TermsOf(in FeeInput input, int part = 0) => new(Ratio.Zero, amount);
    }

    private sealed class OrderModel(Money amount) : FeeModel($"per order: {amount}")
    {
        public override FeeTerms TermsOf(in FeeInput input, int part = 0) => new(Ratio.Zero, input.IsFirst ? amount : Money.Zero);
    }

    private sealed class PartModel(FeePart[] parts)
        : FeeModel($"parts: {string.Join("; ", parts.Select(part => $"maker {part.Maker}, taker {part.Taker}, buyer {part.Buyer}, seller {part.Seller}{(part.IsFull ? ", full" : "")}"))}")
    {
        public override int PartCount => parts.Length;

        public override FeeTerms TermsOf(in FeeInput input, int part = 0)
        {
            FeePart own = parts[part];
            return new FeeTerms((input.IsMaker ? own.Maker : own.Taker) + (input.Side == OrderSide.Buy ? own.Buyer : own.Seller), Money.Zero) { IsFull = own.IsFull };
        }
    }

    private sealed class TierModel(FeeTier[] tiers)
        : FeeModel($"tiers: {string.Join("; ", tiers.Select(tier => $"from {tier.FromValue} maker {tier.Maker}, taker {tier.Taker}"))}")
    {
        public override FeeTerms TermsOf(in FeeInput input, int part = 0)
        {
            int tier = tiers.Length - 1;
            while (tier > 0 && input.TradedValue < tiers[tier].FromValue)
            {
                tier--;
            }

            return new FeeTerms(input.IsMaker ? tiers[tier].Maker : tiers[tier].Taker, Money.Zero);
        }
    }
}
