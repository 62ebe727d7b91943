namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>The states that were reached, by their 128-bit hash, with the number of executions that lead on from each to an end.</summary>
internal sealed class VisitedStates
{
    /// <summary>Marks a state whose successors are being explored: to meet it again means that the programs go round in a circle.</summary>
    private const double Open = -1;

    private ulong[] _keys = new ulong[2 << 12];
    private int[] _entries = new int[1 << 12];
    private readonly List<double> _executions = [];

    public int Count => _executions.Count;

    /// <summary>Adds the state if it is new.</summary>
    /// <returns>False if it was there.</returns>
    public bool Add(ReadOnlySpan<int> state, out int entry)
    {
        (ulong low, ulong high) = RowHash.Of(state);
        int slot = Find(low, high);
        entry = _entries[slot] - 1;
        if (entry >= 0)
            return false;
        entry = _executions.Count;
        _executions.Add(Open);
        (_keys[2 * slot], _keys[(2 * slot) + 1], _entries[slot]) = (low, high, entry + 1);
        if (_executions.Count * 2 > _entries.Length)
            Enlarge();
        return true;
    }

    public bool IsOpen(int entry) => _executions[entry] == Open;

    public double Executions(int entry) => _executions[entry];

    public void Close(int entry, double executions) => _executions[entry] = executions;

    private int Find(ulong low, ulong high)
    {
        int mask = _entries.Length - 1;
        int slot = (int)low & mask;
        while (_entries[slot] != 0 && (_keys[2 * slot] != low || _keys[(2 * slot) + 1] != high))
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Enlarge()
    {
        (ulong[] keys, int[] entries) = (_keys, _entries);
        _keys = new ulong[keys.Length * 2];
        _entries = new int[entries.Length * 2];
        for (int from = 0; from < entries.Length; from++)
        {
            if (entries[from] == 0)
                continue;
            int slot = Find(keys[2 * from], keys[(2 * from) + 1]);
            (_keys[2 * slot], _keys[(2 * slot) + 1], _entries[slot]) = (keys[2 * from], keys[(2 * from) + 1], entries[from]);
        }
    }
}
