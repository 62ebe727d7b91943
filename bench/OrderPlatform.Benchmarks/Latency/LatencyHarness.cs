using System.Diagnostics;
using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Disruptor.WaitStrategies;
using OrderPlatform.HdrHistogram;

namespace OrderPlatform.Benchmarks.Latency;

/// <summary>A contestant's latencies: since the intended time (corrected), since the sending (not), and the corrected ones second by second.</summary>
internal sealed record LatencyResult(string Name, LongHistogram Corrected, LongHistogram Uncorrected, IReadOnlyList<LongHistogram> Intervals);

/// <summary>
/// Open loop: events are due on a fixed schedule that nobody can stretch. Who is late sends at once and keeps the times at which the events
/// were due, so waiting that a stall causes is measured for each event that had to wait.
/// <code>
///   schedule ──► P ──► [ ] ──► C ──► now - due
/// </code>
/// </summary>
internal static class LatencyHarness
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(800);

    public static IReadOnlyList<LatencyResult> Run(LatencyOptions options) => options.SizeBytes switch
    {
        64 => Run<Stamped64>(options),
        128 => Run<Stamped128>(options),
        256 => Run<Stamped256>(options),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.SizeBytes, "Events are of 64, 128 or 256 bytes."),
    };

    private static LatencyResult[] Run<TEvent>(LatencyOptions options)
        where TEvent : unmanaged, IStamped =>
    [
        Run("ring", static () => new RingLine<TEvent>(), options), Run("channel", static () => new ChannelLine<TEvent>(), options),
        Run("queue", static () => new QueueLine<TEvent>(), options),
    ];

    private static LatencyResult Run<TEvent>(string name, Func<ILine<TEvent>> make, LatencyOptions options)
        where TEvent : unmanaged, IStamped
    {
        using (ILine<TEvent> warm = make())
            RunWaiting(name, warm, options, WarmUp);
        using ILine<TEvent> line = make();
        return RunWaiting(name, line, options, TimeSpan.FromSeconds(options.Seconds));
    }

    private static LatencyResult RunWaiting<TEvent>(string name, ILine<TEvent> line, LatencyOptions options, TimeSpan time)
        where TEvent : unmanaged, IStamped => options.Wait switch
        {
            Waiting.Spin => Run(name, line, options, time, default(BusySpinWaitStrategy)),
            Waiting.Gather => Run(name, line, options, time, new GatheringWaitStrategy<YieldingWaitStrategy>(default)),
            Waiting.Block when line is RingLine<TEvent> ring => Run(name, line, options, time, Block(ring)),
            // Neither channel nor queue can wake a thread without a task: they park.
            Waiting.Block => Run(name, line, options, time, new ParkingWaitStrategy()),
            _ => Run(name, line, options, time, default(YieldingWaitStrategy)),
        };

    private static BlockingWaitStrategy Block<TEvent>(RingLine<TEvent> line)
        where TEvent : unmanaged, IStamped
    {
        var wakeUp = new WakeUp();
        line.Ring.WakeOnPublish(wakeUp);
        return new BlockingWaitStrategy(wakeUp);
    }

    private static LatencyResult Run<TEvent, TWait>(string name, ILine<TEvent> line, LatencyOptions options, TimeSpan time, TWait wait)
        where TEvent : unmanaged, IStamped
        where TWait : struct, IWaitStrategy
    {
        var corrected = new SingleWriterRecorder(1, Arrivals<TEvent>.HighestNanos, 3);
        var uncorrected = new SingleWriterRecorder(1, Arrivals<TEvent>.HighestNanos, 3);
        long[] received = new long[1];
        long events = (long)(options.Rate * time.TotalSeconds);
        var intervals = new List<LongHistogram>();
        using var done = new CountdownEvent(1);
        var reader = new Thread(() => ReadIntervals(corrected, name, intervals, done));
        reader.Start();
        Crew.Run(
            new Role(Crew.First, () => Send(line, events, options.Rate)),
            new Role(Crew.Second, () => Receive(line, new Arrivals<TEvent>(corrected, uncorrected, received), events, received, wait)));
        done.Signal();
        reader.Join();
        LongHistogram total = intervals[0].Copy();
        foreach (LongHistogram interval in intervals.Skip(1))
            total.Add(interval);
        return received[0] == events && total.TotalCount == events
            ? new LatencyResult(name, total, uncorrected.GetIntervalHistogram(), intervals)
            : throw new InvalidOperationException($"{received[0]} of {events} events came, {total.TotalCount} times were noted.");
    }

    private static void ReadIntervals(SingleWriterRecorder recorder, string tag, List<LongHistogram> intervals, CountdownEvent done)
    {
        bool isLast;
        do
        {
            isLast = done.Wait(TimeSpan.FromSeconds(1));
            LongHistogram interval = recorder.GetIntervalHistogram();
            interval.Tag = tag;
            intervals.Add(interval);
        }
        while (!isLast);
    }

    private static void Send<TEvent>(ILine<TEvent> line, long events, int rate)
        where TEvent : unmanaged, IStamped
    {
        long began = Stopwatch.GetTimestamp();
        for (long number = 0; number < events; number++)
            SendOne(line, began + (long)((Int128)number * Stopwatch.Frequency / rate));
    }

    private static void SendOne<TEvent>(ILine<TEvent> line, long dueTicks)
        where TEvent : unmanaged, IStamped
    {
        long now;
        while ((now = Stopwatch.GetTimestamp()) < dueTicks)
            Thread.SpinWait(1);
        while (!line.TryPut(dueTicks, now))
            Thread.Yield();
    }

    private static void Receive<TEvent, TWait>(ILine<TEvent> line, Arrivals<TEvent> arrivals, long events, long[] received, TWait wait)
        where TEvent : unmanaged, IStamped
        where TWait : struct, IWaitStrategy
    {
        while (received[0] < events)
            wait.Idle(line.Take(ref arrivals));
    }
}
