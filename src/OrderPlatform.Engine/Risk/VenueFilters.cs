using System;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Risk;

/// <summary>
/// A venue's rules for prices, quantities and values of orders, as whole numbers: no division but the whole remainder, nothing is rounded. A limit of
/// zero is off. Source: binance-spot-api-docs, filters.md (PRICE_FILTER, LOT_SIZE, NOTIONAL, MAX_POSITION).
/// </summary>
public static class VenueFilters
{
    /// <summary>Whether a price lies in its range and on its tick.</summary>
    public static bool IsPriceAccepted(Price price, Price lowest, Price highest, Price tick) => IsOnGrid(price.Raw, lowest.Raw, highest.Raw, tick.Raw);

    /// <summary>Whether a quantity lies in its range and on its step.</summary>
    public static bool IsQuantityAccepted(Quantity quantity, Quantity least, Quantity most, Quantity step) =>
        IsOnGrid(quantity.Raw, least.Raw, most.Raw, step.Raw);

    /// <summary>Whether price times quantity, exactly, lies between two values.</summary>
    public static bool IsNotionalAccepted(Price price, Quantity quantity, Money least, Money most)
    {
        Int128 notional = (Int128)price.Raw * quantity.Raw;
        return (least.Raw <= 0 || notional >= (Int128)least.Raw * FixedPoint.One) && (most.Raw <= 0 || notional <= (Int128)most.Raw * FixedPoint.One);
    }

    /// <summary>Whether what is held and what open purchases would add is within the largest position.</summary>
    /// <param name="free">Held and free.</param>
    /// <param name="locked">Held for open orders.</param>
    /// <param name="openBuys">Quantity of all open purchases, the new one too.</param>
    /// <param name="most">The largest position.</param>
    public static bool IsPositionAccepted(Quantity free, Quantity locked, Quantity openBuys, Quantity most) =>
        most.Raw <= 0 || (Int128)free.Raw + locked.Raw + openBuys.Raw <= most.Raw;

    private static bool IsOnGrid(long value, long least, long most, long step) =>
        value >= 0 && (least <= 0 || value >= least) && (most <= 0 || value <= most) && (step <= 0 || value % step == 0);
}
