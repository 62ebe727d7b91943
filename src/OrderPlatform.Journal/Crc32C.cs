using System.Numerics;
using System.Runtime.InteropServices;

namespace OrderPlatform.Journal;

/// <summary>The Castagnoli CRC (RFC 3720, appendix B.4), an instruction on x64 and arm64.</summary>
internal static unsafe class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
            crc = BitOperations.Crc32C(crc, word);
        foreach (byte single in bytes[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, single);
        return ~crc;
    }

    /// <summary>The checksum of a record whose padding is written: its length, then all from byte 8 on, in whole words.</summary>
    public static uint OfRecord(byte* record, int length)
    {
        uint crc = BitOperations.Crc32C(uint.MaxValue, (uint)length);
        byte* end = record + RecordHeader.Align(length);
        for (byte* word = record + 8; word < end; word += sizeof(ulong))
            crc = BitOperations.Crc32C(crc, *(ulong*)word);
        return ~crc;
    }
}
