namespace OrderPlatform.Engine.Budgets;

/// <summary>How a <see cref="RateBudget"/> counts.</summary>
public enum BudgetKind : byte
{
    /// <summary>Nothing is limited; what a table row that was never set up holds.</summary>
    Unlimited = 0,

    /// <summary>A <see cref="Budgets.FixedWindow"/>.</summary>
    FixedWindow = 1,

    /// <summary>A <see cref="Budgets.TokenBucket"/>.</summary>
    TokenBucket = 2,

    /// <summary>A <see cref="Budgets.LeakyCounter"/>.</summary>
    LeakyCounter = 3,
}
