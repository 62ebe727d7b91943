using OrderPlatform.Engine.Tests.Harness;
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
    public decimal DecisionPrice;

    public bool IsOpen => Status is OrderStatus.PendingNew or OrderStatus.Working or OrderStatus.PartiallyFilled or OrderStatus.PendingCancel;

    public decimal Leaves => Quantity - Executed - Ended;

    /// <summary>The part that opens executes last, so it is what the leaves hold of it.</summary>
    public decimal OpeningLeft => IsOpen && Leaves > 0 ? Math.Min(Leaves, Opening) : 0;
}

/// <summary>A wish of a position's.</summary>
internal sealed record NaiveIntent(Direction Target, ExitReason Exit, bool AtMarket, bool WaitsForOpen)
{
    public bool WaitsForTime { get; init; }

    public long ExecuteAtNanos { get; init; }

    /// <summary>Zero is for ever.</summary>
    public long ValidUntilNanos { get; init; }

    public decimal DecisionPrice { get; init; }

    public decimal ExpectedReturn { get; init; }

    public decimal RiskScore { get; init; }

    public decimal Volatility { get; init; }

    public bool IsReady => !WaitsForOpen && !WaitsForTime;
}

/// <summary>
/// What the naive model knows of a position. Profit is not booked but follows from what was paid: cost less the sum of all flows, and what a seed brought.
/// </summary>
internal sealed class NaivePosition
{
    public required uint Strategy;
    public required uint Instrument;
    public required PositionLeg Leg;
    public required StrategyRecord Rules;
    public required InstrumentRecord Market;
    public decimal Quantity;
    public decimal Cost;
    public decimal Flows;
    public decimal Fees;
    public decimal OtherFees;
    public decimal Funding;
    public decimal PendingFunding;
    public decimal SeededRealised;
    public decimal SeededFees;
    public NaiveRound Round = new();
    public NaiveIntent? Intent;
    public NaiveTimer? IntentTimer;
    public NaiveOrder? Working;
    public NaiveProtection? Protection;
    public decimal PendingVolatility;
    public List<NaiveOrder> Orders = [];
    public ulong Passed;
    public ulong Failed;
    public decimal Traded;
    public decimal Slippage;
    public uint Wins;
    public uint Losses;
    public decimal Won;
    public decimal Lost;

    /// <summary>Realised profit with what a seed brought.</summary>
    public decimal Realised => SeededRealised + Cost - Flows;

    public Direction Side => (Direction)Math.Sign(Quantity);

    /// <summary>What the books know of it, to be taken back where something does not fit.</summary>
    public NaivePosition Copy()
    {
        var copy = (NaivePosition)MemberwiseClone();
        copy.Round = Round.Copy();
        return copy;
    }

    public void TakeBack(NaivePosition before)
    {
        (Quantity, Cost, Flows, Fees, OtherFees, Round) = (before.Quantity, before.Cost, before.Flows, before.Fees, before.OtherFees, before.Round);
    }
}

/// <summary>A round from flat to flat: the sums of its fills.</summary>
internal sealed class NaiveRound
{
    public uint Number;
    public Direction Direction;
    public long EntryTimeNanos;
    public uint Fills;
    public decimal EntryQuantity;
    public decimal EntryValue;
    public decimal ExitQuantity;
    public decimal ExitValue;
    public decimal Realised;
    public decimal Fees;
    public decimal Funding;
    public decimal Slippage;
    public decimal Adverse;
    public decimal Favourable;

    public NaiveRound Copy() => (NaiveRound)MemberwiseClone();

    public void See(decimal profit)
    {
        Adverse = NaiveMath.Hold(Math.Min(Adverse, profit));
        Favourable = NaiveMath.Hold(Math.Max(Favourable, profit));
    }
}

/// <summary>What protects the round of a position; a level of zero is none.</summary>
internal sealed class NaiveProtection
{
    public decimal Stop;
    public decimal Target;
    public decimal Best;
    public decimal Trailing;
    public decimal SignalVolatility;
    public decimal Deviation;
    public decimal TrueRange;
    public uint Round;
    public long ExitAtNanos;
    public long UnprotectedSinceNanos;
    public NaiveTimer? ExitTimer;
    public NaiveTimer? AlarmTimer;
}

/// <summary>Something that happens at a time; of two at one time the one that was set first.</summary>
internal sealed record NaiveTimer(long DueNanos, long Number, Action Fire);

/// <summary>What an account holds of an asset that is not its currency.</summary>
internal sealed class NaiveBalance
{
    public decimal Amount;
    public decimal Fees;
}
