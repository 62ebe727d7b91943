using System.Text;
using OrderPlatform.Simulation.MarketData.Input;

namespace OrderPlatform.Simulation.MarketData.Csv;

/// <summary>One CSV format.</summary>
/// <param name="Name">For people.</param>
/// <param name="Kind">What its rows are.</param>
/// <param name="Header">The column names that tell it; columns after them are ignored.</param>
/// <param name="Columns">What the named columns mean, in order.</param>
/// <param name="ColumnCountMax">Most columns with the ignored ones.</param>
/// <param name="HeaderlessCountMin">Fewest columns by which it is recognised without a header; 0 if it always has one.</param>
/// <param name="NanosPerUnit">Unit of its times; 0 if the magnitude tells.</param>
internal sealed record CsvLayout(
    string Name, MarketEventKind Kind, string Header, CsvColumn[] Columns, int ColumnCountMax, int HeaderlessCountMin, long NanosPerUnit)
{
    private readonly byte[] _header = Encoding.ASCII.GetBytes(Header);

    /// <summary>The column's name in the header, from 0.</summary>
    public string ColumnName(int index) => Header.Split(',')[index];

    public bool MatchesHeader(ReadOnlySpan<byte> line) =>
        line.StartsWith(_header) && (line.Length == _header.Length || line[_header.Length] == ',')
        && CsvLayouts.ColumnCount(line) <= ColumnCountMax;

    /// <summary>Whether a first line without a header has this layout's count and types of columns.</summary>
    public bool MatchesRow(ReadOnlySpan<byte> line)
    {
        int count = CsvLayouts.ColumnCount(line);
        if (HeaderlessCountMin == 0 || count < HeaderlessCountMin || count > ColumnCountMax)
        {
            return false;
        }

        int index = 0;
        foreach (Range range in line.Split((byte)','))
        {
            if (index < Columns.Length && !Fits(Columns[index], line[range]))
            {
                return false;
            }

            index++;
        }

        return true;
    }

    private static bool Fits(CsvColumn column, ReadOnlySpan<byte> field) => column switch
    {
        CsvColumn.Ignored => true,
        CsvColumn.Time or CsvColumn.CloseTime => Utf8Number.TryParseWhole(field, out long time) && EpochTime.NanosPerUnitOf(time) != 0,
        CsvColumn.TradeId => Utf8Number.TryParseWhole(field, out _),
        CsvColumn.BuyerIsMaker => CsvRow.TryParseBoolean(field, out _),
        _ => Utf8Number.TryParseFixedPoint(field, out _),
    };
}
