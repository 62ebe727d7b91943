using System.Buffers;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;

namespace OrderPlatform.Runtime.Recovery;

/// <summary>Takes a snapshot of a replica's engine after every so many inputs. The live engine has none: capturing walks every table.</summary>
public sealed class SnapshotTaker
{
    private readonly SnapshotStore _store;
    private readonly long _every;
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 16);

    /// <summary>A taker.</summary>
    /// <param name="store">Where the snapshots go.</param>
    /// <param name="every">After how many inputs; 1 or more.</param>
    public SnapshotTaker(SnapshotStore store, long every)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every);
        _store = store;
        _every = every;
    }

    /// <summary>Snapshots taken.</summary>
    public long Count { get; private set; }

    /// <summary>Takes a snapshot if one is due after the input that was read and processed last.</summary>
    /// <exception cref="JournalException">It cannot be written.</exception>
    public void OnInput(BusinessLogicProcessor engine, JournalReader journal)
    {
        if (engine.State.Sequence % _every == 0)
        {
            Take(engine, journal);
        }
    }

    /// <summary>Takes a snapshot now.</summary>
    /// <returns>Its file.</returns>
    /// <exception cref="JournalException">It cannot be written.</exception>
    public string Take(BusinessLogicProcessor engine, JournalReader journal)
    {
        _buffer.ResetWrittenCount();
        engine.Capture(_buffer);
        string file = _store.Write(engine.State.Sequence, SnapshotTie.Of(journal), _buffer.WrittenSpan);
        Count++;
        return file;
    }
}
