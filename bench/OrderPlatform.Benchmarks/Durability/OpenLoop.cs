using System.Diagnostics;
using OrderPlatform.HdrHistogram;
using OrderPlatform.Journal;

namespace OrderPlatform.Benchmarks.Durability;

/// <summary>What an open loop has seen, in nanoseconds.</summary>
/// <param name="Appended">From when an input was due to when it was appended: a stall delays all that were due meanwhile, and counts for each.</param>
/// <param name="Durable">From when an input was due to when the appending thread saw it durable.</param>
/// <param name="Segments">Segments that were begun.</param>
internal sealed record OpenLoopResult(LongHistogram Appended, LongHistogram Durable, int Segments);

/// <summary>
/// Appends 128-byte records at a rate that does not wait for the journal, on one spinning thread, as the pipeline's core thread does. Segments change
/// as they fill.
/// <code>
///   clock ──► append ──► [segment] ◄── sync thread
///     └── durable? ◄──── durable position ◄──┘
/// </code>
/// </summary>
internal static class OpenLoop
{
    private const int SegmentLengthBytes = 16 << 20;

    /// <summary>The same loop with a copy and a checksum in the place of the journal: what the machine itself does to it.</summary>
    public static OpenLoopResult RunBare(int rate, TimeSpan time, Action work)
    {
        var appended = new LongHistogram(60_000_000_000, 3);
        var ticks = new Schedule(rate, time);
        for (long number = 1; number <= ticks.Count; number++)
        {
            long due = ticks.DueOf(number);
            while (Stopwatch.GetTimestamp() < due)
                Thread.SpinWait(1);
            work();
            appended.RecordValue(NanosSince(due));
        }

        return new OpenLoopResult(appended, new LongHistogram(60_000_000_000, 3), 0);
    }

    public static OpenLoopResult Run(string folder, JournalDurability durability, int rate, TimeSpan time)
    {
        WarmUp(Path.Combine(folder, "warm"), durability);
        var appended = new LongHistogram(60_000_000_000, 3);
        var durable = new LongHistogram(60_000_000_000, 3);
        byte[] payload = new byte[96];
        using JournalWriter writer = JournalWriter.Create(
            folder, new JournalOptions { SegmentLengthBytes = SegmentLengthBytes, Durability = durability, LagMaxInputs = 1 << 24 });
        var ticks = new Schedule(rate, time);
        long seen = 0;
        for (long number = 1; number <= ticks.Count; number++)
        {
            long due = ticks.DueOf(number);
            while (Stopwatch.GetTimestamp() < due)
            {
                Note(writer, ticks, durable, ref seen);
                Thread.SpinWait(1);
            }

            writer.Append(number, number, 1, 0, payload);
            writer.EndBatch();
            appended.RecordValue(NanosSince(due));
        }

        while (seen < ticks.Count)
            Note(writer, ticks, durable, ref seen);
        return new OpenLoopResult(appended, durable, Directory.GetFiles(folder, "*.journal").Length);
    }

    // A segment change for the first time is compiled for a millisecond.
    private static void WarmUp(string folder, JournalDurability durability)
    {
        var options = new JournalOptions { SegmentLengthBytes = 4096, Durability = durability, LagMaxInputs = 1_000 };
        using JournalWriter writer = JournalWriter.Create(folder, options);
        byte[] payload = new byte[96];
        for (long number = 1; number <= 500; number++)
        {
            writer.Append(number, number, 1, 0, payload);
            writer.EndBatch();
            if (number % 100 == 0)
                writer.Sync();
        }
    }

    // A TimeSpan counts in 100 ns.
    public static long NanosSince(long due) => Math.Max(0, (long)((Stopwatch.GetTimestamp() - due) * (1e9 / Stopwatch.Frequency)));

    private static void Note(JournalWriter writer, Schedule ticks, LongHistogram durable, ref long seen)
    {
        for (long last = writer.DurableSequence; seen < last; seen++)
            durable.RecordValue(NanosSince(ticks.DueOf(seen + 1)));
    }

    private readonly struct Schedule(int rate, TimeSpan time)
    {
        private readonly long _start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 100);

        public long Count { get; } = (long)(rate * time.TotalSeconds);

        public long DueOf(long number) => _start + (number * Stopwatch.Frequency / rate);
    }
}
