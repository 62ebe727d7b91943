using OrderPlatform.Journal;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>The facts of a journal: one replay from its begin, since every state follows from all inputs before it.</summary>
public static class JournalFacts
{
    /// <summary>Replays a journal.</summary>
    /// <param name="start">The journal from its first record.</param>
    /// <param name="to">The last input, or null for all.</param>
    /// <param name="sink">Who takes the facts.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="JournalException">It is damaged.</exception>
    /// <exception cref="ReplayDivergenceException">This build does not do what the one did that wrote it.</exception>
    public static void Read(EngineStart start, ReplayPlace? to, IFactSink sink, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(start);
        new ReplayRunner(start) { Range = new ReplayRange(null, to), Observers = [new FactReader(sink)] }.Run(null, cancellation);
    }
}
