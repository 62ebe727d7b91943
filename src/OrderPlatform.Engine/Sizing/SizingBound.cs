namespace OrderPlatform.Engine.Sizing;

/// <summary>Which rule or bound decided a size; the numbers go into decision records and do not change.</summary>
public enum SizingBound : byte
{
    /// <summary>Nothing was sized.</summary>
    None = 0,

    /// <summary>A fixed amount of quote currency.</summary>
    FixedNotional = 1,

    /// <summary>A fraction of the equity.</summary>
    EquityFraction = 2,

    /// <summary>The wished volatility over the instrument's.</summary>
    VolatilityTarget = 3,

    /// <summary>Kelly's share times the multiplier.</summary>
    Kelly = 4,

    /// <summary>What may be lost in one trade, over the distance of the stop.</summary>
    RiskPerTrade = 5,

    /// <summary>The largest position as a fraction of the equity.</summary>
    PositionFraction = 6,

    /// <summary>No bound was set that gives a number of 64 bits: no size.</summary>
    Overflow = 7,
}
