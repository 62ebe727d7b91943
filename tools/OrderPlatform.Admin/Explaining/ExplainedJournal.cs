using OrderPlatform.Admin.Journals;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Explaining;
using OrderPlatform.Runtime.Past;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Admin.Explaining;

/// <summary>A journal whose facts are read.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="Reading">How it is read.</param>
/// <param name="Names">What ids are called.</param>
/// <param name="Index">The facts.</param>
/// <param name="Torn">A tail that was not written whole, or null.</param>
internal sealed record ExplainedJournal(string Path, JournalReaderOptions Reading, JournalNames Names, FactIndex Index, string? Torn)
{
    /// <summary>Reads it.</summary>
    /// <param name="path">As it was given.</param>
    /// <param name="to">The last input, or null.</param>
    public static ExplainedJournal Read(string path, ReplayPlace? to)
    {
        using var stop = new StopSignal();
        string journal = JournalArgument.Resolve(path);
        JournalReaderOptions reading = JournalArgument.ReadingOf(journal, out _);
        var names = JournalNames.Read(journal, reading);
        var index = new FactIndex();
        using EngineStart start = EngineStart.First(journal, reading);
        JournalFacts.Read(start, to, index, stop.Token);
        stop.Token.ThrowIfCancellationRequested();
        return new ExplainedJournal(journal, reading, names, index, start.Journal.Torn is { } torn ? TornText.Of(torn) : null);
    }
}
