using System;
using System.Numerics;

namespace OrderPlatform.Engine.Digests;

/// <summary>
/// A 64-bit digest of a sequence of integers or bytes, the same on every machine: each word, and the <see cref="FoldedHash"/> of bytes, is mixed in with the
/// round of XXH64 (Collet, public specification), and the end is avalanched. It finds accidents, not attackers.
/// </summary>
public struct DigestBuilder
{
    private const ulong Prime1 = 0x9E3779B185EBCA87UL;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4FUL;
    private const ulong Prime3 = 0x165667B19E3779F9UL;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63UL;

    private ulong _accumulator;
    private ulong _words;

    /// <summary>A digest that goes on where another one stopped.</summary>
    internal DigestBuilder(ulong accumulator, ulong words)
    {
        _accumulator = accumulator;
        _words = words;
    }

    /// <summary>What was mixed so far, before the end is avalanched.</summary>
    internal readonly ulong Accumulator => _accumulator;

    /// <summary>How many words were mixed in.</summary>
    internal readonly ulong Words => _words;

    /// <summary>Mixes in 64 bits.</summary>
    public void Add(ulong value)
    {
        unchecked
        {
            _accumulator ^= BitOperations.RotateLeft(value * Prime2, 31) * Prime1;
            _accumulator = (BitOperations.RotateLeft(_accumulator, 27) * Prime1) + Prime4;
            _words++;
        }
    }

    /// <summary>Mixes in 64 bits.</summary>
    public void Add(long value) => Add(unchecked((ulong)value));

    /// <summary>Mixes in bytes and their count.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add((ulong)bytes.Length);
        Add(FoldedHash.Of(bytes));
    }

    /// <summary>The digest of what was added so far; adding may go on.</summary>
    public readonly ulong Value
    {
        get
        {
            unchecked
            {
                ulong hash = _accumulator + (_words * Prime3);
                hash ^= hash >> 33;
                hash *= Prime2;
                hash ^= hash >> 29;
                hash *= Prime3;
                return hash ^ (hash >> 32);
            }
        }
    }
}
