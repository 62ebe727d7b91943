namespace OrderPlatform.Engine.Sizing;

/// <summary>Whether a quantity can be an order; the numbers go into decision records and do not change.</summary>
public enum SizeVerdict : byte
{
    /// <summary>It can.</summary>
    Fits = 0,

    /// <summary>Nothing is left after rounding down to the lot.</summary>
    LessThanOneLot = 1,

    /// <summary>Not a multiple of the lot.</summary>
    NotAMultipleOfTheLot = 2,

    /// <summary>Below the venue's smallest quantity.</summary>
    BelowMinimumQuantity = 3,

    /// <summary>Below the venue's smallest price × quantity.</summary>
    BelowMinimumNotional = 4,

    /// <summary>There is no price above zero to value it by.</summary>
    NoPrice = 5,

    /// <summary>The number does not fit in 64 bits.</summary>
    DoesNotFit = 6,
}
