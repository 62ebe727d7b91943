using OrderPlatform.Messages;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Gateways.Simulated;

/// <summary>A message about an order that was asked for: one of its reports, or what the venue knows of it.</summary>
/// <param name="ClientOrderId">The order.</param>
/// <param name="InstrumentId">Its instrument.</param>
/// <param name="Report">A report that may have been missed; <c>null</c> in the answer itself.</param>
/// <param name="State">The answer.</param>
/// <param name="Last">The last report that says quantities, or none.</param>
/// <param name="AveragePriceRaw">Of all fills; 0 where it is not told.</param>
internal readonly record struct OrderAnswer(
    ulong ClientOrderId, uint InstrumentId, VenueReport? Report, VenueOrderState State, VenueReport Last, long AveragePriceRaw = 0);

/// <summary>
/// What was sent to a venue and what it reported, order by order: enough to answer for every order that may be open somewhere. Ended orders are kept as
/// long as an engine can think them open: many more than can end between two inputs of a journal.
/// </summary>
/// <param name="hasFaults">
/// Any report may have been lost, not only the last ones: all fills are told again where a sum differs, whoever asks knows them by their trade ids.
/// </param>
internal sealed class OrderHistory(bool hasFaults = false)
{
    private const int EndedMax = 65_536;

    private readonly Dictionary<ulong, Entry> _entries = [];
    private readonly Queue<ulong> _ended = new();
    private readonly Queue<OrderAnswer> _answers = new();

    public bool IsCancelUnderWay(ulong clientOrderId) => _entries.TryGetValue(clientOrderId, out Entry? entry) && entry.CancelsUnderWay > 0;

    public void OnSubmitted(ulong clientOrderId) => _entries.TryAdd(clientOrderId, new Entry());

    public void OnCancelSent(ulong clientOrderId)
    {
        if (_entries.TryGetValue(clientOrderId, out Entry? entry))
        {
            entry.CancelsUnderWay++;
        }
    }

    public void OnReport(in VenueReport report)
    {
        if (!_entries.TryGetValue(report.ClientOrderId, out Entry? entry))
        {
            return;
        }

        if (report.Kind is VenueReportKind.Cancelled or VenueReportKind.CancelRejected or VenueReportKind.Throttled)
        {
            entry.CancelsUnderWay = Math.Max(0, entry.CancelsUnderWay - 1);
        }

        if (report.Kind == VenueReportKind.Throttled && entry.Reports.Count == 0)
        {
            // The venue took no notice of the order.
            _entries.Remove(report.ClientOrderId);
        }

        // What refuses a request says nothing of the order; an order sent twice is there once.
        bool isRepeated = report is { Kind: VenueReportKind.Rejected, Reason: VenueRejectReason.DuplicateClientOrderId };
        if (isRepeated || report.Kind is VenueReportKind.CancelRejected or VenueReportKind.AmendRejected or VenueReportKind.Throttled)
        {
            return;
        }

        entry.Reports.Add(report);
        if (report.Kind is VenueReportKind.Rejected or VenueReportKind.Cancelled or VenueReportKind.Expired || report.LeavesQuantity.IsZero)
        {
            End(report.ClientOrderId, entry);
        }
    }

    /// <summary>Makes the answer to a question ready.</summary>
    public void Ask(in OrderStatusRequestDecoder request)
    {
        ulong order = request.ClientOrderId;
        uint instrument = request.InstrumentId;
        if (!_entries.TryGetValue(order, out Entry? entry))
        {
            _answers.Enqueue(new OrderAnswer(order, instrument, null, VenueOrderState.NotKnown, default));
            return;
        }

        long from = hasFaults && entry.Executed != request.CumulativeQuantity ? 0 : request.CumulativeQuantity;
        foreach (VenueReport report in entry.Reports)
        {
            // Fills beyond the booked sum were missed, and so was whatever ended the order: it would not be asked for else.
            bool isMissedFill = report.Kind == VenueReportKind.Fill && report.CumulativeQuantity.Raw > from;
            if (isMissedFill || report.Kind is VenueReportKind.Rejected or VenueReportKind.Cancelled or VenueReportKind.Expired)
            {
                _answers.Enqueue(new OrderAnswer(order, instrument, report, default, default));
            }
        }

        VenueOrderState state = entry.IsEnded ? VenueOrderState.Ended : entry.Reports.Count > 0 ? VenueOrderState.Working : VenueOrderState.UnderWay;
        VenueReport last = entry.Reports.Count > 0 ? entry.Reports[^1] : default;
        _answers.Enqueue(new OrderAnswer(order, instrument, null, state, last, hasFaults ? entry.AveragePriceRaw() : 0));
    }

    /// <summary>Takes the next message of an answer.</summary>
    public bool TryTake(out OrderAnswer answer) => _answers.TryDequeue(out answer);

    private void End(ulong clientOrderId, Entry entry)
    {
        if (entry.IsEnded)
        {
            return;
        }

        entry.IsEnded = true;
        _ended.Enqueue(clientOrderId);
        if (_ended.Count > EndedMax)
        {
            _entries.Remove(_ended.Dequeue());
        }
    }

    private sealed class Entry
    {
        public List<VenueReport> Reports { get; } = [];

        public int CancelsUnderWay { get; set; }

        public bool IsEnded { get; set; }

        public long Executed => Reports.Count > 0 ? Reports[^1].CumulativeQuantity.Raw : 0;

        public long AveragePriceRaw()
        {
            Int128 value = 0;
            foreach (VenueReport report in Reports)
            {
                value += (Int128)report.LastPrice.Raw * report.LastQuantity.Raw;
            }

            return Executed == 0 ? 0 : (long)((value + (Executed / 2)) / Executed);
        }
    }
}
