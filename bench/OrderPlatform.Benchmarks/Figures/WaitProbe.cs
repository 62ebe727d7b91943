using System.Diagnostics;
using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.WaitStrategies;
using OrderPlatform.HdrHistogram;

namespace OrderPlatform.Benchmarks.Figures;

/// <summary>
/// How fast a waiting consumer on the second processor sees an event of the first, and what its waiting costs while nothing comes.
/// <code>
///   P ──(a time stamp every 200 to 500 µs)──► [ ] ──► C waits
/// </code>
/// </summary>
internal static class WaitProbe
{
    private const int Events = 1_000;

    private static readonly TimeSpan Idleness = TimeSpan.FromMilliseconds(300);

    /// <param name="make">Makes the consumer's strategy, before the first claim.</param>
    /// <param name="wakeUps">Where the times go, in nanoseconds.</param>
    /// <returns>The share of a processor that the idle consumer used.</returns>
    public static double Run<TWait>(Func<RingBuffer<Slot64>, TWait> make, LongHistogram wakeUps)
        where TWait : struct, IWaitStrategy
    {
        using RingBuffer<Slot64> ring = RingBuffer<Slot64>.CreateSingleProducer(1_024);
        EventPoller<Slot64> poller = ring.NewPoller();
        TWait wait = make(ring);
        double share = 0;
        Crew.Run(
            new Role(Crew.First, () =>
            {
                Publish(ring);
                share = MeasureIdleness();
                ring.Close();
            }),
            new Role(Crew.Second, () =>
            {
                var handler = new Stamps(wakeUps);
                while (!poller.IsDrained)
                    wait.Idle(poller.Poll(ref handler, 1));
            }));
        return share;
    }

    private static void Publish(RingBuffer<Slot64> ring)
    {
        var pace = new Random(7);
        var wait = default(SpinPauseWaitStrategy);
        for (int count = 0; count < Events; count++)
        {
            long due = Stopwatch.GetTimestamp() + (pace.Next(200, 500) * (Stopwatch.Frequency / 1_000_000));
            while (Stopwatch.GetTimestamp() < due)
                Thread.SpinWait(1);
            ring.PublishEvent(new Fill<Slot64>(Stopwatch.GetTimestamp()), ref wait);
        }
    }

    // Only the consumer runs meanwhile: what the process uses, it uses.
    private static double MeasureIdleness()
    {
        TimeSpan used = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        Thread.Sleep(Idleness);
        return (Environment.CpuUsage.TotalTime - used) / Stopwatch.GetElapsedTime(began);
    }

    private readonly struct Stamps(LongHistogram wakeUps) : IEventHandler<Slot64>
    {
        public void OnEvent(ref Slot64 data, long sequence, bool endOfBatch) =>
            wakeUps.TryRecordValue((long)Stopwatch.GetElapsedTime(data.Value).TotalNanoseconds);
    }
}
