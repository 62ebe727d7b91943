using System;

namespace OrderPlatform.Engine.Budgets;

/// <summary>
/// A bucket of <c>burst</c> tokens that fills at a constant rate (Coinbase: "lazy-fill token bucket", R133). It is a <see cref="LeakyCounter"/> seen
/// from the other side: the tokens that are missing from the full bucket leak away. It starts full.
/// </summary>
public struct TokenBucket
{
    /// <summary>Time that never comes.</summary>
    public const long Never = LeakyCounter.Never;

    /// <summary>The tokens that are missing.</summary>
    public LeakyCounter Missing;

    /// <summary>Creates a full bucket.</summary>
    /// <param name="amount">Tokens that come in a period.</param>
    /// <param name="periodNanos">The period.</param>
    /// <param name="burst">Most tokens in the bucket.</param>
    /// <param name="reserved">Tokens that only requests which lower risk may use.</param>
    /// <exception cref="ArgumentOutOfRangeException">As <see cref="LeakyCounter(long, long, long, long)"/>.</exception>
    public TokenBucket(long amount, long periodNanos, long burst, long reserved = 0) => Missing = new LeakyCounter(burst, amount, periodNanos, reserved);

    /// <summary>Takes all tokens of the cost or none.</summary>
    public bool TryTake(long nowNanos, long cost, bool mayUseReserve = false) => Missing.TryTake(nowNanos, cost, mayUseReserve);

    /// <summary>Counts what was sent whatever the bucket holds.</summary>
    public void Add(long nowNanos, long cost) => Missing.Add(nowNanos, cost);

    /// <summary>Whole tokens that are missing, a part counted as one.</summary>
    public readonly long Used(long nowNanos) => Missing.Used(nowNanos);

    /// <summary>Whole tokens in the bucket; none if more was sent than it held.</summary>
    public readonly long Available(long nowNanos) => Math.Max(0, Missing.Capacity - Missing.Used(nowNanos));

    /// <summary>The earliest time, not before now, at which the tokens are there if nothing else is taken; <see cref="Never"/> if they are too many.</summary>
    public readonly long WhenFree(long nowNanos, long cost, bool mayUseReserve = false) => Missing.WhenFree(nowNanos, cost, mayUseReserve);

    /// <summary>Sets the missing tokens to the venue's own number plus what was sent after the request that the number came with.</summary>
    public void Overwrite(long nowNanos, long venueUsed, long inFlight = 0) => Missing.Overwrite(nowNanos, venueUsed, inFlight);
}
