using System;
using OrderPlatform.Engine.Digests;

namespace OrderPlatform.Engine.Outputs;

/// <summary>
/// The outputs of the input that was processed last, in order, each an SBE message with its header. They are valid until the next input is
/// processed. The buffer is as large as the most that one input can cause, so that it never grows and never overflows.
/// </summary>
public sealed class OutputBatch
{
    /// <summary>Room that one output may take.</summary>
    public const int OutputLengthMax = 256;

    private readonly byte[] _buffer;
    private readonly int[] _ends;
    private DigestBuilder _digest;

    internal OutputBatch(int outputsMax)
    {
        _buffer = new byte[outputsMax * OutputLengthMax];
        _ends = new int[outputsMax];
    }

    /// <summary>Outputs in the batch.</summary>
    public int Count { get; private set; }

    /// <summary>Outputs since the engine began.</summary>
    public long TotalCount { get; private set; }

    /// <summary>Digest of all outputs since the engine began.</summary>
    public ulong Digest => _digest.Value;

    /// <summary>An output of the batch: header and body.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
            int start = index * OutputLengthMax;
            return _buffer.AsSpan(start, _ends[index] - start);
        }
    }

    /// <summary>The running digest, to go on with it elsewhere.</summary>
    internal DigestBuilder Running => _digest;

    /// <summary>Goes on where another engine stopped; the outputs of its last input are not part of a snapshot.</summary>
    internal void Resume(long totalCount, DigestBuilder running)
    {
        Count = 0;
        TotalCount = totalCount;
        _digest = running;
    }

    internal void Clear() => Count = 0;

    /// <summary>Room for the next output; <see cref="Commit"/> makes it one.</summary>
    internal Span<byte> Claim() => _buffer.AsSpan(Count * OutputLengthMax, OutputLengthMax);

    internal void Commit(int length)
    {
        int start = Count * OutputLengthMax;
        _ends[Count] = start + length;
        _digest.Add(_buffer.AsSpan(start, length));
        Count++;
        TotalCount++;
    }
}
