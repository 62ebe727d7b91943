using OrderPlatform.Simulation.MarketData.Input;

namespace OrderPlatform.Simulation.MarketData.Csv;

/// <summary>Takes a line of a layout apart into numbers: prices and quantities scaled by 1e8, times in nanoseconds since the epoch.</summary>
internal sealed class CsvRow(CsvLayout layout, int columnCount, SourcePlace place)
{
    private readonly long[] _values = new long[(int)CsvColumn.AskQuantity + 1];
    private readonly CsvColumn[] _columns = layout.Columns;
    private EpochTime _time = new(layout.NanosPerUnit);

    /// <summary>The number of a column in the line read last; 0 if the layout has no such column.</summary>
    public long this[CsvColumn column] => _values[(int)column];

    /// <exception cref="MarketDataException">Another count of columns than the first line's, or a field that is not what its column holds.</exception>
    public void Read(ReadOnlySpan<byte> line)
    {
        int count = CsvLayouts.ColumnCount(line);
        if (count != columnCount)
        {
            throw place.Error($"the row has {count} columns, the file {columnCount}", "repair or remove the row, or restore the end of the file");
        }

        ReadOnlySpan<byte> rest = line;
        for (int index = 0; index < _columns.Length; index++)
        {
            int comma = rest.IndexOf((byte)',');
            ReadOnlySpan<byte> field = comma < 0 ? rest : rest[..comma];
            if (_columns[index] != CsvColumn.Ignored && !TryRead(_columns[index], field, out _values[(int)_columns[index]]))
            {
                throw place.Error(
                    $"column {index + 1} ({layout.ColumnName(index)}) is {SourcePlace.Quote(field)}, not {Expected(_columns[index])}", "repair or remove the row");
            }

            rest = rest[(comma + 1)..];
        }
    }

    /// <summary>A flag in the forms that exporters write.</summary>
    public static bool TryParseBoolean(ReadOnlySpan<byte> field, out long value)
    {
        bool isTrue = field is [(byte)'1'] || field.SequenceEqual("true"u8) || field.SequenceEqual("True"u8);
        value = isTrue ? 1 : 0;
        return isTrue || field is [(byte)'0'] || field.SequenceEqual("false"u8) || field.SequenceEqual("False"u8);
    }

    private bool TryRead(CsvColumn column, ReadOnlySpan<byte> field, out long value)
    {
        switch (column)
        {
            case CsvColumn.Time:
                return TryReadTime(field, 0, out value);
            case CsvColumn.CloseTime:
                return TryReadTime(field, 1, out value);
            case CsvColumn.TradeId:
                return Utf8Number.TryParseWhole(field, out value);
            case CsvColumn.BuyerIsMaker:
                return TryParseBoolean(field, out value);
            case CsvColumn.TakerSide:
                value = (long)(field.SequenceEqual("buy"u8) ? Aggressor.Buy : field.SequenceEqual("sell"u8) ? Aggressor.Sell : Aggressor.Unknown);
                return value != (long)Aggressor.Unknown;
            case CsvColumn.ExecutionKind:
                value = field.SequenceEqual("MARKET"u8) ? 1 : 0;
                return field.Length > 0;
            default:
                return Utf8Number.TryParseFixedPoint(field, out value);
        }
    }

    private bool TryReadTime(ReadOnlySpan<byte> field, long unitsLater, out long nanos)
    {
        bool isWhole = Utf8Number.TryParseWhole(field, out long value);
        nanos = isWhole ? _time.ToNanos(value, place) + (unitsLater * _time.NanosPerUnit) : 0;
        return isWhole;
    }

    private static string Expected(CsvColumn column) => column switch
    {
        CsvColumn.Time or CsvColumn.CloseTime => "a time in whole units since 1970",
        CsvColumn.TradeId => "a whole number",
        CsvColumn.BuyerIsMaker => "true, false, 1 or 0",
        CsvColumn.TakerSide => "buy or sell",
        CsvColumn.ExecutionKind => "a kind of execution",
        _ => "a decimal number of at most 8 decimals within ±92 billion",
    };
}
