using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>
/// Sends messages to everybody who listens, without knowing them and without ever waiting: one thread writes, and a receiver that is more than
/// the capacity behind finds out by itself. Source: aeron_broadcast_transmitter.h of Aeron 1.52.
/// </summary>
public sealed class BroadcastTransmitter
{
    private readonly UnsafeBuffer _records;
    private readonly UnsafeBuffer _trailer;
    private readonly int _capacity;

    /// <param name="buffer">A power of two of bytes for records, and <see cref="BroadcastDescriptor.TrailerLength"/> more; zeroed.</param>
    /// <exception cref="ArgumentException">It is of another length.</exception>
    public BroadcastTransmitter(UnsafeBuffer buffer)
    {
        BroadcastDescriptor.CheckLength(buffer.CapacityBytes);
        long capacity = buffer.CapacityBytes - BroadcastDescriptor.TrailerLength;
        _capacity = (int)capacity;
        MaxMessageLength = _capacity / 8;
        _records = buffer.Slice(0, capacity);
        _trailer = buffer.Slice(capacity, BroadcastDescriptor.TrailerLength);
    }

    private long _tail;

    /// <summary>The longest message, in bytes.</summary>
    public int MaxMessageLength { get; }

    /// <summary>Sends a message.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The message is too long, or the type is not greater than zero.</exception>
    public void Transmit(int typeId, ReadOnlySpan<byte> message)
    {
        RecordDescriptor.CheckMessage(typeId, message.Length, MaxMessageLength);
        int alignedLength = RecordDescriptor.AlignedLength(message.Length);
        int index = (int)_tail & (_capacity - 1);
        int toEnd = _capacity - index;
        int padding = alignedLength > toEnd ? toEnd : 0;
        long newTail = _tail + padding + alignedLength;

        // A receiver that sees any of the bytes below must also see that they were about to change.
        _trailer.PutLongRelease(BroadcastDescriptor.TailIntentOffset, newTail);
        Volatile.WriteBarrier();

        if (padding > 0)
        {
            _records.PutInt(index + RecordDescriptor.LengthOffset, padding);
            _records.PutInt(index + RecordDescriptor.TypeIdOffset, RecordDescriptor.PaddingTypeId);
            index = 0;
        }

        _records.PutInt(index + RecordDescriptor.LengthOffset, message.Length + RecordDescriptor.HeaderLength);
        _records.PutInt(index + RecordDescriptor.TypeIdOffset, typeId);
        message.CopyTo(_records.AsSpan(index + RecordDescriptor.HeaderLength, message.Length));

        _trailer.PutLongRelease(BroadcastDescriptor.LatestOffset, newTail - alignedLength);
        _trailer.PutLongRelease(BroadcastDescriptor.TailOffset, newTail);
        _tail = newTail;
    }
}
