using System.Buffers.Binary;

namespace OrderPlatform.Journal;

/// <summary>
/// A record that says what was durable when it was written. It tells damage from a tail that a power cut left half written: a bad record before a place
/// that some later mark calls durable was whole once.
/// </summary>
internal static unsafe class DurableMark
{
    public const int PayloadLengthBytes = 16;

    public static long AlignedBytes => RecordHeader.Align(RecordHeader.LengthBytes + PayloadLengthBytes);

    public static void Write(byte* payload, long place, long sequence)
    {
        var bytes = new Span<byte>(payload, PayloadLengthBytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, place);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], sequence);
    }

    /// <summary>What an intact record says if it is a mark.</summary>
    public static bool TryRead(RecordHeader* record, out long place, out long sequence)
    {
        place = sequence = 0;
        if ((record->Flags & JournalFlags.Durable) == 0 || record->Length != RecordHeader.LengthBytes + PayloadLengthBytes)
            return false;
        var bytes = new ReadOnlySpan<byte>((byte*)record + RecordHeader.LengthBytes, PayloadLengthBytes);
        place = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        sequence = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        return true;
    }
}
