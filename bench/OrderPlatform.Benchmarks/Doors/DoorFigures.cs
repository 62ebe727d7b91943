using System.Diagnostics;
using System.Globalization;
using OrderPlatform.Benchmarks.Figures;
using OrderPlatform.HdrHistogram;

namespace OrderPlatform.Benchmarks.Doors;

/// <summary>
/// From the moment at which a signal is due at a publisher to the arrival of its order at the gateway, over UDP on the loopback, open loop:
/// percentiles, what each stage adds, and a histogram log.
/// </summary>
internal static class DoorFigures
{
    // So many that a signal seldom finds the order before in flight, at 100,000 a second within 50 ms; with twice as many the state's digest takes 17 ms, with these 7 to 9.
    private const int Instruments = 5_000;
    private const int WarmUpCount = 600_000;
    private const int FastestCount = 200_000;
    private const int Seconds = 5;
    private const int BareSeconds = 2;
    private const string Baseline = "bare-udp-there-and-back";

    private static readonly int[] Rates = [10_000, 100_000];
    private static readonly double[] Percentiles = [50, 90, 99, 99.9, 100];
    private static readonly string Folder = Path.Combine("out", "doors");

    public static void Run()
    {
        if (!OperatingSystem.IsLinux())
        {
            Figure.Note("the baseline's calls are Linux's");
            return;
        }

        foreach (int rate in Rates)
        {
            BareUdp.Run(rate, rate);
            LongHistogram bare = BareUdp.Run(rate, rate * BareSeconds);
            try
            {
                Run(rate, bare);
            }
            catch (Exception failure) when (failure is InvalidOperationException or TimeoutException)
            {
                Figure.Note(string.Create(
                    CultureInfo.InvariantCulture,
                    $"doors.{rate}: not measured ({Baseline} p50 {bare.GetValueAtPercentile(50) / 1e3:0.0} us): {failure.Message}"));
            }
        }
    }

    private static void Run(int rate, LongHistogram bare)
    {
        int count = rate * Seconds;
        var outside = new OutsideMoments[WarmUpCount + FastestCount + rate + count];
        var probe = new MomentsProbe(outside.Length, Instruments);
        var channels = new DoorChannels("aeron:udp?endpoint=127.0.0.1:24331", "aeron:udp?endpoint=127.0.0.1:24332", "aeron:udp?endpoint=127.0.0.1:24333");
        DateTimeOffset start;
        int first;
        using (var engine = new EngineSide(channels, Instruments, probe, isAlone: rate == Rates[0]))
        {
            engine.Start();
            using var load = new Outside(channels, engine, outside, Instruments);
            load.Prepare();
            load.Run(WarmUpCount);
            if (rate == Rates[^1])
                Fastest(engine, load);
            load.Run(rate, rate);
            GC.Collect();
            start = DateTimeOffset.UtcNow;
            first = load.Published;
            load.Run(rate, count);
            engine.Check();
        }

        var run = new DoorRun(rate, outside.AsSpan(first, count), probe.Moments.AsSpan(first, count));
        run.Write(Folder, start);
        Print(run, bare, rate * BareSeconds);
    }

    // Not a latency: what the machine can do at most, and what a signal costs each side, which other programs do not change.
    private static void Fastest(EngineSide engine, Outside load)
    {
        long began = Stopwatch.GetTimestamp();
        long engineBegan = engine.ProcessorNanos;
        long outsideBegan = ThreadClock.Nanos();
        load.Run(FastestCount);
        double rate = FastestCount / Stopwatch.GetElapsedTime(began).TotalSeconds;
        double engineMicros = (engine.ProcessorNanos - engineBegan) / 1e3 / FastestCount;
        double outsideMicros = (ThreadClock.Nanos() - outsideBegan) / 1e3 / FastestCount;
        Figure.Print("doors.rate", rate / 1e3, "k/s", "wanted", Rates[^1] / 1e3, rate / Rates[^1]);
        Figure.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"doors.rate: processor time a signal, waiting included: {engineMicros:0.00} us of the core with the engine, {outsideMicros:0.00} us of the other"));
    }

    private static void Print(DoorRun run, LongHistogram bare, int sent)
    {
        string suite = string.Create(CultureInfo.InvariantCulture, $"doors.{run.Rate}");
        foreach (double percentile in Percentiles)
        {
            double value = run.Total.GetValueAtPercentile(percentile) / 1e3;
            double other = bare.GetValueAtPercentile(percentile) / 1e3;
            string name = percentile == 100 ? "max" : string.Create(CultureInfo.InvariantCulture, $"p{percentile}");
            Figure.Print($"{suite}.{name}", value, "us", Baseline, other, other / value);
        }

        foreach (DoorStage stage in run.Stages)
        {
            Figure.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"{suite} {stage.Name,-9} {100.0 * stage.Mean / run.Mean,5:0.0} % of the mean, {stage.Mean / 1e3,8:0.00} us; {PercentilesOf(stage.Times)}"));
        }

        Figure.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{suite}: mean {run.Mean / 1e3:0.00} us; {run.Total.TotalCount:N0} signals became orders, {run.Waited:N0} when the order before was filled"));
        Figure.Note(string.Create(CultureInfo.InvariantCulture, $"{suite}: the baseline lost {sent - bare.TotalCount:N0} of {sent:N0} datagrams; {Folder}"));
    }

    private static string PercentilesOf(LongHistogram times) => string.Create(
        CultureInfo.InvariantCulture, $"p50 {MicrosAt(times, 50):0.00}, p99 {MicrosAt(times, 99):0.00}, p99.9 {MicrosAt(times, 99.9):0.00} us");

    private static double MicrosAt(LongHistogram times, double percentile) => times.GetValueAtPercentile(percentile) / 1e3;
}
