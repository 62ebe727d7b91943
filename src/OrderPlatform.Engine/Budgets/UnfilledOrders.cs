using System;

namespace OrderPlatform.Engine.Budgets;

/// <summary>
/// Binance's count of unfilled orders of an account in one window (N11, T11): a new order adds 1, the first fill of an order gives back 1 if it was the
/// taker and 5 if it was the maker, but never below zero; later fills, cancels and expiries change nothing. The windows are calendar aligned, and all
/// keys and connections of the account share them. Over the limit: HTTP 429, code -1015. Source: binance-spot-api-docs, faqs/order_count_decrement.md.
/// An account has one of these for each interval.
/// </summary>
public struct UnfilledOrders
{
    /// <summary>Given back by an order's first fill as the taker.</summary>
    public const long TakerCredit = 1;

    /// <summary>Given back by an order's first fill as the maker.</summary>
    public const long MakerCredit = 5;

    /// <summary>The count.</summary>
    public FixedWindow Window;

    /// <summary>Creates a count at zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As <see cref="FixedWindow(long, long, WindowAlignment, long)"/>.</exception>
    public UnfilledOrders(long capacity, long windowNanos, long reserved = 0) =>
        Window = new FixedWindow(capacity, windowNanos, WindowAlignment.Calendar, reserved);

    /// <summary>Counts new orders if they fit, all or none.</summary>
    public bool TryPlace(long nowNanos, long orders, bool mayUseReserve = false) => Window.TryTake(nowNanos, orders, mayUseReserve);

    /// <summary>An order was filled for the first time. Not to be called for its later fills.</summary>
    public void OnFirstFill(long nowNanos, bool isMaker) => Window.Add(nowNanos, isMaker ? -MakerCredit : -TakerCredit);

    /// <summary>The count at this time.</summary>
    public readonly long Used(long nowNanos) => Window.Used(nowNanos);

    /// <summary>The earliest time, not before now, at which so many orders can be placed if nothing is filled before.</summary>
    public readonly long WhenFree(long nowNanos, long orders, bool mayUseReserve = false) => Window.WhenFree(nowNanos, orders, mayUseReserve);

    /// <summary>Sets the count to the venue's own number plus the orders that were sent after the request that the number came with.</summary>
    public void Overwrite(long nowNanos, long venueUsed, long inFlight = 0) => Window.Overwrite(nowNanos, venueUsed, inFlight);
}
