using System.Text;
using System.Text.Json;
using OrderPlatform.Gateways.Connectors;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Gateways.Simulated;

/// <summary>
/// All that moved a simulated venue, as a journal of its own: requests with the time of their sending, market events, and how far it was let work. The venue is a
/// function of its options and these, so a log makes it again after any end of the process. Its first record has the options.
/// </summary>
public sealed class VenueLog : IDisposable
{
    private const ushort OptionsTemplate = 0;
    private const ushort NotSentFlag = 4;

    // Market events and time; requests are written as they come.
    private const int MessageLengthMax = 128;

    private readonly string _folder;
    private readonly JournalWriter _journal;
    private readonly byte[] _buffer = new byte[MessageLengthMax];
    private readonly byte[] _lastRequest = new byte[IExecutionConnector.MessageLengthMax];
    private int _lastRequestLength;
    private long _sequence;

    private VenueLog(string folder, JournalWriter journal)
    {
        _folder = folder;
        _journal = journal;
        _sequence = journal.AppendedSequence;
    }

    /// <summary>Where a venue's log of a journal lies.</summary>
    public static string FolderOf(string journal, ushort venueId = 1) => Path.Combine(journal, venueId == 1 ? "venue" : $"venue-{venueId}");

    /// <summary>Opens a log, or begins one.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="journal">How it is written.</param>
    /// <param name="options">The venue's options; a log of other ones is refused.</param>
    /// <exception cref="JournalException">It is damaged, or another process has it.</exception>
    /// <exception cref="ArgumentException">It is the log of a venue with other options.</exception>
    public static VenueLog Open(string folder, JournalOptions journal, SimulatedVenueOptions options)
    {
        string text = JsonSerializer.Serialize(options);
        JournalWriter writer = JournalWriter.Exists(folder) ? JournalWriter.Open(folder, journal) : JournalWriter.Create(folder, journal);
        var log = new VenueLog(folder, writer);
        try
        {
            log.RequireOptions(text);
            return log;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _journal.Dispose();

    internal void OnRequest(ReadOnlySpan<byte> request, long sentAtNanos)
    {
        MessageHeader.TryRead(request, out MessageHeader header);
        Append(sentAtNanos, header.TemplateId, request);
        Remember(request);
    }

    /// <summary>A request that was taken, and that nothing had to be done for.</summary>
    internal void OnNotSent(ReadOnlySpan<byte> request, long timeNanos)
    {
        MessageHeader.TryRead(request, out MessageHeader header);
        _journal.Append(++_sequence, timeNanos, header.TemplateId, NotSentFlag, request);
        Remember(request);
    }

    internal void OnMarketEvent(uint instrumentId, in MarketEvent marketEvent) =>
        Append(marketEvent.TimeNanos, (ushort)marketEvent.Kind, _buffer.AsSpan(0, MarketMessages.Encode(_buffer, instrumentId, marketEvent)));

    internal void OnAdvance(long untilNanos)
    {
        var e = TickEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.TimestampNanos = untilNanos;
        Append(untilNanos, TickEncoder.TemplateId, _buffer.AsSpan(0, TickEncoder.EncodedLength));
    }

    /// <summary>Whether a request is the last one that the log knows, byte for byte: no two are alike, each has the time of its decision.</summary>
    internal bool IsLastRequest(ReadOnlySpan<byte> request) => request.SequenceEqual(_lastRequest.AsSpan(0, _lastRequestLength));

    /// <summary>Lets a gateway's venue do all that the log has.</summary>
    internal void Replay(SimulatedGateway gateway)
    {
        using JournalReader reader = JournalReader.Open(_folder, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId });
        while (reader.TryRead(out JournalRecord record))
        {
            if (TickDecoder.TryWrap(record.Payload, out TickDecoder tick))
            {
                gateway.AdvanceAgain(tick.TimestampNanos);
            }
            else if (MarketMessages.TryDecode(record.Payload, out uint instrumentId, out MarketEvent marketEvent))
            {
                gateway.OnMarketEvent(instrumentId, marketEvent);
            }
            else if (record.TemplateId != OptionsTemplate)
            {
                if ((record.Flags & NotSentFlag) == 0)
                {
                    gateway.Apply(record.Payload, record.TimestampNanos);
                }

                Remember(record.Payload);
            }
        }
    }

    private void Append(long timestampNanos, ushort templateId, ReadOnlySpan<byte> message) =>
        _journal.Append(++_sequence, timestampNanos, templateId, JournalFlags.None, message);

    private void Remember(ReadOnlySpan<byte> request)
    {
        request.CopyTo(_lastRequest);
        _lastRequestLength = request.Length;
    }

    private void RequireOptions(string options)
    {
        if (_sequence == 0)
        {
            Append(0, OptionsTemplate, Encoding.UTF8.GetBytes(options));
            return;
        }

        using JournalReader reader = JournalReader.Open(_folder, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId });
        if (!reader.TryRead(out JournalRecord first) || Encoding.UTF8.GetString(first.Payload) is not { } logged || logged != options)
        {
            throw new ArgumentException(
                $"{_folder} is the log of a venue with other options: continue with the venue that the run was begun with, or begin a new journal; "
                + $"they are now {options}");
        }
    }
}
