using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Execution;

/// <summary>What of a part goes to one position, and so to its venue.</summary>
internal struct Leg
{
    /// <summary>Most legs of a part: so many venues of a product are looked at.</summary>
    public const int Max = 16;

    /// <summary>Row of the position.</summary>
    public int Position;

    /// <summary>What reduces it.</summary>
    public Quantity Closing;

    /// <summary>What increases it.</summary>
    public Quantity Opening;
}
