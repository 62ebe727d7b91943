using System.Diagnostics;
using System.Globalization;
using OrderPlatform.HdrHistogram;

namespace OrderPlatform.Benchmarks.Doors;

/// <summary>What one stage added to each order.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Mean">Nanoseconds.</param>
/// <param name="Times">Nanoseconds.</param>
internal sealed record DoorStage(string Name, double Mean, LongHistogram Times);

/// <summary>A run: the whole way of each order, and its stages, which together are the whole way.</summary>
internal sealed class DoorRun
{
    private const long LongestNanos = 60_000_000_000;

    private readonly List<LongHistogram> _seconds = [];

    public DoorRun(int rate, ReadOnlySpan<OutsideMoments> outside, ReadOnlySpan<EngineMoments> engine)
    {
        Rate = rate;
        Total = new LongHistogram(LongestNanos, 3);
        Stages =
        [
            Stage("publisher", outside, engine, static (o, _) => o.Published - o.Due),
            Stage("receive", outside, engine, static (o, e) => e.Received - o.Published),
            Stage("ring", outside, engine, static (o, e) => e.Sequenced - e.Received - e.Journal),
            Stage("journal", outside, engine, static (_, e) => e.Journal),
            Stage("engine", outside, engine, static (_, e) => e.Processed - e.Sequenced),
            Stage("egress", outside, engine, static (_, e) => e.Taken - e.Processed),
            Stage("network", outside, engine, static (o, e) => o.Arrived - e.Taken),
        ];
        Waited = outside.Length - Stages[0].Times.TotalCount;
        foreach (OutsideMoments moments in outside)
            Record(moments, outside[0].Due);
        foreach (LongHistogram second in _seconds)
            Total.Add(second);
        Mean = Stages.Sum(static stage => stage.Mean);
    }

    public int Rate { get; }

    /// <summary>Orders whose signals had to wait for the fill of the order before: they are in the total, and in no stage.</summary>
    public long Waited { get; }

    /// <summary>From when a signal was due to the arrival of its order, nanoseconds.</summary>
    public LongHistogram Total { get; }

    /// <summary>Of that, nanoseconds.</summary>
    public double Mean { get; }

    public IReadOnlyList<DoorStage> Stages { get; }

    /// <summary>Writes the histogram log, an interval a second, and one of each stage.</summary>
    public void Write(string folder, DateTimeOffset start)
    {
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"doors-{Rate}.hlog"));
        using var log = new HistogramLogWriter(File.Create(file));
        log.WriteHeader(start, string.Create(
            CultureInfo.InvariantCulture, $"signal due at the publisher to order at the gateway, UDP loopback, open loop, {Rate} signals/s; nanoseconds"));
        long begin = start.ToUnixTimeMilliseconds();
        for (int second = 0; second < _seconds.Count; second++)
        {
            _seconds[second].StartTimeStamp = begin + (second * 1_000L);
            _seconds[second].EndTimeStamp = begin + ((second + 1) * 1_000L);
            log.Append(_seconds[second]);
        }

        foreach (DoorStage stage in Stages)
        {
            stage.Times.StartTimeStamp = begin;
            stage.Times.EndTimeStamp = begin + (_seconds.Count * 1_000L);
            log.Append(stage.Times);
        }
    }

    private static DoorStage Stage(
        string name, ReadOnlySpan<OutsideMoments> outside, ReadOnlySpan<EngineMoments> engine, Func<OutsideMoments, EngineMoments, long> ticks)
    {
        var times = new LongHistogram(LongestNanos, 3) { Tag = name };
        double sum = 0;
        for (int index = 0; index < outside.Length; index++)
        {
            // Its signal found the order before still in flight, and the order came with the fill: no moments of the signal came with it.
            if (engine[index].Received == 0)
                continue;
            long nanos = NanosOf(ticks(outside[index], engine[index]));
            if (nanos < 0)
                throw new InvalidOperationException($"stage {name} of order {index} took {nanos} ns: the moments are not of one signal");
            sum += nanos;
            times.RecordValue(nanos);
        }

        return new DoorStage(name, sum / Math.Max(1, times.TotalCount), times);
    }

    private static long NanosOf(long ticks) => (long)((Int128)ticks * 1_000_000_000 / Stopwatch.Frequency);

    private void Record(in OutsideMoments moments, long begin)
    {
        int second = (int)((moments.Due - begin) / Stopwatch.Frequency);
        while (_seconds.Count <= second)
            _seconds.Add(new LongHistogram(LongestNanos, 3));
        _seconds[second].RecordValue(NanosOf(moments.Arrived - moments.Due));
    }
}
