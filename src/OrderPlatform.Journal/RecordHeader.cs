using System.Runtime.InteropServices;

namespace OrderPlatform.Journal;

/// <summary>The 32 bytes before a payload, little endian. The length is stored last, with release: a record is there once it is not 0.</summary>
[StructLayout(LayoutKind.Explicit, Size = LengthBytes)]
internal struct RecordHeader
{
    public const int LengthBytes = 32;

    /// <summary>Header and payload, without the padding; never 0 for a record.</summary>
    [FieldOffset(0)] public int Length;

    /// <summary>CRC32C of the length and of everything after this field, padding included.</summary>
    [FieldOffset(4)] public uint Crc;

    [FieldOffset(8)] public long Sequence;

    [FieldOffset(16)] public long TimestampNanos;

    [FieldOffset(24)] public ushort TemplateId;

    [FieldOffset(26)] public ushort Flags;

    /// <summary>The chain: the CRC of the record before, or of the segment's header for the first.</summary>
    [FieldOffset(28)] public uint PreviousCrc;

    public static long Align(long lengthBytes) => (lengthBytes + LengthBytes - 1) & -LengthBytes;

    /// <summary>True if the length is possible within <paramref name="roomBytes"/> and the checksum is right.</summary>
    public static unsafe bool IsIntact(RecordHeader* record, int length, long roomBytes) =>
        length >= LengthBytes && Align(length) <= roomBytes && Crc32C.OfRecord((byte*)record, length) == record->Crc;
}
