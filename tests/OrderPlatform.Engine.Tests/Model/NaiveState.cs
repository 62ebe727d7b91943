using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>What the naive model knows of an order.</summary>
internal sealed class NaiveOrder
{
    public ulong Id;
    public required NaivePosition Position;
    public Side Side;
    public OrderType Type;
    public OrderStatus Status = OrderStatus.PendingNew;
    public OrderStatus BeforeCancel;
    public Direction Target;
    public ExitReason Exit;
    public decimal Quantity;
    public decimal Executed;
    public decimal Ended;
    public decimal Opening;
    public decimal ReservePrice;

    public bool IsOpen => Status is OrderStatus.PendingNew or OrderStatus.Working or OrderStatus.PartiallyFilled or OrderStatus.PendingCancel;

    public decimal Leaves => Quantity - Executed - Ended;

    /// <summary>The part that opens executes last, so it is what the leaves hold of it.</summary>
    public decimal OpeningLeft => IsOpen && Leaves > 0 ? Math.Min(Leaves, Opening) : 0;
}

/// <summary>A wish of a position's.</summary>
internal sealed record NaiveIntent(Direction Target, ExitReason Exit, bool AtMarket, bool WaitsForOpen);

/// <summary>What the naive model knows of a position. Profit is not booked but follows from what was paid: cost less the sum of all flows.</summary>
internal sealed class NaivePosition
{
    public required uint Strategy;
    public required uint Instrument;
    public decimal Quantity;
    public decimal Cost;
    public decimal Flows;
    public decimal Fees;
    public decimal OtherFees;
    public uint Rounds;
    public decimal ProfitAtRoundStart;
    public decimal FeesAtRoundStart;
    public NaiveIntent? Intent;
    public NaiveOrder? Working;

    public decimal Realised => Cost - Flows;

    public Direction Side => (Direction)Math.Sign(Quantity);

    public decimal Average => Quantity == 0 ? 0 : KnownAnswer.MultiplyDivide(Math.Abs(Cost), 1, Math.Abs(Quantity));
}
