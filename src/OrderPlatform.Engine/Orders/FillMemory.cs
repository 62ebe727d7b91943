using OrderPlatform.Engine.Collections;

namespace OrderPlatform.Engine.Orders;

/// <summary>The venue trade ids of the fills that were booked last, so that a doubled report is recognised (T5).</summary>
public sealed class FillMemory
{
    private readonly ulong[] _keys;
    private readonly KeyIndex _index;
    private long _added;

    /// <summary>Remembers the last <paramref name="capacity"/> fills.</summary>
    public FillMemory(int capacity)
    {
        _keys = new ulong[capacity];
        _index = new KeyIndex(capacity);
    }

    /// <summary>Fills remembered since the start.</summary>
    public long Added => _added;

    /// <summary>
    /// Digest key of a fill: unique up to a hash collision in 2^64. Account and side belong to it, because a trade between two orders of ours has one id and is
    /// a fill of each.
    /// </summary>
    public static ulong KeyOf(int account, int instrument, Messages.Side side, ulong venueTradeId)
    {
        Digests.DigestBuilder digest = default;
        digest.Add((long)account);
        digest.Add((long)instrument);
        digest.Add((ulong)side);
        digest.Add(venueTradeId);
        return digest.Value;
    }

    /// <summary>Whether a fill was booked already.</summary>
    public bool Contains(ulong key) => _index.TryGet(key, out _);

    /// <summary>Remembers a fill; the oldest makes room.</summary>
    public void Add(ulong key)
    {
        int place = (int)(_added % _keys.Length);
        if (_added >= _keys.Length)
        {
            _index.Remove(_keys[place]);
        }

        _keys[place] = key;
        _index.TryAdd(key, place);
        _added++;
    }

    /// <summary>Number of the oldest fill that is remembered, counted from the start.</summary>
    internal long Oldest => _added < _keys.Length ? 0 : _added - _keys.Length;

    /// <summary>The key of a remembered fill.</summary>
    internal ulong KeyAt(long number) => _keys[number % _keys.Length];

    /// <summary>Remembers a fill of a snapshot under its number; they come oldest first.</summary>
    /// <returns><c>false</c> if the key is remembered already.</returns>
    internal bool TryRestore(long number, ulong key)
    {
        int place = (int)(number % _keys.Length);
        if (!_index.TryAdd(key, place))
        {
            return false;
        }

        _keys[place] = key;
        _added = number + 1;
        return true;
    }

    /// <summary>The remembered keys, oldest first, into a digest.</summary>
    internal void AddTo(ref Digests.DigestBuilder digest)
    {
        digest.Add(_added);
        for (long number = Oldest; number < _added; number++)
        {
            digest.Add(KeyAt(number));
        }
    }
}
