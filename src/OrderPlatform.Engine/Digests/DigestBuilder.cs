using System;
using System.Numerics;

namespace OrderPlatform.Engine.Digests;

/// <summary>
/// A 64-bit digest of a sequence of integers or bytes, the same on every machine: each word, and the XXH64 of bytes, is mixed in with the
/// round of XXH64 (Collet, public specification), and the end is avalanched. It finds accidents, not attackers.
/// </summary>
public struct DigestBuilder
{
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
            _accumulator ^= BitOperations.RotateLeft(value * Xxh64.Prime2, 31) * Xxh64.Prime1;
            _accumulator = (BitOperations.RotateLeft(_accumulator, 27) * Xxh64.Prime1) + Xxh64.Prime4;
            _words++;
        }
    }

    /// <summary>Mixes in 64 bits.</summary>
    public void Add(long value) => Add(unchecked((ulong)value));

    /// <summary>Mixes in bytes and their count.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add((ulong)bytes.Length);
        Add(Xxh64.Of(bytes));
    }

    /// <summary>The digest of what was added so far; adding may go on.</summary>
    public readonly ulong Value => Xxh64.Avalanche(unchecked(_accumulator + (_words * Xxh64.Prime3)));
}
