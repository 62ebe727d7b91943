using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>A venue.</summary>
public struct Venue
{
    /// <summary>Outside id.</summary>
    public ushort Id;

    /// <summary>Fee for resting orders, as a fraction of value.</summary>
    public Ratio MakerFeeRate;

    /// <summary>Fee for taking orders, as a fraction of value.</summary>
    public Ratio TakerFeeRate;
}

/// <summary>An instrument with its venue's rules and its newest market data.</summary>
public struct Instrument
{
    /// <summary>Outside id.</summary>
    public uint Id;

    /// <summary>Row of its venue.</summary>
    public int Venue;

    /// <summary>Prices are multiples of it.</summary>
    public Price PriceTick;

    /// <summary>Quantities are multiples of it.</summary>
    public Quantity QuantityStep;

    /// <summary>Smallest order; zero if the venue has no such rule.</summary>
    public Quantity MinimumQuantity;

    /// <summary>Largest order; <see cref="long.MaxValue"/> if the venue has no such rule.</summary>
    public Quantity MaximumQuantity;

    /// <summary>Smallest order value; zero if the venue has no such rule.</summary>
    public Money MinimumNotional;

    /// <summary>The price that values positions; zero until the first market data.</summary>
    public Price Mark;

    /// <summary>When the mark was set, by the input's timestamp.</summary>
    public long MarkTimeNanos;

    /// <summary>Best bid; zero until known.</summary>
    public Price Bid;

    /// <summary>Best ask; zero until known.</summary>
    public Price Ask;

    /// <summary>First position row of the instrument's list, or -1.</summary>
    public int FirstPosition;
}

/// <summary>A client.</summary>
public struct Client
{
    /// <summary>Outside id.</summary>
    public uint Id;

    /// <summary>Whether new exposure is refused.</summary>
    public bool Halted;

    /// <summary>The client's limits.</summary>
    public Risk.RiskLimitSet Limits;

    /// <summary>Net result when the current day began.</summary>
    public Money DayOpeningResult;
}

/// <summary>A strategy: how its signals become orders.</summary>
public struct Strategy
{
    /// <summary>Outside id.</summary>
    public uint Id;

    /// <summary>Row of its client.</summary>
    public int Client;

    /// <summary>Row of its account.</summary>
    public int Account;

    /// <summary>Long only, or long and short.</summary>
    public TradingMode Mode;

    /// <summary>When orders are sent.</summary>
    public EntryTiming EntryTiming;

    /// <summary>What direction 0 means.</summary>
    public NeutralSignal NeutralSignal;

    /// <summary>How a signal becomes a quantity.</summary>
    public SizingMode SizingMode;

    /// <summary>Type of orders made from signals.</summary>
    public OrderType OrderType;

    /// <summary>Time in force of orders made from signals.</summary>
    public TimeInForce TimeInForce;

    /// <summary>With <see cref="SizingMode.FixedQuantity"/>.</summary>
    public Quantity FixedQuantity;

    /// <summary>With <see cref="SizingMode.EquityFraction"/>.</summary>
    public Ratio EquityFraction;

    /// <summary>Distance of limit prices from the mark.</summary>
    public Ratio LimitOffset;

    /// <summary>Fraction of the entry price, or zero for none.</summary>
    public Ratio StopLoss;

    /// <summary>Fraction of the entry price, or zero for none.</summary>
    public Ratio TakeProfit;

    /// <summary>Smallest confidence that passes, or zero for any.</summary>
    public Ratio MinimumConfidence;

    /// <summary>Whether new exposure is refused.</summary>
    public bool Halted;

    /// <summary>The strategy's limits.</summary>
    public Risk.RiskLimitSet Limits;

    /// <summary>Net result when the current day began.</summary>
    public Money DayOpeningResult;

    /// <summary>First position row of the strategy's list, or -1.</summary>
    public int FirstPosition;
}
