using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>The timers of the naive model, and when intents are ready or over (R37).</summary>
internal sealed partial class NaiveEngine
{
    private readonly List<NaiveTimer> _timers = [];
    private long _timersSet;

    private NaiveTimer Set(long dueNanos, Action fire)
    {
        var timer = new NaiveTimer(dueNanos, ++_timersSet, fire);
        _timers.Add(timer);
        return timer;
    }

    private void Stop(NaiveTimer? timer)
    {
        if (timer is not null)
        {
            _timers.Remove(timer);
        }
    }

    private void FireTimers()
    {
        while (_timers.Where(timer => timer.DueNanos <= _now).OrderBy(timer => timer.DueNanos).ThenBy(timer => timer.Number).FirstOrDefault() is { } due)
        {
            _timers.Remove(due);
            due.Fire();
        }
    }

    /// <summary>An intent that waits for its time becomes ready then; one that is valid for a time ends after it, and not a nanosecond earlier.</summary>
    private void Schedule(NaivePosition position)
    {
        Stop(position.IntentTimer);
        position.IntentTimer = null;
        if (position.Intent is not { } intent)
        {
            return;
        }

        long ends = intent.ValidUntilNanos is 0 or long.MaxValue ? long.MaxValue : intent.ValidUntilNanos + 1;
        long due = intent.WaitsForTime ? Math.Min(intent.ExecuteAtNanos, ends) : ends;
        position.IntentTimer = due == long.MaxValue ? null : Set(due, () => OnIntentTimer(position));
    }

    private void OnIntentTimer(NaivePosition position)
    {
        position.IntentTimer = null;
        if (position.Intent is { } intent && intent.ValidUntilNanos != 0 && intent.ValidUntilNanos < _now)
        {
            position.Intent = null;
            Decide(DecisionAction.Hold, ReasonCode.IntentExpired, position.Quantity);
            return;
        }

        if (position.Intent is { WaitsForTime: true } waiting && waiting.ExecuteAtNanos <= _now)
        {
            position.Intent = waiting with { WaitsForTime = false };
            Advance(position);
        }

        Schedule(position);
    }

    private void Want(NaivePosition position, NaiveIntent intent)
    {
        position.Intent = intent;
        Advance(position);
    }

    /// <summary>Closes a position, and what orders under way may still bring.</summary>
    private void CloseAtMarket(NaivePosition position, ExitReason reason)
    {
        Stop(position.IntentTimer);
        position.IntentTimer = null;
        position.Intent = null;
        if (position.Working is not null || position.Quantity != 0)
        {
            Leave(position, reason);
        }
    }
}
