using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>A client.</summary>
public struct Client : IRow<Client>
{
    /// <summary>Outside id.</summary>
    public uint Id;

    /// <summary>What it may trade.</summary>
    public TradingState State;

    /// <summary>Why it may not trade all.</summary>
    public ReasonCode StateReason;

    /// <summary>Before sending.</summary>
    public SelfTradePrevention SelfTradePrevention;

    /// <summary>Rows of orders promised to it, open and remembered.</summary>
    public uint MaximumOrders;

    /// <summary>Rows of positions promised to it.</summary>
    public uint MaximumPositions;

    /// <summary>When its day rolls, after 00:00 UTC.</summary>
    public long DayRollNanos;

    /// <summary>Its current day, counted from the epoch.</summary>
    public long Day;

    /// <summary>Net result when the current day began.</summary>
    public Money DayOpeningResult;

    /// <summary>Equity when the current day began.</summary>
    public Money DayOpeningEquity;

    /// <summary>Highest net result.</summary>
    public Money PeakResult;

    /// <summary>Equity at that time.</summary>
    public Money PeakEquity;

    /// <summary>When the window of counted requests began.</summary>
    public long MessageWindowStartNanos;

    /// <summary>Requests to venues in it.</summary>
    public uint Messages;

    /// <summary>Rows of the order table that it uses.</summary>
    public uint OrderRows;

    /// <summary>Rows of the position table that it uses.</summary>
    public uint PositionRows;

    /// <summary>Its order that ended first and is remembered, or -1.</summary>
    public int FirstEnded;

    /// <summary>Its order that ended last, or -1.</summary>
    public int LastEnded;

    /// <summary>First of the rows of parent orders that it used and are free, or -1.</summary>
    public int FirstFreeParent;

    /// <summary>First of its places in the memory of fills.</summary>
    public uint FillBase;

    /// <summary>How many places it has there.</summary>
    public uint FillPlaces;

    /// <summary>Fills remembered since the start.</summary>
    public ulong FillsAdded;

    /// <summary>Its limits.</summary>
    public RiskLimitSet Limits;

    /// <summary>Its circuit breaker.</summary>
    public Breaker Breaker;

    /// <summary>Whether its orders in doubt are asked for after a restart: nothing new is sent until all are known (T1).</summary>
    public bool Reconciling;

    /// <summary>Open orders.</summary>
    public uint OpenOrders;

    /// <summary>Parent orders under way; no more than rows of orders are promised to it.</summary>
    public uint OpenParents;

    /// <summary>Orders in doubt.</summary>
    public uint InDoubt;

    /// <summary>By how much its money moved.</summary>
    internal Movement Movement;

    /// <summary>What its result is compared with at each mark.</summary>
    internal LossFloor LossFloor;

    /// <summary>First account of its list, or -1.</summary>
    public int FirstAccount;

    /// <summary>First strategy of its list, or -1.</summary>
    public int FirstStrategy;

    static ushort IRow<Client>.TemplateId => SnapshotClientDecoder.TemplateId;

    static void IRow<Client>.Visit<TVisitor>(ref Client row, ref TVisitor visitor)
    {
        visitor.Add("clientId", ref row.Id);
        visitor.Add("tradingState", ref row.State);
        visitor.Add("selfTradePrevention", ref row.SelfTradePrevention);
        visitor.Add("maximumOrders", ref row.MaximumOrders);
        visitor.Add("maximumPositions", ref row.MaximumPositions);
        visitor.Add("dayRollNanos", ref row.DayRollNanos);
        visitor.Add("day", ref row.Day);
        visitor.Add("dayOpeningResult", ref row.DayOpeningResult);
        visitor.Add("dayOpeningEquity", ref row.DayOpeningEquity);
        visitor.Add("peakResult", ref row.PeakResult);
        visitor.Add("peakEquity", ref row.PeakEquity);
        visitor.Add("messageWindowStartNanos", ref row.MessageWindowStartNanos);
        visitor.Add("messages", ref row.Messages);
        visitor.Add("orderRows", ref row.OrderRows);
        visitor.Add("positionRows", ref row.PositionRows);
        visitor.Add("firstEndedRow", ref row.FirstEnded);
        visitor.Add("lastEndedRow", ref row.LastEnded);
        visitor.Add("fillBase", ref row.FillBase);
        visitor.Add("fillPlaces", ref row.FillPlaces);
        visitor.Add("fillsAdded", ref row.FillsAdded);
        visitor.Add("reconciling", ref row.Reconciling);
        RiskLimitSet.Visit(ref row.Limits, ref visitor);
        Risk.Breaker.Visit(ref row.Breaker, ref visitor);
        visitor.Add("stateReason", ref row.StateReason);
        visitor.Add("firstFreeParentRow", ref row.FirstFreeParent);
    }
}
