using System;

namespace OrderPlatform.Engine.Budgets;

/// <summary>
/// After HTTP 429 or 418 nothing may go to the venue until its Retry-After has passed: the ban of a client that goes on grows from 2 minutes to 3 days
/// (Binance REST API, "IP limits"; T11). Not even cancels go: they would make the ban longer.
/// </summary>
public struct RetryBlock
{
    /// <summary>Waiting time where the venue names none: 2 minutes, the shortest ban.</summary>
    public const long UnnamedNanos = 120_000_000_000;

    /// <summary>Until when nothing goes, not included; zero if nothing was ever blocked.</summary>
    public long UntilNanos;

    /// <summary>Blocks from now on for the time that the venue names; zero or below is <see cref="UnnamedNanos"/>. A longer block stays.</summary>
    public void BlockFor(long nowNanos, long retryAfterNanos)
    {
        Int128 until = (Int128)nowNanos + (retryAfterNanos > 0 ? retryAfterNanos : UnnamedNanos);
        BlockUntil((long)Int128.Min(until, long.MaxValue));
    }

    /// <summary>Blocks until a time that the venue names. A longer block stays.</summary>
    public void BlockUntil(long untilNanos) => UntilNanos = Math.Max(UntilNanos, untilNanos);

    /// <summary>Whether nothing may go at this time.</summary>
    public readonly bool IsBlocked(long nowNanos) => nowNanos < UntilNanos;

    /// <summary>The earliest time, not before now, at which something may go.</summary>
    public readonly long WhenFree(long nowNanos) => Math.Max(nowNanos, UntilNanos);
}
