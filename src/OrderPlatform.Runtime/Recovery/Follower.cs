using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Recovery;

/// <summary>
/// Tails a journal with an engine of its own: takes the snapshots, so that the live engine never stops for one, and compares itself with the live engine:
/// outputs after every input where that engine is in this process, digests of both outputs and state wherever it wrote a checkpoint. After a difference it
/// stops: of two engines that disagree neither may be trusted, and no snapshot of it may be kept.
/// </summary>
public sealed class Follower : IAgent
{
    private const int RecordsPerCycle = 256;

    // While an observer waits for an input to become durable, which takes a moment, the follower is not idle; a journal that has stopped would take for ever.
    private const int AsksMax = 10_000;

    private readonly EngineStart _start;
    private readonly SnapshotTaker? _taker;
    private readonly SelfCheck? _check;
    private readonly Action<string> _onProblem;
    private readonly byte[] _input = new byte[InputSlot.PayloadLengthMax];
    private int _inputLength;
    private bool _isToCompare;
    private bool _isToObserve;
    private int _asked;
    private long _sequence;
    private DivergenceKeeper? _keeper;

    /// <summary>A follower.</summary>
    /// <param name="start">Where it begins; its journal should be read while following. The follower closes it.</param>
    /// <param name="taker">Takes the snapshots, or null for none.</param>
    /// <param name="onProblem">Told, on the follower's thread, of a difference and of each snapshot that could not be written.</param>
    /// <param name="check">What it shares with the live engine in this process, or null if that is elsewhere.</param>
    public Follower(EngineStart start, SnapshotTaker? taker, Action<string> onProblem, SelfCheck? check = null)
    {
        _start = start;
        _taker = taker;
        _check = check;
        _onProblem = onProblem;
        _sequence = start.Engine.State.Sequence;
        LastAgreed = _sequence;
        LastStateAgreed = _sequence;
    }

    /// <inheritdoc />
    public string Name => "follower";

    /// <summary>Looks at each input and its outputs once they are compared, or null.</summary>
    public IReplicaObserver? Observer { get; init; }

    /// <summary>The last input that it has processed; any thread may ask.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    /// <summary>Checkpoints that agreed.</summary>
    public long CheckpointsVerified { get; private set; }

    /// <summary>Inputs after which the outputs were compared with the live engine's, and agreed.</summary>
    public long InputsCompared { get; private set; }

    /// <summary>Inputs after which they could not be: it came too late for the trail, or the live engine began behind them.</summary>
    public long InputsNotCompared { get; private set; }

    /// <summary>The last sequence at which outputs were compared and agreed, or at which it began.</summary>
    public long LastAgreed { get; private set; }

    /// <summary>The last sequence at which states were compared and agreed, or at which it began.</summary>
    public long LastStateAgreed { get; private set; }

    /// <summary>The difference that ended it, or null.</summary>
    public FollowerDifference? Difference { get; private set; }

    /// <summary>The first fields that differ, once both states are kept.</summary>
    public IReadOnlyList<FieldDifference> DifferingFields => _keeper?.Fields ?? [];

    /// <summary>Its engine; for queries between two cycles, from the same thread.</summary>
    public BusinessLogicProcessor Engine => _start.Engine;

    /// <inheritdoc />
    /// <exception cref="JournalException">The journal is damaged.</exception>
    public int DoWork()
    {
        int work = Difference is null && Observer is not null ? Observer.DoWork(Engine) : 0;
        int limit = work + RecordsPerCycle;

        // It waits for the live engine, which may be an input behind its journal: so nothing is passed over uncompared.
        while (Difference is null && work < limit && IsCompared() && IsObserved() && _start.Journal.TryRead(out JournalRecord record))
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

        if (work == 0 && _isToObserve && !_isToCompare && _asked < AsksMax)
        {
            _asked++;
            return 1;
        }

        return Difference is null ? work : Conclude(work);
    }

    /// <inheritdoc />
    public void OnClose()
    {
        Observer?.OnClose();
        _start.Dispose();
    }

    private void OnInput(in JournalRecord record)
    {
        ReadOnlySpan<byte> message = JournaledInput.MessageOf(record);
        Engine.Process(record.Sequence, record.TimestampNanos, message);
        _inputLength = Math.Min(message.Length, _input.Length);
        message[.._inputLength].CopyTo(_input);
        _isToCompare = true;
        _isToObserve = Observer is not null;
        Volatile.Write(ref _sequence, record.Sequence);
        if (IsCompared())
        {
            IsObserved();
        }
    }

    private bool IsObserved()
    {
        _isToObserve = _isToObserve && !Observer!.TryObserve(_sequence, _input.AsSpan(0, _inputLength), Engine);
        _asked = _isToObserve ? _asked : 0;
        return !_isToObserve;
    }

    private bool IsCompared()
    {
        if (!_isToCompare)
        {
            return true;
        }

        ulong live = 0;
        TrailEntry entry = _check is null ? TrailEntry.Gone : _check.Trail.Find(_sequence, out live);
        if (entry == TrailEntry.Ahead)
        {
            return false;
        }

        _isToCompare = false;
        if (entry == TrailEntry.Gone)
        {
            InputsNotCompared++;
        }
        else if (live != Engine.Outputs.Digest)
        {
            Differ(LastAgreed, _sequence, $"output digest {live:x16} of the live engine, {Engine.Outputs.Digest:x16} of the follower");
            return false;
        }
        else
        {
            InputsCompared++;
            LastAgreed = _sequence;
        }

        TakeSnapshot();
        return true;
    }

    private void TakeSnapshot()
    {
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

        if (Checkpoints.Compare(record.Payload, Engine) is { } difference)
        {
            Differ(difference.IsOfOutputs ? LastAgreed : LastStateAgreed, record.Sequence, $"{difference.What} at the checkpoint");
            return;
        }

        CheckpointsVerified++;
        LastAgreed = record.Sequence;
        LastStateAgreed = record.Sequence;
    }

    private void Differ(long after, long sequence, string what)
    {
        string input = _inputLength == 0 ? "" : MessagesSchema.Describe(_input.AsSpan(0, _inputLength));
        Difference = new FollowerDifference(after, sequence, what) { Input = input };
        _keeper = _check is null ? null : new DivergenceKeeper(Difference, _start, _check);
    }

    private int Conclude(int work)
    {
        if (_keeper is null)
        {
            _onProblem($"{Difference}: stop trading, keep the journal, and replay it with both builds");
            return IAgent.Finished;
        }

        work += _keeper.DoWork();
        if (_keeper.Message is not { } message)
        {
            return work;
        }

        Volatile.Write(ref _sequence, Engine.State.Sequence);
        _onProblem(message);
        return IAgent.Finished;
    }
}
