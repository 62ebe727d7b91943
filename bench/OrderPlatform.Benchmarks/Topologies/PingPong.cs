using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Disruptor;

namespace OrderPlatform.Benchmarks.Topologies;

/// <summary>
/// One event goes there and back between two processors, and only then the next: latency, not throughput. Both sides spin.
/// <code>
///   A ──► [ ] ──► B
///   ▲             │
///   └──── [ ] ◄───┘
/// </code>
/// </summary>
internal sealed class PingPong : ITopology
{
    private const int Capacity = 64;
    private const int Chunk = 1_000;
    private const long Stop = -1;

    private static readonly bool HasTwoProcessors = Environment.ProcessorCount >= 2;

    /// <summary>One line of memory with nothing around it: the round trip between the two processors.</summary>
    public const string RawName = "raw-line";

    public string Name => "ping-pong";

    public IReadOnlyList<Contestant> Contestants =>
    [
        new("ring", static time => Run<RingLink>(time)), new("channel", static time => Run<ConduitLink<ChannelConduit<Slot64>>>(time)),
        new("queue", static time => Run<ConduitLink<QueueConduit<Slot64>>>(time)), Raw,
    ];

    public static Contestant Raw => new(RawName, static time => Run<RawLink>(time));

    /// <summary>One direction.</summary>
    private interface ILink<TSelf> : IDisposable
        where TSelf : ILink<TSelf>
    {
        static abstract TSelf Create();

        void Put(long value);

        bool TryTake(out long value);
    }

    private static RunResult Run<TLink>(TimeSpan time)
        where TLink : ILink<TLink>
    {
        using var there = TLink.Create();
        using var back = TLink.Create();
        long trips = 0;
        double seconds = Crew.Run(
            new Role(Crew.First, () =>
            {
                long began = System.Diagnostics.Stopwatch.GetTimestamp();
                do
                {
                    Serve(there, back, trips);
                    trips += Chunk;
                }
                while (System.Diagnostics.Stopwatch.GetElapsedTime(began) < time);
                there.Put(Stop);
            }),
            new Role(Crew.Second, () =>
            {
                while (Return(there, back))
                {
                }
            }));
        return new RunResult(trips, seconds, 1);
    }

    private static void Serve<TLink>(TLink there, TLink back, long first)
        where TLink : ILink<TLink>
    {
        for (long value = first; value < first + Chunk; value++)
        {
            there.Put(value);
            if (Await(back) != value)
                throw new InvalidOperationException($"Event {value} did not come back.");
        }
    }

    private static bool Return<TLink>(TLink there, TLink back)
        where TLink : ILink<TLink>
    {
        long value = Await(there);
        if (value == Stop)
            return false;
        back.Put(value);
        return true;
    }

    private static long Await<TLink>(TLink link)
        where TLink : ILink<TLink>
    {
        long value;
        while (!link.TryTake(out value))
        {
            if (!HasTwoProcessors)
                Thread.Yield();
        }

        return value;
    }

    private sealed class RingLink : ILink<RingLink>
    {
        private readonly RingBuffer<Slot64> _ring = RingBuffer<Slot64>.CreateSingleProducer(Capacity);
        private readonly EventPoller<Slot64> _poller;
        private Last _last;

        private RingLink() => _poller = _ring.NewPoller();

        public static RingLink Create() => new();

        public void Put(long value) => _ring.TryPublishEvent(new Fill<Slot64>(value));

        public bool TryTake(out long value)
        {
            bool isThere = _poller.Poll(ref _last, 1) > 0;
            value = _last.Value;
            return isThere;
        }

        public void Dispose() => _ring.Dispose();

        private struct Last : IEventHandler<Slot64>
        {
            public long Value;

            public void OnEvent(ref Slot64 data, long sequence, bool endOfBatch) => Value = data.Value;
        }
    }

    private sealed class ConduitLink<TConduit> : ILink<ConduitLink<TConduit>>
        where TConduit : struct, IConduit<TConduit, Slot64>
    {
        // The queue's bound is of 256 events; one event is under way at a time.
#pragma warning disable IDE0044 // It changes: its methods change the struct in place.
        private TConduit _conduit = TConduit.Create(1_024, isSingleWriter: true);
#pragma warning restore IDE0044

        public static ConduitLink<TConduit> Create() => new();

        public void Put(long value) => _conduit.TryPut(Slot64.Of(value));

        public bool TryTake(out long value)
        {
            bool isThere = _conduit.TryTake(out Slot64 slot);
            value = slot.Value;
            return isThere;
        }

        public void Dispose()
        {
        }
    }

    private sealed unsafe class RawLink : ILink<RawLink>
    {
        private readonly long* _cell = (long*)System.Runtime.InteropServices.NativeMemory.AlignedAlloc(256, 256);
        private long _seen = long.MinValue;

        private RawLink() => *_cell = long.MinValue;

        public static RawLink Create() => new();

        public void Put(long value) => Volatile.Write(ref *_cell, value);

        public bool TryTake(out long value)
        {
            value = Volatile.Read(ref *_cell);
            if (value == _seen)
                return false;
            _seen = value;
            return true;
        }

        public void Dispose() => System.Runtime.InteropServices.NativeMemory.AlignedFree(_cell);
    }
}
