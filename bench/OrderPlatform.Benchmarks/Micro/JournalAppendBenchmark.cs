using System.Numerics;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using OrderPlatform.Journal;

namespace OrderPlatform.Benchmarks.Micro;

/// <summary>
/// Appends records of 96 bytes of payload (128 with the header), beside what no journal can avoid: the copy and the checksum of 128
/// bytes. Segments rotate as they fill; the page cache keeps them, nothing is synced but sealed segments, in the background.
/// </summary>
public class JournalAppendBenchmark
{
    internal const int Records = 100_000;
    private const int RecordLengthBytes = 128;

    private readonly byte[] _payload = new byte[RecordLengthBytes - 32];
    private readonly byte[] _record = new byte[RecordLengthBytes];
    private readonly byte[] _target = new byte[Records * RecordLengthBytes];
    private string _directory = "";
    private JournalWriter _writer = null!;
    private long _sequence;

    internal JournalDurability Durability { get; init; }

    [IterationSetup]
    public void Create()
    {
        Random.Shared.NextBytes(_payload);
        _directory = Directory.CreateTempSubdirectory("journal-bench-").FullName;
        _writer = JournalWriter.Create(_directory, new JournalOptions { SegmentLengthBytes = 16 << 20, Durability = Durability, LagMaxInputs = Records });
        _sequence = 0;
    }

    [IterationCleanup]
    public void Remove()
    {
        _writer.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public long Append()
    {
        for (int count = 0; count < Records; count++)
        {
            _sequence++;
            _writer.Append(_sequence, _sequence, 1, 0, _payload);
        }

        return _writer.AppendedSequence == _sequence ? _sequence : throw new InvalidOperationException("Records are missing.");
    }

    [Benchmark(OperationsPerInvoke = Records, Baseline = true)]
    public uint CopyAndChecksum()
    {
        uint crc = 0;
        for (int count = 0; count < Records; count++)
            crc = CopyAndChecksum(count, crc);
        return crc;
    }

    internal uint CopyAndChecksumOne() => CopyAndChecksum((int)(_sequence++ % Records), 0);

    private uint CopyAndChecksum(int index, uint crc)
    {
        Span<byte> target = _target.AsSpan(index * RecordLengthBytes, RecordLengthBytes);
        _record.CopyTo(target);
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(target))
            crc = BitOperations.Crc32C(crc, word);
        return crc;
    }
}
