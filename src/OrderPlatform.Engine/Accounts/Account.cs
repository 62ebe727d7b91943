using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Accounts;

/// <summary>A client's account at a venue, in one currency: that in which its instruments settle.</summary>
public struct Account : IRow<Account>
{
    /// <summary>Outside id.</summary>
    public uint Id;

    /// <summary>Row of its client.</summary>
    public int Client;

    /// <summary>Row of its venue.</summary>
    public int Venue;

    /// <summary>Code of its currency.</summary>
    public ulong Asset;

    /// <summary>Held in its currency; below zero where a purchase was financed.</summary>
    public Money Cash;

    /// <summary>Cash at the start.</summary>
    public Money InitialCash;

    /// <summary>Held back for open orders that increase exposure.</summary>
    public Money Reserved;

    /// <summary>Most exposure as a multiple of equity.</summary>
    public Ratio MaximumLeverage;

    /// <summary>Netting or hedging.</summary>
    public PositionMode PositionMode;

    /// <summary>Row of the instrument whose mark turns its currency into the client's, or -1.</summary>
    public int Conversion;

    /// <summary>Cash that came, less what went, without a trade.</summary>
    public Money Transfers;

    /// <summary>Ledger: what its spot positions cost.</summary>
    public Money Cost;

    /// <summary>Ledger: fees in its currency or valued in it.</summary>
    public Money Fees;

    /// <summary>Ledger: realised profit before fees.</summary>
    public Money Realised;

    /// <summary>Ledger: funding received.</summary>
    public Money Funding;

    /// <summary>Whether it cannot be reached at its venue.</summary>
    public bool IsDown;

    /// <summary>Realised profit that seeds brought: in positions, not in the account's (R90).</summary>
    public Money SeededRealised;

    /// <summary>Fees that seeds brought.</summary>
    public Money SeededFees;

    /// <summary>First order whose request waits for room in a rate budget, or -1: cancels come before new orders (D14).</summary>
    public int FirstQueued;

    /// <summary>Last of them, or -1.</summary>
    public int LastQueued;

    /// <summary>Last one whose cancel waits, or -1.</summary>
    public int LastCancel;

    /// <summary>Timer that wakes the first, or -1.</summary>
    public int QueueTimer;

    /// <summary>Value of spot positions and unrealised profit of others, at the marks.</summary>
    public Int128 Value;

    /// <summary>Sum of its positions' values without their signs.</summary>
    public Int128 Exposure;

    /// <summary>First position row of the account's list, or -1.</summary>
    public int FirstPosition;

    /// <summary>Next account of the same client, or -1.</summary>
    public int NextOfClient;

    static ushort IRow<Account>.TemplateId => SnapshotAccountDecoder.TemplateId;

    static void IRow<Account>.Visit<TVisitor>(ref Account row, ref TVisitor visitor)
    {
        visitor.Add("accountId", ref row.Id);
        visitor.Add("clientRow", ref row.Client);
        visitor.Add("venueRow", ref row.Venue);
        visitor.Add("asset", ref row.Asset);
        visitor.Add("cash", ref row.Cash);
        visitor.Add("initialCash", ref row.InitialCash);
        visitor.Add("reserved", ref row.Reserved);
        visitor.Add("maximumLeverage", ref row.MaximumLeverage);
        visitor.Add("positionMode", ref row.PositionMode);
        visitor.Add("conversionRow", ref row.Conversion);
        visitor.Add("transfers", ref row.Transfers);
        visitor.Add("cost", ref row.Cost);
        visitor.Add("fees", ref row.Fees);
        visitor.Add("realised", ref row.Realised);
        visitor.Add("funding", ref row.Funding);
        visitor.Add("seededRealised", ref row.SeededRealised);
        visitor.Add("seededFees", ref row.SeededFees);
        visitor.Add("isDown", ref row.IsDown);
        visitor.Add("firstQueuedRow", ref row.FirstQueued);
        visitor.Add("lastQueuedRow", ref row.LastQueued);
        visitor.Add("lastCancelRow", ref row.LastCancel);
        visitor.Add("queueTimer", ref row.QueueTimer);
    }
}
