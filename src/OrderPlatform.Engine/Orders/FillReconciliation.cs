using System;
using OrderPlatform.Engine.Digests;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Orders;

/// <summary>From where the price of a made-up fill comes.</summary>
public enum ReconciledPrice : byte
{
    /// <summary>The quantities agree: there is no fill.</summary>
    None = 0,

    /// <summary>The only price after which the booked average is the venue's.</summary>
    Derived = 1,

    /// <summary>A price that nobody reported: what it closes has a profit that is a guess, and the fill is marked so.</summary>
    Estimated = 2,

    /// <summary>No price can be told: a person or a later report has to.</summary>
    Unknown = 3,
}

/// <summary>The fill that would make a booked position the venue's.</summary>
/// <param name="Quantity">Signed; zero if none is missing.</param>
/// <param name="Price">Price; zero if there is none.</param>
/// <param name="Source">From where the price comes.</param>
public readonly record struct ReconcilingFill(Quantity Quantity, Price Price, ReconciledPrice Source)
{
    /// <summary>Whether the fill has to be marked as estimated.</summary>
    public bool IsEstimated => Source == ReconciledPrice.Estimated;
}

/// <summary>
/// What is missing between the books and a venue's report of a position (T1). Average cost: an increase moves the average, so its price follows from
/// both averages; a reduction leaves it, so its price is unknown, and our own average, which books no profit, stands for it and is marked. Source of the
/// rules: NautilusTrader, crates/execution/src/reconciliation (its tests are our known answers); ours differ in that a price without a source is marked,
/// and that a partial reduction takes our average and not a price that no average follows from.
/// </summary>
public static class FillReconciliation
{
    /// <summary>Largest relative difference of two averages that are the same: 0.01 % (T1).</summary>
    public static readonly Ratio Tolerance = new(FixedPoint.One / 10_000);

    /// <summary>The fill that is missing.</summary>
    /// <param name="booked">Booked quantity, signed.</param>
    /// <param name="cost">What it cost, signed as the quantity.</param>
    /// <param name="venue">The venue's quantity, signed.</param>
    /// <param name="venueAverage">The venue's average price; null or not above zero is not known.</param>
    /// <exception cref="OverflowException">The difference of the quantities does not fit in 64 bits.</exception>
    public static ReconcilingFill Between(Quantity booked, Money cost, Quantity venue, Price? venueAverage)
    {
        Quantity missing = venue - booked;
        if (missing.IsZero)
        {
            return default;
        }

        bool isSameSide = !booked.IsZero && !venue.IsZero && booked.Raw > 0 == venue.Raw > 0;
        if (venue.IsZero || (isSameSide && missing.Raw > 0 != booked.Raw > 0))
        {
            return Fill(missing, TryAverage(booked, cost, out Price own), own, ReconciledPrice.Estimated);
        }

        if (venueAverage is not { Raw: > 0 } average)
        {
            return new ReconcilingFill(missing, Price.Zero, ReconciledPrice.Unknown);
        }

        // A flip opens at the venue's average; the part that closes takes the same price for want of another.
        return isSameSide
            ? Fill(missing, TryNextPrice(booked, cost, venue, average, out Price next), next, ReconciledPrice.Derived)
            : Fill(missing, isKnown: true, average, booked.IsZero ? ReconciledPrice.Derived : ReconciledPrice.Estimated);
    }

    /// <summary>
    /// The price of the fills between two averages of one order or position: (venue quantity × venue average - cost) / the quantity between, half away
    /// from zero at 8 places.
    /// </summary>
    /// <param name="booked">Quantity before, signed; zero if there was none.</param>
    /// <param name="cost">What it cost, signed as the quantity.</param>
    /// <param name="venue">Quantity after.</param>
    /// <param name="venueAverage">Average price after.</param>
    /// <param name="price">The price, or zero.</param>
    /// <returns><c>false</c> if there is no such price above zero.</returns>
    public static bool TryNextPrice(Quantity booked, Money cost, Quantity venue, Price venueAverage, out Price price)
    {
        Int128 value = ((Int128)venue.Raw * venueAverage.Raw) - ((Int128)cost.Raw * FixedPoint.One);
        bool isKnown = ExactQuotient.TryDivide(value, (Int128)venue.Raw - booked.Raw, RoundingRule.HalfAwayFromZero, out long raw) && raw > 0;
        price = new Price(isKnown ? raw : 0);
        return isKnown;
    }

    /// <summary>
    /// Whether the books and the venue agree: quantities exactly, averages within a share of the venue's, the bound included. Compared as products, so
    /// that no average is rounded.
    /// </summary>
    /// <param name="booked">Booked quantity, signed.</param>
    /// <param name="cost">What it cost, signed as the quantity.</param>
    /// <param name="venue">The venue's quantity, signed.</param>
    /// <param name="venueAverage">The venue's average price; of no matter when flat.</param>
    /// <param name="tolerance">Largest relative difference; <see cref="Tolerance"/> by T1.</param>
    public static bool IsMatch(Quantity booked, Money cost, Quantity venue, Price venueAverage, Ratio tolerance)
    {
        if (booked != venue)
        {
            return false;
        }

        if (venue.IsZero)
        {
            return true;
        }

        // A value that no 64-bit cost can be near is no match, and what is left of the products fits in 128 bits.
        Int128 value = (Int128)venue.Raw * venueAverage.Raw;
        Int128 most = (Int128)long.MaxValue * FixedPoint.One;
        if (venueAverage.Raw <= 0 || tolerance.Raw is < 0 or > FixedPoint.One || value > most || value < -most)
        {
            return false;
        }

        Int128 difference = Int128.Abs(((Int128)cost.Raw * FixedPoint.One) - value);
        return difference * FixedPoint.One <= Int128.Abs(value) * tolerance.Raw;
    }

    /// <summary>Whether a fill makes a position flat or turns it round: where one round of trades ends.</summary>
    public static bool EndsRound(Quantity before, Quantity delta)
    {
        Int128 after = (Int128)before.Raw + delta.Raw;
        return !before.IsZero && (after == 0 || after > 0 != before.Raw > 0);
    }

    /// <summary>
    /// The trade id of a made-up fill: the same facts give the same id in every run, so that after a second restart it is known as booked and not
    /// booked again. Unique up to a collision in 2^64.
    /// </summary>
    public static ulong SyntheticId(uint account, uint instrument, ulong venueOrder, Quantity quantity, Price price, long venueTimeNanos)
    {
        DigestBuilder digest = default;
        digest.Add((ulong)account);
        digest.Add((ulong)instrument);
        digest.Add(venueOrder);
        digest.Add(quantity.Raw);
        digest.Add(price.Raw);
        digest.Add(venueTimeNanos);
        return digest.Value;
    }

    private static bool TryAverage(Quantity booked, Money cost, out Price price)
    {
        bool isKnown = ExactQuotient.TryDivide(cost.Raw, FixedPoint.One, booked.Raw, RoundingRule.HalfAwayFromZero, out long raw) && raw > 0;
        price = new Price(isKnown ? raw : 0);
        return isKnown;
    }

    private static ReconcilingFill Fill(Quantity quantity, bool isKnown, Price price, ReconciledPrice source) =>
        new(quantity, price, isKnown ? source : ReconciledPrice.Unknown);
}
