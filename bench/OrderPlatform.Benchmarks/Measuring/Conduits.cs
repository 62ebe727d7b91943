using System.Collections.Concurrent;
using System.Threading.Channels;

namespace OrderPlatform.Benchmarks.Measuring;

/// <summary>What a topology is built of if not of a ring. A struct, so that the loops around it are compiled for it.</summary>
internal interface IConduit<TSelf, TSlot>
    where TSelf : struct, IConduit<TSelf, TSlot>
{
    static abstract string Name { get; }

    static abstract TSelf Create(int capacity, bool isSingleWriter);

    bool TryPut(in TSlot slot);

    bool TryTake(out TSlot slot);
}

/// <summary>A bounded channel, told how many readers and writers it has.</summary>
internal readonly struct ChannelConduit<TSlot>(Channel<TSlot> channel) : IConduit<ChannelConduit<TSlot>, TSlot>
{
    private readonly ChannelWriter<TSlot> _writer = channel.Writer;
    private readonly ChannelReader<TSlot> _reader = channel.Reader;

    public static string Name => "channel";

    public static ChannelConduit<TSlot> Create(int capacity, bool isSingleWriter) =>
        new(Channel.CreateBounded<TSlot>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = isSingleWriter }));

    public bool TryPut(in TSlot slot) => _writer.TryWrite(slot);

    public bool TryTake(out TSlot slot) => _reader.TryRead(out slot!);
}

/// <summary>
/// A queue, which has no bound of its own: whoever puts counts it once in 256 events, since counting at each would move its consumer's
/// lines. Each thread has its own copy of the struct.
/// </summary>
internal struct QueueConduit<TSlot>(ConcurrentQueue<TSlot> queue, int capacity) : IConduit<QueueConduit<TSlot>, TSlot>
{
    private const int Granted = 256;

    private int _left;

    public static string Name => "queue";

    public static QueueConduit<TSlot> Create(int capacity, bool isSingleWriter) => new(new ConcurrentQueue<TSlot>(), capacity);

    public bool TryPut(in TSlot slot)
    {
        if (_left == 0)
        {
            if (queue.Count > capacity - Granted)
                return false;
            _left = Granted;
        }

        _left--;
        queue.Enqueue(slot);
        return true;
    }

    public readonly bool TryTake(out TSlot slot) => queue.TryDequeue(out slot!);
}

/// <summary>The two ends of a conduit, waiting by yielding.</summary>
internal static class ConduitEnds
{
    /// <summary>The most that a look of a consumer takes: as a stage of a ring.</summary>
    public const int BatchMax = 256;

    public static void Put<TConduit, TSlot>(ref TConduit conduit, in TSlot slot)
        where TConduit : struct, IConduit<TConduit, TSlot>
    {
        if (conduit.TryPut(slot))
            return;
        var wait = default(Disruptor.WaitStrategies.YieldingWaitStrategy);
        do
            wait.Idle(0);
        while (!conduit.TryPut(slot));
    }

    public static void Send<TConduit, TSlot>(ref TConduit conduit, long first, long origin = 0)
        where TConduit : struct, IConduit<TConduit, TSlot>
        where TSlot : unmanaged, ISlot<TSlot>
    {
        for (long value = first; value < first + Ending.Chunk; value++)
            Put(ref conduit, TSlot.Of(origin | value));
    }
}
