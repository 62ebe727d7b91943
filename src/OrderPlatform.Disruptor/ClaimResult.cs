namespace OrderPlatform.Disruptor;

/// <summary>What became of a producer's wish for slots.</summary>
public enum ClaimResult
{
    /// <summary>The slots are the caller's until it publishes them.</summary>
    Claimed = 0,

    /// <summary>The slowest consumer has not freed enough slots: try again, or pass the back pressure on.</summary>
    Full = 1,

    /// <summary>The ring was closed: nothing can be claimed any more.</summary>
    Closed = 2,

    /// <summary>More slots were asked for than the ring has: no waiting can help.</summary>
    TooLarge = 3,
}
