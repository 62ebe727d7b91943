using OrderPlatform.Journal;
using OrderPlatform.Runtime.Past.Predicates;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Past;

/// <summary>Looks for the first input after which something is so.</summary>
/// <param name="past">The journal; it stands at what was found.</param>
public sealed class PastSearch(PastEngine past)
{
    private const int LookAtStopEvery = 1_024;

    /// <summary>Inputs that were looked at.</summary>
    public long Looked { get; private set; }

    /// <summary>Looks at each input of a range in turn, after it was processed.</summary>
    /// <param name="predicate">What is looked for. What is so already before the range begins is found at its first input.</param>
    /// <param name="from">Where it begins; null for the first input.</param>
    /// <param name="to">Where it ends; null for the end.</param>
    /// <param name="cancellation">Ends it early; nothing is found then.</param>
    /// <returns>Whether it was found.</returns>
    /// <exception cref="JournalException">The journal is damaged before anything was found.</exception>
    public bool TryFind(StatePredicate predicate, ReplayPlace? from, ReplayPlace? to, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        Begin(from);
        return TryFindNext(predicate, to, cancellation);
    }

    /// <summary>Looks from where it stands.</summary>
    public bool TryFindNext(StatePredicate predicate, ReplayPlace? to, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        while (past.TryStep() && to?.IsPassedBy(past.Sequence, past.Engine.State.NowNanos) is not true)
        {
            Looked++;
            if (predicate.Holds(past.Engine))
            {
                return true;
            }

            if (Looked % LookAtStopEvery == 0 && cancellation.IsCancellationRequested)
            {
                return false;
            }
        }

        return false;
    }

    // The input before the place, so that the place's own is the first that is looked at.
    private void Begin(ReplayPlace? from)
    {
        if (from is not { } place)
        {
            past.GoTo(0);
        }
        else if (!place.IsTime)
        {
            past.GoTo(place.Value - 1);
        }
        else
        {
            past.GoTo(ReplayPlace.AtTime(place.Value - 1));
        }
    }
}
