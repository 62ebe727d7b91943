using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Budgets;

/// <summary>A rate budget: how many requests of a scope may go to a venue, and how many have (D14, T11, N11).</summary>
public struct RateBudget : IRow<RateBudget>
{
    /// <summary>Outside id.</summary>
    public uint Id;

    /// <summary>Whose requests it counts.</summary>
    public Scope Scope;

    /// <summary>Row of that client, account, venue or instrument.</summary>
    public int ScopeRow;

    /// <summary>With an instrument: whose account, or -1 for all.</summary>
    public int Account;

    /// <summary>How it forgets.</summary>
    public BudgetKind Kind;

    /// <summary>What it counts.</summary>
    public BudgetUnit Unit;

    /// <summary>Most at once.</summary>
    public uint Capacity;

    /// <summary>Of the window; of a bucket, the time to fill it.</summary>
    public long WindowNanos;

    /// <summary>Share kept for cancels and what reduces.</summary>
    public Ratio Reserve;

    /// <summary>Start of the window, or when the level was brought up to date.</summary>
    public long StampNanos;

    /// <summary>Used in the window; of a bucket or counter, <see cref="LeakyCounter.Level"/>. Moved by <see cref="BudgetMeter"/>.</summary>
    public long Used;

    /// <summary>Nothing is sent before (429, 418).</summary>
    public long BlockedUntilNanos;

    /// <summary>First order that waits for it, or -1.</summary>
    public int FirstQueued;

    /// <summary>Last order that waits for it, or -1.</summary>
    public int LastQueued;

    /// <summary>Its timer, or -1.</summary>
    public int Timer;

    static ushort IRow<RateBudget>.TemplateId => SnapshotBudgetDecoder.TemplateId;

    static void IRow<RateBudget>.Visit<TVisitor>(ref RateBudget row, ref TVisitor visitor)
    {
        visitor.Add("budgetId", ref row.Id);
        visitor.Add("scope", ref row.Scope);
        visitor.Add("scopeRow", ref row.ScopeRow);
        visitor.Add("accountRow", ref row.Account);
        visitor.Add("kind", ref row.Kind);
        visitor.Add("unit", ref row.Unit);
        visitor.Add("capacity", ref row.Capacity);
        visitor.Add("windowNanos", ref row.WindowNanos);
        visitor.Add("reserve", ref row.Reserve);
        visitor.Add("stampNanos", ref row.StampNanos);
        visitor.Add("used", ref row.Used);
        visitor.Add("blockedUntilNanos", ref row.BlockedUntilNanos);
        visitor.Add("firstQueuedRow", ref row.FirstQueued);
        visitor.Add("lastQueuedRow", ref row.LastQueued);
        visitor.Add("timer", ref row.Timer);
    }
}
