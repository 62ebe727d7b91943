namespace OrderPlatform.Engine.Budgets;

/// <summary>A request to a venue, as rate budgets count it.</summary>
public enum RequestKind : byte
{
    /// <summary>A new order.</summary>
    New,

    /// <summary>A cancel.</summary>
    Cancel,

    /// <summary>An amend.</summary>
    Amend,

    /// <summary>A question about an order.</summary>
    Status,
}
