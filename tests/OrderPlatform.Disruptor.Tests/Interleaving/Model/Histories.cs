namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>
/// The messages of a cell that some thread may still read, as a number for a row: the place of the first, then for each its value and
/// the view that it passes on. Places count from the start of the run; what nobody can read any more is dropped.
/// </summary>
internal sealed class Histories
{
    private const int MessageInts = 3;

    private readonly RowTable _rows = new();
    private readonly Dictionary<(int History, int Floor), int> _trimmed = [];
    private int[] _buffer = new int[1 + (64 * MessageInts)];

    public int Initial(long value)
    {
        ReadOnlySpan<int> row = [0, (int)value, (int)(value >> 32), Views.None];
        return _rows.Intern(row);
    }

    public int First(int history) => _rows[history][0];

    public int Last(int history) => _rows[history][0] + (_rows[history].Length / MessageInts) - 1;

    public long Value(int history, int place)
    {
        ReadOnlySpan<int> message = Message(history, place);
        return (uint)message[0] | ((long)message[1] << 32);
    }

    public int View(int history, int place) => Message(history, place)[2];

    public int Append(int history, long value, int view)
    {
        ReadOnlySpan<int> row = _rows[history];
        if (_buffer.Length < row.Length + MessageInts)
            _buffer = new int[2 * _buffer.Length];
        row.CopyTo(_buffer);
        (_buffer[row.Length], _buffer[row.Length + 1], _buffer[row.Length + 2]) = ((int)value, (int)(value >> 32), view);
        return _rows.Intern(_buffer.AsSpan(0, row.Length + MessageInts));
    }

    /// <summary>Without the messages before <paramref name="floor"/>.</summary>
    public int Trim(int history, int floor)
    {
        int first = First(history);
        if (floor <= first)
            return history;
        if (_trimmed.TryGetValue((history, floor), out int trimmed))
            return trimmed;
        ReadOnlySpan<int> kept = _rows[history][(1 + ((floor - first) * MessageInts))..];
        _buffer[0] = floor;
        kept.CopyTo(_buffer.AsSpan(1));
        trimmed = _rows.Intern(_buffer.AsSpan(0, 1 + kept.Length));
        _trimmed.Add((history, floor), trimmed);
        return trimmed;
    }

    private ReadOnlySpan<int> Message(int history, int place) =>
        _rows[history].Slice(1 + ((place - First(history)) * MessageInts), MessageInts);
}
