using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Benchmarks.Topologies;

/// <summary>
/// One producer, one consumer, on two processors; single events are published.
/// <code>
///   P ──► [ ] ──► C
/// </code>
/// </summary>
/// <param name="name">What it is called in figures.</param>
/// <param name="capacity">Slots of the ring, and the bound of channel and queue.</param>
internal sealed class OneToOne<TSlot>(string name, int capacity) : ITopology
    where TSlot : unmanaged, ISlot<TSlot>
{
    public string Name => name;

    public IReadOnlyList<Contestant> Contestants =>
    [
        new("ring", time => Ring(time, isMulti: false, Send)), RingMulti, Conduit<ChannelConduit<TSlot>>(), Conduit<QueueConduit<TSlot>>(), RawLoop,
    ];

    public Contestant RingMulti => new("ring-multi", time => Ring(time, isMulti: true, SendOfMany));

    /// <summary>What the machine can do at most with two threads and slots: see <see cref="RawRing{TSlot}"/>.</summary>
    public Contestant RawLoop => new("raw-loop", time => RawRing<TSlot>.Run(time, capacity));

    /// <summary>The most slots that a poll takes, so that the producer hears of free slots often enough.</summary>
    public int BatchMax { get; init; } = 4_096;

    /// <summary>How many slots the consumer finds worth a look: see <see cref="GatheringWaitStrategy{TEmpty}"/>.</summary>
    public int GatherBatch { get; init; } = 256;

    public int GatherSpinsMax { get; init; } = 256;

    /// <summary>The ring by claim, fill and publication; by a publisher that writes every byte of the event.</summary>
    public IReadOnlyList<Contestant> OtherWays =>
    [
        new("ring-claim", time => Ring(time, isMulti: false, SendClaimed)), new("ring-whole", time => Ring(time, isMulti: false, SendWhole)),
    ];

    private delegate void Sender(RingBuffer<TSlot> ring, long first, ref YieldingWaitStrategy wait);

    private RunResult Ring(TimeSpan time, bool isMulti, Sender send)
    {
        using RingBuffer<TSlot> ring = isMulti ? RingBuffer<TSlot>.CreateMultiProducer(capacity) : RingBuffer<TSlot>.CreateSingleProducer(capacity);
        EventPoller<TSlot> poller = ring.NewPoller();
        var ending = new Ending(time);
        var check = default(RingCheck<TSlot>);
        double batch = 0;
        double seconds = Crew.Run(
            new Role(Crew.First, () =>
            {
                var wait = default(YieldingWaitStrategy);
                ending.Produce(first => send(ring, first, ref wait));
            }),
            new Role(Crew.Second, () =>
            {
                var wait = new GatheringWaitStrategy<YieldingWaitStrategy>(default, GatherBatch, GatherSpinsMax);
                batch = ending.Consume(() =>
                {
                    int count = poller.Poll(ref check, BatchMax);
                    wait.Idle(count);
                    return count;
                });
            }));
        check.Checksum.Verify(ending.Total);
        return new RunResult(ending.Total, seconds, batch);
    }

    private static void Send(RingBuffer<TSlot> ring, long first, ref YieldingWaitStrategy wait)
    {
        EventPublisher<TSlot> publisher = ring.NewPublisher();
        for (long value = first; value < first + Ending.Chunk; value++)
            publisher.Publish(new Fill<TSlot>(value), ref wait);
    }

    private static void SendWhole(RingBuffer<TSlot> ring, long first, ref YieldingWaitStrategy wait)
    {
        EventPublisher<TSlot> publisher = ring.NewPublisher();
        for (long value = first; value < first + Ending.Chunk; value++)
            publisher.Publish(new FillWhole<TSlot>(value), ref wait);
    }

    private static void SendOfMany(RingBuffer<TSlot> ring, long first, ref YieldingWaitStrategy wait)
    {
        for (long value = first; value < first + Ending.Chunk; value++)
            ring.PublishEvent(new Fill<TSlot>(value), ref wait);
    }

    private static void SendClaimed(RingBuffer<TSlot> ring, long first, ref YieldingWaitStrategy wait)
    {
        for (long value = first; value < first + Ending.Chunk; value++)
        {
            ring.Claim(ref wait, out long sequence);
            TSlot.Put(ref ring[sequence], value);
            ring.Publish(sequence);
        }
    }

    private Contestant Conduit<TConduit>()
        where TConduit : struct, IConduit<TConduit, TSlot> => new(TConduit.Name, RunConduit<TConduit>);

    private RunResult RunConduit<TConduit>(TimeSpan time)
        where TConduit : struct, IConduit<TConduit, TSlot>
    {
        TConduit conduit = TConduit.Create(capacity, isSingleWriter: true);
        var ending = new Ending(time);
        var inspector = new ConduitInspector<TConduit, TSlot>(conduit);
        double batch = 0;
        double seconds = Crew.Run(
            new Role(Crew.First, () => ending.Produce(first => ConduitEnds.Send<TConduit, TSlot>(ref conduit, first))),
            new Role(Crew.Second, () => batch = ending.Consume(inspector.Take)));
        inspector.Verify(ending.Total);
        return new RunResult(ending.Total, seconds, batch);
    }
}
