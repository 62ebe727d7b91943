namespace OrderPlatform.Engine.Numbers;

/// <summary>How a quotient that is not whole becomes whole.</summary>
public enum RoundingRule : byte
{
    /// <summary>To the nearest; a tie goes away from zero. The engine's own rule (D19).</summary>
    HalfAwayFromZero = 0,

    /// <summary>To the nearest; a tie goes to the even neighbour.</summary>
    HalfEven = 1,

    /// <summary>What is over is dropped.</summary>
    TowardsZero = 2,

    /// <summary>What is over counts as a whole one.</summary>
    AwayFromZero = 3,
}
