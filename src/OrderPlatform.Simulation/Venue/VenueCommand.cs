using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

internal enum VenueCommandKind : byte
{
    Submit,
    Cancel,
    Amend,
}

/// <summary>A request on its way to the venue. A cancel uses the order's client id, an amend also quantity and limit.</summary>
internal readonly record struct VenueCommand(VenueCommandKind Kind, VenueOrder Order)
{
    public static VenueCommand Cancel(ulong clientOrderId) => new(VenueCommandKind.Cancel, new VenueOrder { ClientOrderId = clientOrderId });

    public static VenueCommand Amend(ulong clientOrderId, Quantity quantity, Price limitPrice, Price triggerPrice) => new(
        VenueCommandKind.Amend,
        new VenueOrder { ClientOrderId = clientOrderId, Quantity = quantity, LimitPrice = limitPrice, TriggerPrice = triggerPrice });
}

/// <summary>Requests on their way, by handle. Bounded; allocates only at construction.</summary>
internal sealed class VenueCommandTable
{
    private readonly VenueCommand[] _commands;
    private readonly int[] _free;
    private int _freeCount;

    public VenueCommandTable(int capacity)
    {
        _commands = new VenueCommand[capacity];
        _free = new int[capacity];
        _freeCount = capacity;
        for (int i = 0; i < capacity; i++)
        {
            _free[i] = capacity - 1 - i;
        }
    }

    public bool TryAdd(in VenueCommand command, out int handle)
    {
        bool added = _freeCount > 0;
        handle = added ? _free[--_freeCount] : -1;
        if (added)
        {
            _commands[handle] = command;
        }

        return added;
    }

    public VenueCommand Take(int handle)
    {
        _free[_freeCount++] = handle;
        return _commands[handle];
    }
}
