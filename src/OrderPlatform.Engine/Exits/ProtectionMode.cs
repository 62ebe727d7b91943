namespace OrderPlatform.Engine.Exits;

/// <summary>What stop and target are multiples of (D6); the numbers go into records and do not change.</summary>
public enum ProtectionMode : byte
{
    /// <summary>Neither stop nor target.</summary>
    None = 0,

    /// <summary>The entry price: multiples are fractions of it.</summary>
    Fixed = 1,

    /// <summary>The entry price times the standard deviation of simple returns.</summary>
    StandardDeviation = 2,

    /// <summary>Wilder's average true range.</summary>
    AverageTrueRange = 3,
}
