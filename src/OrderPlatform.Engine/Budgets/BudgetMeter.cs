using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Budgets;

/// <summary>
/// One budget of any kind, for a table whose rows differ in kind (D14: the client's first, then the venue's; both must allow). A token bucket (Coinbase:
/// "lazy-fill token bucket", R133) is kept as the counter of its missing tokens. A row that was never set up, of kind 0, limits nothing.
/// </summary>
public struct BudgetMeter
{
    /// <summary>Which of the two counts; 0 is neither.</summary>
    public BudgetKind Kind;

    /// <summary>Counts if the kind is <see cref="BudgetKind.FixedWindow"/>.</summary>
    public FixedWindow Window;

    /// <summary>Counts if the kind is <see cref="BudgetKind.TokenBucket"/> or <see cref="BudgetKind.Leaky"/>.</summary>
    public LeakyCounter Counter;

    /// <summary>A full budget as an input configures it.</summary>
    /// <param name="kind">How it forgets; windows are calendar aligned.</param>
    /// <param name="capacity">Most in a window, most tokens, or the counter's limit.</param>
    /// <param name="windowNanos">The window; of a bucket or counter, the time in which all of the capacity comes back.</param>
    /// <param name="reserve">Share of the capacity kept for requests that lower risk, rounded up to a unit.</param>
    /// <param name="budget">The budget, or one that limits nothing.</param>
    /// <returns><c>false</c> if the numbers make no budget.</returns>
    public static bool TryCreate(BudgetKind kind, long capacity, long windowNanos, Ratio reserve, out BudgetMeter budget)
    {
        budget = default;
        if (kind is not (BudgetKind.FixedWindow or BudgetKind.TokenBucket or BudgetKind.Leaky) || capacity <= 0 || windowNanos <= 0
            || reserve.Raw is < 0 or > FixedPoint.One || (kind != BudgetKind.FixedWindow && !LeakyCounter.IsRate(capacity, capacity, windowNanos))
            || !ExactQuotient.TryDivide(capacity, reserve.Raw, FixedPoint.One, RoundingRule.AwayFromZero, out long reserved))
        {
            return false;
        }

        budget = kind == BudgetKind.FixedWindow
            ? new BudgetMeter { Kind = kind, Window = new FixedWindow(capacity, windowNanos, WindowAlignment.Calendar, reserved) }
            : new BudgetMeter { Kind = kind, Counter = new LeakyCounter(capacity, capacity, windowNanos, reserved) };
        return true;
    }

    /// <summary>Most at once; the largest number if nothing is limited.</summary>
    public readonly long Capacity =>
        Kind switch
        {
            BudgetKind.FixedWindow => Window.Capacity,
            BudgetKind.TokenBucket or BudgetKind.Leaky => Counter.Capacity,
            _ => long.MaxValue,
        };

    /// <summary>Takes the whole cost or nothing.</summary>
    /// <param name="nowNanos">Time of the input.</param>
    /// <param name="cost">Units, zero or above.</param>
    /// <param name="mayUseReserve">Whether the request lowers risk.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cost is below zero.</exception>
    public bool TryTake(long nowNanos, long cost, bool mayUseReserve = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        return Kind switch
        {
            BudgetKind.FixedWindow => Window.TryTake(nowNanos, cost, mayUseReserve),
            BudgetKind.TokenBucket or BudgetKind.Leaky => Counter.TryTake(nowNanos, cost, mayUseReserve),
            _ => true,
        };
    }

    /// <summary>Counts what was sent whatever the budget says; a negative cost is given back.</summary>
    public void Add(long nowNanos, long cost)
    {
        if (Kind == BudgetKind.FixedWindow)
        {
            Window.Add(nowNanos, cost);
        }
        else if (Kind is BudgetKind.TokenBucket or BudgetKind.Leaky)
        {
            Counter.Add(nowNanos, cost);
        }
    }

    /// <summary>Used at this time; zero if nothing is limited.</summary>
    public readonly long Used(long nowNanos) =>
        Kind switch
        {
            BudgetKind.FixedWindow => Window.Used(nowNanos),
            BudgetKind.TokenBucket or BudgetKind.Leaky => Counter.Used(nowNanos),
            _ => 0,
        };

    /// <summary>
    /// The earliest time, not before now, at which the cost can be taken if nothing else is; <see cref="FixedWindow.Never"/> if it is too much.
    /// </summary>
    public readonly long WhenFree(long nowNanos, long cost, bool mayUseReserve = false) =>
        Kind switch
        {
            BudgetKind.FixedWindow => Window.WhenFree(nowNanos, cost, mayUseReserve),
            BudgetKind.TokenBucket or BudgetKind.Leaky => Counter.WhenFree(nowNanos, cost, mayUseReserve),
            _ => nowNanos,
        };

    /// <summary>Sets the count to the venue's own number plus what was sent after the request that the number came with.</summary>
    public void Overwrite(long nowNanos, long venueUsed, long inFlight = 0)
    {
        if (Kind == BudgetKind.FixedWindow)
        {
            Window.Overwrite(nowNanos, venueUsed, inFlight);
        }
        else if (Kind is BudgetKind.TokenBucket or BudgetKind.Leaky)
        {
            Counter.Overwrite(nowNanos, venueUsed, inFlight);
        }
    }

    internal static void Visit<TVisitor>(ref BudgetMeter meter, ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor, allows ref struct
    {
        visitor.Add("kind", ref meter.Kind);
        visitor.Add("windowCapacity", ref meter.Window.Capacity);
        visitor.Add("windowReserved", ref meter.Window.Reserved);
        visitor.Add("windowNanos", ref meter.Window.WindowNanos);
        visitor.Add("windowAlignment", ref meter.Window.Alignment);
        visitor.Add("windowStartNanos", ref meter.Window.StartNanos);
        visitor.Add("windowTaken", ref meter.Window.Taken);
        visitor.Add("counterCapacity", ref meter.Counter.Capacity);
        visitor.Add("counterReserved", ref meter.Counter.Reserved);
        visitor.Add("counterAmount", ref meter.Counter.Amount);
        visitor.Add("counterPeriodNanos", ref meter.Counter.PeriodNanos);
        visitor.Add("counterLevel", ref meter.Counter.Level);
        visitor.Add("counterAtNanos", ref meter.Counter.AtNanos);
    }
}
