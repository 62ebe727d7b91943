namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>The cells of a scenario: where they really are, what they are called, and what they hold before the first access.</summary>
internal sealed unsafe class CellMap
{
    private readonly Dictionary<nint, int> _indexes = [];
    private readonly List<string> _names = [];
    private readonly List<long> _initial = [];

    public int Count => _names.Count;

    public int IndexOf(nint address) =>
        _indexes.TryGetValue(address, out int index) ? index : throw new Violation("An access to a cell that the scenario does not name.");

    public string Name(int cell) => _names[cell];

    public long InitialValue(int cell) => _initial[cell];

    public void Add(string name, long* cell) => Add(name, (nint)cell, *cell);

    public void Add(string name, int* cell) => Add(name, (nint)cell, *cell);

    private void Add(string name, nint address, long value)
    {
        _indexes.Add(address, _names.Count);
        _names.Add(name);
        _initial.Add(value);
    }
}
