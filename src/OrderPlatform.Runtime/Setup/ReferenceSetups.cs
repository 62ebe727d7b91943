using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Setup;

/// <summary>A venue.</summary>
public sealed record VenueSetup(ushort Id, string Name, Ratio MakerFee, Ratio TakerFee)
{
    /// <summary>What it does itself; the engine does the rest.</summary>
    public VenueFeatures Features { get; init; }

    /// <summary>Orders of one batch request; 0 and 1 are none.</summary>
    public byte BatchMaximum { get; init; }

    /// <summary>When a DAY order ends, after 00:00 UTC.</summary>
    public long DayEndNanos { get; init; }

    /// <summary>What it does where own orders meet.</summary>
    public SelfTradePrevention SelfTradePrevention { get; init; }
}

/// <summary>An instrument; zero or null is "no such rule".</summary>
public sealed record InstrumentSetup(
    uint Id, ushort VenueId, string Symbol, string BaseAsset, string QuoteAsset, Price PriceTick, Quantity QuantityStep,
    Quantity? MinimumQuantity = null, Quantity? MaximumQuantity = null, Money? MinimumNotional = null)
{
    /// <summary>Spot, linear or inverse.</summary>
    public InstrumentKind Kind { get; init; } = InstrumentKind.Spot;

    /// <summary>Units a contract; null is 1.</summary>
    public Quantity? Multiplier { get; init; }

    /// <summary>Largest value of an order.</summary>
    public Money? MaximumNotional { get; init; }

    /// <summary>Of the position's value.</summary>
    public Ratio? MaintenanceMarginRate { get; init; }

    /// <summary>The venue's deduction of this bracket.</summary>
    public Money? MaintenanceAmount { get; init; }
}

/// <summary>A client; null is the engine's default.</summary>
public sealed record ClientSetup(uint Id, string Name)
{
    /// <summary>Rows of orders promised to it.</summary>
    public uint? MaximumOrders { get; init; }

    /// <summary>Rows of positions promised to it.</summary>
    public uint? MaximumPositions { get; init; }

    /// <summary>When its day rolls, after 00:00 UTC.</summary>
    public long? DayRollNanos { get; init; }

    /// <summary>What happens before sending where own orders would meet.</summary>
    public SelfTradePrevention? SelfTradePrevention { get; init; }
}

/// <summary>An account of a client at a venue.</summary>
public sealed record AccountSetup(uint Id, uint ClientId, ushort VenueId, string Name, string QuoteAsset, Money InitialCash, Ratio MaximumLeverage)
{
    /// <summary>One position an instrument, or a long and a short leg; null is netting.</summary>
    public PositionMode? PositionMode { get; init; }
}

/// <summary>A position held before the journal began; null is the net leg.</summary>
public sealed record SeedSetup(uint StrategyId, uint InstrumentId, Quantity Quantity, Price AveragePrice, Money RealisedPnl, Money Fees)
{
    /// <summary>Which leg it is of, where the account hedges.</summary>
    public PositionLeg? Leg { get; init; }
}
