using System;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Orders;

/// <summary>How an order at a venue is changed.</summary>
public enum AmendWay : byte
{
    /// <summary>In place; the order keeps its id.</summary>
    InPlace = 0,

    /// <summary>By a cancel and a new order in one request; a new id, at the end of the queue of its price.</summary>
    CancelReplace = 1,
}

/// <summary>What a change does to an order's place in the queue. Source: binance-spot-api-docs, faqs/order_amend_keep_priority.md.</summary>
public static class AmendPriority
{
    /// <summary>Whether the venue would change the order in place: only to less, and to more than has executed.</summary>
    public static bool IsInPlace(Quantity original, Quantity executed, Quantity wanted) => wanted < original && wanted > executed;

    /// <summary>Whether the order keeps its place: changed in place, to less, at the same price.</summary>
    public static bool KeepsPlace(AmendWay way, Quantity original, Quantity wanted, Price price, Price wantedPrice) =>
        way == AmendWay.InPlace && wanted < original && price == wantedPrice;

    /// <summary>The visible part of an iceberg order after a change: as before, unless the new quantity is less than it.</summary>
    public static Quantity VisibleAfter(Quantity visible, Quantity wanted) => new(Math.Min(visible.Raw, wanted.Raw));
}
