using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Past;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Admin.TimeTravel;

/// <summary>A journal that is travelled in.</summary>
internal sealed class OpenPast : IDisposable
{
    private OpenPast(string journal, JournalNames names, PastEngine engine)
    {
        Journal = journal;
        Names = names;
        Engine = engine;
    }

    /// <summary>Its folder.</summary>
    public string Journal { get; }

    /// <summary>What ids are called.</summary>
    public JournalNames Names { get; }

    /// <summary>The engine, anywhere in it.</summary>
    public PastEngine Engine { get; }

    /// <summary>Opens what a person named.</summary>
    /// <exception cref="JournalException">There is no journal, or it cannot be read.</exception>
    public static OpenPast Open(string path)
    {
        string journal = JournalArgument.Resolve(path);
        JournalReaderOptions reading = JournalArgument.ReadingOf(journal, out _);
        return new OpenPast(journal, JournalNames.Read(journal, reading), PastEngine.Open(journal, reading, SnapshotReplay.Options));
    }

    /// <summary>Goes to a place.</summary>
    /// <exception cref="ArgumentException">The journal ends before it.</exception>
    /// <exception cref="JournalException">The journal is damaged before it.</exception>
    public void GoTo(ReplayPlace place)
    {
        if (!Engine.GoTo(place))
        {
            throw new ArgumentException($"{Journal} ends with sequence {Engine.Sequence}, before {place}: ask for an earlier place");
        }
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose() => Engine.Dispose();
}
