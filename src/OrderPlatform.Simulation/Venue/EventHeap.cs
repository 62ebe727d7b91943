namespace OrderPlatform.Simulation.Venue;

/// <summary>
/// A binary heap of handles 0 … capacity - 1, each at most once, ordered by time and, at equal times, by when they were set. Any handle can be moved
/// or removed, so what is scheduled is bounded by the handles. Allocates only at construction.
/// </summary>
internal sealed class EventHeap
{
    private readonly int[] _heap;
    private readonly int[] _positions;
    private readonly long[] _times;
    private readonly ulong[] _sequences;
    private ulong _nextSequence;
    private int _count;

    public EventHeap(int capacity)
    {
        _heap = new int[capacity];
        _positions = new int[capacity];
        _times = new long[capacity];
        _sequences = new ulong[capacity];
        Array.Fill(_positions, -1);
    }

    public bool IsEmpty => _count == 0;

    /// <summary>Time of the first; <see cref="long.MaxValue"/> if there is none.</summary>
    public long NextTimeNanos => _count == 0 ? long.MaxValue : _times[_heap[0]];

    /// <summary>Schedules a handle, or moves it; it comes after what is already set for the same time.</summary>
    public void Set(int handle, long timeNanos)
    {
        if (_positions[handle] < 0)
        {
            _positions[handle] = _count;
            _heap[_count++] = handle;
        }

        _times[handle] = timeNanos;
        _sequences[handle] = _nextSequence++;
        Restore(_positions[handle]);
    }

    /// <summary>Removes a handle if it is scheduled.</summary>
    public void Remove(int handle)
    {
        int position = _positions[handle];
        if (position < 0)
        {
            return;
        }

        _positions[handle] = -1;
        int last = _heap[--_count];
        if (last != handle)
        {
            _heap[position] = last;
            _positions[last] = position;
            Restore(position);
        }
    }

    /// <summary>Takes the first handle; the heap is not empty.</summary>
    public int Pop()
    {
        int handle = _heap[0];
        Remove(handle);
        return handle;
    }

    private void Restore(int position)
    {
        int handle = _heap[position];
        while (position > 0 && IsBefore(handle, _heap[(position - 1) / 2]))
        {
            position = Move(_heap[(position - 1) / 2], position, (position - 1) / 2);
        }

        for (int child = (2 * position) + 1; child < _count; child = (2 * position) + 1)
        {
            if (child + 1 < _count && IsBefore(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!IsBefore(_heap[child], handle))
            {
                break;
            }

            position = Move(_heap[child], position, child);
        }

        _heap[position] = handle;
        _positions[handle] = position;
    }

    private int Move(int handle, int to, int from)
    {
        _heap[to] = handle;
        _positions[handle] = to;
        return from;
    }

    private bool IsBefore(int left, int right) =>
        _times[left] != _times[right] ? _times[left] < _times[right] : _sequences[left] < _sequences[right];
}
