using System.Buffers.Binary;
using OrderPlatform.Gateways.Connectors;

namespace OrderPlatform.Gateways.Journaling;

/// <summary>
/// The reports that the engine's journal may not have yet, by number, to be sent and sent again. Room for a few at first, which doubles up to a bound; whoever
/// adds asks for room before. A start, which cannot know how many the engine has, may add as many again.
/// </summary>
internal sealed class KeptReports
{
    private const int CountMin = 256;
    private const int TimeOffset = 0;
    private const int PlaceOffset = 8;
    private const int LengthOffset = 16;
    private const int MessageOffset = 20;
    private const int SlotLength = MessageOffset + IExecutionConnector.MessageLengthMax;

    private readonly int _countMax;
    private byte[] _slots;
    private int _capacity;

    /// <param name="countMax">The bound, a power of two.</param>
    /// <param name="last">Number of the last report that was made.</param>
    public KeptReports(int countMax, ulong last)
    {
        _countMax = countMax;
        _capacity = Math.Min(CountMin, countMax);
        _slots = new byte[_capacity * SlotLength];
        First = last + 1;
        Last = last;
    }

    /// <summary>Number of the oldest report that is kept.</summary>
    public ulong First { get; private set; }

    /// <summary>Number of the newest report that was made.</summary>
    public ulong Last { get; private set; }

    public int Count => (int)(Last + 1 - First);

    /// <summary>How many more may be added in answer to requests.</summary>
    public int Room => Math.Max(0, _countMax - Count);

    /// <summary>Whether there is room enough to begin again after there was none.</summary>
    public bool IsHalfEmpty => Count <= _countMax / 2;

    /// <summary>Adds the report behind the last one.</summary>
    /// <param name="timeNanos">The venue's time.</param>
    /// <param name="place">Its record's sequence in the gateway's journal.</param>
    /// <param name="message">The report.</param>
    /// <exception cref="InvalidOperationException">There is no room.</exception>
    public void Add(long timeNanos, long place, ReadOnlySpan<byte> message)
    {
        if (Count == _capacity)
        {
            Grow();
        }

        Span<byte> slot = SlotOf(Last + 1);
        BinaryPrimitives.WriteInt64LittleEndian(slot[TimeOffset..], timeNanos);
        BinaryPrimitives.WriteInt64LittleEndian(slot[PlaceOffset..], place);
        BinaryPrimitives.WriteInt32LittleEndian(slot[LengthOffset..], message.Length);
        message.CopyTo(slot[MessageOffset..]);
        Last++;
    }

    /// <summary>A report that is kept.</summary>
    public ReadOnlySpan<byte> Get(ulong number, out long timeNanos, out long place)
    {
        ReadOnlySpan<byte> slot = SlotOf(number);
        timeNanos = BinaryPrimitives.ReadInt64LittleEndian(slot[TimeOffset..]);
        place = BinaryPrimitives.ReadInt64LittleEndian(slot[PlaceOffset..]);
        return slot.Slice(MessageOffset, BinaryPrimitives.ReadInt32LittleEndian(slot[LengthOffset..]));
    }

    /// <summary>Lets go of all reports up to a number.</summary>
    public void DropThrough(ulong number) => First = Math.Max(First, Math.Min(number, Last) + 1);

    private Span<byte> SlotOf(ulong number) => _slots.AsSpan((int)(number & (ulong)(_capacity - 1)) * SlotLength, SlotLength);

    private void Grow()
    {
        if (_capacity >= 2 * _countMax)
        {
            throw new InvalidOperationException($"{Count} reports are kept, and no more may be: ask for {nameof(Room)} before");
        }

        byte[] slots = new byte[_capacity * 2 * SlotLength];
        for (ulong number = First; number <= Last; number++)
        {
            SlotOf(number).CopyTo(slots.AsSpan((int)(number & (ulong)((_capacity * 2) - 1)) * SlotLength));
        }

        _slots = slots;
        _capacity *= 2;
    }
}
