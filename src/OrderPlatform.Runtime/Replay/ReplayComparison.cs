using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Runtime.Replay;

/// <summary>Compares a replay with what somebody else recorded, and ends it where the two part.</summary>
public abstract class ReplayComparison : IReplayObserver, IDisposable
{
    /// <summary>Inputs that were compared and agree.</summary>
    public long Agreed { get; protected set; }

    /// <summary>Where they part, or null while they agree.</summary>
    public Divergence? Found { get; protected set; }

    /// <summary>What a reader of the result should know beside it, or null.</summary>
    public string? Note { get; protected set; }

    /// <inheritdoc />
    public abstract void OnBegin(BusinessLogicProcessor engine, JournalReader journal);

    /// <inheritdoc />
    public abstract bool OnInput(BusinessLogicProcessor engine, JournalReader journal, ReadOnlySpan<byte> message);

    /// <summary>The replay has ended: one of the two may go on.</summary>
    /// <param name="engine">The engine, at the end.</param>
    /// <param name="isWhole">Whether it ended with its journal, and not because the range did or somebody stopped it.</param>
    public abstract void OnEnd(BusinessLogicProcessor engine, bool isWhole);

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what is compared with.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>They part at the input that was processed last.</summary>
    protected void PartAt(BusinessLogicProcessor engine, ReadOnlySpan<byte> message, string what)
    {
        ArgumentNullException.ThrowIfNull(engine);
        Found = new Divergence(engine.State.Sequence, engine.State.Sequence, MessagesSchema.Describe(message), what);
    }

    /// <summary>One of them ends and the other goes on.</summary>
    protected void PartBehind(long last, string what) => Found = new Divergence(last + 1, last + 1, "", what);
}
