using OrderPlatform.Disruptor.Memory;

namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>Puts a ring and its threads together. Every consumer must in the end have seen each producer's events in order, and no other.</summary>
internal static class RingScenario
{
    /// <summary>How many events more than usual each producer sends: INTERLEAVING_DEPTH, 0 if not set.</summary>
    public static int Deeper { get; } = int.TryParse(Environment.GetEnvironmentVariable("INTERLEAVING_DEPTH"), out int depth) ? depth : 0;

    public static Scenario Of<TMemory>(ModelRing<TMemory> ring, ModelThread[] producers, ModelThread[] consumers, params ModelThread[] others)
        where TMemory : struct, ISharedMemory =>
        new(ring.Cells, [.. producers, .. consumers, .. others], ends =>
        {
            foreach (Local consumer in ends.AsSpan(producers.Length, consumers.Length))
                Check(ends.AsSpan(0, producers.Length), consumer);
        });

    private static void Check(ReadOnlySpan<Local> producers, in Local consumer)
    {
        string[] seen = consumer.Seen.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int events = 0;
        for (int index = 0; index < producers.Length; index++)
        {
            char digit = (char)('1' + index);
            string of = string.Concat(seen.Where(one => one.Length == 2 && one[0] == digit).Select(one => one + " "));
            Violation.Unless(of == producers[index].Seen, $"producer {index + 1} sent [{producers[index].Seen}], but a consumer saw [{consumer.Seen}]");
            events += of.Length / 3;
        }

        Violation.Unless(events == seen.Length, $"a consumer saw [{consumer.Seen}], some of which nobody sent");
    }
}
