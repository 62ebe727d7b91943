using OrderPlatform.Engine;
using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Recovery;

/// <summary>
/// An engine and a journal that goes on where the engine stands: from the newest snapshot that can be used, or from the journal's first record. A snapshot
/// is used if its file is sound, the journal has the very record after which it was taken, and the engine accepts every record of it.
/// </summary>
public sealed class EngineStart : IDisposable
{
    private EngineStart(BusinessLogicProcessor engine, JournalReader journal, string? snapshot, IReadOnlyList<SkippedSnapshot> skipped)
    {
        Engine = engine;
        Journal = journal;
        Snapshot = snapshot;
        Skipped = skipped;
    }

    /// <summary>The engine.</summary>
    public BusinessLogicProcessor Engine { get; }

    /// <summary>The journal; what it reads next is what the engine has not seen.</summary>
    public JournalReader Journal { get; }

    /// <summary>The snapshot's file, or null if there was none that could be used.</summary>
    public string? Snapshot { get; }

    /// <summary>Newer snapshots that could not be used, and why.</summary>
    public IReadOnlyList<SkippedSnapshot> Skipped { get; }

    /// <summary>Where snapshots of a journal lie.</summary>
    public static string FolderOf(string journal) => Path.Combine(journal, "snapshots");

    /// <summary>Starts from the newest snapshot that can be used.</summary>
    /// <param name="journal">The journal's folder.</param>
    /// <param name="reading">How the journal is read; from which sequence is decided here.</param>
    /// <param name="options">Whose the snapshots must be.</param>
    /// <param name="before">Snapshots from this place on are passed over; null for none.</param>
    /// <exception cref="JournalException">The journal cannot be read, or has lost its beginning and no snapshot can be used.</exception>
    public static EngineStart Newest(string journal, JournalReaderOptions reading, SnapshotStoreOptions options, ReplayPlace? before = null)
    {
        var skipped = new List<SkippedSnapshot>();
        long sequenceMax = before is { IsTime: false } place ? place.Value - 1 : long.MaxValue;
        foreach (StoredSnapshot snapshot in SnapshotSearch.NewestFirst(FolderOf(journal), options, skipped.Add, sequenceMax))
        {
            if (TryStart(snapshot, journal, reading, before, skipped) is { } start)
            {
                return start;
            }
        }

        return First(journal, reading, skipped);
    }

    /// <summary>Starts from one snapshot.</summary>
    /// <param name="snapshot">The snapshot, whose file is sound.</param>
    /// <param name="journal">The journal's folder.</param>
    /// <param name="reading">How the journal is read; from which sequence is decided here.</param>
    /// <param name="skipped">Gets the reason if it cannot be used.</param>
    /// <returns>Null if it cannot be used.</returns>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static EngineStart? From(StoredSnapshot snapshot, string journal, JournalReaderOptions reading, List<SkippedSnapshot> skipped) =>
        TryStart(snapshot, journal, reading, null, skipped);

    /// <summary>Starts with the journal's first record, whatever snapshots there are.</summary>
    /// <param name="journal">The journal's folder.</param>
    /// <param name="reading">How the journal is read; from which sequence is decided here.</param>
    /// <exception cref="JournalException">The journal cannot be read, or has lost its beginning.</exception>
    public static EngineStart First(string journal, JournalReaderOptions reading) => First(journal, reading, []);

    /// <summary>Lets go of the journal.</summary>
    public void Dispose() => Journal.Dispose();

    private static EngineStart First(string journal, JournalReaderOptions reading, IReadOnlyList<SkippedSnapshot> skipped) =>
        new(new BusinessLogicProcessor(), JournalReader.Open(journal, reading with { FromSequence = 1 }), null, skipped);

    private static EngineStart? TryStart(
        StoredSnapshot snapshot, string journal, JournalReaderOptions reading, ReplayPlace? before, List<SkippedSnapshot> skipped)
    {
        JournalReader? reader = null;
        try
        {
            reader = JournalReader.Open(journal, reading with { FromSequence = Math.Max(1, snapshot.Sequence) });
            (JournalFault Kind, string Reason)? foreign = FindPlace(reader, snapshot);
            if (foreign is null && before?.IsReachedBy(snapshot.Sequence, reader.LastTimestampNanos) == true)
            {
                reader.Dispose();
                return null;
            }

            if (foreign is null)
            {
                BusinessLogicProcessor engine = BusinessLogicProcessor.Restore(snapshot.Content.Span);
                if (engine.State.Sequence == snapshot.Sequence)
                {
                    return new EngineStart(engine, reader, snapshot.File, skipped);
                }

                foreign = (JournalFault.DamagedRecord, $"holds an engine at sequence {engine.State.Sequence}");
            }

            skipped.Add(new SkippedSnapshot(snapshot.File, foreign.Value.Kind, foreign.Value.Reason));
        }
        catch (SnapshotException refusal)
        {
            skipped.Add(new SkippedSnapshot(snapshot.File, JournalFault.DamagedRecord, refusal.Message));
        }
        catch (JournalException failure) when (failure.Kind == JournalFault.MissingSegment)
        {
            skipped.Add(new SkippedSnapshot(snapshot.File, failure.Kind, $"is older than the journal: {failure.Message}"));
        }

        reader?.Dispose();
        return null;
    }

    // Moves the reader past the snapshot's record. A snapshot of another run with the same numbers would lead the engine astray without a word.
    private static (JournalFault Kind, string Reason)? FindPlace(JournalReader reader, StoredSnapshot snapshot)
    {
        if (snapshot.Sequence == 0)
        {
            return null;
        }

        return !reader.TryRead(out JournalRecord record) || record.Sequence != snapshot.Sequence
            ? (JournalFault.SequenceGap, $"is newer than the journal, which ends after sequence {reader.LastSequence}")
            : snapshot.JournalCrc != 0 && snapshot.JournalCrc != SnapshotTie.Of(reader)
                ? (JournalFault.BrokenChain, $"was taken from another journal: the record of sequence {snapshot.Sequence} is not the one it followed")
            : null;
    }
}
