using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>
/// Numbers inputs, journals them and hands them to an engine, all on the caller's thread: the single-threaded form of what the live pipeline's stages do.
/// </summary>
public sealed class EngineInput
{
    private readonly BusinessLogicProcessor _engine;
    private readonly JournalWriter? _journal;
    private long _timestampNanos = long.MinValue;

    /// <summary>An input path.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="journal">Where each input is written before the engine sees it, or null for none.</param>
    public EngineInput(BusinessLogicProcessor engine, JournalWriter? journal)
    {
        _engine = engine;
        _journal = journal;
    }

    /// <summary>Puts an input in; the engine's outputs are then those of this input.</summary>
    /// <exception cref="InvalidInputException">The message is malformed or larger than a slot; nothing has changed.</exception>
    public void Put(long timeNanos, ReadOnlySpan<byte> message)
    {
        InputGate.Require(message);
        long sequence = _engine.State.Sequence + 1;
        _timestampNanos = Math.Max(_timestampNanos, timeNanos);
        MessageHeader.TryRead(message, out MessageHeader header);
        _journal?.Append(sequence, _timestampNanos, header.TemplateId, JournalFlags.None, message);
        _engine.Process(sequence, _timestampNanos, message);
    }

    /// <summary>Before the first input: writes the engine's rule set, and how the simulated venues behave, as control records.</summary>
    public void Begin(long timeNanos, IReadOnlyList<VenueSettings> venues)
    {
        if (_journal is not null)
        {
            RunMarks.Begin(_journal, timeNanos, venues);
        }
    }

    /// <summary>After the last input: writes the digests as a control record, so that a replay can compare, and that the run ended cleanly.</summary>
    public void End()
    {
        if (_journal is not null)
        {
            RunMarks.End(_journal, _engine, _timestampNanos);
        }
    }
}
