using System.Text;
using System.Text.Json;
using OrderPlatform.Simulation.MarketData.Input;

namespace OrderPlatform.Simulation.MarketData.Captures;

/// <summary>
/// Lines of <c>&lt;local receive time&gt; &lt;JSON frame&gt;</c> as a recorder of Binance or OKX websockets writes them: trades and best
/// bid and ask become events at the local time, the only clock that all frames share; depth and everything else is skipped and counted.
/// </summary>
internal sealed class RawCapture(MarketDataFileOptions options, SourcePlace place, EventQueue events) : RowParser
{
    public const string Name = "captured websocket frames";

    private readonly TickAssembler _ticks = new(place, events);
    private readonly bool _isInstrumentChosen = options.Instrument is not null;
    private byte[]? _instrument = options.Instrument is null ? null : Encoding.UTF8.GetBytes(options.Instrument);
    private EpochTime _time;
    private long _skippedCount;
    private long _eventCount;

    public override string FormatName => Name;

    public override long SkippedCount => _skippedCount;

    public static bool Matches(ReadOnlySpan<byte> firstLine)
    {
        int space = firstLine.IndexOf((byte)' ');
        return space > 0 && Utf8Number.TryParseWhole(firstLine[..space], out _) && firstLine[(space + 1)..].StartsWith("{"u8);
    }

    public override void Parse(ReadOnlySpan<byte> line)
    {
        int space = line.IndexOf((byte)' ');
        if (space < 0 || !Utf8Number.TryParseWhole(line[..space], out long local))
        {
            throw place.Error($"the line begins {SourcePlace.Quote(line)}, not with a local time and a space", "repair or remove the line");
        }

        long timeNanos = _time.ToNanos(local, place);
        long countBefore = _eventCount;
        try
        {
            ReadFrame(line[(space + 1)..], timeNanos);
        }
        catch (JsonException malformed)
        {
            throw place.Error($"the frame is not valid JSON ({malformed.Message})", "repair or remove the line", malformed);
        }

        _skippedCount += _eventCount == countBefore ? 1 : 0;
    }

    public override void Finish()
    {
        if (_eventCount == 0)
        {
            throw place.Error(
                $"no trade and no best bid and ask{(_isInstrumentChosen ? $" of {options.Instrument}" : "")} in {_skippedCount} frames",
                "check Instrument and what was recorded");
        }
    }

    private void ReadFrame(ReadOnlySpan<byte> json, long timeNanos)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw place.Error("the frame is not a JSON object", "repair or remove the line");
        }

        var fields = default(FrameFields);
        ReadObject(ref reader, ref fields, timeNanos);
        Add(fields, timeNanos);

        // Throws if anything follows the object: two frames on a line are a damaged capture.
        reader.Read();
    }

    /// <summary>Reads an object to its end; a <c>data</c> object gives its fields to the same frame, a <c>data</c> list is one event an element.</summary>
    private void ReadObject(ref Utf8JsonReader reader, ref FrameFields fields, long timeNanos)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            reader.Read();
            if (!name.SequenceEqual("data"u8))
            {
                fields.Take(name, reader.TokenType, reader.ValueSpan);
                reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 1)
            {
                ReadObject(ref reader, ref fields, timeNanos);
            }
            else if (reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == 1)
            {
                ReadList(ref reader, timeNanos);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadList(ref Utf8JsonReader reader, long timeNanos)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                var fields = default(FrameFields);
                ReadObject(ref reader, ref fields, timeNanos);
                Add(fields, timeNanos);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void Add(in FrameFields fields, long timeNanos)
    {
        if (!(fields.IsTrade || fields.IsQuote) || !IsSelected(fields.Symbol))
        {
            return;
        }

        if (fields.IsQuote)
        {
            _ticks.AddQuote(
                timeNanos,
                Number(fields.Bid, "bid"), Number(fields.BidQuantity, "bid quantity"),
                Number(fields.Ask, "ask"), Number(fields.AskQuantity, "ask quantity"));
            _eventCount++;
        }
        else if (IsMarketTrade(fields))
        {
            AddTrade(fields, timeNanos);
            _eventCount++;
        }
    }

    private void AddTrade(in FrameFields fields, long timeNanos)
    {
        if (!Utf8Number.TryParseWhole(fields.TradeId, out long tradeId) || fields.Aggressor == Aggressor.Unknown)
        {
            throw place.Error("the trade has no number or no side", "repair or remove the line");
        }

        _ticks.AddTrade(timeNanos, Number(fields.Price, "price"), Number(fields.Quantity, "quantity"), fields.Aggressor, tradeId);
    }

    /// <summary>Insurance fund and liquidation prints are no trades on the market, and often without a quantity.</summary>
    private bool IsMarketTrade(in FrameFields fields) =>
        fields.ExecutionKind.Length == 0 || (fields.ExecutionKind.SequenceEqual("MARKET"u8) && Number(fields.Quantity, "quantity") != 0);

    private bool IsSelected(ReadOnlySpan<byte> symbol)
    {
        _instrument ??= symbol.ToArray();
        bool isSame = Ascii.EqualsIgnoreCase(symbol, _instrument);
        if (!isSame && !_isInstrumentChosen)
        {
            throw place.Error(
                $"the capture holds {Encoding.UTF8.GetString(_instrument)} and {Encoding.UTF8.GetString(symbol)}", "set Instrument to one of them");
        }

        return isSame;
    }

    private long Number(ReadOnlySpan<byte> text, string what) => Utf8Number.TryParseFixedPoint(text, out long raw)
        ? raw
        : throw place.Error(
            $"the {what} is {SourcePlace.Quote(text)}, not a decimal number of at most 8 decimals within ±92 billion", "repair or remove the line");
}
