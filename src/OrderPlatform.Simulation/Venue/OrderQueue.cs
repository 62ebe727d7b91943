namespace OrderPlatform.Simulation.Venue;

/// <summary>
/// The open orders of one instrument in the order in which they may have what there is at one instant: market orders before limit orders, among these
/// buys before sells and the better price first, then the earlier arrival; or, for orders that wait for a trigger, in the order of arrival alone.
/// </summary>
internal sealed class OrderQueue(bool byArrival = false)
{
    private OpenOrder? _last;

    public OpenOrder? First { get; private set; }

    public void Add(OpenOrder order)
    {
        OpenOrder? previous = _last;
        while (!byArrival && previous is not null && IsBefore(order, previous))
        {
            previous = previous.Previous;
        }

        OpenOrder? next = previous is null ? First : previous.Next;
        order.Previous = previous;
        order.Next = next;
        SetNext(previous, order);
        SetPrevious(next, order);
    }

    public void Remove(OpenOrder order)
    {
        SetNext(order.Previous, order.Next);
        SetPrevious(order.Next, order.Previous);
        order.Previous = null;
        order.Next = null;
    }

    private void SetNext(OpenOrder? order, OpenOrder? next)
    {
        if (order is null)
        {
            First = next;
        }
        else
        {
            order.Next = next;
        }
    }

    private void SetPrevious(OpenOrder? order, OpenOrder? previous)
    {
        if (order is null)
        {
            _last = previous;
        }
        else
        {
            order.Previous = previous;
        }
    }

    private static bool IsBefore(OpenOrder left, OpenOrder right)
    {
        if (left.IsLimit != right.IsLimit)
        {
            return right.IsLimit;
        }

        if (left.IsLimit && left.Side != right.Side)
        {
            return left.Side == OrderSide.Buy;
        }

        // The better limit is the one for which the other's price would be a bargain.
        return left.IsLimit && left.LimitRaw != right.LimitRaw ? left.IsBeyond(right.LimitRaw) : left.Priority < right.Priority;
    }
}
