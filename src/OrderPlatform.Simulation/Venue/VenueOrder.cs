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
}

/// <summary>How long an order stays.</summary>
public enum VenueTimeInForce : byte
{
    /// <summary>Until filled or cancelled.</summary>
    GoodTillCancelled = 1,

    /// <summary>What fills on arrival; the rest expires.</summary>
    ImmediateOrCancel = 2,

    /// <summary>All of it on arrival, or nothing.</summary>
    FillOrKill = 3,
}

/// <summary>An order as it is sent to the venue.</summary>
/// <param name="ClientOrderId">The sender's id; unique among open and recently closed orders.</param>
/// <param name="InstrumentId">One of the venue's instruments.</param>
/// <param name="Side">Which way.</param>
/// <param name="Type">How it is priced.</param>
/// <param name="TimeInForce">How long it stays.</param>
/// <param name="Quantity">Base quantity, above zero.</param>
/// <param name="LimitPrice">Worst acceptable price of a limit order; not read for a market order.</param>
public readonly record struct VenueOrder(
    ulong ClientOrderId,
    uint InstrumentId,
    OrderSide Side,
    VenueOrderType Type,
    VenueTimeInForce TimeInForce,
    Quantity Quantity,
    Price LimitPrice);
