namespace OrderPlatform.Simulation.Venue;

/// <summary>An order in the venue. Numbers are raw (scaled by 1e8). The object is a slot: it is used again after the order has ended.</summary>
internal sealed class OpenOrder(int slot)
{
    /// <summary>The queue of an order whose place nobody knows: only a market that goes through its price fills it.</summary>
    public const long UnknownQueue = -1;

    public int Slot { get; } = slot;

    public bool IsOpen { get; set; }

    public InstrumentMarket Market { get; set; } = null!;

    public ulong ClientOrderId { get; set; }

    public ulong VenueOrderId { get; set; }

    public OrderSide Side { get; set; }

    public VenueTimeInForce TimeInForce { get; set; }

    public bool IsLimit { get; set; }

    /// <summary>Zero for a market order.</summary>
    public long LimitRaw { get; set; }

    public long QuantityRaw { get; set; }

    public long CumulativeRaw { get; set; }

    /// <summary>Order of arrival among our own orders; a new one after an amend that loses priority.</summary>
    public ulong Priority { get; set; }

    /// <summary>Not yet resting: always for a market order; for a limit order until the market is first seen not to be marketable for it.</summary>
    public bool IsTaking { get; set; }

    /// <summary>Quantity of others ahead at its price, while resting against trades and quotes.</summary>
    public long QueueAheadRaw { get; set; }

    public OpenOrder? Next { get; set; }

    public OpenOrder? Previous { get; set; }

    public long LeavesRaw => QuantityRaw - CumulativeRaw;

    /// <summary>1 for a buy, -1 for a sell: prices times this are the better the lower.</summary>
    public int Sign => Side == OrderSide.Buy ? 1 : -1;

    /// <summary>Whether trading at a price is within what the order allows.</summary>
    public bool Accepts(long priceRaw) => !IsLimit || Sign * priceRaw <= Sign * LimitRaw;

    /// <summary>Whether a price is strictly better than the order's limit.</summary>
    public bool IsBeyond(long priceRaw) => !IsLimit || Sign * priceRaw < Sign * LimitRaw;
}
