using System.Collections.Concurrent;
using System.Threading.Channels;
using OrderPlatform.Disruptor;

namespace OrderPlatform.Benchmarks.Latency;

/// <summary>What lies between producer and consumer: a bound of 65,536 events, but for the queue, which has none.</summary>
internal interface ILine<TEvent> : IDisposable
    where TEvent : unmanaged, IStamped
{
    bool TryPut(long intendedTicks, long sentTicks);

    int Take(ref Arrivals<TEvent> arrivals);
}

internal sealed class RingLine<TEvent> : ILine<TEvent>
    where TEvent : unmanaged, IStamped
{
    private readonly EventPoller<TEvent> _poller;

    public RingLine() => _poller = Ring.NewPoller();

    public RingBuffer<TEvent> Ring { get; } = RingBuffer<TEvent>.CreateSingleProducer(65_536);

    public bool TryPut(long intendedTicks, long sentTicks) => Ring.TryPublishEvent(new Stamp(intendedTicks, sentTicks)) == ClaimResult.Claimed;

    public int Take(ref Arrivals<TEvent> arrivals) => _poller.Poll(ref arrivals, 256);

    public void Dispose() => Ring.Dispose();

    private readonly struct Stamp(long intendedTicks, long sentTicks) : IEventTranslator<TEvent>
    {
        public void TranslateTo(ref TEvent data, long sequence) => data = new TEvent { IntendedTicks = intendedTicks, SentTicks = sentTicks };
    }
}

internal sealed class ChannelLine<TEvent> : ILine<TEvent>
    where TEvent : unmanaged, IStamped
{
    private readonly Channel<TEvent> _channel = Channel.CreateBounded<TEvent>(new BoundedChannelOptions(65_536) { SingleReader = true, SingleWriter = true });

    public bool TryPut(long intendedTicks, long sentTicks) => _channel.Writer.TryWrite(new TEvent { IntendedTicks = intendedTicks, SentTicks = sentTicks });

    public int Take(ref Arrivals<TEvent> arrivals)
    {
        if (!_channel.Reader.TryRead(out TEvent data))
            return 0;
        arrivals.OnEvent(ref data, 0, false);
        return 1;
    }

    public void Dispose()
    {
    }
}

internal sealed class QueueLine<TEvent> : ILine<TEvent>
    where TEvent : unmanaged, IStamped
{
    private readonly ConcurrentQueue<TEvent> _queue = new();

    public bool TryPut(long intendedTicks, long sentTicks)
    {
        _queue.Enqueue(new TEvent { IntendedTicks = intendedTicks, SentTicks = sentTicks });
        return true;
    }

    public int Take(ref Arrivals<TEvent> arrivals)
    {
        if (!_queue.TryDequeue(out TEvent data))
            return 0;
        arrivals.OnEvent(ref data, 0, false);
        return 1;
    }

    public void Dispose()
    {
    }
}
