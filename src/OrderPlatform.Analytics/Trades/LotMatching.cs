namespace OrderPlatform.Analytics;

/// <summary>Which entering fill a leaving one closes. From flat to flat it makes no difference to any sum.</summary>
public enum LotMatching
{
    /// <summary>The oldest first (FIFO).</summary>
    OldestFirst,

    /// <summary>The newest first (LIFO).</summary>
    NewestFirst,
}
