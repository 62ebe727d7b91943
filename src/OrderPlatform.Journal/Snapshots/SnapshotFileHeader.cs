using System.Runtime.InteropServices;

namespace OrderPlatform.Journal.Snapshots;

/// <summary>The 64 bytes before a snapshot's content, little endian. Bytes not named are zero.</summary>
[StructLayout(LayoutKind.Explicit, Size = LengthBytes)]
internal struct SnapshotFileHeader
{
    public const int LengthBytes = 64;

    public const ushort CurrentFormatVersion = 1;

    /// <summary>The bytes "OPSNAPSH".</summary>
    public const ulong CurrentMagic = 0x4853_5041_4E53_504F;

    private const int CrcOffset = 60;

    [FieldOffset(0)] public ulong Magic;

    [FieldOffset(8)] public ushort FormatVersion;

    [FieldOffset(10)] public ushort HeaderLength;

    [FieldOffset(12)] public ushort SchemaId;

    [FieldOffset(14)] public ushort SchemaVersion;

    [FieldOffset(16)] public uint ShardId;

    /// <summary>The checksum of the journal's record of this sequence, which ties a snapshot to its journal; 0 if it is not known.</summary>
    [FieldOffset(20)] public uint JournalCrc;

    /// <summary>The last input that the content has seen.</summary>
    [FieldOffset(24)] public long Sequence;

    /// <summary>When it was taken, in nanoseconds since 1970; decides when it is too old to keep, and nothing else.</summary>
    [FieldOffset(32)] public long CreatedNanos;

    [FieldOffset(40)] public long ContentLength;

    [FieldOffset(56)] public uint ContentCrc;

    /// <summary>CRC32C of the bytes before, the content's checksum among them.</summary>
    [FieldOffset(CrcOffset)] public uint Crc;

    public static SnapshotFileHeader Of(ReadOnlySpan<byte> file) => MemoryMarshal.Read<SnapshotFileHeader>(file);

    public readonly uint ComputeCrc() => Crc32C.Of(MemoryMarshal.AsBytes(new ReadOnlySpan<SnapshotFileHeader>(in this))[..CrcOffset]);

    public readonly byte[] ToArray() => MemoryMarshal.AsBytes(new ReadOnlySpan<SnapshotFileHeader>(in this)).ToArray();
}
