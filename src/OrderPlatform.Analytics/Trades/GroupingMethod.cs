namespace OrderPlatform.Analytics;

/// <summary>What counts as one trade.</summary>
public enum GroupingMethod
{
    /// <summary>From the first fill until nothing is held any more: the engine's own trades.</summary>
    FlatToFlat,

    /// <summary>Each fill that reduces the position ends one, made of the entries that it closes.</summary>
    FlatToReduced,

    /// <summary>Each part of an entering fill with the fill that closes it.</summary>
    FillToFill,
}
