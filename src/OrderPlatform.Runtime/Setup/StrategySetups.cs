using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Setup;

/// <summary>A strategy.</summary>
public sealed record StrategySetup(
    uint Id, uint ClientId, uint AccountId, string Name, TradingMode Mode, EntryTiming EntryTiming, NeutralSignal NeutralSignal, SizingMode SizingMode,
    OrderType OrderType, TimeInForce TimeInForce, Quantity? FixedQuantity, Ratio? EquityFraction, Ratio? LimitOffset, Ratio? StopLoss, Ratio? TakeProfit,
    Ratio? MinimumConfidence)
{
    /// <summary>With FixedNotional.</summary>
    public Money? FixedNotional { get; init; }

    /// <summary>With VolatilityTarget: of a bar, as a share of equity.</summary>
    public Ratio? TargetVolatility { get; init; }

    /// <summary>With Kelly: 0.25 is quarter Kelly.</summary>
    public Ratio? KellyMultiplier { get; init; }

    /// <summary>With Kelly.</summary>
    public Ratio? KellyWinRate { get; init; }

    /// <summary>With Kelly: most loss at the stop, of equity.</summary>
    public Ratio? RiskPerTrade { get; init; }

    /// <summary>With Kelly and VolatilityTarget: most notional, of equity.</summary>
    public Ratio? MaximumFraction { get; init; }
}

/// <summary>How a strategy's signals are filtered (R34 to R44, R122, R126); null is no such filter.</summary>
public sealed record SignalRulesSetup(uint StrategyId)
{
    /// <summary>Smallest change of price in an hour, without sign.</summary>
    public Ratio? MomentumMinimum { get; init; }

    /// <summary>Over how many minutes it is measured, 1 to 60.</summary>
    public byte? MomentumWindowMinutes { get; init; }

    /// <summary>Oldest signal that passes.</summary>
    public long? MaximumAgeNanos { get; init; }

    /// <summary>What an opposite signal needs to end a position.</summary>
    public Ratio? ReversalConfidence { get; init; }

    /// <summary>How models of an ensemble decide together.</summary>
    public VotingMethod VotingMethod { get; init; }

    /// <summary>Fresh votes that must be there.</summary>
    public byte VotesMinimum { get; init; }

    /// <summary>Oldest vote that counts.</summary>
    public long? VoteMaximumAgeNanos { get; init; }

    /// <summary>With Weighted: least score, of the sum of weights.</summary>
    public Ratio? VoteThreshold { get; init; }

    /// <summary>Weight of the entry model; null is 1.</summary>
    public Ratio? EntryWeight { get; init; }

    /// <summary>Weight of the position model; null is 1.</summary>
    public Ratio? PositionWeight { get; init; }

    /// <summary>Weight of the exit model; null is 1.</summary>
    public Ratio? ExitWeight { get; init; }

    /// <summary>Weight of the profit model; null is 1.</summary>
    public Ratio? ProfitWeight { get; init; }
}

/// <summary>How a strategy's orders are carried out (R51 to R57, R71 to R82); null is what the algorithm does not use.</summary>
public sealed record ExecutionSetup(uint StrategyId, ExecutionAlgorithm Algorithm, RoutingMode Routing)
{
    /// <summary>Orders leave at once, once.</summary>
    public static ExecutionSetup None(uint strategyId) => new(strategyId, ExecutionAlgorithm.Immediate, RoutingMode.Direct);

    /// <summary>TWAP, VWAP, POV.</summary>
    public long? DurationNanos { get; init; }

    /// <summary>TWAP, VWAP.</summary>
    public ushort? Slices { get; init; }

    /// <summary>Iceberg.</summary>
    public Ratio? VisibleFraction { get; init; }

    /// <summary>Iceberg.</summary>
    public long? RefreshNanos { get; init; }

    /// <summary>POV.</summary>
    public Ratio? Participation { get; init; }

    /// <summary>LimitThenMarket.</summary>
    public long? LimitTimeoutNanos { get; init; }

    /// <summary>LimitThenMarket: the rest goes to the market.</summary>
    public bool FallbackToMarket { get; init; }

    /// <summary>Slices are limit orders.</summary>
    public bool UseLimitOrders { get; init; }

    /// <summary>Limit orders must rest.</summary>
    public bool PostOnly { get; init; }

    /// <summary>An order above a limit of size is split instead of refused (D3).</summary>
    public bool SplitOversized { get; init; }

    /// <summary>After a refusal that may pass (D15).</summary>
    public byte RetryAttempts { get; init; }

    /// <summary>Before each.</summary>
    public long RetryDelayNanos { get; init; }

    /// <summary>Without an answer for this long an order is in doubt; zero is never.</summary>
    public long ExecutionTimeoutNanos { get; init; }

    /// <summary>Most of a parent at one venue; null is all.</summary>
    public Ratio? MaximumVenueShare { get; init; }
}

/// <summary>How a strategy's positions end (R123 to R127, D6); null is no such exit.</summary>
public sealed record ExitSetup(uint StrategyId, ExitMode StopMode, ExitMode TakeProfitMode, byte Window, byte AtrPeriod)
{
    private const byte WindowDefault = 20;
    private const byte PeriodDefault = 14;

    /// <summary>Fixed stops and targets are all.</summary>
    public static ExitSetup None(uint strategyId) => new(strategyId, ExitMode.Fixed, ExitMode.Fixed, WindowDefault, PeriodDefault);

    /// <summary>Fraction of the best price.</summary>
    public Ratio? TrailingOffset { get; init; }

    /// <summary>Profit from which the stop trails, fraction of the entry price.</summary>
    public Ratio? TrailingActivation { get; init; }

    /// <summary>Longest time that a position is held.</summary>
    public long? MaximumHoldNanos { get; init; }
}
