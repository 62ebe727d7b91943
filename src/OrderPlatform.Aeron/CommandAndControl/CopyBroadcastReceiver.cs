using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>
/// Reads what a <see cref="BroadcastTransmitter"/> sends, from another thread or process. Each message is copied before it is looked at, and
/// handed over only if the transmitter had not begun to overwrite it by then. Source: aeron_broadcast_receiver.h of Aeron 1.52.
/// </summary>
public sealed class CopyBroadcastReceiver
{
    private const int ScratchLengthMin = 4096;

    private readonly UnsafeBuffer _records;
    private readonly UnsafeBuffer _trailer;
    private readonly int _capacity;
    private byte[] _scratch = new byte[ScratchLengthMin];
    private long _next;

    /// <param name="buffer">The transmitter's buffer. Reading starts with the latest message.</param>
    /// <exception cref="ArgumentException">It is of a length that no broadcast has.</exception>
    public CopyBroadcastReceiver(UnsafeBuffer buffer)
    {
        BroadcastDescriptor.CheckLength(buffer.CapacityBytes);
        long capacity = buffer.CapacityBytes - BroadcastDescriptor.TrailerLength;
        _capacity = (int)capacity;
        _records = buffer.Slice(0, capacity);
        _trailer = buffer.Slice(capacity, BroadcastDescriptor.TrailerLength);
        _next = _trailer.GetLongVolatile(BroadcastDescriptor.LatestOffset);
    }

    /// <summary>Reads the next message, if there is one.</summary>
    /// <returns>True if the handler was given one.</returns>
    /// <exception cref="BroadcastLappedException">Messages were lost; the next call goes on with the latest one.</exception>
    /// <exception cref="InvalidDataException">The buffer holds what no transmitter writes; the next call goes on behind it.</exception>
    public bool Receive(RecordHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        long tail = _trailer.GetLongVolatile(BroadcastDescriptor.TailOffset);
        long cursor = _next;
        if (tail <= cursor)
            return false;
        CheckNotLapped(cursor);
        if (((tail | cursor) & (RecordDescriptor.Alignment - 1)) != 0)
            throw Damaged(tail, $"positions {cursor} and {tail} are not multiples of {RecordDescriptor.Alignment}");

        int length = RecordLength(cursor, tail, out int index, out int typeId);
        if (typeId == RecordDescriptor.PaddingTypeId)
        {
            cursor += length;
            length = RecordLength(cursor, tail, out index, out typeId);
        }

        if (typeId <= 0)
            throw Damaged(tail, $"a record has the type {typeId}");
        int messageLength = length - RecordDescriptor.HeaderLength;
        if (_scratch.Length < messageLength)
            _scratch = new byte[messageLength];
        _records.AsSpan(index + RecordDescriptor.HeaderLength, messageLength).CopyTo(_scratch);
        // The copy before the look at the intent: else an overwritten message could pass.
        Volatile.ReadBarrier();
        CheckNotLapped(cursor);

        _next = cursor + BitAlignment.Align(length, RecordDescriptor.Alignment);
        handler(typeId, _scratch.AsSpan(0, messageLength));
        return true;
    }

    private int RecordLength(long cursor, long tail, out int index, out int typeId)
    {
        index = (int)cursor & (_capacity - 1);
        int readable = (int)Math.Min(tail - cursor, _capacity - index);
        int length = readable < RecordDescriptor.HeaderLength ? 0 : _records.GetInt(index + RecordDescriptor.LengthOffset);
        typeId = readable < RecordDescriptor.HeaderLength ? 0 : _records.GetInt(index + RecordDescriptor.TypeIdOffset);
        Volatile.ReadBarrier();
        CheckNotLapped(cursor);
        if (length < RecordDescriptor.HeaderLength || length > readable)
            throw Damaged(tail, $"a record of {length} bytes where there are {readable}");
        return length;
    }

    private void CheckNotLapped(long cursor)
    {
        long intent = _trailer.GetLongVolatile(BroadcastDescriptor.TailIntentOffset);
        if (cursor + _capacity > intent && cursor >= 0)
            return;
        _next = _trailer.GetLongVolatile(BroadcastDescriptor.LatestOffset);
        throw new BroadcastLappedException(
            $"The driver's events were overwritten before this client had read them ({intent - cursor} bytes behind, {_capacity} are kept): "
                + "run its conductor more often.");
    }

    private InvalidDataException Damaged(long tail, string what)
    {
        _next = BitAlignment.Align(tail, RecordDescriptor.Alignment);
        return new InvalidDataException($"The driver's events are damaged: {what}.");
    }
}
