namespace OrderPlatform.Simulation.Venue;

/// <summary>
/// The open orders by client order id, and the ids of recently closed ones. Bounded; allocates only at construction. The dictionary is only looked
/// up, never enumerated.
/// </summary>
internal sealed class OrderTable
{
    private const int Closed = -1;

    private readonly OpenOrder[] _orders;
    private readonly int[] _free;
    private readonly Dictionary<ulong, int> _slots;
    private readonly ulong[] _closedIds;
    private int _freeCount;
    private int _closedCount;
    private int _oldestClosed;

    public OrderTable(int maxOpen, int maxClosed)
    {
        _orders = new OpenOrder[maxOpen];
        _free = new int[maxOpen];
        _closedIds = new ulong[maxClosed];
        _slots = new Dictionary<ulong, int>(maxOpen + maxClosed);
        _freeCount = maxOpen;
        for (int i = 0; i < maxOpen; i++)
        {
            _orders[i] = new OpenOrder(i);
            _free[i] = maxOpen - 1 - i;
        }
    }

    public bool IsFull => _freeCount == 0;

    public OpenOrder this[int slot] => _orders[slot];

    public bool IsKnown(ulong clientOrderId) => _slots.ContainsKey(clientOrderId);

    /// <summary>The open order, or why there is none.</summary>
    public OpenOrder? Find(ulong clientOrderId, out VenueRejectReason reason)
    {
        bool known = _slots.TryGetValue(clientOrderId, out int slot);
        reason = !known ? VenueRejectReason.UnknownOrder : slot == Closed ? VenueRejectReason.TooLate : VenueRejectReason.None;
        return known && slot != Closed ? _orders[slot] : null;
    }

    /// <summary>A slot for a new id; the table is not full.</summary>
    public OpenOrder Open(ulong clientOrderId)
    {
        OpenOrder order = _orders[_free[--_freeCount]];
        _slots.Add(clientOrderId, order.Slot);
        order.ClientOrderId = clientOrderId;
        order.IsOpen = true;
        return order;
    }

    public void Close(OpenOrder order)
    {
        order.IsOpen = false;
        _slots[order.ClientOrderId] = Closed;
        _free[_freeCount++] = order.Slot;
        if (_closedCount == _closedIds.Length)
        {
            _slots.Remove(_closedIds[_oldestClosed]);
        }
        else
        {
            _closedCount++;
        }

        _closedIds[_oldestClosed] = order.ClientOrderId;
        _oldestClosed = _oldestClosed + 1 == _closedIds.Length ? 0 : _oldestClosed + 1;
    }
}
