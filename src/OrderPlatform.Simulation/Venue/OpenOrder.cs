namespace OrderPlatform.Simulation.Venue;

/// <summary>An order in the venue. Numbers are raw (scaled by 1e8). The object is a slot: it is used again after the order has ended.</summary>
internal sealed class OpenOrder(int slot)
{
    /// <summary>The queue of an order whose place nobody knows: only a market that goes through its price fills it.</summary>
    public const long UnknownQueue = -1;

    private VenueOrder _terms;

    public int Slot { get; } = slot;

    public bool IsOpen { get; set; }

    public InstrumentMarket Market { get; set; } = null!;

    public ulong ClientOrderId { get; set; }

    public ulong VenueOrderId { get; private set; }

    /// <summary>What was sent, with the quantity, limit and trigger of the last amend.</summary>
    public ref readonly VenueOrder Terms => ref _terms;

    public OrderSide Side => _terms.Side;

    public VenueTimeInForce TimeInForce => _terms.TimeInForce;

    /// <summary>Whether it is a limit order once it is live.</summary>
    public bool IsLimit { get; private set; }

    /// <summary>Zero for a market order.</summary>
    public long LimitRaw { get; private set; }

    public long QuantityRaw => _terms.Quantity.Raw;

    public long CumulativeRaw { get; set; }

    /// <summary>What self-trade prevention took.</summary>
    public long PreventedRaw { get; set; }

    /// <summary>Order of arrival among our own orders; a new one after an amend that loses priority.</summary>
    public ulong Priority { get; set; }

    /// <summary>Not yet resting: always for a market order; for a limit order until the market is first seen not to be marketable for it.</summary>
    public bool IsTaking { get; set; }

    /// <summary>Quantity of others ahead at its price, while resting against trades and quotes.</summary>
    public long QueueAheadRaw { get; set; }

    /// <summary>Waits for its trigger; not in the queue.</summary>
    public bool IsPending { get; set; }

    /// <summary>1: triggers, or begins to follow, at a price or above; -1: at it or below; 0: not known yet.</summary>
    public int TriggerSign { get; set; }

    /// <summary>Best price since a trailing stop began to follow; zero before.</summary>
    public long ExtremeRaw { get; set; }

    /// <summary>The level that a bar's path reaches when the order is next woken; zero: the path's price of that instant counts.</summary>
    public long PlannedLevelRaw { get; set; }

    /// <summary>The price at which a bar triggered it, for its first opportunity; else zero.</summary>
    public long ArrivalPriceRaw { get; set; }

    /// <summary>Worst price of a market order under price protection; zero: none yet, or not protected.</summary>
    public long ProtectionRaw { get; set; }

    /// <summary>What is left of the part that others see; not read if all is shown.</summary>
    public long ShownRaw { get; set; }

    public OpenOrder? Next { get; set; }

    public OpenOrder? Previous { get; set; }

    public long LeavesRaw => QuantityRaw - CumulativeRaw - PreventedRaw;

    public bool IsIceberg => _terms.DisplayQuantity.Raw > 0;

    /// <summary>1 for a buy, -1 for a sell: prices times this are the better the lower.</summary>
    public int Sign => Side == OrderSide.Buy ? 1 : -1;

    /// <summary>Worst price that it may have; zero: any.</summary>
    public long BoundRaw => IsLimit ? LimitRaw : ProtectionRaw;

    /// <summary>Makes the slot a new order.</summary>
    public void Begin(in VenueOrder terms, InstrumentMarket market, ulong venueOrderId)
    {
        Market = market;
        VenueOrderId = venueOrderId;
        CumulativeRaw = 0;
        PreventedRaw = 0;
        ExtremeRaw = 0;
        PlannedLevelRaw = 0;
        ArrivalPriceRaw = 0;
        ProtectionRaw = 0;
        IsPending = OrderRules.HasTrigger(terms.Type);
        SetTerms(in terms);
        TriggerSign = terms.Type switch
        {
            VenueOrderType.Stop or VenueOrderType.StopLimit => Sign,
            VenueOrderType.MarketIfTouched or VenueOrderType.LimitIfTouched => -Sign,
            _ => 0,
        };
    }

    public void SetTerms(in VenueOrder terms)
    {
        _terms = terms;
        IsLimit = OrderRules.HasLimit(in terms);
        LimitRaw = IsLimit ? terms.LimitPrice.Raw : 0;
    }

    /// <summary>Whether trading at a price is within what the order allows.</summary>
    public bool Accepts(long priceRaw) => BoundRaw == 0 || Sign * priceRaw <= Sign * BoundRaw;

    /// <summary>Whether a price is strictly better than the order's limit.</summary>
    public bool IsBeyond(long priceRaw) => !IsLimit || Sign * priceRaw < Sign * LimitRaw;
}
