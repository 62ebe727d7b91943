using OrderPlatform.Analytics;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Runtime.Replay;

/// <summary>
/// Compares the inputs of a replay with those of another journal, one by one: the bytes of each message and its time. The other journal's checkpoints are
/// compared with the replay's engine on the way, as those of its own journal are.
/// </summary>
public sealed class JournalComparison : ReplayComparison
{
    private readonly string _path;
    private readonly JournalReaderOptions _reading;
    private JournalReader? _other;
    private byte[] _message = new byte[InputSlot.PayloadLengthMax];
    private int _length;
    private long _sequence;
    private long _timestampNanos;
    private bool _hasNext;

    /// <summary>A comparison.</summary>
    /// <param name="path">The other journal's folder.</param>
    /// <param name="reading">How it is read; from which sequence is decided here.</param>
    public JournalComparison(string path, JournalReaderOptions reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        _path = path;
        _reading = reading;
    }

    /// <summary>Checkpoints of the other journal that agree.</summary>
    public long CheckpointsVerified { get; private set; }

    /// <summary>What lies torn at the other journal's end, or null.</summary>
    public JournalTail? Torn => _other?.Torn;

    /// <inheritdoc />
    /// <exception cref="JournalException">The other journal cannot be read.</exception>
    public override void OnBegin(BusinessLogicProcessor engine, JournalReader journal)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _other = JournalReader.Open(_path, _reading with { FromSequence = engine.State.Sequence + 1 });
        ReadNext(engine);
    }

    /// <inheritdoc />
    /// <exception cref="JournalException">The other journal is damaged.</exception>
    public override bool OnInput(BusinessLogicProcessor engine, JournalReader journal, ReadOnlySpan<byte> message)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(journal);
        if (Found is not null)
        {
            return false;
        }

        if (!_hasNext)
        {
            long last = engine.State.Sequence - 1;
            PartBehind(last, $"{_path} ends with input {last}, and the replayed journal goes on with {MessagesSchema.Describe(message)}");
            return false;
        }

        ReadOnlySpan<byte> there = _message.AsSpan(0, _length);
        long timestampNanos = journal.LastTimestampNanos;
        if (engine.State.Sequence != _sequence || !message.SequenceEqual(there))
        {
            PartAt(engine, message, $"{_path} has as input {_sequence} {MessagesSchema.Describe(there)}");
        }
        else if (timestampNanos != _timestampNanos)
        {
            PartAt(engine, message, $"the same message is recorded at {TimeText.Iso(timestampNanos)} here and at {TimeText.Iso(_timestampNanos)} in {_path}");
        }
        else
        {
            Agreed++;
            ReadNext(engine);
        }

        return Found is null;
    }

    /// <inheritdoc />
    public override void OnEnd(BusinessLogicProcessor engine, bool isWhole)
    {
        ArgumentNullException.ThrowIfNull(engine);
        if (Found is null && isWhole && _hasNext)
        {
            string next = MessagesSchema.Describe(_message.AsSpan(0, _length));
            PartBehind(engine.State.Sequence, $"the replayed journal ends with input {engine.State.Sequence}, and {_path} goes on with {next}");
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing) => _other?.Dispose();

    // Checkpoints between two inputs speak of the engine as it stands now.
    private void ReadNext(BusinessLogicProcessor engine)
    {
        _hasNext = false;
        while (!_hasNext && Found is null && _other!.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                Keep(record);
            }
            else if (record.TemplateId == CheckpointDecoder.TemplateId)
            {
                CompareCheckpoint(record, engine);
            }
        }
    }

    private void CompareCheckpoint(in JournalRecord record, BusinessLogicProcessor engine)
    {
        if (Checkpoints.Compare(record.Payload, engine) is not { } difference)
        {
            CheckpointsVerified++;
            return;
        }

        long sequence = engine.State.Sequence;
        Found = new Divergence(1, sequence, "", $"the inputs agree, and the checkpoint of {_path} after input {sequence} differs: {difference.What}");
    }

    private void Keep(in JournalRecord record)
    {
        ReadOnlySpan<byte> message = JournaledInput.MessageOf(record);
        if (message.Length > _message.Length)
        {
            _message = new byte[message.Length];
        }

        message.CopyTo(_message);
        _length = message.Length;
        _sequence = record.Sequence;
        _timestampNanos = record.TimestampNanos;
        _hasNext = true;
    }
}
