using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Minimising;

/// <summary>Inputs that are left as a journal of their own, which begins and ends like a backtest's and opens like any.</summary>
public static class MinimisedJournal
{
    // A few inputs to be sent to somebody: no megabytes of zeros.
    private const int SegmentLengthBytes = 1 << 16;
    private const int LongSegmentLengthBytes = 16 << 20;
    private const int ManyInputs = 1_000;

    /// <summary>Writes a journal and reads it back.</summary>
    /// <param name="folder">Where; there must be no journal.</param>
    /// <param name="inputs">At least one, in order.</param>
    /// <param name="predicate">What holds after the last of them.</param>
    /// <exception cref="JournalException">There is a journal already, or it cannot be written.</exception>
    /// <exception cref="MinimiserException">It does not show the state when it is read back.</exception>
    /// <exception cref="ReplayDivergenceException">Its digests are others when it is read back.</exception>
    public static void Write(string folder, IReadOnlyList<MinimisedInput> inputs, Func<BusinessLogicProcessor, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(predicate);
        ArgumentOutOfRangeException.ThrowIfZero(inputs.Count);
        using (JournalWriter journal = JournalWriter.Create(folder, Options(inputs.Count)))
        {
            var engine = new BusinessLogicProcessor();
            RunMarks.Begin(journal, inputs[0].TimestampNanos, []);
            long sequence = 0;
            foreach (MinimisedInput input in inputs)
            {
                journal.Append(++sequence, input.TimestampNanos, input.TemplateId, JournalFlags.None, input.Message);
                engine.Process(sequence, input.TimestampNanos, input.Message);
            }

            RunMarks.End(journal, engine, inputs[^1].TimestampNanos);
        }

        using JournalReader reader = JournalReader.Open(folder, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId });
        var replay = new ReplayRunner(reader, recorder: null);
        replay.Run(onProgress: null, CancellationToken.None);
        if (replay.Engine.State.Sequence != inputs.Count || replay.CheckpointsVerified != 1 || !replay.IsCleanEnd || !predicate(replay.Engine))
        {
            throw new MinimiserException($"{folder}: the journal does not show the state when it is read back: keep both journals, and report a fault of the program");
        }
    }

    private static JournalOptions Options(int inputs) => new()
    {
        SegmentLengthBytes = inputs > ManyInputs ? LongSegmentLengthBytes : SegmentLengthBytes,
        SchemaId = MessagesSchema.SchemaId,
        SchemaVersion = MessagesSchema.Version,
    };
}
