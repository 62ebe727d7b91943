using System;
using System.Numerics;

namespace OrderPlatform.Engine.Collections;

/// <summary>
/// A bounded map from 64-bit keys to table rows: open addressing, linear probing, deletion by shifting back, no tombstones, no allocation after
/// construction. It is never enumerated: whoever needs an order walks the table itself, so that no result depends on the history of this map.
/// </summary>
public sealed class KeyIndex
{
    private readonly Place[] _places;
    private readonly int _mask;
    private readonly int _shift;

    /// <summary>An index for at most <paramref name="capacity"/> keys; at most half of its places are ever used.</summary>
    public KeyIndex(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Capacity = capacity;
        int places = (int)BitOperations.RoundUpToPowerOf2((uint)capacity * 2);
        _places = new Place[places];
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
        ref Place place = ref _places[PlaceOf(key)];
        row = place.Row;
        return place.IsUsed;
    }

    /// <summary>Adds a key that is not there yet.</summary>
    /// <returns><c>false</c> if the key is there already or the index is full; nothing changes then.</returns>
    public bool TryAdd(ulong key, int row)
    {
        ref Place place = ref _places[PlaceOf(key)];
        if (place.IsUsed || Count == Capacity)
        {
            return false;
        }

        place = new Place(key, row);
        Count++;
        return true;
    }

    /// <summary>Removes a key.</summary>
    public bool Remove(ulong key)
    {
        int hole = PlaceOf(key);
        if (!_places[hole].IsUsed)
        {
            return false;
        }

        Count--;

        // An entry further on may move into the hole if its home is not between the hole and itself: then no probe for it passes an empty place.
        for (int at = (hole + 1) & _mask; _places[at].IsUsed; at = (at + 1) & _mask)
        {
            int home = HomeOf(_places[at].Key);
            if (((at - home) & _mask) >= ((at - hole) & _mask))
            {
                _places[hole] = _places[at];
                hole = at;
            }
        }

        _places[hole] = default;
        return true;
    }

    private int PlaceOf(ulong key)
    {
        int at = HomeOf(key);
        while (_places[at].IsUsed && _places[at].Key != key)
        {
            at = (at + 1) & _mask;
        }

        return at;
    }

    // Fibonacci hashing: the top bits of a product by 2^64 / phi spread consecutive ids.
    private int HomeOf(ulong key) => (int)unchecked((key * 0x9E3779B97F4A7C15UL) >> _shift) & _mask;

    // Key and row lie together, so that a probe touches one cache line; a row is kept plus one, so that zeroed memory is empty.
    private readonly struct Place(ulong key, int row)
    {
        private readonly int _rowPlusOne = row + 1;

        public readonly ulong Key = key;

        public bool IsUsed => _rowPlusOne != 0;

        public int Row => _rowPlusOne - 1;
    }
}
