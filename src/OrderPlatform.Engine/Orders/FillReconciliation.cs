using System;
using OrderPlatform.Engine.Digests;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;

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
/// and that a partial reduction takes our average and not a price that no average follows from. Values are <see cref="ContractValue"/>'s, so that it holds
/// for spot, linear and inverse instruments.
/// </summary>
public static class FillReconciliation
{
    /// <summary>Largest relative difference of two averages that are the same: 0.01 % (T1).</summary>
    public static readonly Ratio Tolerance = new(FixedPoint.One / 10_000);

    /// <summary>The fill that is missing.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="booked">Booked quantity, signed.</param>
    /// <param name="cost">What it cost, signed as <see cref="ContractValue"/> does.</param>
    /// <param name="venue">The venue's quantity, signed.</param>
    /// <param name="venueAverage">The venue's average price; null or not above zero is not known.</param>
    /// <exception cref="OverflowException">The difference of the quantities does not fit in 64 bits.</exception>
    public static ReconcilingFill Between(in Instrument instrument, Quantity booked, Money cost, Quantity venue, Price? venueAverage)
    {
        Quantity missing = venue - booked;
        if (missing.IsZero)
        {
            return default;
        }

        bool isSameSide = !booked.IsZero && !venue.IsZero && booked.Raw > 0 == venue.Raw > 0;
        if (venue.IsZero || (isSameSide && missing.Raw > 0 != booked.Raw > 0))
        {
            return Fill(missing, ContractValue.AveragePrice(instrument, booked, cost), ReconciledPrice.Estimated);
        }

        if (venueAverage is not { Raw: > 0 } average)
        {
            return new ReconcilingFill(missing, Price.Zero, ReconciledPrice.Unknown);
        }

        // A flip opens at the venue's average; the part that closes takes the same price for want of another.
        return isSameSide
            ? Fill(missing, NextPrice(instrument, booked, cost, venue, average), ReconciledPrice.Derived)
            : Fill(missing, average, booked.IsZero ? ReconciledPrice.Derived : ReconciledPrice.Estimated);
    }

    /// <summary>
    /// The price of the fills between two averages of one order or position: that at which the quantity between is worth the value between, half away
    /// from zero at 8 places.
    /// </summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="booked">Quantity before, signed; zero if there was none.</param>
    /// <param name="cost">What it cost, signed as <see cref="ContractValue"/> does.</param>
    /// <param name="venue">Quantity after, of the same side and more.</param>
    /// <param name="venueAverage">Average price after, above zero.</param>
    /// <returns>The price, or zero if there is none above zero.</returns>
    public static Price NextPrice(in Instrument instrument, Quantity booked, Money cost, Quantity venue, Price venueAverage)
    {
        if (!ContractValue.TryOf(instrument, venueAverage, venue, out Money value))
        {
            return Price.Zero;
        }

        // The value between must have the side of the whole: else the averages contradict each other.
        Int128 between = (Int128)value.Raw - cost.Raw;
        bool isOne = between != 0 && between > 0 == value.Raw > 0 && between > long.MinValue && between <= long.MaxValue;
        return isOne ? ContractValue.AveragePrice(instrument, venue - booked, new Money((long)between)) : Price.Zero;
    }

    /// <summary>
    /// Whether the books and the venue agree: quantities exactly, what they cost within a share of the venue's, the bound included. Of one quantity that
    /// is the relative difference of the average prices.
    /// </summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="booked">Booked quantity, signed.</param>
    /// <param name="cost">What it cost, signed as <see cref="ContractValue"/> does.</param>
    /// <param name="venue">The venue's quantity, signed.</param>
    /// <param name="venueAverage">The venue's average price; of no matter when flat.</param>
    /// <param name="tolerance">Largest relative difference; <see cref="Tolerance"/> by T1.</param>
    public static bool IsMatch(in Instrument instrument, Quantity booked, Money cost, Quantity venue, Price venueAverage, Ratio tolerance)
    {
        if (booked != venue || venue.IsZero)
        {
            return booked == venue;
        }

        return venueAverage.Raw > 0 && tolerance.Raw >= 0 && ContractValue.TryOf(instrument, venueAverage, venue, out Money value)
            && Int128.Abs((Int128)cost.Raw - value.Raw) * FixedPoint.One <= Int128.Abs(value.Raw) * tolerance.Raw;
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

    private static ReconcilingFill Fill(Quantity quantity, Price price, ReconciledPrice source) =>
        new(quantity, price, price.IsZero ? ReconciledPrice.Unknown : source);
}
