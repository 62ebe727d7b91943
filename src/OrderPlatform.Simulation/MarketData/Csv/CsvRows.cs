using OrderPlatform.Simulation.MarketData.Input;

namespace OrderPlatform.Simulation.MarketData.Csv;

/// <summary>Rows of a CSV layout as events.</summary>
internal sealed class CsvRows(CsvLayout layout, int columnCount, MarketDataFileOptions options, SourcePlace place, EventQueue events) : RowParser
{
    private readonly CsvRow _row = new(layout, columnCount, place);
    private readonly BarAssembler _bars = new(options.BarLengthNanos, place, events);
    private readonly TickAssembler _ticks = new(place, events);
    private readonly bool _hasExecutionKind = layout.Columns.Contains(CsvColumn.ExecutionKind);
    private readonly bool _hasTakerSide = layout.Columns.Contains(CsvColumn.TakerSide);
    private long _skippedCount;
    private bool _hasRows;

    public override string FormatName => layout.Name;

    public override long SkippedCount => _skippedCount;

    public override BarGaps Gaps => _bars.Gaps;

    public override void Parse(ReadOnlySpan<byte> line)
    {
        _row.Read(line);
        _hasRows = true;
        switch (layout.Kind)
        {
            case MarketEventKind.Bar:
                _bars.Add(new BarRow(
                    _row[CsvColumn.Time], _row[CsvColumn.CloseTime],
                    _row[CsvColumn.Open], _row[CsvColumn.High], _row[CsvColumn.Low], _row[CsvColumn.Close], _row[CsvColumn.Volume]));
                break;
            case MarketEventKind.Trade:
                AddTrade();
                break;
            default:
                _ticks.AddQuote(_row[CsvColumn.Time], _row[CsvColumn.Bid], _row[CsvColumn.BidQuantity], _row[CsvColumn.Ask], _row[CsvColumn.AskQuantity]);
                break;
        }
    }

    public override void Finish()
    {
        if (!_hasRows)
        {
            throw place.Error("the file has a header and no rows", "download or export it again");
        }

        _bars.Finish();
    }

    private void AddTrade()
    {
        // Insurance fund and liquidation prints: no trade on the market, and often without a quantity.
        if (_hasExecutionKind && (_row[CsvColumn.ExecutionKind] == 0 || _row[CsvColumn.Quantity] == 0))
        {
            _skippedCount++;
            return;
        }

        Aggressor aggressor = _hasTakerSide
            ? (Aggressor)_row[CsvColumn.TakerSide]
            : _row[CsvColumn.BuyerIsMaker] != 0 ? Aggressor.Sell : Aggressor.Buy;
        _ticks.AddTrade(_row[CsvColumn.Time], _row[CsvColumn.Price], _row[CsvColumn.Quantity], aggressor, _row[CsvColumn.TradeId]);
    }
}
