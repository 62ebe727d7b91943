using OrderPlatform.Engine.Orders;

namespace OrderPlatform.Engine.Budgets;

/// <summary>
/// What a request adds to the counter of a client and pair in Kraken's matching engine: a fixed part, and a part for the order's age, the younger the dearer.
/// Source: docs.kraken.com/exchange/guides/general/ratelimits. There a change of the order makes it young again, which is not followed here.
/// <code>
/// request  fixed  below 5 s  10 s  15 s  45 s  90 s  300 s
/// new        1        0        0     0     0     0     0
/// amend      1        3        2     1     0     0     0
/// cancel     0        8        6     5     4     2     1
/// </code>
/// </summary>
internal static class AgedCost
{
    /// <summary>Most that one request costs: a smaller counter would never take it.</summary>
    public const long Most = 8;

    private const long Second = 1_000_000_000;

    /// <summary>The cost of a request about an order, whose age begins when the venue acknowledged it.</summary>
    public static long Of(in Order order, RequestKind kind, long nowNanos)
    {
        long age = order.AcknowledgedAtNanos == 0 ? 0 : nowNanos - order.AcknowledgedAtNanos;
        return kind switch
        {
            RequestKind.New => 1,
            RequestKind.Amend => 1 + OfAmend(age),
            RequestKind.Cancel => OfCancel(age),
            _ => 0,
        };
    }

    private static long OfAmend(long age) => age < 5 * Second ? 3 : age < 10 * Second ? 2 : age < 15 * Second ? 1 : 0;

    private static long OfCancel(long age) =>
        age < 5 * Second ? Most
        : age < 10 * Second ? 6
        : age < 15 * Second ? 5
        : age < 45 * Second ? 4
        : age < 90 * Second ? 2
        : age < 300 * Second ? 1
        : 0;
}
