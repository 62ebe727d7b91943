using System;
using OrderPlatform.Engine.Collections;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>A bounded table of rows that are added under an outside id and never removed; row numbers are dense and in order of arrival.</summary>
/// <typeparam name="TRow">The row.</typeparam>
public sealed class Table<TRow>
    where TRow : struct
{
    private readonly TRow[] _rows;
    private readonly KeyIndex _index;

    /// <summary>An empty table.</summary>
    public Table(int capacity)
    {
        _rows = new TRow[capacity];
        _index = new KeyIndex(capacity);
    }

    /// <summary>The most rows it takes.</summary>
    public int Capacity => _rows.Length;

    /// <summary>Rows in it.</summary>
    public int Count { get; private set; }

    /// <summary>Whether it takes no more rows.</summary>
    public bool IsFull => Count == _rows.Length;

    /// <summary>A row by its number.</summary>
    public ref TRow this[int row] => ref _rows[row];

    /// <summary>The rows in order of arrival.</summary>
    public Span<TRow> Rows => _rows.AsSpan(0, Count);

    /// <summary>The number of the row with an id.</summary>
    public bool TryFind(ulong id, out int row) => _index.TryGet(id, out row);

    /// <summary>Adds a row under an id that is not there yet.</summary>
    /// <exception cref="InvalidOperationException">The table is full or has the id; the caller had to ask before.</exception>
    public int Add(ulong id, in TRow value)
    {
        if (IsFull || !_index.TryAdd(id, Count))
        {
            throw new InvalidOperationException($"no room for id {id}, or it is there already");
        }

        _rows[Count] = value;
        return Count++;
    }
}
