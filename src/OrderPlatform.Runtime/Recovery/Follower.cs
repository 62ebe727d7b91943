using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Recovery;

/// <summary>A replica that does not agree with the engine whose journal it follows.</summary>
/// <param name="After">The last sequence at which both agreed; 0 if there was none.</param>
/// <param name="Sequence">The sequence of the checkpoint that differs: the first input that was taken otherwise lies between.</param>
/// <param name="What">What differs, with both digests.</param>
public sealed record FollowerDifference(long After, long Sequence, string What);

/// <summary>
/// Tails a journal with an engine of its own: takes the snapshots, so that the live engine never stops for one, and compares digests wherever the live
/// engine wrote a checkpoint. After a difference it stops: of two engines that disagree neither may be trusted, and no snapshot of it may be kept.
/// </summary>
public sealed class Follower : IAgent
{
    private const int RecordsPerCycle = 256;

    private readonly EngineStart _start;
    private readonly SnapshotTaker? _taker;
    private readonly Action<string> _onProblem;
    private long _sequence;

    /// <summary>A follower.</summary>
    /// <param name="start">Where it begins; its journal should be read while following. The follower closes it.</param>
    /// <param name="taker">Takes the snapshots, or null for none.</param>
    /// <param name="onProblem">Told, on the follower's thread, of a difference and of each snapshot that could not be written.</param>
    public Follower(EngineStart start, SnapshotTaker? taker, Action<string> onProblem)
    {
        _start = start;
        _taker = taker;
        _onProblem = onProblem;
        _sequence = start.Engine.State.Sequence;
        LastAgreed = _sequence;
    }

    /// <inheritdoc />
    public string Name => "follower";

    /// <summary>The last input that it has processed; any thread may ask.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    /// <summary>Checkpoints that agreed.</summary>
    public long CheckpointsVerified { get; private set; }

    /// <summary>The last sequence at which the digests were compared and agreed, or at which it began.</summary>
    public long LastAgreed { get; private set; }

    /// <summary>The difference that ended it, or null.</summary>
    public FollowerDifference? Difference { get; private set; }

    /// <summary>Its engine; for queries between two cycles, from the same thread.</summary>
    public BusinessLogicProcessor Engine => _start.Engine;

    /// <inheritdoc />
    /// <exception cref="JournalException">The journal is damaged.</exception>
    public int DoWork()
    {
        int work = 0;
        while (Difference is null && work < RecordsPerCycle && _start.Journal.TryRead(out JournalRecord record))
        {
            work++;
            if (record.IsControl)
            {
                OnControl(record);
            }
            else
            {
                OnInput(record);
            }
        }

        return Difference is null ? work : IAgent.Finished;
    }

    /// <inheritdoc />
    public void OnClose() => _start.Dispose();

    private void OnInput(in JournalRecord record)
    {
        Engine.Process(record.Sequence, record.TimestampNanos, record.Payload);
        Volatile.Write(ref _sequence, record.Sequence);
        try
        {
            _taker?.OnInput(Engine, _start.Journal);
        }
        catch (JournalException failure)
        {
            // An older snapshot and more of the journal still recover everything: following goes on.
            _onProblem(failure.Message);
        }
    }

    private void OnControl(in JournalRecord record)
    {
        if (record.TemplateId != CheckpointDecoder.TemplateId)
        {
            return;
        }

        if (Checkpoints.Compare(record.Payload, Engine) is { } what)
        {
            Difference = new FollowerDifference(LastAgreed, record.Sequence, what);
            _onProblem($"the follower differs from the live engine at sequence {record.Sequence}; they agreed at {LastAgreed}: {what}: stop trading, keep the journal, and replay it with both builds");
            return;
        }

        CheckpointsVerified++;
        LastAgreed = record.Sequence;
    }
}
