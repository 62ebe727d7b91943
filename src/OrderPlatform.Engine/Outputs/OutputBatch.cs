using System;
using OrderPlatform.Engine.Digests;

namespace OrderPlatform.Engine.Outputs;

/// <summary>
/// The outputs of the input that was processed last, in order, each an SBE message with its header. They are valid until the next input is
/// processed. The buffer holds what any usual input causes many times over; only an input that ends tens of thousands of orders at once makes it grow, once.
/// </summary>
public sealed class OutputBatch
{
    /// <summary>Room that one output may take: what a slot of an output ring holds.</summary>
    public const int OutputLengthMax = 464;

    private const int BytesAtStart = 1 << 20;
    private const int OutputsAtStart = 8_192;

    private byte[] _buffer = new byte[BytesAtStart];
    private int[] _ends = new int[OutputsAtStart];
    private DigestBuilder _digest;

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
            int start = index == 0 ? 0 : _ends[index - 1];
            return _buffer.AsSpan(start, _ends[index] - start);
        }
    }

    /// <summary>The running digest, to go on with it elsewhere.</summary>
    internal DigestBuilder Running => _digest;

    private int End => Count == 0 ? 0 : _ends[Count - 1];

    /// <summary>Goes on where another engine stopped; the outputs of its last input are not part of a snapshot.</summary>
    internal void Resume(long totalCount, DigestBuilder running)
    {
        Count = 0;
        TotalCount = totalCount;
        _digest = running;
    }

    internal void Clear() => Count = 0;

    /// <summary>
    /// The batch is complete: it enters the digest, once and whole. Hashing each output as it is written would wait for its fields to leave the store buffer.
    /// </summary>
    internal void Seal()
    {
        if (Count != 0)
        {
            _digest.Add(_buffer.AsSpan(0, End));
            TotalCount += Count;
        }
    }

    /// <summary>Room for the next output; <see cref="Commit"/> makes it one.</summary>
    internal Span<byte> Claim()
    {
        int start = End;
        if (start + OutputLengthMax > _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        return _buffer.AsSpan(start, OutputLengthMax);
    }

    internal void Commit(int length)
    {
        int start = End;
        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, _ends.Length * 2);
        }

        _ends[Count++] = start + length;
    }
}
