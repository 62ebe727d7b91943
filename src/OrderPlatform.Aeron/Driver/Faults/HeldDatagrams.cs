using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Driver.Faults;

/// <summary>Copies of datagrams that come later, in a fixed number of slots. The slots' memory is made when first needed and kept.</summary>
internal sealed class HeldDatagrams(int capacity)
{
    private readonly Slot[] _slots = new Slot[capacity];
    private long _sequence;

    /// <summary>How many are held.</summary>
    public int Count { get; private set; }

    /// <summary>Keeps a copy; false when every slot is taken.</summary>
    /// <param name="datagram">Its bytes.</param>
    /// <param name="address">Where it goes or came from; null for a connected socket's own.</param>
    /// <param name="dueNs">When it comes.</param>
    /// <param name="isBehindNext">It comes as soon as another datagram has passed.</param>
    public bool TryHold(ReadOnlySpan<byte> datagram, UdpAddress? address, long dueNs, bool isBehindNext)
    {
        for (int index = 0; index < _slots.Length; index++)
        {
            ref Slot slot = ref _slots[index];
            if (slot.IsTaken)
                continue;
            slot.Bytes ??= GC.AllocateUninitializedArray<byte>(LogBufferDescriptor.MtuMax, pinned: true);
            if (datagram.Length > slot.Bytes.Length)
                return false;
            datagram.CopyTo(slot.Bytes);
            (slot.LengthBytes, slot.Address, slot.DueNs, slot.IsBehindNext, slot.Sequence) = (datagram.Length, address, dueNs, isBehindNext, _sequence++);
            slot.IsTaken = true;
            Count++;
            return true;
        }

        return false;
    }

    /// <summary>Another datagram has passed: what waited for one is due.</summary>
    public void OnPassed()
    {
        for (int index = 0; Count > 0 && index < _slots.Length; index++)
        {
            if (_slots[index].IsBehindNext)
                _slots[index].DueNs = long.MinValue;
        }
    }

    /// <summary>The index of the one that is due first, −1 if none is; equal times in the order of holding.</summary>
    public int FindDue(long nowNs)
    {
        int found = -1;
        for (int index = 0; Count > 0 && index < _slots.Length; index++)
        {
            ref Slot slot = ref _slots[index];
            if (slot.IsTaken && slot.DueNs <= nowNs && (found < 0 || (slot.DueNs, slot.Sequence).CompareTo((_slots[found].DueNs, _slots[found].Sequence)) < 0))
                found = index;
        }

        return found;
    }

    /// <summary>The bytes of one; pinned, they stay where they are.</summary>
    public ReadOnlySpan<byte> Bytes(int index) => _slots[index].Bytes.AsSpan(0, _slots[index].LengthBytes);

    /// <summary>Where one goes or came from.</summary>
    public UdpAddress? Address(int index) => _slots[index].Address;

    /// <summary>Frees a slot; its bytes stay until the next is held.</summary>
    public void Release(int index)
    {
        _slots[index].IsTaken = false;
        _slots[index].IsBehindNext = false;
        Count--;
    }

    private struct Slot
    {
        public byte[]? Bytes;
        public int LengthBytes;
        public UdpAddress? Address;
        public long DueNs;
        public long Sequence;
        public bool IsBehindNext;
        public bool IsTaken;
    }
}
