using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.WaitStrategies;
using OrderPlatform.HdrHistogram;

namespace OrderPlatform.Benchmarks.Figures;

/// <summary>Wake-up and idle cost of every wait strategy, beside busy spinning.</summary>
internal static class WaitFigures
{
    private const string Baseline = "busy-spin";
    private const int RoundCount = 5;

    public static void Run()
    {
        (string Name, Func<LongHistogram, double> Probe)[] strategies =
        [
            (Baseline, static times => WaitProbe.Run(static _ => default(BusySpinWaitStrategy), times)),
            ("spin-pause", static times => WaitProbe.Run(static _ => default(SpinPauseWaitStrategy), times)),
            ("yielding", static times => WaitProbe.Run(static _ => default(YieldingWaitStrategy), times)),
            ("gathering", static times => WaitProbe.Run(static _ => new GatheringWaitStrategy<YieldingWaitStrategy>(default), times)),
            ("phased-backoff", static times => WaitProbe.Run(static _ => PhasedBackoffWaitStrategy.Default, times)),
            ("parking", static times => WaitProbe.Run(static _ => new ParkingWaitStrategy(), times)),
            ("blocking", static times => WaitProbe.Run(Block, times)),
        ];
        var times = strategies.ToDictionary(one => one.Name, static _ => new LongHistogram(10_000_000_000, 3));
        var shares = strategies.ToDictionary(one => one.Name, static _ => new List<double>());
        foreach ((string _, Func<LongHistogram, double> probe) in strategies)
            probe(new LongHistogram(10_000_000_000, 3));
        for (int round = 0; round < RoundCount; round++)
        {
            foreach ((string name, Func<LongHistogram, double> probe) in strategies)
                shares[name].Add(probe(times[name]));
        }

        foreach ((string name, _) in strategies)
        {
            Print($"{name}-p50", times[name].GetValueAtPercentile(50), "ns", times[Baseline].GetValueAtPercentile(50));
            Print($"{name}-p99", times[name].GetValueAtPercentile(99), "ns", times[Baseline].GetValueAtPercentile(99));
            Print($"{name}-idle", 100 * Rounds.Median(shares[name]), "%", 100 * Rounds.Median(shares[Baseline]));
        }
    }

    private static void Print(string name, double value, string unit, double baseline) =>
        Figure.Print($"wait.{name}", value, unit, Baseline, baseline, baseline / Math.Max(value, 0.01));

    private static BlockingWaitStrategy Block(RingBuffer<Slot64> ring)
    {
        var wakeUp = new WakeUp();
        ring.WakeOnPublish(wakeUp);
        return new BlockingWaitStrategy(wakeUp);
    }
}
