using System.Diagnostics;
using OrderPlatform.Disruptor;
using OrderPlatform.HdrHistogram;

namespace OrderPlatform.Benchmarks.Latency;

/// <summary>
/// What the consumer notes of an event: the time since it was to be sent, and for contrast the time since it was sent. A producer that
/// is held up sends late; only the first time counts that, which is what coordinated omission leaves out.
/// </summary>
internal readonly struct Arrivals<TEvent>(SingleWriterRecorder corrected, SingleWriterRecorder uncorrected, long[] count) : IEventHandler<TEvent>
    where TEvent : unmanaged, IStamped
{
    public const long HighestNanos = 60_000_000_000;

    public void OnEvent(ref TEvent data, long sequence, bool endOfBatch)
    {
        long now = Stopwatch.GetTimestamp();
        corrected.TryRecordValue(Nanos(now - data.IntendedTicks));
        uncorrected.TryRecordValue(Nanos(now - data.SentTicks));
        count[0]++;
    }

    private static long Nanos(long ticks) => Math.Max(0, ticks * (1_000_000_000 / Stopwatch.Frequency));
}
