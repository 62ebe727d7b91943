using OrderPlatform.Disruptor.Agents;

namespace OrderPlatform.Disruptor.Stages;

/// <summary>
/// A stage of a pipeline: polls its slots in bounded batches, tells its handler of idleness, and ends at the poison. It has no thread of
/// its own. A handler that throws ends the stage and closes the ring; the slot that did it is not consumed, and nothing is skipped.
/// </summary>
public abstract class EventProcessor<TSlot> : IAgent
    where TSlot : unmanaged
{
    private readonly EventProcessor<TSlot>[] _after;
    private volatile StageState _state;
    private volatile Exception? _failure;

    private protected EventProcessor(string name, RingBuffer<TSlot> ring, EventProcessor<TSlot>[] after)
    {
        Name = name;
        Ring = ring;
        _after = after;
        Poller = ring.NewPoller([.. after.Select(stage => stage.Poller.Sequence)]);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The consumer that the stage is, for early release and for wiring; only the stage itself polls it.</summary>
    public EventPoller<TSlot> Poller { get; }

    /// <summary>The stages that it runs behind; none if it runs behind the producers.</summary>
    public IReadOnlyList<EventProcessor<TSlot>> After => _after;

    /// <summary>Where it is. Any thread may ask.</summary>
    public StageState State => _state;

    /// <summary>What its handler threw.</summary>
    public Exception? Failure => _failure;

    /// <summary>Its last sequence, state and backlog. Any thread may ask.</summary>
    public StageReport Report => new(Name, Poller.Sequence.Value, State, Poller.BacklogHighWater, Failure);

    private protected RingBuffer<TSlot> Ring { get; }

    // A failed stage's counter stands still for ever: those behind it end there.
    private long LastToCome => _state == StageState.Failed
        ? Poller.Sequence.Value
        : _after.Aggregate(Ring.FinalSequence, static (last, stage) => Math.Min(last, stage.LastToCome));

    /// <inheritdoc/>
    public int DoWork()
    {
        if (_state != StageState.Running)
            return IAgent.Finished;
        try
        {
            int count = Poll();
            return count > 0 ? count : Rest();
        }
        catch (Exception failure)
        {
            // Not in a filter: that would run before the poll has stored how far it came, and those behind would end too early.
            _failure = failure;
            _state = StageState.Failed;
            Ring.Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public void OnClose()
    {
    }

    private protected abstract int Poll();

    private protected abstract void Idle(long sequence);

    private protected abstract void Shutdown(long sequence);

    private int Rest()
    {
        // The end is read before the counter that it is compared with can move again: only this thread moves it.
        long sequence = Poller.Sequence.Value;
        if (Ring.IsClosed && sequence >= LastToCome)
        {
            Shutdown(sequence);
            _state = sequence >= Ring.FinalSequence ? StageState.Drained : StageState.CutOff;
            return IAgent.Finished;
        }

        Idle(sequence);
        return 0;
    }
}

/// <summary>A stage with its handler.</summary>
/// <typeparam name="TSlot">The ring's slots.</typeparam>
/// <typeparam name="THandler">What it does with them.</typeparam>
internal sealed class EventProcessor<TSlot, THandler>(string name, RingBuffer<TSlot> ring, EventProcessor<TSlot>[] after, THandler handler, int batchMax)
    : EventProcessor<TSlot>(name, ring, after)
    where TSlot : unmanaged
    where THandler : IStageHandler<TSlot>
{
    private THandler _handler = handler;

    private protected override int Poll() => Poller.Poll(ref _handler, batchMax);

    private protected override void Idle(long sequence) => _handler.OnIdle(sequence);

    private protected override void Shutdown(long sequence) => _handler.OnShutdown(sequence);
}
