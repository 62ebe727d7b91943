using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Past;

/// <summary>
/// The engine as it was after any input of a journal, to go to and step through (requirement N1). A place is reached from the nearest state there is
/// before it: where it stands, one of those that it keeps in memory, a snapshot of the journal's, or nothing at its begin; then come the journal's inputs, the last of them always
/// with its outputs. It only reads, so it works beside a live writer too; with a reader that follows, what was written meanwhile is there to be gone to. For one thread.
/// </summary>
public sealed class PastEngine : IDisposable
{
    // A mark takes as long to make as some hundred inputs, and a few hundred kilobytes with one instrument; it saves the way from a snapshot.
    private const int MarksMax = 64;
    private const int MarkEvery = 4_096;

    // To look for a snapshot on the disk and read it takes as long as some thousands of inputs.
    private const int SnapshotWorth = 8_192;

    private readonly string _journal;
    private readonly JournalReaderOptions _reading;
    private readonly SnapshotStoreOptions _snapshots;
    private readonly PastMarks _marks = new(MarksMax);
    private JournalReader _reader;
    private byte[] _input = new byte[256];
    private int _inputLength;
    private bool _stands;

    private PastEngine(string journal, JournalReaderOptions reading, SnapshotStoreOptions snapshots, JournalReader reader)
    {
        _journal = journal;
        _reading = reading;
        _snapshots = snapshots;
        _reader = reader;

        // A journal whose oldest segments are gone has no state before its first input: only a snapshot has one.
        _stands = reader.LastSequence == 0;
    }

    /// <summary>The engine as it was after <see cref="Sequence"/>, with the outputs of that input. After a move it may be another object.</summary>
    public BusinessLogicProcessor Engine { get; private set; } = new();

    /// <summary>The input that it has seen last; 0 before the first.</summary>
    public long Sequence => Engine.State.Sequence;

    /// <summary>The input that it has seen last, with its header; empty before the first.</summary>
    public ReadOnlySpan<byte> Input => _input.AsSpan(0, _inputLength);

    /// <summary>What lies behind the journal's last whole record, once that was met; null where it is whole or still written.</summary>
    public JournalTail? Torn => _reader.Torn;

    /// <summary>Opens a journal; stands before its first input.</summary>
    /// <param name="journal">Its folder.</param>
    /// <param name="reading">How it is read; from which sequence is decided here.</param>
    /// <param name="snapshots">Whose snapshots of the journal may be used.</param>
    /// <exception cref="JournalException">There is no journal, or it cannot be read.</exception>
    public static PastEngine Open(string journal, JournalReaderOptions reading, SnapshotStoreOptions snapshots) =>
        new(journal, reading, snapshots, JournalReader.Open(journal, reading with { FromSequence = 0 }));

    /// <summary>Goes to the state after an input.</summary>
    /// <param name="sequence">The input's; 0 for before the first.</param>
    /// <param name="keepsMarks">Whether states on the way are kept in memory, because places before it are likely to be gone to.</param>
    /// <returns>False if the journal ends before it: it stands after the last input then.</returns>
    /// <exception cref="JournalException">The journal is damaged before the place, or its beginning is gone and no snapshot is old enough.</exception>
    public bool GoTo(long sequence, bool keepsMarks = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        if (_stands && Sequence == sequence)
        {
            return true;
        }

        Begin(Math.Max(0, sequence - 1));
        bool goesOn = true;
        while (goesOn && Sequence < sequence)
        {
            if (keepsMarks && Sequence % MarkEvery == 0)
            {
                _marks.Keep(Engine);
            }

            goesOn = TryStep();
        }

        return Sequence == sequence;
    }

    /// <summary>Goes to an input, or to a time: after the last input that is not later.</summary>
    /// <returns>False if the journal ends before the input; a time behind the end is the end.</returns>
    /// <exception cref="JournalException">As above.</exception>
    public bool GoTo(ReplayPlace place) => GoTo(place.IsTime ? LastBy(place) : place.Value);

    /// <summary>Goes to the state after the last input that there is now.</summary>
    /// <exception cref="JournalException">As above.</exception>
    public void GoToEnd()
    {
        Begin(long.MaxValue - 1);
        while (TryStep())
        {
        }
    }

    /// <summary>Processes the next input.</summary>
    /// <returns>False if there is none yet.</returns>
    /// <exception cref="JournalException">The journal is damaged there.</exception>
    public bool TryStep()
    {
        if (!_stands)
        {
            Begin(0);
        }

        while (_reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                ReadOnlySpan<byte> message = JournaledInput.MessageOf(record);
                Keep(message);
                Engine.Process(record.Sequence, record.TimestampNanos, message);
                return true;
            }
        }

        return false;
    }

    /// <summary>Lets go of the journal.</summary>
    public void Dispose() => _reader.Dispose();

    // From the nearest state: where it stands, a mark, a snapshot.
    private void Begin(long sequence)
    {
        long here = _stands && Sequence <= sequence ? Sequence : -1;
        long mark = _marks.Floor(sequence);
        long nearest = Math.Max(here, mark);
        if (nearest < 0 || sequence - nearest > SnapshotWorth)
        {
            EngineStart start = EngineStart.Newest(_journal, _reading, _snapshots, ReplayPlace.AtSequence(sequence + 1));
            if (start.Engine.State.Sequence > nearest)
            {
                Stand(start.Engine, start.Journal);
                return;
            }

            start.Dispose();
        }

        if (mark > here)
        {
            BusinessLogicProcessor engine = _marks.Restore(mark);
            Stand(engine, JournalReader.Open(_journal, _reading with { FromSequence = mark + 1 }));
        }
    }

    private void Stand(BusinessLogicProcessor engine, JournalReader reader)
    {
        _reader.Dispose();
        _reader = reader;
        Engine = engine;
        _inputLength = 0;
        _stands = true;
    }

    private void Keep(ReadOnlySpan<byte> message)
    {
        if (message.Length > _input.Length)
        {
            _input = new byte[message.Length];
        }

        message.CopyTo(_input);
        _inputLength = message.Length;
    }

    private long LastBy(ReplayPlace time)
    {
        // Times never run backwards in a journal, so only what lies behind where it stands must be looked at if that is earlier.
        bool isBehind = _stands && Sequence > 0 && !time.IsPassedBy(Sequence, Engine.State.NowNanos);
        long last = isBehind ? Sequence : 0;
        using JournalReader reader = JournalReader.Open(_journal, _reading with { FromSequence = isBehind ? Sequence + 1 : 0 });
        while (reader.TryRead(out JournalRecord record) && !time.IsPassedBy(record.Sequence, record.TimestampNanos))
        {
            last = record.Sequence;
        }

        return last;
    }
}
