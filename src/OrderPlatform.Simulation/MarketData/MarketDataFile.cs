using OrderPlatform.Simulation.MarketData.Input;

namespace OrderPlatform.Simulation.MarketData;

/// <summary>
/// A file of market data, read as a stream: memory does not grow with the file. Made by <see cref="MarketDataFiles.Open"/>. One thread at a time.
/// </summary>
public sealed class MarketDataFile : IMarketDataSource
{
    private readonly SourcePlace _place;
    private readonly LineReader _lines;
    private readonly RowParser _parser;
    private readonly EventQueue _events;
    private MarketDataException? _failure;
    private bool _ended;
    private bool _disposed;

    internal MarketDataFile(SourcePlace place, LineReader lines, RowParser parser, EventQueue events)
    {
        _place = place;
        _lines = lines;
        _parser = parser;
        _events = events;
        Description = $"{Path.GetFileName(place.File)} ({parser.FormatName})";
    }

    /// <inheritdoc />
    public string Description { get; }

    /// <summary>Unknown before the end: always -1.</summary>
    public long CountHint => -1;

    /// <summary>The format that was recognised, by name.</summary>
    public string FormatName => _parser.FormatName;

    /// <summary>The line that was read last, from 1.</summary>
    public long LineNumber => _place.Line;

    /// <summary>How many rows or frames so far hold nothing to report: depth frames, other instruments, prints that are no market trade.</summary>
    public long SkippedCount => _parser.SkippedCount;

    /// <summary>Holes between the bars so far.</summary>
    public BarGaps Gaps => _parser.Gaps;

    /// <inheritdoc />
    public bool TryRead(out MarketEvent marketEvent)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_events.TryTake(out marketEvent))
        {
            return true;
        }

        return !_ended && ReadOn(out marketEvent);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _disposed = true;
        _lines.Dispose();
    }

    private bool ReadOn(out MarketEvent marketEvent)
    {
        // A reader that went on behind a bad row would skip it in silence: the first failure is the answer to every later call.
        if (_failure is not null)
        {
            throw _failure;
        }

        try
        {
            while (_lines.TryRead(out ReadOnlySpan<byte> line))
            {
                _parser.Parse(line);
                if (_events.TryTake(out marketEvent))
                {
                    return true;
                }
            }

            _ended = true;
            _parser.Finish();
            return _events.TryTake(out marketEvent);
        }
        catch (MarketDataException failure)
        {
            _failure = failure;
            _ended = false;
            throw;
        }
    }
}
