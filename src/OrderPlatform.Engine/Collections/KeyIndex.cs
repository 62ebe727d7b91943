using System;
using System.Numerics;

namespace OrderPlatform.Engine.Collections;

/// <summary>
/// A bounded map from 64-bit keys to table rows: open addressing, linear probing, deletion by shifting back, no tombstones, no allocation after
/// construction. It is never enumerated: whoever needs an order walks the table itself, so that no result depends on the history of this map.
/// </summary>
public sealed class KeyIndex
{
    private const int Empty = -1;

    private readonly ulong[] _keys;
    private readonly int[] _rows;
    private readonly int _mask;
    private readonly int _shift;

    /// <summary>An index for at most <paramref name="capacity"/> keys; at most half of its places are ever used.</summary>
    public KeyIndex(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Capacity = capacity;
        int places = (int)BitOperations.RoundUpToPowerOf2((uint)capacity * 2);
        _keys = new ulong[places];
        _rows = new int[places];
        Array.Fill(_rows, Empty);
        _mask = places - 1;
        _shift = 64 - BitOperations.Log2((uint)places);
    }

    /// <summary>The most keys it takes.</summary>
    public int Capacity { get; }

    /// <summary>Keys in it.</summary>
    public int Count { get; private set; }

    /// <summary>The row of a key.</summary>
    public bool TryGet(ulong key, out int row)
    {
        int place = PlaceOf(key);
        row = _rows[place];
        return row != Empty;
    }

    /// <summary>Adds a key that is not there yet.</summary>
    /// <returns><c>false</c> if the key is there already or the index is full; nothing changes then.</returns>
    public bool TryAdd(ulong key, int row)
    {
        int place = PlaceOf(key);
        if (_rows[place] != Empty || Count == Capacity)
        {
            return false;
        }

        _keys[place] = key;
        _rows[place] = row;
        Count++;
        return true;
    }

    /// <summary>Removes a key.</summary>
    public bool Remove(ulong key)
    {
        int hole = PlaceOf(key);
        if (_rows[hole] == Empty)
        {
            return false;
        }

        Count--;

        // An entry further on may move into the hole if its home is not between the hole and itself: then no probe for it passes an empty place.
        for (int place = (hole + 1) & _mask; _rows[place] != Empty; place = (place + 1) & _mask)
        {
            int home = HomeOf(_keys[place]);
            if (((place - home) & _mask) >= ((place - hole) & _mask))
            {
                _keys[hole] = _keys[place];
                _rows[hole] = _rows[place];
                hole = place;
            }
        }

        _rows[hole] = Empty;
        return true;
    }

    private int PlaceOf(ulong key)
    {
        int place = HomeOf(key);
        while (_rows[place] != Empty && _keys[place] != key)
        {
            place = (place + 1) & _mask;
        }

        return place;
    }

    // Fibonacci hashing: the top bits of a product by 2^64 / phi spread consecutive ids.
    private int HomeOf(ulong key) => (int)unchecked((key * 0x9E3779B97F4A7C15UL) >> _shift) & _mask;
}
