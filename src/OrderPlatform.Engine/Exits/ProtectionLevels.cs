using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Exits;

/// <summary>
/// The prices at which a position is left: stop = entry ∓ unit × multiple, target = entry ± unit × multiple (D6). Both are rounded to the tick in favour
/// of the position, a long one's up and a short one's down: the loss at the stop is never larger than asked, so that a size made from the stop's
/// distance keeps its promise, and the profit at the target is never smaller. One exception: a stop that this would bring to the entry or past it
/// goes to the first tick beyond the entry, since at the entry it would end every position at once; it is then off by less than a tick.
/// </summary>
/// <param name="Stop">The stop; zero where there is none, or where no price can reach it.</param>
/// <param name="Target">The target; zero where there is none, or where no price can reach it.</param>
public readonly record struct ProtectionLevels(Price Stop, Price Target)
{
    /// <summary>The levels of an entry.</summary>
    /// <param name="isLong">Side of the position.</param>
    /// <param name="entry">Entry price, within bounds.</param>
    /// <param name="stop">Distance of the stop.</param>
    /// <param name="target">Distance of the target.</param>
    /// <param name="tick">Prices are multiples of it; zero for none, which is the eighth place.</param>
    public static ProtectionLevels Around(bool isLong, Price entry, in ProtectionDistance stop, in ProtectionDistance target, Price tick)
    {
        if (!Bounds.IsPrice(entry.Raw))
        {
            return default;
        }

        long step = Math.Max(1, tick.Raw);
        return new ProtectionLevels(
            stop.IsSet ? StopOf(isLong, entry.Raw, Level(isLong, !isLong, entry, stop, step), step) : Price.Zero,
            target.IsSet ? Possible(Level(isLong, isLong, entry, target, step)) : Price.Zero);
    }

    /// <summary>
    /// Which level a market event touched. If it touched both, the stop counts: the order within a bar is unknown, and the worse one is assumed.
    /// </summary>
    public ExitReason Touched(bool isLong, in PriceRange range) =>
        !Stop.IsZero && (isLong ? range.Low <= Stop : range.High >= Stop) ? ExitReason.StopLoss
        : !Target.IsZero && (isLong ? range.High >= Target : range.Low <= Target) ? ExitReason.TakeProfit
        : ExitReason.None;

    /// <summary>Distance of the stop as a fraction of the entry, for sizing by risk; rounded up, so that the size is not too large.</summary>
    /// <returns>Zero where there is no stop.</returns>
    public Ratio StopDistance(Price entry) =>
        Stop.IsZero || entry.Raw <= 0 ? Ratio.Zero
        : FloorDivision.TryNarrow(FloorDivision.Up(Math.BigMul(Math.Abs(entry.Raw - Stop.Raw), FixedPoint.One), entry.Raw), out long raw) ? new Ratio(raw)
        : new Ratio(long.MaxValue);

    // The exact level has 16 places. Its whole part and whether anything is behind that are enough to round it once, to the tick, in 64 bits.
    private static long Level(bool isLong, bool above, Price entry, in ProtectionDistance distance, long step)
    {
        Int128 away = Math.BigMul(distance.Unit.Raw, distance.Multiple.Raw);
        Int128 units = away / FixedPoint.One;
        if (units > Bounds.PriceMax)
        {
            return above ? long.MaxValue : long.MinValue;
        }

        bool isBroken = Math.BigMul((long)units, FixedPoint.One) != away;
        long whole = above ? entry.Raw + (long)units : entry.Raw - (long)units - (isBroken ? 1 : 0);
        return isLong ? FloorDivision.UpTo(whole + (isBroken ? 1 : 0), step) : FloorDivision.DownTo(whole, step);
    }

    private static Price StopOf(bool isLong, long entry, long level, long step) => Possible(
        isLong ? Math.Min(level, FloorDivision.UpTo(entry, step) - step) : Math.Max(level, FloorDivision.DownTo(entry, step) + step));

    private static Price Possible(long level) => Bounds.IsPrice(level) ? new Price(level) : Price.Zero;
}
