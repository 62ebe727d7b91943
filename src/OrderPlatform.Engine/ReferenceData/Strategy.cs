using System;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Engine.Sizing;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>A strategy: how its signals become orders.</summary>
public struct Strategy : IRow<Strategy>
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

    /// <summary>What it may trade.</summary>
    public TradingState State;

    /// <summary>Why it may not trade all.</summary>
    public ReasonCode StateReason;

    /// <summary>Net result when the current day began.</summary>
    public Money DayOpeningResult;

    /// <summary>Highest net result.</summary>
    public Money PeakResult;

    /// <summary>Equity of its account at that time.</summary>
    public Money PeakEquity;

    /// <summary>Equity of its account when the current day began.</summary>
    public Money DayOpeningEquity;

    /// <summary>Realised profit and funding less fees, since the start.</summary>
    public Money NetRealised;

    /// <summary>When the window of counted requests began.</summary>
    public long MessageWindowStartNanos;

    /// <summary>Requests to venues in it.</summary>
    public uint Messages;

    /// <summary>How its signals are filtered.</summary>
    public SignalRules SignalRules;

    /// <summary>How much it holds.</summary>
    public SizingRules Sizing;

    /// <summary>How its orders are carried out.</summary>
    public ExecutionRules Execution;

    /// <summary>How its positions end.</summary>
    public ExitRules Exits;

    /// <summary>Its limits.</summary>
    public RiskLimitSet Limits;

    /// <summary>Its circuit breaker.</summary>
    public Breaker Breaker;

    /// <summary>The signals that it gave last.</summary>
    public SeenSignals Seen;

    /// <summary>Notional of its positions and of its open orders that would increase them, at the marks.</summary>
    public Int128 Exposure;

    /// <summary>Unrealised profit of its positions, at the marks.</summary>
    public Int128 Unrealised;

    /// <summary>Open orders.</summary>
    public uint OpenOrders;

    /// <summary>What its result is compared with at each mark.</summary>
    internal LossFloor LossFloor;

    /// <summary>Whether it or its client has a limit that prices and fills alone can break.</summary>
    public bool IsWatched;

    /// <summary>First position row of the strategy's list, or -1.</summary>
    public int FirstPosition;

    /// <summary>Next strategy of the same client, or -1.</summary>
    public int NextOfClient;

    static ushort IRow<Strategy>.TemplateId => SnapshotStrategyDecoder.TemplateId;

    static void IRow<Strategy>.Visit<TVisitor>(ref Strategy row, ref TVisitor visitor)
    {
        visitor.Add("strategyId", ref row.Id);
        visitor.Add("clientRow", ref row.Client);
        visitor.Add("accountRow", ref row.Account);
        visitor.Add("mode", ref row.Mode);
        visitor.Add("entryTiming", ref row.EntryTiming);
        visitor.Add("neutralSignal", ref row.NeutralSignal);
        visitor.Add("tradingState", ref row.State);
        visitor.Add("dayOpeningResult", ref row.DayOpeningResult);
        visitor.Add("peakResult", ref row.PeakResult);
        visitor.Add("peakEquity", ref row.PeakEquity);
        visitor.Add("dayOpeningEquity", ref row.DayOpeningEquity);
        visitor.Add("netRealised", ref row.NetRealised);
        visitor.Add("messageWindowStartNanos", ref row.MessageWindowStartNanos);
        visitor.Add("messages", ref row.Messages);
        Engine.Signals.SignalRules.Visit(ref row.SignalRules, ref visitor);
        SizingRules.Visit(ref row.Sizing, ref visitor);
        ExecutionRules.Visit(ref row.Execution, ref visitor);
        ExitRules.Visit(ref row.Exits, ref visitor);
        RiskLimitSet.Visit(ref row.Limits, ref visitor);
        Risk.Breaker.Visit(ref row.Breaker, ref visitor);
        visitor.Add("stateReason", ref row.StateReason);
        SeenSignals.Visit(ref row.Seen, ref visitor);
    }
}
