using System;
using System.Numerics;
using OrderPlatform.Engine.Collections;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Timers;

namespace OrderPlatform.Engine.Orders;

/// <summary>
/// Orders in a bounded table. Each client has the rows that were promised to it and no others, so that no client's flood takes another's (R26, R27). Ended
/// orders stay, so that late reports find them, the last <see cref="RememberedMax"/> of a client; when its rows are used up, its order that ended first makes
/// room. When all hold open orders they are full.
/// </summary>
public sealed class OrderTable
{
    /// <summary>Ended orders of a client that are remembered: enough for late reports, and few enough to stay near the processor.</summary>
    public const int RememberedMax = 4_096;

    private const int None = -1;

    private readonly Order[] _rows;
    private readonly KeyIndex _index;
    private readonly KeyIndex _groups;
    private int _used;

    /// <summary>An empty table.</summary>
    public OrderTable(int capacity)
    {
        _rows = new Order[capacity];
        _index = new KeyIndex(capacity);
        _groups = new KeyIndex(capacity);
    }

    /// <summary>Orders that can still execute.</summary>
    public int OpenCount { get; private set; }

    /// <summary>Open orders that are asked for at their venues.</summary>
    public int InDoubtCount { get; private set; }

    /// <summary>An order by its row.</summary>
    public ref Order this[int row] => ref _rows[row];

    /// <summary>All rows that were ever used; a remembered order has a <see cref="Order.ClientOrderId"/>.</summary>
    public Span<Order> Rows => _rows.AsSpan(0, _used);

    /// <summary>Whether all rows of a client hold open orders.</summary>
    public static bool IsFull(in Client client) => client.OpenOrders >= client.MaximumOrders;

    /// <summary>The row of an order.</summary>
    public bool TryFind(ulong clientOrderId, out int row) => _index.TryGet(KeyOf(clientOrderId), out row);

    /// <summary>An open order of a group, by the group's key.</summary>
    public bool TryFindLinked(ulong key, out int row) => _groups.TryGet(key, out row);

    internal void AddLinked(ulong key, int row) => _groups.TryAdd(key, row);

    internal void RemoveLinked(ulong key) => _groups.Remove(key);

    /// <summary>Adds an open order.</summary>
    /// <param name="client">Its client.</param>
    /// <param name="order">The order.</param>
    /// <exception cref="InvalidOperationException">The client's rows are full, or the id is there: the caller had to ask before.</exception>
    public int Add(ref Client client, in Order order)
    {
        int row = IsFreshNext(client) ? TakeFresh(ref client) : TakeOldestEnded(ref client);
        _rows[row] = order;
        _rows[row].Next = None;
        if (!_index.TryAdd(KeyOf(order.ClientOrderId), row))
        {
            throw new InvalidOperationException($"client order id {order.ClientOrderId} exists already");
        }

        OpenCount++;
        client.OpenOrders++;
        return row;
    }

    /// <summary>The row that the client's next order would take from one that ended must have no timer any more.</summary>
    internal void Forget(TimerTable timers, in Client client)
    {
        if (!IsFreshNext(client) && client.FirstEnded != None)
        {
            timers.Cancel(ref _rows[client.FirstEnded].Timer);
        }
    }

    /// <summary>Notes that an order ended; it stays findable until its row is needed.</summary>
    public void End(ref Client client, int row)
    {
        OpenCount--;
        client.OpenOrders--;
        if (client.LastEnded == None)
        {
            client.FirstEnded = row;
        }
        else
        {
            _rows[client.LastEnded].Next = row;
        }

        client.LastEnded = row;
    }

    /// <summary>Puts an open order in doubt.</summary>
    public void Doubt(ref Client client, int row)
    {
        if (!_rows[row].InDoubt)
        {
            _rows[row].InDoubt = true;
            InDoubtCount++;
            client.InDoubt++;
        }
    }

    /// <summary>An order is known again, or has ended.</summary>
    public void Settle(ref Client client, int row)
    {
        if (_rows[row].InDoubt)
        {
            _rows[row].InDoubt = false;
            InDoubtCount--;
            client.InDoubt--;
        }
    }

    /// <summary>Takes the next row of a snapshot as it is; <see cref="TryLink"/> must follow for each client once all are there.</summary>
    /// <returns><c>false</c> if the id is there already.</returns>
    internal bool TryRestore(ref Client client, in Order order)
    {
        if (!_index.TryAdd(KeyOf(order.ClientOrderId), _used))
        {
            return false;
        }

        _rows[_used++] = order;
        OpenCount += order.IsOpen ? 1 : 0;
        client.OpenOrders += order.IsOpen ? 1u : 0;
        InDoubtCount += order.InDoubt ? 1 : 0;
        client.InDoubt += order.InDoubt ? 1u : 0;
        return true;
    }

    /// <summary>Whether a client's list of ended orders, as a snapshot has it, is one list of its ended rows.</summary>
    /// <param name="client">The client.</param>
    /// <param name="wrong">A row whose link cannot be right, or -1.</param>
    internal bool TryLink(in Client client, out int wrong)
    {
        long ended = 0;
        int last = None;
        for (wrong = client.FirstEnded; wrong != None; wrong = _rows[wrong].Next)
        {
            if (wrong < 0 || wrong >= _used || _rows[wrong].IsOpen || ++ended > client.OrderRows)
            {
                return false;
            }

            last = wrong;
        }

        return last == client.LastEnded && ended == (long)client.OrderRows - client.OpenOrders;
    }

    private bool IsFreshNext(in Client client) =>
        client.OrderRows < client.MaximumOrders && _used < _rows.Length && client.OrderRows - client.OpenOrders < RememberedMax;

    private int TakeFresh(ref Client client)
    {
        client.OrderRows++;
        return _used++;
    }

    private int TakeOldestEnded(ref Client client)
    {
        int row = client.FirstEnded;
        if (row == None)
        {
            throw new InvalidOperationException("the client's rows of the order table are full");
        }

        client.FirstEnded = _rows[row].Next;
        client.LastEnded = client.FirstEnded == None ? None : client.LastEnded;
        _index.Remove(KeyOf(_rows[row].ClientOrderId));
        return row;
    }

    // Sequences of inputs in the low bits: orders that were made one after the other lie beside each other in the index.
    private static ulong KeyOf(ulong clientOrderId) => BitOperations.RotateRight(clientOrderId, 6);
}
