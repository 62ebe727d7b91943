using System.Runtime.InteropServices;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Live.Counters;

/// <summary>What the follower's engine knows after an input: all of one moment. Numbers of money, prices and quantities are times 1e8.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct StateCounters
{
    /// <summary>After which input; 0 before the first look, and for ever where the run has no follower.</summary>
    public long Sequence;

    /// <summary>The time of that input: nanoseconds since the epoch, by the journal.</summary>
    public long NowNanos;

    /// <summary>What the shard may trade (<see cref="TradingState"/>).</summary>
    public long ShardState;

    /// <summary>Open orders.</summary>
    public long OpenOrders;

    /// <summary>Orders in doubt among them.</summary>
    public long InDoubt;

    /// <summary>Positions that are not flat.</summary>
    public long OpenPositions;

    /// <summary>Clients.</summary>
    public long ClientCount;

    /// <summary>Alerts that the follower has seen since it began.</summary>
    public long AlertCount;

    /// <summary>Malformed inputs.</summary>
    public long Malformed;

    /// <summary>The first clients.</summary>
    public CounterRows<ClientCounters> Clients;

    /// <summary>The first open positions.</summary>
    public CounterRows<PositionCounters> Positions;

    /// <summary>The first open orders.</summary>
    public CounterRows<OrderCounters> Orders;

    /// <summary>The last alerts: number n, from 0, at place n modulo 64.</summary>
    public CounterRows<AlertCounters> Alerts;
}

/// <summary>A client.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct ClientCounters
{
    /// <summary>Which.</summary>
    public long ClientId;

    /// <summary>What it may trade (<see cref="TradingState"/>).</summary>
    public long State;

    /// <summary>Why (<see cref="ReasonCode"/>).</summary>
    public long StateReason;

    /// <summary>Equity, in its currency.</summary>
    public long Equity;

    /// <summary>Result of the day.</summary>
    public long DayResult;

    /// <summary>Open orders.</summary>
    public long OpenOrders;

    /// <summary>In doubt among them.</summary>
    public long InDoubt;

    /// <summary>Whether its orders are asked for after a restart: 1, else 0.</summary>
    public long IsReconciling;
}

/// <summary>A position that is not flat.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct PositionCounters
{
    /// <summary>Whose.</summary>
    public long ClientId;

    /// <summary>Of which strategy.</summary>
    public long StrategyId;

    /// <summary>In what.</summary>
    public long InstrumentId;

    /// <summary>Of which leg (<see cref="PositionLeg"/>).</summary>
    public long Leg;

    /// <summary>Signed.</summary>
    public long Quantity;

    /// <summary>Average entry price.</summary>
    public long AveragePrice;

    /// <summary>The mark.</summary>
    public long Mark;

    /// <summary>Unrealised result.</summary>
    public long Unrealised;

    /// <summary>Realised result.</summary>
    public long Realised;
}

/// <summary>An open order.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct OrderCounters
{
    /// <summary>Which.</summary>
    public ulong ClientOrderId;

    /// <summary>Whose.</summary>
    public long ClientId;

    /// <summary>Of which strategy.</summary>
    public long StrategyId;

    /// <summary>For what.</summary>
    public long InstrumentId;

    /// <summary>Which way (<see cref="Messages.Side"/>).</summary>
    public long Side;

    /// <summary>Of which type (<see cref="OrderType"/>).</summary>
    public long Type;

    /// <summary>In which state (<see cref="OrderStatus"/>).</summary>
    public long Status;

    /// <summary>The whole quantity.</summary>
    public long Quantity;

    /// <summary>Executed.</summary>
    public long Cumulative;

    /// <summary>The limit or the trigger; 0 for neither.</summary>
    public long Price;

    /// <summary>Whether it is in doubt: 1, else 0.</summary>
    public long IsInDoubt;

    /// <summary>When it was decided: nanoseconds since the epoch, by the journal.</summary>
    public long DecidedNanos;
}

/// <summary>An alert.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct AlertCounters
{
    /// <summary>Of which input.</summary>
    public long Sequence;

    /// <summary>When, by the journal.</summary>
    public long TimeNanos;

    /// <summary>How bad (<see cref="Messages.Severity"/>).</summary>
    public long Severity;

    /// <summary>Why (<see cref="ReasonCode"/>).</summary>
    public long Reason;

    /// <summary>Template of the input.</summary>
    public long TemplateId;

    /// <summary>What it is about.</summary>
    public ulong Subject;

    /// <summary>A number that depends on the reason.</summary>
    public long Expected;

    /// <summary>Another one.</summary>
    public long Actual;
}
