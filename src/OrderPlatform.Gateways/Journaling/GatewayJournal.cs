using System.Security.Cryptography;
using OrderPlatform.Gateways.Connectors;
using OrderPlatform.Journal;
using OrderPlatform.Messages;

namespace OrderPlatform.Gateways.Journaling;

/// <summary>
/// A gateway's own journal: each request before it is carried out, each report before it is sent, and whom it serves. From it the gateway knows after any end
/// of its process what it did. One thread appends; nothing is allocated a record.
/// </summary>
public sealed class GatewayJournal : IDisposable
{
    /// <summary>How many reports are kept for an engine that does not say that it has them, at most.</summary>
    public const int ReportsKeptMax = 65_536;

    private const int RecordLengthMax = IExecutionConnector.MessageLengthMax + 64;

    private readonly JournalWriter _writer;
    private readonly TimeProvider _time;
    private readonly byte[] _buffer = new byte[RecordLengthMax];
    private readonly GatewayMemory _memory;

    private GatewayJournal(string folder, JournalWriter writer, GatewayMemory memory, TimeProvider time)
    {
        Folder = folder;
        _writer = writer;
        _memory = memory;
        _time = time;
        JournalId = memory.JournalId;
        ShardId = memory.ShardId;
        Epoch = memory.Epoch;
        RecoveredRequest = memory.LastRequest;
        RecoveredIntents = memory.Open();
    }

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>Chosen when it began: an engine knows by it that report numbers go on.</summary>
    public ulong JournalId { get; private set; }

    /// <summary>The shard of the engine that was served last.</summary>
    public ushort ShardId { get; private set; }

    /// <summary>The epoch of that engine; 0 where none was served.</summary>
    public ushort Epoch { get; private set; }

    /// <summary>The last request of that epoch that the journal knew when it was opened.</summary>
    public ulong RecoveredRequest { get; }

    /// <summary>The last <see cref="VenueNews.Ordinal"/> in it when it was opened.</summary>
    public ulong RecoveredOrdinal => _memory.LastOrdinal;

    /// <summary>Requests that were in doubt when it was opened, in the order of their sending.</summary>
    public IReadOnlyList<OpenIntent> RecoveredIntents { get; }

    /// <summary>The last report that was made.</summary>
    public ulong LastReport => Reports.Last;

    internal KeptReports Reports => _memory.Reports;

    /// <summary>The last record that survives what the journal's policy promises.</summary>
    internal long DurablePlace => _writer.DurableSequence;

    /// <summary>The last record.</summary>
    internal long AppendedPlace => _writer.AppendedSequence;

    /// <summary>How many more records may come before a sync has to end.</summary>
    internal int Room => _writer.RoomInputs;

    /// <summary>Opens a gateway's journal, or begins one.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="options">How it is written; the schema is set here.</param>
    /// <param name="venueId">The venue that the gateway is for.</param>
    /// <param name="time">Dates the records; nothing depends on it.</param>
    /// <param name="reportsKeptMax">The bound of <see cref="ReportsKeptMax"/>, a power of two; smaller in tests.</param>
    /// <exception cref="JournalException">It is damaged, or another process has it.</exception>
    /// <exception cref="ArgumentException">It is the journal of another venue's gateway, or of something else.</exception>
    public static GatewayJournal Open(
        string folder, JournalOptions options, ushort venueId, TimeProvider time, int reportsKeptMax = ReportsKeptMax)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options = options with { SchemaId = MessagesSchema.SchemaId, SchemaVersion = MessagesSchema.Version };
        JournalWriter writer = JournalWriter.Exists(folder) ? JournalWriter.Open(folder, options) : JournalWriter.Create(folder, options);
        try
        {
            var memory = new GatewayMemory(reportsKeptMax);
            bool isNew = writer.AppendedSequence == 0;
            if (!isNew)
            {
                memory.Read(folder);
                RequireVenue(folder, memory, venueId);
            }

            var journal = new GatewayJournal(folder, writer, memory, time);
            if (isNew)
            {
                journal.Begin(venueId);
            }

            return journal;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _writer.Dispose();

    /// <summary>Tells the thread that syncs, if there is one, that no more comes for the moment.</summary>
    internal void EndBatch() => _writer.EndBatch();

    internal void AppendWelcome(in GatewayWelcomeDecoder welcome)
    {
        var e = GatewayWelcomeEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.VenueId = welcome.VenueId;
        e.ProtocolVersion = welcome.ProtocolVersion;
        e.Status = welcome.Status;
        e.Reason = welcome.Reason;
        e.ShardId = welcome.ShardId;
        e.Epoch = welcome.Epoch;
        e.JournalId = welcome.JournalId;
        e.NextRequest = welcome.NextRequest;
        e.LastReport = welcome.LastReport;
        e.HeartbeatNanos = welcome.HeartbeatNanos;
        e.SilentAfterNanos = welcome.SilentAfterNanos;
        e.SetDetail(ReadOnlySpan<byte>.Empty);
        Append(GatewayWelcomeEncoder.TemplateId, e.EncodedLengthSoFar);
        ShardId = welcome.ShardId;
        Epoch = welcome.Epoch;
    }

    /// <summary>Before a request is carried out.</summary>
    internal void AppendIntent(in GatewayRequestDecoder request, ReadOnlySpan<byte> message)
    {
        var e = GatewayIntentEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.Number = request.Number;
        e.InputSequence = request.InputSequence;
        e.OutputIndex = request.OutputIndex;
        e.Epoch = request.Epoch;
        e.SetMessage(message);
        Append(GatewayIntentEncoder.TemplateId, e.EncodedLengthSoFar);
    }

    /// <summary>Before a report is sent; it gets the next number.</summary>
    internal void AppendResult(in VenueNews news, ReadOnlySpan<byte> message)
    {
        var e = GatewayResultEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.Number = Reports.Last + 1;
        e.VenueOrdinal = news.Ordinal;
        e.VenueTimeNanos = news.TimeNanos;
        e.SetMessage(message);
        Append(GatewayResultEncoder.TemplateId, e.EncodedLengthSoFar);
        Reports.Add(news.TimeNanos, AppendedPlace, message);
    }

    private static void RequireVenue(string folder, GatewayMemory memory, ushort venueId)
    {
        if (memory.JournalId == 0)
        {
            throw new ArgumentException($"{folder} is no gateway's journal: name a gateway's own folder, or an empty one");
        }

        if (memory.VenueId != venueId)
        {
            throw new ArgumentException(
                $"{folder} is the journal of a gateway to venue {memory.VenueId}, and this one is to venue {venueId}: name the right folder, or an empty one");
        }
    }

    private void Begin(ushort venueId)
    {
        Span<byte> id = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(id);
        JournalId = BitConverter.ToUInt64(id) | 1;
        var e = GatewayHelloEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.VenueId = venueId;
        e.JournalId = JournalId;
        e.SetName(ReadOnlySpan<byte>.Empty);
        Append(GatewayHelloEncoder.TemplateId, e.EncodedLengthSoFar);
    }

    private void Append(ushort templateId, int length) => _writer.Append(
        _writer.AppendedSequence + 1, NanosSinceEpoch.Of(_time), templateId, JournalFlags.None, _buffer.AsSpan(0, length));
}
