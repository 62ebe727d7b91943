using System;

namespace OrderPlatform.Engine.MarketData;

/// <summary>Histories in the rows of their instruments.</summary>
public sealed class HistoryTable
{
    private readonly InstrumentHistory[] _rows;

    /// <summary>Empty histories.</summary>
    public HistoryTable(int capacity) => _rows = new InstrumentHistory[capacity];

    /// <summary>The history of the instrument of a row.</summary>
    public ref InstrumentHistory this[int instrument] => ref _rows[instrument];

    /// <summary>The first rows.</summary>
    internal Span<InstrumentHistory> Rows(int count) => _rows.AsSpan(0, count);
}
