using OrderPlatform.Journal;
using OrderPlatform.Messages;

namespace OrderPlatform.Gateways.Journaling;

/// <summary>What a gateway's journal says at a start: whom it served, how far it got, what the engine may lack, and which requests are in doubt.</summary>
internal sealed class GatewayMemory
{
    private readonly Dictionary<ulong, byte[]> _orders = [];
    private readonly int _reportsMax;
    private byte[]? _lastIntent;
    private ulong _lastReport;

    public GatewayMemory(int reportsMax)
    {
        _reportsMax = reportsMax;
        Reports = new KeptReports(reportsMax, 0);
    }

    public ulong JournalId { get; private set; }

    public ushort VenueId { get; private set; }

    public ushort ShardId { get; private set; }

    public ushort Epoch { get; private set; }

    /// <summary>The last request of that epoch, as far as the journal knows.</summary>
    public ulong LastRequest { get; private set; }

    public ulong LastOrdinal { get; private set; }

    public KeptReports Reports { get; }

    /// <summary>Reads a journal from its begin to its end.</summary>
    /// <exception cref="JournalException">It is damaged.</exception>
    public void Read(string folder)
    {
        using JournalReader reader = JournalReader.Open(folder, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId });
        while (reader.TryRead(out JournalRecord record))
        {
            Take(record);
        }
    }

    /// <summary>The requests in doubt, in the order of their sending: orders of which nothing was reported, and the last request whatever it is.</summary>
    public IReadOnlyList<OpenIntent> Open()
    {
        IEnumerable<byte[]> earlier = _orders.Values.Where(order => !ReferenceEquals(order, _lastIntent));
        List<OpenIntent> open = [.. earlier.Select(static order => new OpenIntent(order, IsLast: false))];
        bool isAnswered = NewOrderDecoder.TryWrap(_lastIntent, out NewOrderDecoder last) && !_orders.ContainsKey(last.ClientOrderId);
        if (_lastIntent is not null && !isAnswered)
        {
            open.Add(new OpenIntent(_lastIntent, IsLast: true));
        }

        return open;
    }

    private void Take(in JournalRecord record)
    {
        if (GatewayIntentDecoder.TryWrap(record.Payload, out GatewayIntentDecoder intent))
        {
            LastRequest = intent.Number;
            OnIntent(intent.GetMessage().ToArray());
        }
        else if (GatewayResultDecoder.TryWrap(record.Payload, out GatewayResultDecoder result))
        {
            OnResult(result, record.Sequence);
        }
        else if (GatewayWelcomeDecoder.TryWrap(record.Payload, out GatewayWelcomeDecoder welcome))
        {
            ShardId = welcome.ShardId;
            Epoch = welcome.Epoch;
            LastRequest = welcome.NextRequest - 1;

            // Doubts were settled before an engine was spoken to, and a new one asks for what is left.
            _lastIntent = null;
        }
        else if (GatewayHelloDecoder.TryWrap(record.Payload, out GatewayHelloDecoder hello))
        {
            JournalId = hello.JournalId;
            VenueId = hello.VenueId;
        }
    }

    private void OnIntent(byte[] message)
    {
        _lastIntent = message;
        if (NewOrderDecoder.TryWrap(message, out NewOrderDecoder order))
        {
            _orders[order.ClientOrderId] = message;
        }
    }

    private void OnResult(GatewayResultDecoder result, long place)
    {
        _lastReport = result.Number;
        LastOrdinal = Math.Max(LastOrdinal, result.VenueOrdinal);
        ReadOnlySpan<byte> message = result.GetMessage();

        // The engine has the older ones: no more are ever made without its saying so.
        Reports.DropThrough(_lastReport - (ulong)Math.Min(_reportsMax, (long)_lastReport));
        Reports.Add(result.VenueTimeNanos, place, message);
        if (ExecutionReportDecoder.TryWrap(message, out ExecutionReportDecoder report))
        {
            // What refuses a cancel or an amend says nothing of the order.
            if (report.Kind is not (ExecutionKind.CancelRejected or ExecutionKind.AmendRejected))
            {
                _orders.Remove(report.ClientOrderId);
            }
        }
        else if (OrderStatusReportDecoder.TryWrap(message, out OrderStatusReportDecoder status))
        {
            _orders.Remove(status.ClientOrderId);
            if (OrderStatusRequestDecoder.TryWrap(_lastIntent, out OrderStatusRequestDecoder asked) && asked.ClientOrderId == status.ClientOrderId)
            {
                _lastIntent = null;
            }
        }
    }
}
