using System.Runtime.InteropServices;

namespace OrderPlatform.Journal;

/// <summary>The 128 bytes at the start of a segment, little endian. Bytes not named are zero.</summary>
[StructLayout(LayoutKind.Explicit, Size = LengthBytes)]
internal struct SegmentHeader
{
    public const int LengthBytes = 128;

    public const ushort CurrentFormatVersion = 2;

    /// <summary>Version 1 has no policy and no durable marks, and is otherwise the same.</summary>
    public const ushort OldestFormatVersion = 1;

    /// <summary>The bytes "OPJOURNL".</summary>
    public const ulong CurrentMagic = 0x4C4E_5255_4F4A_504F;

    [FieldOffset(0)] public ulong Magic;

    [FieldOffset(8)] public ushort FormatVersion;

    [FieldOffset(10)] public ushort HeaderLength;

    [FieldOffset(12)] public ushort SchemaId;

    [FieldOffset(14)] public ushort SchemaVersion;

    [FieldOffset(16)] public uint ShardId;

    /// <summary>The checksum of the mark that ends the segment before; 0 in a journal's first.</summary>
    [FieldOffset(20)] public uint CarriedCrc;

    [FieldOffset(24)] public long SegmentLength;

    [FieldOffset(32)] public long FirstSequence;

    /// <summary>Position of the segment in its journal, from 0.</summary>
    [FieldOffset(40)] public long SegmentIndex;

    /// <summary>When the segment was begun, in nanoseconds since 1970; for people.</summary>
    [FieldOffset(48)] public long CreatedNanos;

    /// <summary>1 if it was written under a policy that syncs, and so has durable marks; else 0.</summary>
    [FieldOffset(56)] public uint HasDurableMarks;

    /// <summary>CRC32C of the bytes before; the first record chains to it.</summary>
    [FieldOffset(124)] public uint Crc;

    public readonly uint ComputeCrc()
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<SegmentHeader>(in this));
        return Crc32C.Of(bytes[..124]);
    }
}
