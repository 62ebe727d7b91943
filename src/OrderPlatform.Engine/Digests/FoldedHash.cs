using System;
using System.Buffers.Binary;

namespace OrderPlatform.Engine.Digests;

/// <summary>
/// A 64-bit hash of bytes, the same on every machine, by folded products: a step takes 16 bytes, multiplies their halves, each mixed with a constant, to 128 bits
/// and folds those to 64. Four lanes run beside each other, since a lane waits for its own product only: a step in a row would take five times as long. The
/// end is padded with zeros; whoever needs to tell lengths apart adds the length. The idea of the folded product is wyhash's (Wang Yi, public domain).
/// </summary>
public static class FoldedHash
{
    private const int StepBytes = 16;
    private const int RoundBytes = 4 * StepBytes;
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
        while (bytes.Length >= RoundBytes)
        {
            lane0 = Step(bytes, lane0, Key1);
            lane1 = Step(bytes[StepBytes..], lane1, Key2);
            lane2 = Step(bytes[(2 * StepBytes)..], lane2, Key3);
            lane3 = Step(bytes[(3 * StepBytes)..], lane3, Key0);
            bytes = bytes[RoundBytes..];
        }

        while (bytes.Length >= StepBytes)
        {
            // The lanes take turns, so that the order of the steps counts.
            ulong next = Step(bytes, lane0, Key1);
            (lane0, lane1, lane2, lane3) = (lane1, lane2, lane3, next);
            bytes = bytes[StepBytes..];
        }

        if (bytes.Length > 0)
        {
            Span<byte> rest = stackalloc byte[StepBytes];
            rest.Clear();
            bytes.CopyTo(rest);
            lane0 = Step(rest, lane0, Key2);
        }

        return Fold(Fold(lane0 ^ Key3, lane1 ^ Key0) ^ lane3, lane2 ^ Key1);
    }

    private static ulong Step(ReadOnlySpan<byte> bytes, ulong lane, ulong key) =>
        Fold(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ lane, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ key);

    private static ulong Fold(ulong left, ulong right) => Math.BigMul(left, right, out ulong low) ^ low;
}
