using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Exits;

/// <summary>
/// A stop that follows the market: the most favourable price since it became active (the watermark: the highest for a sell, the lowest for a buy), less or
/// plus a distance. A fraction works as the trailing delta of Binance does (spot API, trailing stop FAQ): a sell triggers at highest × (1 - delta), a
/// buy at lowest × (1 + delta), delta in basis points; the first price that meets the activation price, if there is one, is the first watermark.
/// Prices are compared exactly. The default value never triggers.
/// </summary>
public struct TrailingStop
{
    /// <summary>Side of the order that the stop sends.</summary>
    public Side Side;

    /// <summary>Distance as a fraction of the watermark, or zero if it is absolute.</summary>
    public Ratio Fraction;

    /// <summary>Distance in price, or zero if it is a fraction.</summary>
    public Price Distance;

    /// <summary>Price that starts the trailing; zero where it starts with the first price.</summary>
    public Price Activation;

    /// <summary>Whether the trailing starts at or above the activation price; else at or below.</summary>
    public bool ActivatesAbove;

    /// <summary>Most favourable price so far; zero until active.</summary>
    public Price Watermark;

    /// <summary>Whether a watermark is kept.</summary>
    public readonly bool IsActive => !Watermark.IsZero;

    /// <summary>
    /// The price that triggers now, or zero until active: exact for prices of 8 places, as rounded down for a sell (at or below it) and up for a buy (at
    /// or above it). Not rounded to a tick: a caller that sends it to a venue does that in the same direction.
    /// </summary>
    public readonly Price Trigger =>
        !IsActive ? Price.Zero
        : FloorDivision.TryNarrow(Side == Side.Sell ? FloorDivision.Down(Exact, FixedPoint.One) : FloorDivision.Up(Exact, FixedPoint.One), out long raw)
            ? new Price(Math.Max(0, raw))
            : new Price(long.MaxValue);

    private readonly Int128 Exact
    {
        get
        {
            Int128 distance = Fraction.IsZero ? Math.BigMul(Distance.Raw, FixedPoint.One) : Math.BigMul(Watermark.Raw, Fraction.Raw);
            return Math.BigMul(Watermark.Raw, FixedPoint.One) + (Side == Side.Sell ? -distance : distance);
        }
    }

    /// <summary>
    /// Takes what the market did. The adverse end of a range is tested against the watermark from before it, and only then the favourable end moves the
    /// watermark: the order within a bar is unknown, and a stop must not be drawn up by a price and hit by an earlier one. A range that activates only
    /// starts the watermark, at the price of the range that is nearest to the activation price.
    /// </summary>
    /// <param name="range">Lowest and highest price; for a trade its price twice.</param>
    /// <returns>Whether the stop is triggered. It stays as it is then: the caller ends it.</returns>
    public bool Observe(in PriceRange range)
    {
        if ((Fraction.Raw <= 0 && Distance.Raw <= 0) || range.Low.Raw <= 0 || range.High < range.Low)
        {
            return false;
        }

        if (!IsActive)
        {
            Start(range);
            return false;
        }

        Price trigger = Trigger;
        if (Side == Side.Sell ? range.Low <= trigger : range.High >= trigger)
        {
            return true;
        }

        Watermark = Side == Side.Sell ? new Price(Math.Max(Watermark.Raw, range.High.Raw)) : new Price(Math.Min(Watermark.Raw, range.Low.Raw));
        return false;
    }

    private void Start(in PriceRange range)
    {
        if (Activation.IsZero)
        {
            Watermark = Side == Side.Sell ? range.High : range.Low;
        }
        else if (ActivatesAbove ? range.High >= Activation : range.Low <= Activation)
        {
            Watermark = new Price(Math.Clamp(Activation.Raw, range.Low.Raw, range.High.Raw));
        }
    }
}
