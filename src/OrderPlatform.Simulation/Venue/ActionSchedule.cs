namespace OrderPlatform.Simulation.Venue;

/// <summary>What a venue is about to do.</summary>
internal enum VenueAction : byte
{
    Wake,
    Command,
    Expire,
    Fund,
}

/// <summary>
/// All that a venue is about to do, by time: wakes and expiries of orders by their slots, requests on their way by their handles, fundings by the place
/// of the instrument. Bounded by these.
/// </summary>
internal sealed class ActionSchedule
{
    private const long NanosPerDay = 86_400_000_000_000;

    private readonly EventHeap _heap;
    private readonly int _firstCommand;
    private readonly int _firstExpiry;
    private readonly int _firstFunding;
    private readonly long _dayEndNanos;

    public ActionSchedule(SimulatedVenueOptions options)
    {
        _firstCommand = options.MaxOpenOrders;
        _firstExpiry = _firstCommand + options.MaxCommandsInFlight;
        _firstFunding = _firstExpiry + options.MaxOpenOrders;
        _dayEndNanos = options.DayEndNanos;
        _heap = new EventHeap(_firstFunding + options.Instruments.Count);
    }

    public bool IsEmpty => _heap.IsEmpty;

    public long NextTimeNanos => _heap.NextTimeNanos;

    public void Wake(OpenOrder order, long timeNanos) => _heap.Set(order.Slot, timeNanos);

    public void DoNotWake(OpenOrder order) => _heap.Remove(order.Slot);

    public void Command(int handle, long timeNanos) => _heap.Set(_firstCommand + handle, timeNanos);

    public void Expire(OpenOrder order, long timeNanos) => _heap.Set(_firstExpiry + order.Slot, timeNanos);

    public void Fund(int instrument, long timeNanos) => _heap.Set(_firstFunding + instrument, timeNanos);

    public void Forget(OpenOrder order)
    {
        _heap.Remove(order.Slot);
        _heap.Remove(_firstExpiry + order.Slot);
    }

    /// <summary>The first end of the venue's day after an instant.</summary>
    public long DayEndAfter(long timeNanos)
    {
        long sinceEnd = (timeNanos - _dayEndNanos) % NanosPerDay;
        return timeNanos - (sinceEnd < 0 ? sinceEnd + NanosPerDay : sinceEnd) + NanosPerDay;
    }

    /// <summary>Takes the next action; there is one.</summary>
    public VenueAction Pop(out int index)
    {
        int handle = _heap.Pop();
        (VenueAction action, int first) = handle < _firstCommand ? (VenueAction.Wake, 0)
            : handle < _firstExpiry ? (VenueAction.Command, _firstCommand)
            : handle < _firstFunding ? (VenueAction.Expire, _firstExpiry)
            : (VenueAction.Fund, _firstFunding);
        index = handle - first;
        return action;
    }
}
