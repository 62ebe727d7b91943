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

    /// <summary>What it counts.</summary>
    public BudgetUnit Unit;

    /// <summary>Counts what was used.</summary>
    public BudgetMeter Meter;

    static ushort IRow<RateBudget>.TemplateId => SnapshotBudgetDecoder.TemplateId;

    static void IRow<RateBudget>.Visit<TVisitor>(ref RateBudget row, ref TVisitor visitor)
    {
        visitor.Add("budgetId", ref row.Id);
        visitor.Add("scope", ref row.Scope);
        visitor.Add("scopeRow", ref row.ScopeRow);
        visitor.Add("accountRow", ref row.Account);
        visitor.Add("unit", ref row.Unit);
        BudgetMeter.Visit(ref row.Meter, ref visitor);
    }
}
