using System;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Timers;

/// <summary>
/// Timers in a bounded table with a binary heap over it. The earliest fires first, and of equal times the one that was set first. Whoever sets a timer
/// keeps its row to cancel it. The table is as large as all who may set one, each one at a time, so it is never full.
/// </summary>
public sealed class TimerTable
{
    /// <summary>No timer.</summary>
    public const int None = -1;

    private readonly Timer[] _rows;
    private readonly int[] _heap;

    /// <summary>An empty table.</summary>
    public TimerTable(int capacity)
    {
        _rows = new Timer[capacity];
        _heap = new int[capacity];
        Array.Fill(_heap, None);
    }

    /// <summary>Timers that are set.</summary>
    public int Count { get; private set; }

    /// <summary>Rows that were ever used.</summary>
    public int Used { get; private set; }

    /// <summary>First free row among the used ones, or <see cref="None"/>.</summary>
    public int FirstFree { get; private set; } = None;

    /// <summary>Timers set since the start.</summary>
    public ulong Numbered { get; private set; }

    /// <summary>When the next timer is due; <see cref="long.MaxValue"/> if none is set.</summary>
    public long NextDueNanos => Count == 0 ? long.MaxValue : _rows[_heap[0]].DueNanos;

    internal Span<Timer> Rows => _rows.AsSpan(0, Used);

    /// <summary>A used row; one of no kind is free.</summary>
    public ref readonly Timer this[int row] => ref _rows[row];

    /// <summary>Sets a timer.</summary>
    /// <param name="dueNanos">When; a time that is past fires with the next input.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="subject">Row of what it belongs to.</param>
    /// <returns>Its row, to cancel it.</returns>
    public int Set(long dueNanos, TimerKind kind, int subject)
    {
        int row = FirstFree;
        if (row == None)
        {
            row = Used++;
        }
        else
        {
            FirstFree = _rows[row].Place;
        }

        _rows[row] = new Timer { DueNanos = dueNanos, Number = ++Numbered, Kind = kind, Subject = subject };
        Place(Count, row);
        Rise(Count++);
        return row;
    }

    /// <summary>Cancels a timer and forgets its row.</summary>
    /// <param name="row">Its row, or <see cref="None"/>; afterwards <see cref="None"/>.</param>
    public void Cancel(ref int row)
    {
        if (row != None)
        {
            Remove(row);
            row = None;
        }
    }

    /// <summary>Takes the next timer that is due.</summary>
    /// <returns><c>false</c> if none is due yet.</returns>
    public bool TryTakeDue(long nowNanos, out Timer timer)
    {
        if (Count == 0 || _rows[_heap[0]].DueNanos > nowNanos)
        {
            timer = default;
            return false;
        }

        int row = _heap[0];
        timer = _rows[row];
        Remove(row);
        return true;
    }

    /// <summary>Takes the rows of a snapshot.</summary>
    internal void Restore(in Timer timer) => _rows[Used++] = timer;

    /// <summary>Makes the heap again, once all rows are there.</summary>
    /// <returns><c>false</c> if places or the list of free rows cannot be right: then the table must not be used.</returns>
    internal bool TryLink(int firstFree, ulong numbered)
    {
        FirstFree = firstFree;
        Numbered = numbered;
        for (int row = 0; row < Used; row++)
        {
            Count += _rows[row].Kind == TimerKind.None ? 0 : 1;
        }

        for (int row = 0; row < Used; row++)
        {
            ref Timer timer = ref _rows[row];
            if (timer.Kind == TimerKind.None)
            {
                continue;
            }

            if (timer.Place < 0 || timer.Place >= Count || _heap[timer.Place] != None)
            {
                return false;
            }

            _heap[timer.Place] = row;
        }

        return IsHeap() && FreeRows() == Used - Count;
    }

    private bool IsHeap()
    {
        for (int place = 1; place < Count; place++)
        {
            if (IsBefore(_heap[place], _heap[(place - 1) / 2]))
            {
                return false;
            }
        }

        return true;
    }

    private int FreeRows()
    {
        int free = 0;
        for (int row = FirstFree; row != None; row = _rows[row].Place)
        {
            if (row < 0 || row >= Used || _rows[row].Kind != TimerKind.None || ++free > Used)
            {
                return -1;
            }
        }

        return free;
    }

    private void Remove(int row)
    {
        int place = _rows[row].Place;
        int last = _heap[--Count];
        _heap[Count] = None;
        if (last != row)
        {
            Place(place, last);
            Rise(place);
            Sink(_rows[last].Place);
        }

        _rows[row] = new Timer { Place = FirstFree };
        FirstFree = row;
    }

    private void Rise(int place)
    {
        int row = _heap[place];
        while (place > 0 && IsBefore(row, _heap[(place - 1) / 2]))
        {
            Place(place, _heap[(place - 1) / 2]);
            place = (place - 1) / 2;
        }

        Place(place, row);
    }

    private void Sink(int place)
    {
        int row = _heap[place];
        while (true)
        {
            int child = (2 * place) + 1;
            if (child >= Count)
            {
                break;
            }

            child += child + 1 < Count && IsBefore(_heap[child + 1], _heap[child]) ? 1 : 0;
            if (!IsBefore(_heap[child], row))
            {
                break;
            }

            Place(place, _heap[child]);
            place = child;
        }

        Place(place, row);
    }

    private bool IsBefore(int left, int right) =>
        _rows[left].DueNanos < _rows[right].DueNanos || (_rows[left].DueNanos == _rows[right].DueNanos && _rows[left].Number < _rows[right].Number);

    private void Place(int place, int row)
    {
        _heap[place] = row;
        _rows[row].Place = place;
    }
}
