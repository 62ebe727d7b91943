using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Risk;

/// <summary>The limits of a client or a strategy (D1, D2, R106 to R121). What is null is not limited; all that are set hold.</summary>
public struct RiskLimitSet
{
    /// <summary>Smallest order, in base.</summary>
    public Quantity? MinimumOrderQuantity;

    /// <summary>Largest order, in base.</summary>
    public Quantity? MaximumOrderQuantity;

    /// <summary>Largest order, in quote.</summary>
    public Money? MaximumOrderNotional;

    /// <summary>Largest position, in base.</summary>
    public Quantity? MaximumPositionQuantity;

    /// <summary>Largest position, in quote at the mark.</summary>
    public Money? MaximumPositionNotional;

    /// <summary>Largest position, as a fraction of the account's equity.</summary>
    public Ratio? MaximumPositionFraction;

    /// <summary>Largest loss of a UTC day, in quote: from it on, nothing increases.</summary>
    public Money? MaximumDailyLoss;
}
