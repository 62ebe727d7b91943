namespace OrderPlatform.Engine.Tests.Model;

/// <summary>A state as numbers with names, so that two of them are compared without a word of text unless they differ.</summary>
internal sealed class StateLines
{
    private readonly List<decimal> _values = [];
    private readonly List<string> _names = [];

    public void Add(string name, decimal value)
    {
        _names.Add(name);
        _values.Add(value);
    }

    public void Clear()
    {
        _names.Clear();
        _values.Clear();
    }

    public bool IsSame(StateLines other) => _values.SequenceEqual(other._values);

    /// <summary>The first difference, with what stands before it.</summary>
    public string Difference(StateLines other)
    {
        int at = 0;
        while (at < _values.Count && at < other._values.Count && _values[at] == other._values[at])
        {
            at++;
        }

        int row = Math.Min(at, _names.Count - 1);
        while (row > 0 && !_names[row].StartsWith("==", StringComparison.Ordinal))
        {
            row--;
        }

        return $"of {string.Join(", ", Enumerable.Range(row, Math.Max(0, at - row)).Select(Line))}: {Line(at)} instead of {other.Line(at)}";
    }

    public override string ToString() => string.Join('\n', Enumerable.Range(0, _values.Count).Select(Line));

    private string Line(int at) => at < _values.Count ? $"{_names[at]} {_values[at]:0.########}" : "nothing";
}
