namespace OrderPlatform.Engine.Budgets;

/// <summary>
/// One budget of any kind, for a table whose rows differ in kind (D14: the client's first, then the venue's; both must allow), and the block after 429 or
/// 418. A token bucket is kept as the counter of its missing tokens.
/// </summary>
public struct RateBudget
{
    /// <summary>Which of the two counts.</summary>
    public BudgetKind Kind;

    /// <summary>Counts if the kind is <see cref="BudgetKind.FixedWindow"/>.</summary>
    public FixedWindow Window;

    /// <summary>Counts if the kind is <see cref="BudgetKind.TokenBucket"/> or <see cref="BudgetKind.LeakyCounter"/>.</summary>
    public LeakyCounter Counter;

    /// <summary>What the venue said last about waiting.</summary>
    public RetryBlock Block;

    /// <summary>A budget with fixed windows.</summary>
    public static RateBudget Of(in FixedWindow window) => new() { Kind = BudgetKind.FixedWindow, Window = window };

    /// <summary>A budget with a bucket.</summary>
    public static RateBudget Of(in TokenBucket bucket) => new() { Kind = BudgetKind.TokenBucket, Counter = bucket.Missing };

    /// <summary>A budget with a counter that leaks.</summary>
    public static RateBudget Of(in LeakyCounter counter) => new() { Kind = BudgetKind.LeakyCounter, Counter = counter };

    /// <summary>Most at once; the largest number if nothing is limited.</summary>
    public readonly long Capacity =>
        Kind switch
        {
            BudgetKind.Unlimited => long.MaxValue,
            BudgetKind.FixedWindow => Window.Capacity,
            _ => Counter.Capacity,
        };

    /// <summary>Whether <see cref="TryTake"/> would take the cost now. For two budgets that must both allow: ask both, then take from both.</summary>
    public readonly bool CanTake(long nowNanos, long cost, bool mayUseReserve = false) => WhenFree(nowNanos, cost, mayUseReserve) <= nowNanos;

    /// <summary>Takes the whole cost or nothing; nothing while the venue blocks.</summary>
    /// <param name="nowNanos">Time of the input.</param>
    /// <param name="cost">Units, zero or above.</param>
    /// <param name="mayUseReserve">Whether the request lowers risk.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">The cost is below zero.</exception>
    public bool TryTake(long nowNanos, long cost, bool mayUseReserve = false)
    {
        System.ArgumentOutOfRangeException.ThrowIfNegative(cost);
        return !Block.IsBlocked(nowNanos) && Kind switch
        {
            BudgetKind.Unlimited => true,
            BudgetKind.FixedWindow => Window.TryTake(nowNanos, cost, mayUseReserve),
            _ => Counter.TryTake(nowNanos, cost, mayUseReserve),
        };
    }

    /// <summary>Counts what was sent whatever the budget says; a negative cost is given back.</summary>
    public void Add(long nowNanos, long cost)
    {
        if (Kind == BudgetKind.FixedWindow)
        {
            Window.Add(nowNanos, cost);
        }
        else if (Kind != BudgetKind.Unlimited)
        {
            Counter.Add(nowNanos, cost);
        }
    }

    /// <summary>Used at this time; zero if nothing is limited.</summary>
    public readonly long Used(long nowNanos) =>
        Kind switch
        {
            BudgetKind.Unlimited => 0,
            BudgetKind.FixedWindow => Window.Used(nowNanos),
            _ => Counter.Used(nowNanos),
        };

    /// <summary>
    /// The earliest time, not before now, at which the cost can be taken if nothing else is; <see cref="FixedWindow.Never"/> if it is too much.
    /// </summary>
    public readonly long WhenFree(long nowNanos, long cost, bool mayUseReserve = false)
    {
        // What a window or counter holds when the block ends is what it holds then, so it is asked for that time.
        long unblocked = Block.WhenFree(nowNanos);
        return Kind switch
        {
            BudgetKind.Unlimited => unblocked,
            BudgetKind.FixedWindow => Window.WhenFree(unblocked, cost, mayUseReserve),
            _ => Counter.WhenFree(unblocked, cost, mayUseReserve),
        };
    }

    /// <summary>Sets the count to the venue's own number plus what was sent after the request that the number came with.</summary>
    public void Overwrite(long nowNanos, long venueUsed, long inFlight = 0)
    {
        if (Kind == BudgetKind.FixedWindow)
        {
            Window.Overwrite(nowNanos, venueUsed, inFlight);
        }
        else if (Kind != BudgetKind.Unlimited)
        {
            Counter.Overwrite(nowNanos, venueUsed, inFlight);
        }
    }
}
