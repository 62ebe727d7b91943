using OrderPlatform.Simulation.MarketData.Captures;
using OrderPlatform.Simulation.MarketData.Csv;
using OrderPlatform.Simulation.MarketData.Input;

namespace OrderPlatform.Simulation.MarketData;

/// <summary>Opens files of market data, recognising compression and format by content.</summary>
public static class MarketDataFiles
{
    /// <summary>The formats that are read, one line each, for messages and help.</summary>
    public static IReadOnlyList<string> KnownFormats { get; } =
        [.. CsvLayouts.All.Select(layout => $"{layout.Name}: {layout.Header}"), $"{RawCapture.Name}: <local time> <JSON frame>"];

    /// <summary>Opens a file, plain, gzip or zip with one file inside, and recognises its format by its first line.</summary>
    /// <exception cref="MarketDataException">No such file, not readable, empty, damaged, of no known format, or its first row is malformed.</exception>
    public static MarketDataFile Open(string path, MarketDataFileOptions? options = null)
    {
        var place = new SourcePlace(path);
        var lines = new LineReader(CompressedInput.Open(place), place);
        try
        {
            if (!lines.TryRead(out ReadOnlySpan<byte> first))
            {
                throw place.Error("the file is empty", "download or export it again");
            }

            var events = new EventQueue();
            RowParser parser = Recognise(first, options ?? MarketDataFileOptions.Default, place, events, out bool isHeader);
            if (!isHeader)
            {
                parser.Parse(first);
            }

            return new MarketDataFile(place, lines, parser, events);
        }
        catch
        {
            lines.Dispose();
            throw;
        }
    }

    private static RowParser Recognise(
        ReadOnlySpan<byte> first, MarketDataFileOptions options, SourcePlace place, EventQueue events, out bool isHeader)
    {
        isHeader = false;
        if (RawCapture.Matches(first))
        {
            return new RawCapture(options, place, events);
        }

        if (CsvLayouts.Find(first, out isHeader) is { } layout)
        {
            return new CsvRows(layout, CsvLayouts.ColumnCount(first), options, place, events);
        }

        throw place.Error(
            $"the format is not known: the first line is {SourcePlace.Quote(first)}",
            $"convert it to one of: {string.Join(" | ", KnownFormats)}");
    }
}
