using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Gateways.Simulated;

/// <summary>
/// Speaks SBE to the engine and plain calls to the simulated venue: requests one way, execution reports the other. With a log the venue outlives the
/// process, as a real one does: whoever continues a run gives the log to a new gateway, and the venue is as it was. With a log or with faults it answers
/// for orders in doubt: by all that the venue has done, told or not.
/// </summary>
public sealed class SimulatedGateway
{
    private readonly SimulatedVenue _venue;
    private readonly ushort _venueId;
    private readonly VenueLog? _log;
    private readonly OrderHistory? _history;
    private readonly ulong _toldBefore;
    private readonly Queue<(VenueReport Report, ulong Ordinal)> _missed = new();

    /// <summary>A gateway to a venue.</summary>
    /// <param name="venue">The venue, new.</param>
    /// <param name="venueId">Its id in reports.</param>
    /// <param name="log">What the venue has seen before, and where that is written; without, the venue ends with the process.</param>
    /// <param name="toldBefore">What the log's venue told beyond so many reports is kept for <see cref="TryTakeMissed"/>; by default nothing is.</param>
    /// <param name="answers">Whether it answers for orders in doubt without a log too, as long as the process lives.</param>
    /// <exception cref="Journal.JournalException">The log is damaged.</exception>
    public SimulatedGateway(SimulatedVenue venue, ushort venueId, VenueLog? log = null, ulong toldBefore = ulong.MaxValue, bool answers = false)
    {
        _venue = venue;
        _venueId = venueId;
        _toldBefore = toldBefore;
        _history = answers || log is not null || venue.HasFaults ? new OrderHistory(venue.HasFaults) : null;
        if (log is not null)
        {
            log.Replay(this);
            _log = log;
        }
    }

    /// <summary>The venue's id in reports.</summary>
    public ushort VenueId => _venueId;

    /// <summary>When the venue does something next; <see cref="long.MaxValue"/> if nothing is scheduled.</summary>
    public long NextEventTimeNanos => _venue.NextEventTimeNanos;

    /// <summary>Market events that the venue has seen.</summary>
    public long MarketEventCount { get; private set; }

    /// <summary>Reports that the venue has told in its whole life.</summary>
    public ulong ToldCount { get; private set; }

    /// <summary>Takes a request of the engine's; other outputs are not for a venue.</summary>
    /// <returns>Whether it was a request.</returns>
    public bool OnOutput(ReadOnlySpan<byte> output)
    {
        MessageHeader.TryRead(output, out MessageHeader header);
        switch (header.TemplateId)
        {
            case NewOrderDecoder.TemplateId when NewOrderDecoder.TryWrap(output, out NewOrderDecoder order):
                // A live venue has moved on while the order was under way in the pipeline; in lockstep the venue's time is never past the decision.
                Send(output, Math.Max(order.DecidedAtNanos, _venue.NowNanos));
                return true;
            case OrderCancelRequestDecoder.TemplateId when OrderCancelRequestDecoder.TryWrap(output, out OrderCancelRequestDecoder cancel):
                // A restart asks again for what may be under way already.
                if (_history?.IsCancelUnderWay(cancel.ClientOrderId) is not true)
                {
                    Send(output, Math.Max(cancel.DecidedAtNanos, _venue.NowNanos));
                }
                else
                {
                    _log?.OnNotSent(output, _venue.NowNanos);
                }

                return true;
            case OrderAmendRequestDecoder.TemplateId when OrderAmendRequestDecoder.TryWrap(output, out OrderAmendRequestDecoder amend):
                Send(output, Math.Max(amend.DecidedAtNanos, _venue.NowNanos));
                return true;
            case OrderStatusRequestDecoder.TemplateId when OrderStatusRequestDecoder.TryWrap(output, out OrderStatusRequestDecoder status):
                // In an outage nobody answers.
                if (!_venue.IsOut)
                {
                    _history?.Ask(status);
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>Tells the venue what its market does. All due reports have to be taken before.</summary>
    public void OnMarketEvent(uint instrumentId, in MarketEvent marketEvent)
    {
        // Logged behind it: an event that the venue refuses must not be shown to it again. Nobody hears of it in between.
        _venue.OnMarketEvent(instrumentId, marketEvent);
        _log?.OnMarketEvent(instrumentId, marketEvent);
        MarketEventCount++;
    }

    /// <summary>Lets the venue work up to a time and takes its next report as an ExecutionReport, a FundingRate or a VenueStatus.</summary>
    /// <returns>Length of the message, or 0 if nothing further is due.</returns>
    public int TryAdvance(long untilNanos, Span<byte> buffer, out long timeNanos)
    {
        if (!TryAdvance(untilNanos, out VenueReport report))
        {
            timeNanos = 0;
            return 0;
        }

        timeNanos = report.TimeNanos;
        return Encode(report, buffer);
    }

    /// <summary>Takes the next report that the log's venue told beyond those that were known.</summary>
    /// <returns>Length of the message, or 0 if there is none.</returns>
    internal int TryTakeMissed(Span<byte> buffer, out long timeNanos, out ulong ordinal)
    {
        if (!_missed.TryDequeue(out (VenueReport Report, ulong Ordinal) missed))
        {
            timeNanos = 0;
            ordinal = 0;
            return 0;
        }

        timeNanos = missed.Report.TimeNanos;
        ordinal = missed.Ordinal;
        return Encode(missed.Report, buffer);
    }

    /// <summary>Takes the next message about an order that was asked for: the reports that the engine missed, then what the venue knows.</summary>
    /// <returns>Length of the message, or 0 if there is none.</returns>
    public int TryTakeAnswer(Span<byte> buffer, out long timeNanos)
    {
        timeNanos = _venue.NowNanos;
        if (_history is null || !_history.TryTake(out OrderAnswer answer))
        {
            return 0;
        }

        return answer.Report is { } report ? Encode(report, buffer) : Encode(answer, timeNanos, buffer);
    }

    /// <summary>Lets the venue take a request that was sent at a time, as the log has it.</summary>
    internal void Apply(ReadOnlySpan<byte> request, long sentAtNanos)
    {
        if (NewOrderDecoder.TryWrap(request, out NewOrderDecoder order))
        {
            VenueOrder sent = VenueMessages.Order(order);
            if (_venue.Submit(in sent, sentAtNanos))
            {
                _history?.OnSubmitted(order.ClientOrderId);
            }
        }
        else if (OrderCancelRequestDecoder.TryWrap(request, out OrderCancelRequestDecoder cancel))
        {
            if (_venue.Cancel(cancel.ClientOrderId, sentAtNanos))
            {
                _history?.OnCancelSent(cancel.ClientOrderId);
            }
        }
        else if (OrderAmendRequestDecoder.TryWrap(request, out OrderAmendRequestDecoder amend))
        {
            _venue.Amend(
                amend.ClientOrderId, new Quantity(amend.Quantity), new Price(amend.TryGetPrice(out long price) ? price : 0), sentAtNanos,
                new Price(amend.TryGetTriggerPrice(out long trigger) ? trigger : 0));
        }
    }

    /// <summary>Lets the venue work up to a time and takes its next report.</summary>
    internal bool TryAdvance(long untilNanos, out VenueReport report)
    {
        if (_log is not null && _venue.NextEventTimeNanos <= untilNanos)
        {
            // Also where no report comes of it: what the venue does now and what it does later differ in order.
            _log.OnAdvance(untilNanos);
        }

        while (_venue.TryAdvanceToTruth(untilNanos, out report))
        {
            if (report.Delivery != ReportDelivery.Apart)
            {
                _history?.OnReport(report);
            }

            if (report.Delivery != ReportDelivery.Withheld)
            {
                ToldCount++;
                return true;
            }
        }

        return false;
    }

    /// <summary>Does again what the log has.</summary>
    internal void AdvanceAgain(long untilNanos)
    {
        if (TryAdvance(untilNanos, out VenueReport report) && ToldCount > _toldBefore)
        {
            _missed.Enqueue((report, ToldCount));
        }
    }

    private void Send(ReadOnlySpan<byte> request, long sentAtNanos)
    {
        // Logged first: a process that ends in between has sent it.
        _log?.OnRequest(request, sentAtNanos);
        Apply(request, sentAtNanos);
    }

    private int Encode(in OrderAnswer answer, long timeNanos, Span<byte> buffer)
    {
        var e = OrderStatusReportEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.ClientOrderId = answer.ClientOrderId;
        e.VenueOrderId = answer.Last.VenueOrderId;
        e.InstrumentId = answer.InstrumentId;
        e.VenueId = _venueId;
        e.State = answer.State;
        e.CumulativeQuantity = answer.Last.CumulativeQuantity.Raw;
        e.LeavesQuantity = answer.Last.LeavesQuantity.Raw;
        e.Price = answer.Last.LimitPrice.Raw > 0 ? answer.Last.LimitPrice.Raw : OrderStatusReportDecoder.PriceNullValue;
        if (answer.AveragePriceRaw > 0)
        {
            e.AveragePrice = answer.AveragePriceRaw;
        }

        e.VenueTimeNanos = timeNanos;
        return OrderStatusReportEncoder.EncodedLength;
    }

    private int Encode(in VenueReport report, Span<byte> buffer) => VenueMessages.Encode(report, _venueId, _venue.FeeAssetCode, buffer);
}
