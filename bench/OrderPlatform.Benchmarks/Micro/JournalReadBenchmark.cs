using BenchmarkDotNet.Attributes;
using OrderPlatform.Journal;

namespace OrderPlatform.Benchmarks.Micro;

/// <summary>Opens a journal of 200,000 records of 128 bytes and reads and verifies all of it, checking the sum of the sequences.</summary>
public class JournalReadBenchmark
{
    internal const int Records = 200_000;

    private readonly string _directory = Directory.CreateTempSubdirectory("journal-bench-").FullName;

    [GlobalSetup]
    public void Fill()
    {
        byte[] payload = new byte[96];
        using JournalWriter writer = JournalWriter.Create(_directory, new JournalOptions { SegmentLengthBytes = 8 << 20 });
        for (long sequence = 1; sequence <= Records; sequence++)
            writer.Append(sequence, sequence, 1, 0, payload);
    }

    [GlobalCleanup]
    public void Remove() => Directory.Delete(_directory, recursive: true);

    [Benchmark(OperationsPerInvoke = Records)]
    public long Read()
    {
        using JournalReader reader = JournalReader.Open(_directory);
        long sum = 0;
        while (reader.TryRead(out JournalRecord record))
            sum += record.Sequence;
        return sum == (long)Records * (Records + 1) / 2 ? sum : throw new InvalidOperationException($"The sum {sum} is wrong.");
    }
}
