using OrderPlatform.Journal;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Checking;

/// <summary>
/// The sequencing stage's part in a checkpoint: decides when one is due, asks the engine for its digests, and appends the record once they are there. Until
/// then no input is taken, so that the record's sequence is the journal's position, as readers require. If the engine never answers, nothing is written and
/// nobody hangs.
/// </summary>
internal sealed class CheckpointWriter
{
    private readonly JournalWriter _journal;
    private readonly DigestExchange _exchange;
    private readonly CheckpointSpacing _spacing;
    private readonly OriginTable _origins;
    private int _inputs;

    public CheckpointWriter(JournalWriter journal, DigestExchange exchange, CheckpointSpacing spacing, OriginTable origins)
    {
        _journal = journal;
        _exchange = exchange;
        _spacing = spacing;
        _origins = origins;
    }

    /// <summary>Whether the engine was asked and has not been heard yet.</summary>
    public bool IsPending { get; private set; }

    /// <summary>How many more inputs may be taken before a checkpoint must be written.</summary>
    public int RoomInputs => _spacing.InputsMax - _inputs;

    /// <summary>Counts what was taken, and asks the engine if a checkpoint is due.</summary>
    /// <param name="taken">Inputs that were appended; none if the ring is empty.</param>
    /// <returns>Whether it asked.</returns>
    public bool TryAsk(int taken)
    {
        _inputs += taken;
        IsPending = _inputs >= (taken == 0 ? _spacing.InputsMin : _spacing.InputsMax);
        if (IsPending)
        {
            _exchange.Ask(_journal.AppendedSequence);
        }

        return IsPending;
    }

    /// <summary>Appends the record if the engine has answered.</summary>
    /// <param name="timestampNanos">Of the last input.</param>
    /// <returns>Whether it did.</returns>
    /// <exception cref="JournalException">The journal has stopped.</exception>
    public bool TryFinish(long timestampNanos)
    {
        if (!_exchange.TryTake(out EngineDigests digests))
        {
            return false;
        }

        Checkpoints.Append(_journal, digests, timestampNanos);
        _origins.Append(_journal, timestampNanos);
        _journal.EndBatch();
        _inputs = 0;
        IsPending = false;
        return true;
    }
}
