using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OrderPlatform.Engine.Digests;

/// <summary>
/// A 64-bit hash of bytes, the same on every machine, by folded products: a step takes 16 bytes, multiplies their halves, each mixed with a constant, to 128 bits
/// and folds those to 64. Four lanes run beside each other, since a lane waits for its own product only: a step in a row would take five times as long. The
/// end is padded with zeros; whoever needs to tell lengths apart adds the length. The idea of the folded product is wyhash's (Wang Yi, public domain).
/// </summary>
public static class FoldedHash
{
    private const int StepWords = 2;
    private const int RoundWords = 4 * StepWords;
    private const ulong Key0 = 0x9E3779B97F4A7C15UL;
    private const ulong Key1 = 0xC2B2AE3D27D4EB4FUL;
    private const ulong Key2 = 0x165667B19E3779F9UL;
    private const ulong Key3 = 0x85EBCA77C2B2AE63UL;

    /// <summary>The hash.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong lane0 = Key0;
        ulong lane1 = Key1;
        ulong lane2 = Key2;
        ulong lane3 = Key3;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        int at = 0;
        for (; at + RoundWords <= words.Length; at += RoundWords)
        {
            lane0 = Step(words[at], words[at + 1], lane0, Key1);
            lane1 = Step(words[at + 2], words[at + 3], lane1, Key2);
            lane2 = Step(words[at + 4], words[at + 5], lane2, Key3);
            lane3 = Step(words[at + 6], words[at + 7], lane3, Key0);
        }

        for (; at + StepWords <= words.Length; at += StepWords)
        {
            // The lanes take turns, so that the order of the steps counts.
            ulong next = Step(words[at], words[at + 1], lane0, Key1);
            (lane0, lane1, lane2, lane3) = (lane1, lane2, lane3, next);
        }

        ReadOnlySpan<byte> tail = bytes[(at * sizeof(ulong))..];
        if (tail.Length > 0)
        {
            Span<ulong> rest = stackalloc ulong[StepWords];
            rest.Clear();
            tail.CopyTo(MemoryMarshal.AsBytes(rest));
            lane0 = Step(rest[0], rest[1], lane0, Key2);
        }

        return Fold(Fold(lane0 ^ Key3, lane1 ^ Key0) ^ lane3, lane2 ^ Key1);
    }

    private static ulong Step(ulong first, ulong second, ulong lane, ulong key) => Fold(Little(first) ^ lane, Little(second) ^ key);

    private static ulong Little(ulong word) => BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);

    private static ulong Fold(ulong left, ulong right) => Math.BigMul(left, right, out ulong low) ^ low;
}
