using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>Which way an order trades.</summary>
public enum OrderSide : byte
{
    Buy = 1,
    Sell = 2,
}

/// <summary>How an order is priced.</summary>
public enum VenueOrderType : byte
{
    /// <summary>At whatever price there is.</summary>
    Market = 1,

    /// <summary>At the limit price or better.</summary>
    Limit = 2,

    /// <summary>A market order once the price is as bad as the trigger.</summary>
    Stop = 3,

    /// <summary>A limit order once the price is as bad as the trigger.</summary>
    StopLimit = 4,

    /// <summary>A market order once the price is as good as the trigger.</summary>
    MarketIfTouched = 5,

    /// <summary>A limit order once the price is as good as the trigger.</summary>
    LimitIfTouched = 6,

    /// <summary>A stop at a distance behind the best price since it began to follow; a limit order after that if it has a limit.</summary>
    TrailingStop = 7,
}

/// <summary>How long an order stays.</summary>
public enum VenueTimeInForce : byte
{
    /// <summary>Until filled or cancelled.</summary>
    GoodTillCancelled = 1,

    /// <summary>What fills on arrival, or once triggered; the rest expires.</summary>
    ImmediateOrCancel = 2,

    /// <summary>All of it on arrival, or once triggered, or nothing.</summary>
    FillOrKill = 3,

    /// <summary>Until a time.</summary>
    GoodTillDate = 4,

    /// <summary>Until the venue's day ends.</summary>
    Day = 5,
}

/// <summary>What happens when an arriving order meets one of the same account; the mode of the arriving one holds.</summary>
public enum SelfTradePrevention : byte
{
    /// <summary>They trade.</summary>
    None = 0,

    /// <summary>The resting order expires.</summary>
    ExpireMaker = 1,

    /// <summary>The arriving order expires.</summary>
    ExpireTaker = 2,

    /// <summary>Both expire.</summary>
    ExpireBoth = 3,

    /// <summary>Both lose the quantity that would have traded; what is left of one goes on.</summary>
    Decrement = 4,
}

/// <summary>An order as it is sent to the venue.</summary>
/// <param name="ClientOrderId">The sender's id; unique among open and recently closed orders.</param>
/// <param name="InstrumentId">One of the venue's instruments.</param>
/// <param name="Side">Which way.</param>
/// <param name="Type">How it is priced.</param>
/// <param name="TimeInForce">How long it stays.</param>
/// <param name="Quantity">Base quantity, above zero.</param>
/// <param name="LimitPrice">Worst acceptable price of a limit order; not read for a market order. A trailing stop without one ends as a market order.</param>
public readonly record struct VenueOrder(
    ulong ClientOrderId,
    uint InstrumentId,
    OrderSide Side,
    VenueOrderType Type,
    VenueTimeInForce TimeInForce,
    Quantity Quantity,
    Price LimitPrice)
{
    /// <summary>Whose it is: positions and self-trade prevention go by account.</summary>
    public uint AccountId { get; init; }

    /// <summary>Stops and if-touched orders: the price that triggers. Trailing stop: the price from which on it follows; zero: at once.</summary>
    public Price TriggerPrice { get; init; }

    /// <summary>Trailing stop: distance as a fraction of the best price, above 0 and below 1; or zero.</summary>
    public Ratio TrailingOffset { get; init; }

    /// <summary>Trailing stop: distance as a price; or zero. Exactly one of the two distances is given.</summary>
    public Price TrailingDistance { get; init; }

    /// <summary>Good till date: when it expires, nanoseconds since the epoch.</summary>
    public long ExpireAtNanos { get; init; }

    /// <summary>How much others see of it at a time, at most the quantity; zero: all.</summary>
    public Quantity DisplayQuantity { get; init; }

    /// <summary>Refused if it would take on arrival, expired if it would on being triggered. Limit orders that may rest only.</summary>
    public bool PostOnly { get; init; }

    /// <summary>Only brings the account's position in the instrument nearer to zero; what is beyond that expires.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>What happens when it meets an order of its own account on arrival.</summary>
    public SelfTradePrevention SelfTradePrevention { get; init; }
}
