namespace OrderPlatform.Engine.Budgets;

/// <summary>What a request does to an order, as Kraken's matching engine counts it.</summary>
public enum KrakenRequest : byte
{
    /// <summary>A new order.</summary>
    Add = 0,

    /// <summary>A change that keeps the order's place.</summary>
    Amend = 1,

    /// <summary>A change that replaces the order.</summary>
    Edit = 2,

    /// <summary>A cancel.</summary>
    Cancel = 3,
}

/// <summary>
/// What a request adds to the counter of a client and pair at Kraken: a fixed part, and a part for the order's age, the younger the dearer.
/// Source: docs.kraken.com/exchange/guides/general/ratelimits.
/// <code>
/// request  fixed  below 5 s  10 s  15 s  45 s  90 s  300 s
/// add        1        0        0     0     0     0     0
/// amend      1        3        2     1     0     0     0
/// edit       1        6        5     4     2     1     0
/// cancel     0        8        6     5     4     2     1
/// </code>
/// </summary>
public static class KrakenCosts
{
    private const long Second = 1_000_000_000;

    /// <summary>The cost of a request.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="ageNanos">Time since the order was created or last amended; of no matter to a new one.</param>
    public static long Of(KrakenRequest request, long ageNanos) =>
        request switch
        {
            KrakenRequest.Amend => 1 + ByAge(ageNanos, 3, 2, 1, 0, 0, 0),
            KrakenRequest.Edit => 1 + ByAge(ageNanos, 6, 5, 4, 2, 1, 0),
            KrakenRequest.Cancel => ByAge(ageNanos, 8, 6, 5, 4, 2, 1),
            _ => 1,
        };

    private static long ByAge(long ageNanos, long below5, long below10, long below15, long below45, long below90, long below300) =>
        ageNanos < 5 * Second ? below5
        : ageNanos < 10 * Second ? below10
        : ageNanos < 15 * Second ? below15
        : ageNanos < 45 * Second ? below45
        : ageNanos < 90 * Second ? below90
        : ageNanos < 300 * Second ? below300
        : 0;
}
