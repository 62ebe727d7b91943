using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.MarketData.Input;

/// <summary>The numbers of one bar as a row gives them. Close time 0: the row has none.</summary>
internal readonly record struct BarRow(long OpenTimeNanos, long CloseTimeNanos, long Open, long High, long Low, long Close, long Volume);

/// <summary>
/// Checks bars and puts them into the queue. Rows without a close time are held until the bar's length shows: the smallest step between the
/// first <see cref="HeldMax"/> rows.
/// </summary>
internal sealed class BarAssembler(long? barLengthNanos, SourcePlace place, EventQueue events)
{
    private const int HeldMax = 64;
    private const long LengthMaxNanos = 366L * 86_400 * 1_000_000_000;
    private const string RepairRow = "repair or remove the row";

    private readonly List<(BarRow Row, long Line)> _held = [];
    private long _lengthNanos = Checked(barLengthNanos, place);
    private long _lastOpenTimeNanos = long.MinValue;
    private long _expectedOpenTimeNanos = long.MinValue;

    public BarGaps Gaps { get; private set; }

    /// <exception cref="MarketDataException">The bar is impossible, doubled or out of order.</exception>
    public void Add(in BarRow row)
    {
        CheckPrices(row);
        CheckOrder(row.OpenTimeNanos);
        if (row.CloseTimeNanos != 0)
        {
            AddWithCloseTime(row);
        }
        else if (_lengthNanos != 0)
        {
            AddOnGrid(row, place.Line);
        }
        else
        {
            Hold(row);
        }
    }

    /// <summary>Releases what is still held, at the end of the file.</summary>
    /// <exception cref="MarketDataException">There was only one bar, so that nothing tells its length.</exception>
    public void Finish()
    {
        if (_held.Count == 1)
        {
            throw place.Error("one bar alone does not show its length", "set BarLengthNanos");
        }

        Release();
    }

    private static long Checked(long? barLengthNanos, SourcePlace place) => barLengthNanos switch
    {
        null => 0,
        > 0 and <= LengthMaxNanos => barLengthNanos.Value,
        _ => throw place.Error($"BarLengthNanos is {barLengthNanos}", "set a length above zero and up to a year, or none"),
    };

    private void Hold(in BarRow row)
    {
        _held.Add((row, place.Line));
        if (_held.Count == HeldMax)
        {
            Release();
        }
    }

    private void Release()
    {
        if (_held.Count == 0)
        {
            return;
        }

        _lengthNanos = long.MaxValue;
        for (int i = 1; i < _held.Count; i++)
        {
            _lengthNanos = Math.Min(_lengthNanos, _held[i].Row.OpenTimeNanos - _held[i - 1].Row.OpenTimeNanos);
        }

        if (_lengthNanos > LengthMaxNanos)
        {
            throw place.Error("the bars are more than a year apart, which does not show their length", "set BarLengthNanos");
        }

        foreach ((BarRow row, long line) in _held)
        {
            AddOnGrid(row, line);
        }

        _held.Clear();
    }

    private void AddWithCloseTime(in BarRow row)
    {
        long length = row.CloseTimeNanos - row.OpenTimeNanos;
        if (length <= 0)
        {
            throw place.Error("the bar closes before it opens", RepairRow);
        }

        if (row.OpenTimeNanos < _expectedOpenTimeNanos)
        {
            throw place.Error("the bar opens before the one before it closes", "use a file of one bar length");
        }

        // Months differ in length, so the grid is the row's own: a hole is at least one bar of this length.
        CountGap(row.OpenTimeNanos, length);
        Emit(row, row.CloseTimeNanos);
    }

    private void AddOnGrid(in BarRow row, long line)
    {
        long ahead = row.OpenTimeNanos - _expectedOpenTimeNanos;
        if (_expectedOpenTimeNanos != long.MinValue && (ahead < 0 || ahead % _lengthNanos != 0))
        {
            throw place.ErrorAt(
                line,
                $"the bar opens {(ahead + _lengthNanos) / 1_000_000} ms after the one before, "
                + $"which is no multiple of the bar's length of {_lengthNanos / 1_000_000} ms",
                "repair the time, or set BarLengthNanos");
        }

        CountGap(row.OpenTimeNanos, _lengthNanos);
        Emit(row, row.OpenTimeNanos + _lengthNanos);
    }

    private void CountGap(long openTimeNanos, long lengthNanos)
    {
        long missing = _expectedOpenTimeNanos == long.MinValue ? 0 : (openTimeNanos - _expectedOpenTimeNanos) / lengthNanos;
        if (missing > 0)
        {
            Gaps = Gaps.With(missing, _expectedOpenTimeNanos);
        }
    }

    private void Emit(in BarRow row, long closeTimeNanos)
    {
        _expectedOpenTimeNanos = closeTimeNanos;
        events.Add(MarketEvent.Bar(
            row.OpenTimeNanos, closeTimeNanos, new Price(row.Open), new Price(row.High), new Price(row.Low), new Price(row.Close), new Quantity(row.Volume)));
    }

    private void CheckOrder(long openTimeNanos)
    {
        if (openTimeNanos <= _lastOpenTimeNanos)
        {
            throw openTimeNanos == _lastOpenTimeNanos
                ? place.Error("the bar is doubled: the row before opens at the same time", "remove one of the two")
                : place.Error("the bar opens before the one before it: the rows are out of order", "sort the file by time");
        }

        _lastOpenTimeNanos = openTimeNanos;
    }

    private void CheckPrices(in BarRow row)
    {
        if (Math.Min(Math.Min(row.Open, row.High), Math.Min(row.Low, row.Close)) <= 0)
        {
            throw place.Error("a price is not above zero", RepairRow);
        }

        if (row.High < row.Low)
        {
            throw place.Error($"the high {new Price(row.High)} is below the low {new Price(row.Low)}", RepairRow);
        }

        if (row.Open < row.Low || row.Open > row.High || row.Close < row.Low || row.Close > row.High)
        {
            throw place.Error(
                $"the open {new Price(row.Open)} or the close {new Price(row.Close)} is outside the low {new Price(row.Low)} and the high {new Price(row.High)}",
                RepairRow);
        }

        if (row.Volume < 0)
        {
            throw place.Error($"the volume {new Quantity(row.Volume)} is negative", RepairRow);
        }
    }
}
