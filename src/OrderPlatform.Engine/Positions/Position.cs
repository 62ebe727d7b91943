using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Engine.Trades;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Positions;

/// <summary>What one strategy holds of one instrument, the round that is open, and the intent that waits. Accounting is <see cref="PositionBook"/>'s.</summary>
public struct Position : IRow<Position>
{
    /// <summary>Row of the strategy.</summary>
    public int Strategy;

    /// <summary>Row of the instrument.</summary>
    public int Instrument;

    /// <summary>Row of the account.</summary>
    public int Account;

    /// <summary>Net, or a leg in hedging mode.</summary>
    public PositionLeg Leg;

    /// <summary>Row of the parent order that carries out the last intent, or -1.</summary>
    public int WorkingParent;

    /// <summary>Held, signed.</summary>
    public Quantity Quantity;

    /// <summary>What the held quantity cost; signed as the quantity, against it with inverse instruments.</summary>
    public Money Cost;

    /// <summary>Realised profit since the start, before fees.</summary>
    public Money Realised;

    /// <summary>Fees since the start, valued in the currency of the account.</summary>
    public Money Fees;

    /// <summary>Fees in a third currency since the start, in that currency: kept apart (D20).</summary>
    public Money OtherFees;

    /// <summary>Funding received since the start.</summary>
    public Money Funding;

    /// <summary>Quantity of open orders that would increase the position.</summary>
    public Quantity PendingOpening;

    /// <summary>Quantity of open buy orders that would reduce the position.</summary>
    public Quantity PendingClosingBuy;

    /// <summary>Quantity of open sell orders that would reduce the position.</summary>
    public Quantity PendingClosingSell;

    /// <summary>When the last valuation went out.</summary>
    public long ValuedAtNanos;

    /// <summary>Timer of the intent, or -1.</summary>
    public int IntentTimer;

    /// <summary>Timer of the time exit, or -1.</summary>
    public int ExitTimer;

    /// <summary>What is wanted and not yet ordered.</summary>
    public Intent Intent;

    /// <summary>The open round from flat to flat.</summary>
    public Round Round;

    /// <summary>Held when a funding came that waits for a mark, signed (T18).</summary>
    public Quantity PendingFunding;

    /// <summary>Estimated price at which the venue closes it; zero where there is none.</summary>
    public Price LiquidationPrice;

    /// <summary>The mark from which on that is near; zero where there is none.</summary>
    public Price LiquidationWarning;

    /// <summary>Whether it is near, and somebody was told.</summary>
    public bool LiquidationNear;

    /// <summary>Its share of the account's value at the mark: spot value, or unrealised profit of others.</summary>
    public Money Value;

    /// <summary>Profit that is not realised, at the mark.</summary>
    public Money Unrealised;

    /// <summary>Notional of the open orders that would increase it, at the mark.</summary>
    public Money Pending;

    /// <summary>Notional at the mark, without sign.</summary>
    public Money Exposure;

    /// <summary>How long it need not be watched.</summary>
    internal Calm Calm;

    /// <summary>Next position of the same instrument, or -1.</summary>
    public int NextOfInstrument;

    /// <summary>Next position of the same strategy, or -1.</summary>
    public int NextOfStrategy;

    /// <summary>Next position of the same account, or -1.</summary>
    public int NextOfAccount;

    /// <summary>Open orders that only reduce it.</summary>
    public uint ReduceOnlyOrders;

    /// <summary>-1, 0 or 1.</summary>
    public readonly Direction Side => Quantity.Raw > 0 ? Direction.Long : Quantity.Raw < 0 ? Direction.Short : Direction.Neutral;

    static ushort IRow<Position>.TemplateId => SnapshotPositionDecoder.TemplateId;

    static void IRow<Position>.Visit<TVisitor>(ref Position row, ref TVisitor visitor)
    {
        visitor.Add("strategyRow", ref row.Strategy);
        visitor.Add("instrumentRow", ref row.Instrument);
        visitor.Add("accountRow", ref row.Account);
        visitor.Add("leg", ref row.Leg);
        visitor.Add("workingParentRow", ref row.WorkingParent);
        visitor.Add("quantity", ref row.Quantity);
        visitor.Add("cost", ref row.Cost);
        visitor.Add("realised", ref row.Realised);
        visitor.Add("fees", ref row.Fees);
        visitor.Add("otherFees", ref row.OtherFees);
        visitor.Add("funding", ref row.Funding);
        visitor.Add("pendingOpening", ref row.PendingOpening);
        visitor.Add("pendingClosingBuy", ref row.PendingClosingBuy);
        visitor.Add("pendingClosingSell", ref row.PendingClosingSell);
        visitor.Add("valuedAtNanos", ref row.ValuedAtNanos);
        visitor.Add("intentTimer", ref row.IntentTimer);
        visitor.Add("exitTimer", ref row.ExitTimer);
        Signals.Intent.Visit(ref row.Intent, ref visitor);
        Trades.Round.Visit(ref row.Round, ref visitor);
        visitor.Add("pendingFunding", ref row.PendingFunding);
        visitor.Add("liquidationPrice", ref row.LiquidationPrice);
        visitor.Add("liquidationWarning", ref row.LiquidationWarning);
        visitor.Add("liquidationNear", ref row.LiquidationNear);
    }
}
