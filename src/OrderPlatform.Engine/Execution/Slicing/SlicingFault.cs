namespace OrderPlatform.Engine.Execution.Slicing;

/// <summary>Why an order cannot be cut into parts; the numbers go into rejections and do not change.</summary>
public enum SlicingFault : byte
{
    /// <summary>It can.</summary>
    None = 0,

    /// <summary>The quantity is not above zero or not a multiple of the lot.</summary>
    QuantityNotInLots = 1,

    /// <summary>Fewer than one part, or more than allowed.</summary>
    PartCountOutOfRange = 2,

    /// <summary>The duration is too short for its slices, or longer than allowed.</summary>
    DurationOutOfRange = 3,

    /// <summary>No hour of the duration has a weight.</summary>
    NoWeight = 4,

    /// <summary>A fraction is not above zero and at most one.</summary>
    FractionOutOfRange = 5,

    /// <summary>The largest allowed order is less than one lot, or not known because there is no price.</summary>
    LimitBelowOneLot = 6,

    /// <summary>Parts within the limits would be below the venue's smallest order.</summary>
    LimitBelowSmallestOrder = 7,
}
