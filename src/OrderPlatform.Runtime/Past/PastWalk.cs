using OrderPlatform.Journal;

namespace OrderPlatform.Runtime.Past;

/// <summary>
/// A walk through a journal, forward and back (N1). An engine only goes forward; so what there was to see on the way is remembered, and a step back looks it up. Behind what is
/// remembered a stretch before it is processed once and remembered in its place: back costs what forward does. For one thread.
/// </summary>
/// <param name="past">The journal; the walk moves it, and others may.</param>
public sealed class PastWalk(PastEngine past)
{
    // What is remembered of a state has some hundred bytes a row.
    private const int MomentsMax = 32_768;
    private const int RowsMax = 600_000;
    private const int BehindMax = 4_096;
    private const int StretchMax = 16_384;

    private readonly List<Moment> _moments = [];
    private int _place;

    /// <summary>Where it stands.</summary>
    public Moment Here => _moments.Count > 0 ? _moments[_place] : throw new InvalidOperationException("go to a place first");

    /// <summary>Goes to an input; 0 is before the first.</summary>
    /// <returns>False if the journal ends before it: it stands after the last input then.</returns>
    /// <exception cref="JournalException">The journal is damaged before the place, or its beginning is gone and no snapshot is old enough.</exception>
    public bool GoTo(long sequence)
    {
        if (_moments.Count > 0 && sequence >= _moments[0].State.Sequence && sequence <= _moments[^1].State.Sequence)
        {
            _place = (int)(sequence - _moments[0].State.Sequence);
            return true;
        }

        Remember(sequence, BehindMax);
        return Here.State.Sequence == sequence;
    }

    /// <summary>Goes behind the next input.</summary>
    /// <returns>False if there is none yet.</returns>
    /// <exception cref="JournalException">The journal is damaged there.</exception>
    public bool TryStep()
    {
        if (_place + 1 < _moments.Count)
        {
            _place++;
            return true;
        }

        // Whoever shares the journal may have moved it.
        if (!past.GoTo(_moments[^1].State.Sequence) || !past.TryStep())
        {
            return false;
        }

        if (_moments.Count >= Room(MomentsMax))
        {
            // A quarter at a time, so that a step does not move all that is remembered.
            _moments.RemoveRange(0, Math.Max(1, _moments.Count / 4));
        }

        _moments.Add(Moment.Of(past));
        _place = _moments.Count - 1;
        return true;
    }

    /// <summary>Goes before the last input.</summary>
    /// <returns>False if there was none.</returns>
    /// <exception cref="JournalException">As for going to a place.</exception>
    public bool TryStepBack()
    {
        if (_place > 0)
        {
            _place--;
            return true;
        }

        long target = Here.State.Sequence - 1;
        if (target < 0)
        {
            return false;
        }

        Remember(target, StretchMax);
        return true;
    }

    private void Remember(long sequence, int behind)
    {
        int room = Room(behind);
        GoBehind(sequence, room, behind);
        _moments.Clear();
        _moments.Add(Moment.Of(past));
        while (past.Sequence < sequence && past.TryStep())
        {
            if (_moments.Count > room)
            {
                // The journal's end may lie far before the place that was asked for.
                _moments.RemoveRange(0, _moments.Count / 2);
            }

            _moments.Add(Moment.Of(past));
        }

        _place = _moments.Count - 1;
    }

    private void GoBehind(long sequence, int room, int behind)
    {
        try
        {
            past.GoTo(Math.Max(0, sequence - room), keepsMarks: behind == StretchMax);
        }
        catch (JournalException missing) when (missing.Kind == JournalFault.MissingSegment)
        {
            // Where the journal's begin is gone, the place itself may still be reached from a snapshot.
            past.GoTo(sequence);
        }
    }

    // Large states are remembered for fewer places.
    private int Room(int most) => _moments.Count == 0 ? most : Math.Clamp(RowsMax / Math.Max(1, _moments[^1].State.RowCount), 16, most);
}
