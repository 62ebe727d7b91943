using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Disruptor.Stages;

/// <summary>A thread of a pipeline about to start: its wait strategy is made for it.</summary>
public sealed class StageThread<TSlot>
    where TSlot : unmanaged
{
    private readonly RingBuffer<TSlot> _ring;
    private WakeUp? _wakeUp;

    internal StageThread(RingBuffer<TSlot> ring, IReadOnlyList<EventProcessor<TSlot>> stages, int? processor)
    {
        _ring = ring;
        Stages = stages;
        Processor = processor;
    }

    /// <summary>The stages that it runs.</summary>
    public IReadOnlyList<EventProcessor<TSlot>> Stages { get; }

    /// <summary>The processor that it is to be tied to.</summary>
    public int? Processor { get; }

    /// <summary>
    /// The thread's alarm clock, rung by everything that its stages wait for: the producers, or exactly the stages before them. Wired when
    /// it is first asked for, so that nobody who spins pays for it.
    /// </summary>
    /// <exception cref="InvalidOperationException">Slots were claimed already.</exception>
    public WakeUp WakeUp => _wakeUp ??= Wire();

    private WakeUp Wire()
    {
        var wakeUp = new WakeUp();
        if (Stages.Any(stage => stage.After.Count == 0))
            _ring.WakeOnPublish(wakeUp);
        foreach (EventProcessor<TSlot> before in Stages.SelectMany(stage => stage.After).Except(Stages))
            before.Poller.WakeOnRelease(wakeUp);
        return wakeUp;
    }
}
