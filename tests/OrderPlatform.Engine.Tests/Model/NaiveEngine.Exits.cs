using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Model.NaiveMath;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// How positions of the naive model end (R47, R123 to R127, D6): levels around the average price, to the tick in favour of the position; the worse one counts.
/// </summary>
internal sealed partial class NaiveEngine
{
    private const long AlarmNanos = 60 * NaiveSetup.SecondNanos;

    private bool HasExits(NaivePosition position)
    {
        ExitRulesRecord exits = ExitsOf(position.Strategy);
        return (Rules(position).StopLoss ?? Rules(position).TakeProfit ?? exits.TrailingOffset ?? exits.MaximumHoldNanos) is not null;
    }

    /// <summary>Stop and target of an entry; none of those that no price can reach.</summary>
    /// <returns>Whether all that the rules ask for could be made: a volatility may not be known, and a stop must be.</returns>
    private bool TryLevels(NaivePosition position, bool isLong, decimal entry, NaiveVolatility volatility, out decimal stop, out decimal target)
    {
        ExitRulesRecord exits = ExitsOf(position.Strategy);
        decimal tick = Market(position).PriceTick;
        int sign = isLong ? 1 : -1;
        stop = 0;
        target = 0;
        decimal unitOfStop = volatility.Unit(exits.Stop, entry);
        decimal unitOfTarget = volatility.Unit(exits.Target, entry);
        bool complete = true;
        if (Rules(position).StopLoss is { } stopLoss)
        {
            complete = IsPrice(unitOfStop);
            decimal level = Favour(entry - (sign * unitOfStop * stopLoss), isLong, tick);
            decimal beyond = Favour(entry, isLong, tick) - (sign * tick);
            stop = complete && IsPrice(entry) ? Reachable(isLong ? Math.Min(level, beyond) : Math.Max(level, beyond)) : 0;
        }

        if (Rules(position).TakeProfit is { } takeProfit)
        {
            complete &= IsPrice(unitOfTarget);
            target = IsPrice(unitOfTarget) && IsPrice(entry) ? Reachable(Favour(entry + (sign * unitOfTarget * takeProfit), isLong, tick)) : 0;
        }

        return complete && (Rules(position).StopLoss is null || stop != 0);
    }

    private static bool IsPrice(decimal price) => price is > 0 and <= PriceMax;

    private static decimal Reachable(decimal level) => IsPrice(level) ? level : 0;

    private static decimal Favour(decimal level, bool isLong, decimal tick) => isLong ? Ceiling(level, tick) : Floor(level, tick);

    /// <summary>The position changed: its protection begins with the round, goes round the average price, and ends with it (T15).</summary>
    private void Protect(NaivePosition position)
    {
        if (position.Quantity == 0 || !HasExits(position))
        {
            EndProtection(position);
            return;
        }

        if (position.Protection?.Round != position.Round.Number)
        {
            EndProtection(position);
            position.Protection = new NaiveProtection { Round = position.Round.Number, SignalVolatility = position.PendingVolatility };
            position.PendingVolatility = 0;
        }

        PlaceLevels(position, position.Protection!);
    }

    private void EndProtection(NaivePosition position)
    {
        Stop(position.Protection?.ExitTimer);
        Stop(position.Protection?.AlarmTimer);
        position.Protection = null;
    }

    private void PlaceLevels(NaivePosition position, NaiveProtection protection)
    {
        ExitRulesRecord exits = ExitsOf(position.Strategy);
        decimal entry = Average(position);
        Recall(position, protection);
        var volatility = new NaiveVolatility(protection.Deviation, protection.TrueRange, protection.SignalVolatility);
        bool complete = TryLevels(position, position.Quantity > 0, entry, volatility, out protection.Stop, out protection.Target);
        if (exits.TrailingOffset is not null)
        {
            protection.Best = protection.Best == 0 && exits.TrailingActivation is null ? entry : protection.Best;
            protection.Trailing = TrailingLevel(position, protection);
        }
        else
        {
            protection.Best = 0;
            protection.Trailing = 0;
        }

        long due = exits.MaximumHoldNanos is { } hold ? position.Round.EntryTimeNanos + hold : 0;
        if (due != protection.ExitAtNanos)
        {
            Stop(protection.ExitTimer);
            protection.ExitAtNanos = due;
            protection.ExitTimer = due == 0 ? null : Set(due, () => OnTimeExit(position));
        }

        // What costs nothing has no entry price, and nothing to lose either.
        Alarm(position, protection, complete || entry == 0);
    }

    /// <summary>The volatilities are those of the entry; what was not known then is asked for again.</summary>
    private void Recall(NaivePosition position, NaiveProtection protection)
    {
        NaiveVolatility known = VolatilityFor(position, protection.SignalVolatility);
        protection.Deviation = protection.Deviation == 0 ? known.Deviation : protection.Deviation;
        protection.TrueRange = protection.TrueRange == 0 ? known.TrueRange : protection.TrueRange;
    }

    private void Alarm(NaivePosition position, NaiveProtection protection, bool complete)
    {
        if (complete)
        {
            protection.UnprotectedSinceNanos = 0;
            Stop(protection.AlarmTimer);
            protection.AlarmTimer = null;
        }
        else if (protection.AlarmTimer is null)
        {
            protection.UnprotectedSinceNanos = protection.UnprotectedSinceNanos == 0 ? _now : protection.UnprotectedSinceNanos;
            protection.AlarmTimer = Set(_now + AlarmNanos, () =>
            {
                protection.AlarmTimer = null;
                PlaceLevels(position, protection);
            });
            Said.Add("alert Unprotected");
        }
    }

    private void OnTimeExit(NaivePosition position)
    {
        position.Protection!.ExitTimer = null;
        if (position.Quantity != 0 && !IsLeaving(position))
        {
            Leave(position, ExitReason.TimeExit);
        }
    }

    private static bool IsLeaving(NaivePosition position) =>
        position.Intent is { AtMarket: true, IsReady: true }
        || (position.Working is { Type: OrderType.Market } working && working.Target != position.Side);

    private void Leave(NaivePosition position, ExitReason reason)
    {
        var intent = new NaiveIntent(Direction.Neutral, reason, AtMarket: true, WaitsForOpen: false) { DecisionPrice = Mark(position.Instrument) };
        Want(position, intent);
    }

    /// <summary>Tests what the market did: a long position leaves at the bid of a quote, a short one at the ask.</summary>
    private void TestExits(NaivePosition position, decimal low, decimal high, bool isQuote)
    {
        if (position.Quantity == 0 || position.Protection is not { } protection || IsLeaving(position))
        {
            return;
        }

        bool isLong = position.Quantity > 0;
        (low, high) = !isQuote ? (low, high) : isLong ? (low, low) : (high, high);
        bool isStopped = protection.Stop != 0 && (isLong ? low <= protection.Stop : high >= protection.Stop);
        bool isTaken = !isStopped && protection.Target != 0 && (isLong ? high >= protection.Target : low <= protection.Target);
        ExitReason reason = isStopped ? ExitReason.StopLoss : isTaken ? ExitReason.TakeProfit : ExitReason.None;
        if (!isStopped || protection.Best != 0)
        {
            // Of both stops the nearer one names the reason.
            bool isNearer = !isStopped || (isLong ? protection.Trailing > protection.Stop : protection.Trailing < protection.Stop);
            reason = Trail(position, protection, low, high) && isNearer ? ExitReason.TrailingStop : reason;
        }

        bool isOver = protection.ExitAtNanos != 0 && _now >= protection.ExitAtNanos;
        reason = reason == ExitReason.None && isOver ? ExitReason.TimeExit : reason;
        if (reason != ExitReason.None)
        {
            Leave(position, reason);
        }
    }

    /// <summary>The adverse end of a range is tested before its other end draws the stop along.</summary>
    private bool Trail(NaivePosition position, NaiveProtection protection, decimal low, decimal high)
    {
        ExitRulesRecord exits = ExitsOf(position.Strategy);
        decimal entry = Average(position);
        if (exits.TrailingOffset is not { } offset || entry == 0)
        {
            return false;
        }

        bool isLong = position.Quantity > 0;
        bool touched = false;
        if (protection.Best == 0)
        {
            decimal activation = exits.TrailingActivation is { } profit
                ? isLong ? Ceiling(entry * (1 + profit), Unit) : Floor(entry * (1 - profit), Unit)
                : isLong ? high : low;
            protection.Best = exits.TrailingActivation is null ? activation
                : IsPrice(activation) && (isLong ? high >= activation : low <= activation) ? Math.Clamp(activation, low, high)
                : 0;
        }
        else
        {
            decimal trigger = Trigger(protection.Best, offset, isLong);
            touched = isLong ? low <= trigger : high >= trigger;
            protection.Best = touched ? protection.Best : isLong ? Math.Max(protection.Best, high) : Math.Min(protection.Best, low);
        }

        protection.Trailing = TrailingLevel(position, protection);
        return touched;
    }

    private static decimal Trigger(decimal best, decimal offset, bool isLong) =>
        isLong ? Floor(best * (1 - offset), Unit) : Ceiling(best * (1 + offset), Unit);

    private decimal TrailingLevel(NaivePosition position, NaiveProtection protection)
    {
        bool isLong = position.Quantity > 0;
        decimal trigger = protection.Best == 0 ? 0 : Trigger(protection.Best, ExitsOf(position.Strategy).TrailingOffset!.Value, isLong);
        return isLong || trigger > PriceMax ? Floor(trigger, Market(position).PriceTick) : Ceiling(trigger, Market(position).PriceTick);
    }
}
