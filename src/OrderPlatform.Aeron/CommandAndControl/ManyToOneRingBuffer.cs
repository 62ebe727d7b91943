using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>
/// The ring through which clients send commands to a driver: any number of writers, in any process, and one reader. Records lie between the head
/// and the tail, which only grow; a writer claims space by moving the tail, and makes its record visible by storing the length last. The reader
/// zeroes what it has read, so that a claim that was never written is seen as a length of zero. Source: aeron_rb.h of Aeron 1.52.
/// <para>Whatever other processes write into the ring, nothing outside of it is touched, and reading ends: a record that cannot be is skipped
/// together with all that was claimed behind it in one piece, and counted in <see cref="DamageCount"/>.</para>
/// </summary>
public sealed class ManyToOneRingBuffer
{
    /// <summary>What follows the records: tail, cached head, head, correlation counter and heartbeat, each on its own pair of cache lines.</summary>
    public const int TrailerLength = 768;

    /// <summary>The least capacity.</summary>
    public const int CapacityMin = 128;

    internal const int TailOffset = 128;
    internal const int HeadCacheOffset = 256;
    internal const int HeadOffset = 384;
    internal const int CorrelationCounterOffset = 512;
    internal const int ConsumerHeartbeatOffset = 640;

    private readonly UnsafeBuffer _records;
    private readonly UnsafeBuffer _trailer;
    private readonly int _mask;
    private bool _isTailRefused;

    /// <param name="buffer">A power of two of bytes for records, and <see cref="TrailerLength"/> more.</param>
    /// <exception cref="ArgumentException">It is of another length.</exception>
    public ManyToOneRingBuffer(UnsafeBuffer buffer)
    {
        CheckLength(buffer.CapacityBytes);
        long capacity = buffer.CapacityBytes - TrailerLength;
        Capacity = (int)capacity;
        MaxMessageLength = Capacity / 8;
        _mask = Capacity - 1;
        _records = buffer.Slice(0, capacity);
        _trailer = buffer.Slice(capacity, TrailerLength);
    }

    /// <summary>Bytes for records.</summary>
    public int Capacity { get; }

    /// <summary>The longest message, in bytes.</summary>
    public int MaxMessageLength { get; }

    /// <summary>How far writers have claimed, in bytes since the start.</summary>
    public long ProducerPosition => _trailer.GetLongVolatile(TailOffset);

    /// <summary>How far the reader has read, in bytes since the start.</summary>
    public long ConsumerPosition => _trailer.GetLongVolatile(HeadOffset);

    /// <summary>How often the reader met something that no writer of the protocol writes.</summary>
    public long DamageCount { get; private set; }

    /// <summary>Bytes claimed and not read yet.</summary>
    public int Size
    {
        get
        {
            // The tail between two equal reads of the head: all three were true at one moment.
            long headAfter = ConsumerPosition;
            long headBefore;
            long tail;
            do
            {
                headBefore = headAfter;
                tail = ProducerPosition;
                headAfter = ConsumerPosition;
            }
            while (headBefore != headAfter);

            return (int)Math.Clamp(tail - headAfter, 0, Capacity);
        }
    }

    /// <summary>When the reader was last alive, in milliseconds since the epoch: 0 before it has started, -1 after it has ended in good order.</summary>
    public long ConsumerHeartbeatTime
    {
        get => _trailer.GetLongVolatile(ConsumerHeartbeatOffset);
        set => _trailer.PutLongRelease(ConsumerHeartbeatOffset, value);
    }

    /// <summary>A number that no other command, client or image of this driver has. Any thread, any process.</summary>
    public long NextCorrelationId() => _trailer.GetAndAddLong(CorrelationCounterOffset, 1);

    /// <summary>Writes a message, from any thread.</summary>
    /// <returns>False if there is no room now.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The message is too long, or the type is not greater than zero.</exception>
    /// <exception cref="InvalidDataException">The tail is not a multiple of eight: somebody has overwritten it.</exception>
    public bool TryWrite(int typeId, ReadOnlySpan<byte> message)
    {
        RecordDescriptor.CheckMessage(typeId, message.Length, MaxMessageLength);
        int index = Claim(RecordDescriptor.AlignedLength(message.Length));
        if (index < 0)
            return false;

        int recordLength = message.Length + RecordDescriptor.HeaderLength;
        // Negative first: should this writer die now, whoever unblocks the ring knows how much it had claimed.
        _records.PutIntRelease(index + RecordDescriptor.LengthOffset, -recordLength);
        Volatile.WriteBarrier();
        message.CopyTo(_records.AsSpan(index + RecordDescriptor.HeaderLength, message.Length));
        _records.PutInt(index + RecordDescriptor.TypeIdOffset, typeId);
        _records.PutIntRelease(index + RecordDescriptor.LengthOffset, recordLength);
        return true;
    }

    /// <summary>
    /// Reads messages; only ever from one thread of one process. A message whose handler throws counts as read, and the exception goes to the caller.
    /// </summary>
    /// <param name="handler">Given each message.</param>
    /// <param name="limit">How many at most; a call also ends at the end of the buffer.</param>
    /// <returns>How many were read.</returns>
    public int Read(RecordHandler handler, int limit)
    {
        ArgumentNullException.ThrowIfNull(handler);
        long head = _trailer.GetLong(HeadOffset);
        int available = Available(head);
        int headIndex = (int)head & _mask;
        int readable = Math.Min(available, Capacity - headIndex);
        int bytesRead = 0;
        int messagesRead = 0;
        try
        {
            while (bytesRead < readable && messagesRead < limit)
            {
                int index = headIndex + bytesRead;
                int length = _records.GetIntVolatile(index);
                if (length <= 0)
                    break;
                if (length < RecordDescriptor.HeaderLength || length > readable - bytesRead)
                {
                    // Where the next record begins is not known; behind all that is claimed it is.
                    DamageCount++;
                    bytesRead = readable;
                    break;
                }

                bytesRead += BitAlignment.Align(length, RecordDescriptor.Alignment);
                int typeId = _records.GetInt(index + RecordDescriptor.TypeIdOffset);
                if (typeId == RecordDescriptor.PaddingTypeId)
                    continue;
                messagesRead++;
                if (typeId <= 0)
                    DamageCount++;
                else
                    handler(typeId, _records.AsSpan(index + RecordDescriptor.HeaderLength, length - RecordDescriptor.HeaderLength));
            }
        }
        finally
        {
            if (bytesRead > 0)
            {
                _records.Clear(headIndex, bytesRead);
                _trailer.PutLongRelease(HeadOffset, head + bytesRead);
            }
        }

        return messagesRead;
    }

    /// <summary>
    /// Turns a record at the head that its writer never finished into padding. For the reader, after it has seen the same head with a tail beyond
    /// it for so long that the writer must be dead.
    /// </summary>
    /// <returns>True if reading can go on.</returns>
    public bool Unblock()
    {
        long head = _trailer.GetLong(HeadOffset);
        int headIndex = (int)head & _mask;
        int claimed = Math.Min(Available(head), Capacity - headIndex);
        if (claimed == 0)
            return false;

        int length = _records.GetIntVolatile(headIndex);
        if (length > 0)
            return false;
        if (length < 0)
        {
            // Negated in 64 bits: the least int has no positive.
            long written = Math.Max(-(long)length, RecordDescriptor.HeaderLength);
            Pad(headIndex, (int)Math.Min(written, claimed));
            return true;
        }

        int next = FirstWritten(headIndex + RecordDescriptor.Alignment, headIndex + claimed);
        // The writers are not ordered: one that was late may have begun its record after the scan had passed. Looking again from the end to the
        // start finds it, since what follows it was written before.
        if (next < 0 || !IsZeroBack(next - RecordDescriptor.Alignment, headIndex))
            return false;
        Pad(headIndex, next - headIndex);
        return true;
    }

    /// <summary>Refuses a buffer's length, trailer included, that no ring has.</summary>
    internal static void CheckLength(long bufferLength) => RecordDescriptor.CheckCapacity(bufferLength - TrailerLength, CapacityMin, TrailerLength);

    private int Claim(int required)
    {
        long head = _trailer.GetLongVolatile(HeadCacheOffset);
        while (true)
        {
            long tail = _trailer.GetLongVolatile(TailOffset);
            if ((tail & (RecordDescriptor.Alignment - 1)) != 0)
                throw new InvalidDataException($"The command ring's tail is {tail}, not a multiple of {RecordDescriptor.Alignment}: it was overwritten.");
            if (required > Capacity - (tail - head))
            {
                head = RefreshedHead();
                if (required > Capacity - (tail - head))
                    return -1;
            }

            int index = (int)tail & _mask;
            int toEnd = Capacity - index;
            int padding = 0;
            if (required > toEnd)
            {
                // The record goes to the start, as far as the reader has left that.
                if (required > ((int)head & _mask))
                {
                    head = RefreshedHead();
                    if (required > ((int)head & _mask))
                        return -1;
                }

                padding = toEnd;
            }

            if (!_trailer.CompareAndSetLong(TailOffset, tail, tail + required + padding))
                continue;
            if (padding == 0)
                return index;
            _records.PutIntRelease(index, -padding);
            Volatile.WriteBarrier();
            Pad(index, padding);
            return 0;
        }
    }

    private long RefreshedHead()
    {
        long head = _trailer.GetLongVolatile(HeadOffset);
        _trailer.PutLongRelease(HeadCacheOffset, head);
        return head;
    }

    /// <summary>Bytes between head and tail; none when the tail cannot be, which is counted once until it can be again.</summary>
    private int Available(long head)
    {
        long claimed = _trailer.GetLongVolatile(TailOffset) - head;
        bool isPossible = claimed >= 0 && claimed <= Capacity && (claimed & (RecordDescriptor.Alignment - 1)) == 0
            && (head & (RecordDescriptor.Alignment - 1)) == 0;
        if (!isPossible && !_isTailRefused)
            DamageCount++;
        _isTailRefused = !isPossible;
        return isPossible ? (int)claimed : 0;
    }

    private int FirstWritten(int from, int end)
    {
        for (int index = from; index < end; index += RecordDescriptor.Alignment)
        {
            if (_records.GetIntVolatile(index) != 0)
                return index;
        }

        return -1;
    }

    private bool IsZeroBack(int from, int to)
    {
        for (int index = from; index >= to; index -= RecordDescriptor.Alignment)
        {
            if (_records.GetIntVolatile(index) != 0)
                return false;
        }

        return true;
    }

    private void Pad(int index, int length)
    {
        _records.PutInt(index + RecordDescriptor.TypeIdOffset, RecordDescriptor.PaddingTypeId);
        _records.PutIntRelease(index + RecordDescriptor.LengthOffset, length);
    }
}
