using System;
using OrderPlatform.Engine.ReferenceData;

namespace OrderPlatform.Engine.Execution;

/// <summary>Parent orders that are under way, in a bounded table; an ended one leaves its row to the next.</summary>
public sealed class ParentTable
{
    /// <summary>No parent order.</summary>
    public const int None = -1;

    private readonly ParentOrder[] _rows;

    /// <summary>An empty table.</summary>
    public ParentTable(int capacity) => _rows = new ParentOrder[capacity];

    /// <summary>Parent orders under way.</summary>
    public int Count { get; private set; }

    /// <summary>Whether it takes no more.</summary>
    public bool IsFull => Count == _rows.Length;

    /// <summary>A parent order by its row.</summary>
    public ref ParentOrder this[int row] => ref _rows[row];

    /// <summary>All rows that were ever used; one that is under way has an <see cref="ParentOrder.Id"/>.</summary>
    public Span<ParentOrder> Rows => _rows.AsSpan(0, Used);

    /// <summary>Rows that were ever used.</summary>
    public int Used { get; private set; }

    /// <summary>Adds a parent order, in a row that its client used before or a fresh one: so the order of a client's rows is no matter of others (R27).</summary>
    /// <exception cref="InvalidOperationException">The table is full: the caller had to ask before.</exception>
    public int Add(ref Client client, in ParentOrder parent)
    {
        int row = client.FirstFreeParent;
        if (row == None)
        {
            if (Used == _rows.Length)
            {
                throw new InvalidOperationException("the table of parent orders is full");
            }

            row = Used++;
        }
        else
        {
            client.FirstFreeParent = _rows[row].Next;
        }

        _rows[row] = parent;
        _rows[row].Next = None;
        Count++;
        return row;
    }

    /// <summary>Removes one that ended.</summary>
    public void Remove(ref Client client, int row)
    {
        _rows[row] = new ParentOrder { Position = None, FirstOrder = None, Timer = None, Next = client.FirstFreeParent };
        client.FirstFreeParent = row;
        Count--;
    }

    /// <summary>Takes the next row of a snapshot.</summary>
    internal void Restore(in ParentOrder parent)
    {
        _rows[Used++] = parent;
        Count += parent.Id == 0 ? 0 : 1;
    }

    /// <summary>Whether the clients' lists of free rows, once all rows of a snapshot are there, are of all free rows, each once.</summary>
    internal bool IsLinked(ReadOnlySpan<Client> clients)
    {
        int free = 0;
        foreach (ref readonly Client client in clients)
        {
            for (int row = client.FirstFreeParent; row != None; row = _rows[row].Next)
            {
                if (row < 0 || row >= Used || _rows[row].Id != 0 || ++free > Used)
                {
                    return false;
                }
            }
        }

        return free == Used - Count;
    }
}
