using System;
using System.Numerics;

namespace OrderPlatform.Engine.Collections;

/// <summary>
/// A bounded map from 64-bit keys to table rows: chains whose entries are reused, no allocation after construction. Consecutive keys hang in neighbouring chains, and
/// an entry that became free last is taken first, so that what is used now lies together, however large the index is. It is never
/// enumerated: whoever needs an order walks the table itself, so that no result depends on the history of this map.
/// </summary>
public sealed class KeyIndex
{
    // Heads of the chains and of the free entries, plus one: zeroed memory is empty.
    private readonly int[] _heads;
    private readonly Entry[] _entries;
    private readonly int _bits;
    private int _free;
    private int _used;

    /// <summary>An index for at most <paramref name="capacity"/> keys.</summary>
    public KeyIndex(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _heads = new int[BitOperations.RoundUpToPowerOf2((uint)capacity)];
        _entries = new Entry[capacity];
        _bits = BitOperations.Log2((uint)_heads.Length);
    }

    /// <summary>The most keys it takes.</summary>
    public int Capacity => _entries.Length;

    /// <summary>Keys in it.</summary>
    public int Count { get; private set; }

    /// <summary>The row of a key.</summary>
    public bool TryGet(ulong key, out int row)
    {
        for (int at = _heads[HomeOf(key)]; at != 0; at = _entries[at - 1].Next)
        {
            ref Entry entry = ref _entries[at - 1];
            if (entry.Key == key)
            {
                row = entry.Row;
                return true;
            }
        }

        row = -1;
        return false;
    }

    /// <summary>Adds a key that is not there yet.</summary>
    /// <returns><c>false</c> if the key is there already or the index is full; nothing changes then.</returns>
    public bool TryAdd(ulong key, int row)
    {
        if (Count == Capacity || TryGet(key, out _))
        {
            return false;
        }

        ref int head = ref _heads[HomeOf(key)];
        int at = Take();
        _entries[at - 1] = new Entry(key, row, head);
        head = at;
        Count++;
        return true;
    }

    /// <summary>Removes a key.</summary>
    public bool Remove(ulong key)
    {
        ref int link = ref _heads[HomeOf(key)];
        while (link != 0 && _entries[link - 1].Key != key)
        {
            link = ref _entries[link - 1].Next;
        }

        if (link == 0)
        {
            return false;
        }

        int at = link;
        link = _entries[at - 1].Next;
        _entries[at - 1].Next = _free;
        _free = at;
        Count--;
        return true;
    }

    private int Take()
    {
        if (_free == 0)
        {
            return ++_used;
        }

        int at = _free;
        _free = _entries[at - 1].Next;
        return at;
    }

    // Keys of one block keep their order; each block begins elsewhere (Fibonacci hashing: a product by 2^64 / phi), so that keys that are multiples of the size part too.
    private int HomeOf(ulong key) => unchecked((int)(key + (((key >> _bits) * 0x9E3779B97F4A7C15UL) >> 32))) & (_heads.Length - 1);

    private struct Entry(ulong key, int row, int next)
    {
        public readonly ulong Key = key;
        public readonly int Row = row;
        public int Next = next;
    }
}
