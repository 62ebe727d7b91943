using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OrderPlatform.Runtime.Checking;

/// <summary>
/// What the live engine leaves behind for a follower in the same process: its running output digest after each of its last inputs, at <c>sequence &amp;
/// mask</c>. One thread writes and never waits; one thread reads, and is told where an entry has been overwritten.
/// </summary>
public sealed unsafe class OutputTrail
{
    /// <summary>Entries that a trail has unless it is told otherwise: 2 MiB.</summary>
    public const int DefaultLength = 1 << 18;

    private const int LineWords = 16;

    private readonly ulong[] _words;
    private readonly ulong* _digests;
    private readonly long* _last;
    private readonly long _mask;
    private readonly long _begin;

    /// <summary>A trail.</summary>
    /// <param name="sequence">Where the live engine stands; what it did before left no trail.</param>
    /// <param name="length">Entries, a power of two from 2 up.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public OutputTrail(long sequence, int length = DefaultLength)
    {
        if (length < 2 || !BitOperations.IsPow2(length))
        {
            throw new ArgumentException($"a trail of {length} entries: give a power of two from 2 up", nameof(length));
        }

        // Pinned: the addresses stay. The last sequence is alone on its two lines, which the reader looks at all the time. Written once, so that the engine's
        // thread meets no page fault.
        _words = GC.AllocateUninitializedArray<ulong>(length + (4 * LineWords), pinned: true);
        _words.AsSpan().Fill(ulong.MaxValue);
        var words = (ulong*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_words));
        _last = (long*)(words + (2 * LineWords));
        _digests = words + (4 * LineWords);
        _mask = length - 1;
        _begin = sequence;
        *_last = sequence;
    }

    /// <summary>The last input that the live engine has processed; any thread may ask.</summary>
    public long LastSequence => Volatile.Read(ref *_last);

    /// <summary>Live engine: leaves the digest after an input. Sequences follow without gaps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave(long sequence, ulong digest)
    {
        // Release, both: the entry is overwritten after the number before was published, and the number is published after the entry was written.
        Volatile.Write(ref _digests[sequence & _mask], digest);
        Volatile.Write(ref *_last, sequence);
    }

    /// <summary>Follower: looks for the digest after an input.</summary>
    public TrailEntry Find(long sequence, out ulong digest)
    {
        digest = 0;
        if (sequence <= _begin)
        {
            return TrailEntry.Gone;
        }

        if (LastSequence < sequence)
        {
            return TrailEntry.Ahead;
        }

        // Acquire: the writer touches this entry again for sequence + length, when it has published the one before that, which is then seen.
        digest = Volatile.Read(ref _digests[sequence & _mask]);
        return LastSequence < sequence + _mask ? TrailEntry.Present : TrailEntry.Gone;
    }
}

/// <summary>What a trail has of a sequence.</summary>
public enum TrailEntry
{
    /// <summary>The live engine has not been there yet.</summary>
    Ahead,

    /// <summary>The digest after that input.</summary>
    Present,

    /// <summary>Nothing: it was overwritten, or the live engine began after it.</summary>
    Gone,
}
