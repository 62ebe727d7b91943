using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Exits;

/// <summary>
/// The trailing stop of a position: a fraction behind its best price. It trails from the entry on, at the entry price, or from the first price whose profit is the
/// activation. Its numbers lie in the row of the protection; <see cref="TrailingStop"/> has the rule.
/// </summary>
internal static class Trailing
{
    /// <summary>Begins at the entry where no profit is waited for, and ends where the rules have no trailing stop any more.</summary>
    public static void Start(in Position position, in Instrument instrument, Price entry, in ExitRules rules, ref Protection protection)
    {
        if (rules.TrailingOffset.IsZero)
        {
            protection.BestPrice = Price.Zero;
            protection.TrailingPrice = Price.Zero;
            return;
        }

        if (protection.BestPrice.IsZero && rules.TrailingActivation.IsZero)
        {
            protection.BestPrice = entry;
        }

        protection.TrailingPrice = Level(Stop(position, entry, rules, protection), instrument.PriceTick);
    }

    /// <summary>Takes what the market did.</summary>
    /// <param name="position">The position, not flat.</param>
    /// <param name="instrument">Its instrument.</param>
    /// <param name="entry">Its average price.</param>
    /// <param name="rules">How the strategy's positions end.</param>
    /// <param name="range">What the market did.</param>
    /// <param name="protection">The protection, whose best price follows.</param>
    /// <returns>Whether the stop was touched.</returns>
    public static bool Observe(in Position position, in Instrument instrument, Price entry, in ExitRules rules, in PriceRange range, ref Protection protection)
    {
        TrailingStop stop = Stop(position, entry, rules, protection);
        if (!stop.IsActive && !rules.TrailingActivation.IsZero && !Bounds.IsPrice(stop.Activation.Raw))
        {
            return false;
        }

        bool touched = stop.Observe(range);
        protection.BestPrice = stop.Watermark;
        protection.TrailingPrice = Level(stop, instrument.PriceTick);
        return touched;
    }

    private static TrailingStop Stop(in Position position, Price entry, in ExitRules rules, in Protection protection)
    {
        bool isLong = position.Quantity.Raw > 0;
        return new TrailingStop
        {
            Side = isLong ? Side.Sell : Side.Buy,
            Fraction = rules.TrailingOffset,
            Activation = Activation(isLong, entry, rules.TrailingActivation),
            ActivatesAbove = isLong,
            Watermark = protection.BestPrice,
        };
    }

    // Not before the profit is there: up for a long position, down for a short one. What no price can reach stays below zero or above the bound.
    private static Price Activation(bool isLong, Price entry, Ratio activation)
    {
        Int128 product = (Int128)entry.Raw * (isLong ? FixedPoint.One + activation.Raw : FixedPoint.One - activation.Raw);
        Int128 level = isLong ? FloorDivision.Up(product, FixedPoint.One) : FloorDivision.Down(product, FixedPoint.One);
        return activation.IsZero ? Price.Zero : FloorDivision.TryNarrow(level, out long raw) && raw != 0 ? new Price(raw) : new Price(long.MaxValue);
    }

    // Prices are multiples of the tick: the first one that touches the stop.
    private static Price Level(in TrailingStop stop, Price tick)
    {
        long trigger = stop.Trigger.Raw;
        return new Price(stop.Side == Side.Sell || trigger > Bounds.PriceMax ? FixedPoint.FloorToStep(trigger, tick.Raw) : FixedPoint.CeilingToStep(trigger, tick.Raw));
    }
}
