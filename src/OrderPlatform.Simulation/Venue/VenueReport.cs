using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>What an execution report tells.</summary>
public enum VenueReportKind : byte
{
    /// <summary>The order is in the venue.</summary>
    Accepted = 1,

    /// <summary>The order never entered; the reason says why.</summary>
    Rejected = 2,

    /// <summary>A quantity executed.</summary>
    Fill = 3,

    /// <summary>The open rest was cancelled on request.</summary>
    Cancelled = 4,

    /// <summary>The open rest was ended by the venue (time in force).</summary>
    Expired = 5,

    /// <summary>Quantity and limit are now those asked for.</summary>
    Amended = 6,

    /// <summary>A cancel changed nothing.</summary>
    CancelRejected = 7,

    /// <summary>An amend changed nothing.</summary>
    AmendRejected = 8,
}

/// <summary>Why the venue refused or ended something.</summary>
public enum VenueRejectReason : byte
{
    None = 0,
    PriceNotOnTick,
    PriceBelowMinimum,
    PriceAboveMaximum,
    QuantityNotOnStep,
    QuantityBelowMinimum,
    QuantityAboveMaximum,
    NotionalBelowMinimum,
    NotionalAboveMaximum,

    /// <summary>Price × quantity does not fit in 64 bits scaled by 1e8.</summary>
    ValueOutOfRange,
    DuplicateClientOrderId,
    UnknownInstrument,

    /// <summary>Never seen, rejected, closed too long ago, or the order itself is still on its way.</summary>
    UnknownOrder,

    /// <summary>The order was filled, cancelled or expired before the request arrived.</summary>
    TooLate,

    /// <summary>Fill or kill: not all of it could fill.</summary>
    WouldNotFill,

    /// <summary>Immediate or cancel: nothing more could fill.</summary>
    NoLiquidity,

    /// <summary>The venue's table of open orders, or of messages on their way, is full.</summary>
    TooManyOrders,

    /// <summary>An amend to no more than what has executed: cancel instead.</summary>
    QuantityBelowExecuted,

    /// <summary>A side, type or time in force that does not exist.</summary>
    Malformed,
}

/// <summary>An execution report, as the sender receives it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Reason">Why, for refusals and expiries.</param>
/// <param name="ClientOrderId">The sender's id.</param>
/// <param name="VenueOrderId">The venue's id, from 1; 0 if the order is not open here.</param>
/// <param name="TradeId">Fill: unique in the venue, from 1; else 0.</param>
/// <param name="InstrumentId">The order's instrument; 0 in a refusal of a request for an order that is not open.</param>
/// <param name="Side">The order's side; 0 in such a refusal.</param>
/// <param name="IsMaker">Fill: the order was resting.</param>
/// <param name="LastQuantity">Fill: quantity executed now.</param>
/// <param name="LastPrice">Fill: its price.</param>
/// <param name="Fee">Fill: fee in quote currency; below zero is a rebate.</param>
/// <param name="CumulativeQuantity">Executed so far.</param>
/// <param name="LeavesQuantity">Still open after this report; zero once the order has ended.</param>
/// <param name="LimitPrice">The order's limit now; zero for a market order.</param>
/// <param name="TimeNanos">When the report reaches the sender, nanoseconds since the epoch.</param>
public readonly record struct VenueReport(
    VenueReportKind Kind,
    VenueRejectReason Reason,
    ulong ClientOrderId,
    ulong VenueOrderId,
    ulong TradeId,
    uint InstrumentId,
    OrderSide Side,
    bool IsMaker,
    Quantity LastQuantity,
    Price LastPrice,
    Money Fee,
    Quantity CumulativeQuantity,
    Quantity LeavesQuantity,
    Price LimitPrice,
    long TimeNanos);
