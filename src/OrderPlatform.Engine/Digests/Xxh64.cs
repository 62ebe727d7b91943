using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace OrderPlatform.Engine.Digests;

/// <summary>
/// XXH64 with seed zero (Yann Collet, public specification of xxHash): a 64-bit hash of bytes, the same on every machine. Four lanes run beside each other. The
/// package that has it (System.IO.Hashing) is not part of the shared framework.
/// </summary>
internal static class Xxh64
{
    public const ulong Prime1 = 0x9E3779B185EBCA87UL;
    public const ulong Prime2 = 0xC2B2AE3D27D4EB4FUL;
    public const ulong Prime3 = 0x165667B19E3779F9UL;
    public const ulong Prime4 = 0x85EBCA77C2B2AE63UL;
    private const ulong Prime5 = 0x27D4EB2F165667C5UL;
    private const int Lanes = 4;

    /// <summary>The hash.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
            ReadOnlySpan<byte> tail = bytes[(words.Length * sizeof(ulong))..];
            ulong hash = words.Length >= Lanes ? Stripes(ref words) : Prime5;
            hash += (ulong)bytes.Length;
            foreach (ulong word in words)
            {
                hash = (BitOperations.RotateLeft(hash ^ Round(0, word), 27) * Prime1) + Prime4;
            }

            return Avalanche(Tail(hash, tail));
        }
    }

    /// <summary>Mixes a word into a lane.</summary>
    public static ulong Round(ulong lane, ulong word) => unchecked(BitOperations.RotateLeft(lane + (Little(word) * Prime2), 31) * Prime1);

    /// <summary>Spreads every bit over all.</summary>
    public static ulong Avalanche(ulong hash)
    {
        unchecked
        {
            hash = (hash ^ (hash >> 33)) * Prime2;
            hash = (hash ^ (hash >> 29)) * Prime3;
            return hash ^ (hash >> 32);
        }
    }

    private static ulong Stripes(ref ReadOnlySpan<ulong> words)
    {
        unchecked
        {
            ulong lane0 = Prime1 + Prime2;
            ulong lane1 = Prime2;
            ulong lane2 = 0;
            ulong lane3 = 0 - Prime1;
            for (; words.Length >= Lanes; words = words[Lanes..])
            {
                lane0 = Round(lane0, words[0]);
                lane1 = Round(lane1, words[1]);
                lane2 = Round(lane2, words[2]);
                lane3 = Round(lane3, words[3]);
            }

            ulong hash = BitOperations.RotateLeft(lane0, 1) + BitOperations.RotateLeft(lane1, 7) + BitOperations.RotateLeft(lane2, 12)
                + BitOperations.RotateLeft(lane3, 18);
            return Merged(Merged(Merged(Merged(hash, lane0), lane1), lane2), lane3);
        }
    }

    private static ulong Merged(ulong hash, ulong lane) =>
        unchecked(((hash ^ (BitOperations.RotateLeft(lane * Prime2, 31) * Prime1)) * Prime1) + Prime4);

    private static ulong Tail(ulong hash, ReadOnlySpan<byte> tail)
    {
        unchecked
        {
            if (tail.Length >= sizeof(uint))
            {
                hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(tail) * Prime1), 23) * Prime2) + Prime3;
                tail = tail[sizeof(uint)..];
            }

            foreach (byte one in tail)
            {
                hash = BitOperations.RotateLeft(hash ^ (one * Prime5), 11) * Prime1;
            }

            return hash;
        }
    }

    private static ulong Little(ulong word) => BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
}
