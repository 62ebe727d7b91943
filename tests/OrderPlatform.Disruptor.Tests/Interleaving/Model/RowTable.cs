namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>Gives equal rows of numbers the same number, so that a state is a few numbers and equality of states is that of them.</summary>
internal sealed class RowTable
{
    private readonly List<int[]> _rows = [];
    private int[] _slots = new int[1024];

    public ReadOnlySpan<int> this[int id] => _rows[id];

    public int Intern(ReadOnlySpan<int> row)
    {
        int slot = Find(row);
        if (_slots[slot] != 0)
            return _slots[slot] - 1;
        _rows.Add(row.ToArray());
        _slots[slot] = _rows.Count;
        if (_rows.Count * 2 > _slots.Length)
            Enlarge();
        return _rows.Count - 1;
    }

    private int Find(ReadOnlySpan<int> row)
    {
        int mask = _slots.Length - 1;
        int slot = (int)RowHash.Of(row).Low & mask;
        while (_slots[slot] != 0 && !row.SequenceEqual(_rows[_slots[slot] - 1]))
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Enlarge()
    {
        _slots = new int[_slots.Length * 2];
        for (int id = 0; id < _rows.Count; id++)
            _slots[Find(_rows[id])] = id + 1;
    }
}

/// <summary>128 bits of a row of numbers: two different states of a run meet in them with a chance that does not matter.</summary>
internal static class RowHash
{
    public static (ulong Low, ulong High) Of(ReadOnlySpan<int> row)
    {
        ulong low = 0x9E37_79B9_7F4A_7C15;
        ulong high = 0xC2B2_AE3D_27D4_EB4F;
        foreach (int number in row)
        {
            low = Mix(low ^ (uint)number, 0xFF51_AFD7_ED55_8CCD);
            high = Mix(high + (uint)number, 0xC4CE_B9FE_1A85_EC53);
        }

        return (low ^ (low >> 29), high ^ (high >> 31));
    }

    private static ulong Mix(ulong value, ulong factor)
    {
        value *= factor;
        return value ^ (value >> 32);
    }
}
