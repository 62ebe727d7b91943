namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>
/// The messages of a cell that some thread may still read, as a number for a row: for each its value and the view that it passes on.
/// </summary>
internal sealed class Histories(Views views)
{
    private const int MessageInts = 3;

    private readonly RowTable _rows = new();
    private readonly Dictionary<(int History, int Cell, int Known), int> _normalised = [];
    private int[] _buffer = new int[64 * MessageInts];

    public int Initial(long value)
    {
        ReadOnlySpan<int> row = [(int)value, (int)(value >> 32), Views.None];
        return _rows.Intern(row);
    }

    public int Last(int history) => (_rows[history].Length / MessageInts) - 1;

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

    /// <summary>
    /// Without the messages that are behind the floor of all living threads, and with what they all know taken off the views: histories
    /// that differ in nothing else are one.
    /// </summary>
    public int Normalise(int history, int cell, int known)
    {
        if (_normalised.TryGetValue((history, cell, known), out int normal))
            return normal;
        ReadOnlySpan<int> kept = _rows[history][(views.Floor(known, cell) * MessageInts)..];
        int[] row = kept.ToArray();
        for (int view = MessageInts - 1; view < row.Length; view += MessageInts)
        {
            int since = row[view] == Views.None ? views.Nothing : views.Since(row[view], known);
            row[view] = since == views.Nothing ? Views.None : since;
        }

        normal = _rows.Intern(row);
        _normalised.Add((history, cell, known), normal);
        return normal;
    }

    private ReadOnlySpan<int> Message(int history, int place) =>
        _rows[history].Slice(place * MessageInts, MessageInts);
}
