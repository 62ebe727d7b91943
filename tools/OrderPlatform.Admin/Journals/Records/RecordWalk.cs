using OrderPlatform.Engine;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Admin.Journals.Records;

/// <summary>
/// Goes through a range of a journal, record by record, and where somebody asks for it with an engine beside: the memory is bounded whatever the journal's
/// length.
/// </summary>
internal sealed class RecordWalk
{
    /// <summary>The journal's folder.</summary>
    public required string Journal { get; init; }

    /// <summary>The first place; null for the begin.</summary>
    public ReplayPlace? From { get; init; }

    /// <summary>The last place; null for the end.</summary>
    public ReplayPlace? To { get; init; }

    /// <summary>Whether an engine gets the inputs, too.</summary>
    public bool HasEngine { get; init; }

    /// <summary>Whether the engine's outputs are told.</summary>
    public bool HasOutputs { get; init; }

    /// <summary>What lies behind the last whole record, once the end was reached.</summary>
    public JournalTail? Torn { get; private set; }

    /// <summary>Tells of each record of the range.</summary>
    /// <param name="onRecord">Told of each; false ends the walk.</param>
    /// <exception cref="JournalException">There is no journal, or it is damaged in the range.</exception>
    public void Run(RecordSeen onRecord)
    {
        JournalReaderOptions reading = JournalArgument.ReadingOf(Journal, out _);
        if (!HasEngine)
        {
            using JournalReader reader = JournalReader.Open(Journal, reading with { FromSequence = From is { IsTime: false } from ? from.Value : 0 });
            Run(reader, null, onRecord);
            return;
        }

        using EngineStart start = From is { } place ? EngineStart.Newest(Journal, reading, SnapshotReplay.Options, place) : EngineStart.First(Journal, reading);
        Run(start.Journal, start.Engine, onRecord);
    }

    private void Run(JournalReader reader, BusinessLogicProcessor? engine, RecordSeen onRecord)
    {
        while (reader.TryRead(out JournalRecord record))
        {
            if (To?.IsPassedBy(record.Sequence, record.TimestampNanos) == true)
            {
                return;
            }

            ReadOnlySpan<byte> message = record.IsControl ? record.Payload : JournaledInput.MessageOf(record);
            if (!record.IsControl)
            {
                engine?.Process(record.Sequence, record.TimestampNanos, message);
            }

            if (From?.IsReachedBy(record.Sequence, record.TimestampNanos) != false && !Tell(record, message, engine, onRecord))
            {
                return;
            }
        }

        Torn = reader.Torn;
    }

    private bool Tell(in JournalRecord record, ReadOnlySpan<byte> message, BusinessLogicProcessor? engine, RecordSeen onRecord)
    {
        bool goesOn = onRecord(ShownOf(record), message, engine);
        if (!HasOutputs || record.IsControl)
        {
            return goesOn;
        }

        for (int i = 0; goesOn && i < engine!.Outputs.Count; i++)
        {
            ReadOnlySpan<byte> output = engine.Outputs[i];
            MessageHeader.TryRead(output, out MessageHeader header);
            goesOn = onRecord(new ShownRecord(RecordKind.Output, record.Sequence, record.TimestampNanos, header.TemplateId, 0, default), output, engine);
        }

        return goesOn;
    }

    /// <summary>What a record of a journal is.</summary>
    public static ShownRecord ShownOf(in JournalRecord record) => record.IsControl
        ? new ShownRecord(RecordKind.Control, record.Sequence, record.TimestampNanos, record.TemplateId, 0, default)
        : new ShownRecord(RecordKind.Input, record.Sequence, record.TimestampNanos, record.TemplateId, InputSources.Of(record.Flags),
            JournaledInput.OriginOf(record));
}

/// <summary>A record that is met; the engine is that after its input, null where none is beside.</summary>
internal delegate bool RecordSeen(in ShownRecord record, ReadOnlySpan<byte> message, BusinessLogicProcessor? engine);
