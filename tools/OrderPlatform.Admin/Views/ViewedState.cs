using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Past;
using OrderPlatform.Runtime.Past.Views;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Admin.Views;

/// <summary>A state that a verb shows: of a running engine what its journal has by now, of a dead one its end, or what was at a place.</summary>
/// <param name="Journal">The journal's folder.</param>
/// <param name="Names">What ids are called.</param>
/// <param name="State">The state.</param>
/// <param name="IsRunning">Whether an engine writes to the journal.</param>
internal sealed record ViewedState(string Journal, JournalNames Names, StateView State, bool IsRunning)
{
    /// <summary>What lies behind the last whole record, if the state is that of the end.</summary>
    public JournalTail? Torn { get; private init; }

    /// <summary>Reads it.</summary>
    /// <param name="path">What the person gave as the journal.</param>
    /// <param name="at">A place, or null for the end.</param>
    /// <exception cref="JournalException">There is no journal, or it is damaged before the place.</exception>
    /// <exception cref="ArgumentException">The journal ends before the place.</exception>
    public static ViewedState Read(string path, ReplayPlace? at)
    {
        string journal = JournalArgument.Resolve(path);
        JournalReaderOptions reading = JournalArgument.ReadingOf(journal, out bool isRunning);
        JournalNames names = JournalNames.Read(journal, reading);
        using PastEngine past = PastEngine.Open(journal, reading, SnapshotReplay.Options);
        if (at is not { } place)
        {
            past.GoToEnd();
        }
        else if (!past.GoTo(place))
        {
            throw new ArgumentException($"{journal} ends with sequence {past.Sequence}, before {place}: ask for an earlier place");
        }

        return new ViewedState(journal, names, StateView.Of(past.Engine), isRunning) { Torn = at is null ? past.Torn : null };
    }
}
