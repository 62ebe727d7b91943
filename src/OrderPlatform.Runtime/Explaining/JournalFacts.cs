using OrderPlatform.Journal;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>The facts of a journal: one replay from its begin, since every state follows from all inputs before it.</summary>
public static class JournalFacts
{
    /// <summary>Replays a journal.</summary>
    /// <param name="journal">The journal, from its start.</param>
    /// <param name="to">The last input, or null for all.</param>
    /// <param name="sink">Who takes the facts.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>How it ended: the engine, whether the last word of the journal is a clean end.</returns>
    /// <exception cref="JournalException">It is damaged, or its begin is gone.</exception>
    /// <exception cref="ReplayDivergenceException">This build does not do what the one did that wrote it.</exception>
    public static ReplayRunner Read(JournalReader journal, ReplayPlace? to, IFactSink sink, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var runner = new ReplayRunner(journal, null) { Range = new ReplayRange(null, to), Observers = [new FactReader(sink)] };
        runner.Run(null, cancellation);
        return runner;
    }
}
