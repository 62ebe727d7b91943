using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>What was recorded, as it was: the journal replayed with its own reports.</summary>
internal sealed class RecordedWorld
{
    private RecordedWorld(WorldLog log, BusinessLogicProcessor engine)
    {
        Log = log;
        Totals = WorldTotals.Of(log, engine);
        Digest = engine.DigestText();
        Sequence = engine.State.Sequence;
    }

    /// <summary>Its orders.</summary>
    public WorldLog Log { get; }

    /// <summary>What it came to.</summary>
    public WorldTotals Totals { get; }

    /// <summary>Digest of outputs and state at its end.</summary>
    public string Digest { get; }

    /// <summary>Its last input.</summary>
    public long Sequence { get; }

    /// <summary>Replays a journal.</summary>
    /// <exception cref="JournalException">It is damaged.</exception>
    public static RecordedWorld Replay(JournalSetup setup, JournalReaderOptions reading, CancellationToken cancellation)
    {
        var engine = new BusinessLogicProcessor();
        var log = new WorldLog(keepsOrders: true);
        using JournalReader reader = JournalReader.Open(setup.Folder, reading with { FromSequence = 0 });
        while (reader.LastSequence < setup.LastSequence && reader.TryRead(out JournalRecord record))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!record.IsControl)
            {
                log.Begin(new InputPlace(record.Sequence, record.TimestampNanos));
                ReadOnlySpan<byte> message = JournaledInput.MessageOf(record);
                engine.Process(record.Sequence, record.TimestampNanos, message);
                log.OnInput(engine, message);
            }
        }

        log.Sample(engine.State);
        return new RecordedWorld(log, engine);
    }
}
