using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <summary>An order as the model knows it.</summary>
internal sealed class NaiveOrder
{
    public ulong Id;
    public NaivePosition Position = null!;
    public NaiveParent? Parent;
    public Side Side;
    public OrderType Type;
    public TimeInForce TimeInForce;
    public OrderStatus Status = OrderStatus.Held;
    public OrderStatus Before;
    public ReasonCode Reason;
    public bool PostOnly;
    public bool ReduceOnly;
    public bool EndsInEngine;
    public bool IsWatched;
    public bool IsReached;
    public bool CancelWaits;
    public bool InDoubt;
    public bool HasFilled;
    public decimal Quantity;
    public decimal Cumulative;
    public decimal Ended;
    public decimal Opening;
    public decimal Display;
    public decimal FilledValue;
    public decimal Limit;
    public decimal Trigger;
    public decimal Offset;
    public decimal Best;
    public decimal ReservePrice;
    public decimal AmendQuantity;
    public decimal AmendLimit;
    public decimal AmendTrigger;
    public decimal Reported;
    public decimal Estimated;
    public long SentAt;
    public long ExpireAt;
    public int Asks;
    public ulong Link;
    public LinkRole Role;
    public Alarm? Alarm;

    public decimal Leaves => Quantity - Cumulative - Ended;

    public bool IsOpen => Status is OrderStatus.Held or OrderStatus.Queued or OrderStatus.PendingCancel || IsAtVenue;

    public bool IsAtVenue => Status is OrderStatus.PendingNew or OrderStatus.Working or OrderStatus.PartiallyFilled or OrderStatus.PendingCancel;

    public bool HasLimit => Type is OrderType.Limit or OrderType.StopLimit or OrderType.LimitIfTouched;

    public bool HasTrigger => Type is OrderType.Stop or OrderType.StopLimit or OrderType.MarketIfTouched or OrderType.LimitIfTouched or OrderType.TrailingStop;

    /// <summary>What of the leaves can still increase exposure: the part that closes comes first.</summary>
    public decimal OpeningLeft => IsOpen && Leaves > 0 ? Math.Min(Leaves, Opening) : 0;

    public decimal ClosingLeft => IsOpen && Leaves > 0 ? Leaves - OpeningLeft : 0;
}

/// <summary>What was asked for, whole, until it is executed or has ended (T14).</summary>
internal sealed class NaiveParent
{
    public ulong Id;
    public NaivePosition Position = null!;
    public OrderOrigin Origin = OrderOrigin.Request;
    public ExecutionAlgorithm Algorithm;
    public ParentStatus Status = ParentStatus.Working;
    public ReasonCode Reason;
    public Side Side;
    public OrderType Type;
    public TimeInForce TimeInForce;
    public decimal Quantity;
    public decimal Opening;
    public decimal Executed;
    public decimal Ended;
    public decimal Limit;
    public decimal Trigger;
    public decimal Offset;
    public decimal Display;
    public long ExpireAt;
    public bool PostOnly;
    public bool ReduceOnly;
    public bool IsRenewing;
    public bool IsGone;
    public ulong Link;
    public LinkRole Role;
    public long StartAt;
    public long EndAt;
    public int Slices;
    public int SlicesSeen;
    public int Attempts;
    public Alarm? Alarm;

    /// <summary>Its open orders, the newest first.</summary>
    public List<NaiveOrder> Orders { get; } = [];

    public decimal Working => Orders.Sum(order => Math.Max(0, order.Leaves));

    public decimal Unsent => IsGone ? 0 : Quantity - Executed - Working - Ended;
}

/// <summary>A strategy's position in an instrument: average cost, spot.</summary>
internal sealed class NaivePosition
{
    public NaiveClient Client = null!;
    public NaiveInstrument Instrument = null!;
    public decimal Quantity;
    public decimal Cost;
    public decimal Realised;
    public decimal Fees;

    public bool ReducesBy(Side side) => side == Side.Sell ? Quantity > 0 : Quantity < 0;

    /// <summary>
    /// Books a fill at average cost; a reduction takes its share of the cost out, half away from zero, the last one the rest. A fee in base takes from what is
    /// held and is valued at the fill's price.
    /// </summary>
    public void Fill(Side side, decimal quantity, decimal price, decimal fee, bool isFeeInBase)
    {
        decimal delta = side == Side.Buy ? quantity : -quantity;
        decimal value = NaiveOrders.Value(delta, price);
        Client.Cash -= value + (isFeeInBase ? 0 : fee);
        Fees += isFeeInBase ? NaiveOrders.Value(fee, price) : fee;
        if (isFeeInBase)
        {
            delta -= fee;
            value -= NaiveOrders.Value(fee, price);
        }

        if (Quantity != 0 && Quantity > 0 != delta > 0)
        {
            bool crosses = Math.Abs(delta) > Math.Abs(Quantity);
            decimal closes = crosses ? -Quantity : delta;
            decimal closedValue = crosses ? NaiveOrders.Value(closes, price) : value;
            decimal share = closes == -Quantity ? Cost : decimal.Round(Cost * Math.Abs(closes) / Math.Abs(Quantity), 8, MidpointRounding.AwayFromZero);
            Realised += -closedValue - share;
            Quantity += closes;
            Cost -= share;
            delta -= closes;
            value -= closedValue;
        }

        Quantity += delta;
        Cost += delta == 0 ? 0 : value;
    }
}

/// <summary>A client with its one strategy and one account.</summary>
internal sealed class NaiveClient
{
    public uint Id;
    public decimal Cash;
    public bool IsReconciling;
    public Alarm? QueueAlarm;

    /// <summary>How its strategy carries orders out.</summary>
    public Harness.ExecutionRecord Rules = null!;

    /// <summary>Cancels that wait for room in a budget.</summary>
    public List<NaiveOrder> WaitingCancels { get; } = [];

    /// <summary>New orders that wait, behind the cancels.</summary>
    public List<NaiveOrder> WaitingOrders { get; } = [];

    public List<NaivePosition> Positions { get; } = [];
}

/// <summary>An instrument and what was seen of its prices.</summary>
internal sealed class NaiveInstrument
{
    public Harness.InstrumentRecord Rules = null!;
    public decimal Mark;
    public decimal Bid;
    public decimal Ask;

    /// <summary>Orders whose trigger the engine watches, oldest first.</summary>
    public List<NaiveOrder> Watched { get; } = [];

    public decimal Lots(decimal quantity) => decimal.Floor(quantity / Rules.QuantityStep) * Rules.QuantityStep;

    /// <summary>The smallest order at a price; without one nothing is large enough for a smallest value.</summary>
    public decimal Least(decimal price)
    {
        if (price == 0 && Rules.MinimumNotional is not null)
        {
            return decimal.MaxValue;
        }

        decimal least = Rules.MinimumQuantity ?? 0;
        if (Rules.MinimumNotional is { } notional)
        {
            least = Math.Max(least, notional / price);
        }

        return Math.Max(Rules.QuantityStep, decimal.Ceiling(least / Rules.QuantityStep) * Rules.QuantityStep);
    }
}

/// <summary>Something that happens at a time, unless it is taken back.</summary>
internal sealed class Alarm
{
    public long Due;
    public long Number;
    public Action Ring = null!;
}
