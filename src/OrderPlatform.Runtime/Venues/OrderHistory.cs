using OrderPlatform.Messages;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Runtime.Venues;

/// <summary>A message about an order that was asked for: one of its reports, or what the venue knows of it.</summary>
/// <param name="ClientOrderId">The order.</param>
/// <param name="InstrumentId">Its instrument.</param>
/// <param name="Report">A report that may have been missed; <c>null</c> in the answer itself.</param>
/// <param name="State">The answer.</param>
/// <param name="Last">The last report that says quantities, or none.</param>
internal readonly record struct OrderAnswer(ulong ClientOrderId, uint InstrumentId, VenueReport? Report, VenueOrderState State, VenueReport Last);

/// <summary>
/// What was sent to a venue and what it reported, order by order: enough to answer for every order that may be open somewhere. Ended orders are kept as
/// long as an engine can think them open: many more than can end between two inputs of a journal.
/// </summary>
internal sealed class OrderHistory
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

        if (report.Kind is VenueReportKind.Cancelled or VenueReportKind.CancelRejected)
        {
            entry.CancelsUnderWay = Math.Max(0, entry.CancelsUnderWay - 1);
        }

        if (report.Kind is VenueReportKind.CancelRejected or VenueReportKind.AmendRejected)
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

        foreach (VenueReport report in entry.Reports)
        {
            // Fills beyond the booked sum were missed, and so was whatever ended the order: it would not be asked for else.
            bool isMissedFill = report.Kind == VenueReportKind.Fill && report.CumulativeQuantity.Raw > request.CumulativeQuantity;
            if (isMissedFill || report.Kind is VenueReportKind.Rejected or VenueReportKind.Cancelled or VenueReportKind.Expired)
            {
                _answers.Enqueue(new OrderAnswer(order, instrument, report, default, default));
            }
        }

        VenueOrderState state = entry.IsEnded ? VenueOrderState.Ended : entry.Reports.Count > 0 ? VenueOrderState.Working : VenueOrderState.UnderWay;
        _answers.Enqueue(new OrderAnswer(order, instrument, null, state, entry.Reports.Count > 0 ? entry.Reports[^1] : default));
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
    }
}
