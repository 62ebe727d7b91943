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

    /// <summary>The price reached the trigger: the order is live.</summary>
    Triggered = 9,

    /// <summary>The sender knows nothing of its request: no answer came in time (a fault, by option).</summary>
    Unknown = 10,

    /// <summary>The venue took no notice of the request: too many came (a fault, by option).</summary>
    Throttled = 11,

    /// <summary>No order's news: the funding rate of a perpetual, at its time.</summary>
    Funding = 12,

    /// <summary>No order's news: nothing gets through in either direction from now on (a fault, by option).</summary>
    Disconnected = 13,

    /// <summary>No order's news: the way to the venue and back is open again.</summary>
    Connected = 14,
}

/// <summary>In what a fee is taken (D20).</summary>
public enum FeeAsset : byte
{
    Quote = 0,
    Base = 1,

    /// <summary>The venue's fee asset.</summary>
    Other = 2,
}

/// <summary>How a report gets to its sender, where faults are switched on.</summary>
public enum ReportDelivery : byte
{
    /// <summary>In its turn.</summary>
    InTurn = 0,

    /// <summary>What truly happened, and the sender is not told, or not now.</summary>
    Withheld = 1,

    /// <summary>Beside the turn: late or repeated news of what truly happened, or an answer that tells nothing.</summary>
    Apart = 2,
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

    /// <summary>A side, type or time in force that does not exist, or terms that do not go together.</summary>
    Malformed,

    /// <summary>A shown quantity above the whole, not on the step, or of an order without a limit.</summary>
    DisplayNotAllowed,

    /// <summary>Good till a date that has passed.</summary>
    ExpiryInThePast,

    /// <summary>The date or the day that the order was good for has ended.</summary>
    TimeIsUp,

    /// <summary>A post-only order that would take.</summary>
    WouldTake,

    /// <summary>Reduce-only: there is nothing to reduce, or nothing more.</summary>
    NothingToReduce,

    /// <summary>It would have met an order of its own account.</summary>
    SelfTradePrevented,

    /// <summary>The market is beyond what price protection allows a market order.</summary>
    PriceProtection,

    /// <summary>A trigger that the market has reached already, at a venue that refuses it.</summary>
    WouldTriggerAtOnce,

    /// <summary>The venue's table of accounts is full.</summary>
    TooManyAccounts,

    /// <summary>Its rate limit.</summary>
    TooManyRequests,

    /// <summary>No answer in time.</summary>
    NoAnswer,
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
/// <param name="Fee">Fill: fee in <see cref="FeeAsset"/>, times 1e8; below zero is a rebate.</param>
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
    long TimeNanos)
{
    /// <summary>Fill: in what the fee was taken.</summary>
    public FeeAsset FeeAsset { get; init; }

    /// <summary>What self-trade prevention has taken of the order so far: quantity = cumulative + prevented + leaves.</summary>
    public Quantity PreventedQuantity { get; init; }

    /// <summary>Throttled: nothing should be sent for this long.</summary>
    public long RetryAfterNanos { get; init; }

    /// <summary>Funding: what a long pays of the value of its position; the mark is <see cref="LastPrice"/>, or zero if there was no price.</summary>
    public Ratio FundingRate { get; init; }

    /// <summary>Funding: its instant, nanoseconds since the epoch.</summary>
    public long FundingNanos { get; init; }

    /// <summary>How it gets to the sender; always in turn without faults.</summary>
    public ReportDelivery Delivery { get; init; }
}
