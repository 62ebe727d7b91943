using System;
using OrderPlatform.Engine.Collections;

namespace OrderPlatform.Engine.Orders;

/// <summary>
/// Orders in a bounded table. Ended orders stay, so that late reports find them; when no row is free the one that ended first makes room. When all
/// rows hold open orders the table is full.
/// </summary>
public sealed class OrderTable
{
    private const int None = -1;

    private readonly Order[] _rows;
    private readonly KeyIndex _index;
    private int _used;
    private int _firstEnded = None;
    private int _lastEnded = None;

    /// <summary>An empty table.</summary>
    public OrderTable(int capacity)
    {
        _rows = new Order[capacity];
        _index = new KeyIndex(capacity);
    }

    /// <summary>Orders that can still execute.</summary>
    public int OpenCount { get; private set; }

    /// <summary>Open orders that are asked for at their venues; while there are some, nothing new is sent.</summary>
    public int InDoubtCount { get; private set; }

    /// <summary>Whether every row holds an open order.</summary>
    public bool IsFull => OpenCount == _rows.Length;

    /// <summary>An order by its row.</summary>
    public ref Order this[int row] => ref _rows[row];

    /// <summary>All rows that were ever used; a remembered order has a <see cref="Order.ClientOrderId"/>.</summary>
    public ReadOnlySpan<Order> Rows => _rows.AsSpan(0, _used);

    /// <summary>The row of an order.</summary>
    public bool TryFind(ulong clientOrderId, out int row) => _index.TryGet(clientOrderId, out row);

    /// <summary>Adds an open order.</summary>
    /// <exception cref="InvalidOperationException">The table is full, or has the id: the caller had to ask before.</exception>
    public int Add(in Order order)
    {
        int row = _used < _rows.Length ? _used++ : TakeOldestEnded();
        _rows[row] = order;
        _rows[row].Next = None;
        if (!_index.TryAdd(order.ClientOrderId, row))
        {
            throw new InvalidOperationException($"client order id {order.ClientOrderId} exists already");
        }

        OpenCount++;
        return row;
    }

    /// <summary>Notes that an order ended; it stays findable until its row is needed.</summary>
    public void End(int row)
    {
        OpenCount--;
        if (_lastEnded == None)
        {
            _firstEnded = row;
        }
        else
        {
            _rows[_lastEnded].Next = row;
        }

        _lastEnded = row;
    }

    /// <summary>Puts every open order in doubt.</summary>
    public void DoubtOpen()
    {
        for (int row = 0; row < _used; row++)
        {
            _rows[row].InDoubt = _rows[row].IsOpen;
        }

        InDoubtCount = OpenCount;
    }

    /// <summary>An order is known again, or has ended.</summary>
    /// <returns>Whether it was the last one in doubt.</returns>
    public bool Settle(int row)
    {
        if (!_rows[row].InDoubt)
        {
            return false;
        }

        _rows[row].InDoubt = false;
        return --InDoubtCount == 0;
    }

    /// <summary>Takes the next row of a snapshot as it is; <see cref="TryLink"/> must follow once all are there.</summary>
    /// <returns><c>false</c> if the id is there already.</returns>
    internal bool TryRestore(in Order order)
    {
        if (!_index.TryAdd(order.ClientOrderId, _used))
        {
            return false;
        }

        _rows[_used++] = order;
        OpenCount += order.IsOpen ? 1 : 0;
        InDoubtCount += order.InDoubt ? 1 : 0;
        return true;
    }

    /// <summary>Finds both ends of the list of ended orders, which their links determine.</summary>
    /// <param name="wrong">A row whose link cannot be right: then the table must not be used.</param>
    internal bool TryLink(out int wrong)
    {
        var hasBefore = new bool[_used];
        _lastEnded = None;
        for (wrong = 0; wrong < _used; wrong++)
        {
            int next = _rows[wrong].Next;
            bool isEnd = next == None;
            bool isSound = _rows[wrong].IsOpen ? isEnd
                : isEnd ? _lastEnded == None
                : next >= 0 && next < _used && !_rows[next].IsOpen && !hasBefore[next];
            if (!isSound)
            {
                return false;
            }

            if (!isEnd)
            {
                hasBefore[next] = true;
            }
            else if (!_rows[wrong].IsOpen)
            {
                _lastEnded = wrong;
            }
        }

        return TryFindFirst(hasBefore, out wrong);
    }

    // Every link is sound by itself and no two lead to one row: what is left to refuse are rings.
    private bool TryFindFirst(bool[] hasBefore, out int first)
    {
        int ended = _used - OpenCount;
        for (first = 0; first < _used && (hasBefore[first] || _rows[first].IsOpen); first++)
        {
        }

        _firstEnded = first < _used ? first : None;
        for (int row = _firstEnded; row != None; row = _rows[row].Next)
        {
            ended--;
        }

        first = _firstEnded == None ? 0 : _firstEnded;
        return ended == 0;
    }

    private int TakeOldestEnded()
    {
        int row = _firstEnded;
        if (row == None)
        {
            throw new InvalidOperationException("the order table is full");
        }

        _firstEnded = _rows[row].Next;
        _lastEnded = _firstEnded == None ? None : _lastEnded;
        _index.Remove(_rows[row].ClientOrderId);
        return row;
    }
}
