using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Runtime.Venues;

/// <summary>
/// Speaks SBE to the engine and plain calls to the simulated venue: requests one way, execution reports the other. With a log the venue outlives the
/// process, as a real one does: whoever continues a run gives the log to a new gateway, and the venue is as it was.
/// </summary>
public sealed class SimulatedGateway
{
    private readonly SimulatedVenue _venue;
    private readonly ushort _venueId;
    private readonly VenueLog? _log;
    private readonly OrderHistory? _history;

    /// <summary>A gateway to a venue.</summary>
    /// <param name="venue">The venue, new.</param>
    /// <param name="venueId">Its id in reports.</param>
    /// <param name="log">What the venue has seen before, and where that is written; without, the venue ends with the process.</param>
    /// <exception cref="Journal.JournalException">The log is damaged.</exception>
    public SimulatedGateway(SimulatedVenue venue, ushort venueId, VenueLog? log = null)
    {
        _venue = venue;
        _venueId = venueId;
        if (log is not null)
        {
            _history = new OrderHistory();
            log.Replay(this);
            _log = log;
        }
    }

    /// <summary>When the venue does something next; <see cref="long.MaxValue"/> if nothing is scheduled.</summary>
    public long NextEventTimeNanos => _venue.NextEventTimeNanos;

    /// <summary>Market events that the venue has seen.</summary>
    public long MarketEventCount { get; private set; }

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

                return true;
            case OrderAmendRequestDecoder.TemplateId when OrderAmendRequestDecoder.TryWrap(output, out OrderAmendRequestDecoder amend):
                Send(output, Math.Max(amend.DecidedAtNanos, _venue.NowNanos));
                return true;
            case OrderStatusRequestDecoder.TemplateId when OrderStatusRequestDecoder.TryWrap(output, out OrderStatusRequestDecoder status):
                _history?.Ask(status);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Tells the venue what its market does. All due reports have to be taken before.</summary>
    public void OnMarketEvent(uint instrumentId, in MarketEvent marketEvent)
    {
        _log?.OnMarketEvent(instrumentId, marketEvent);
        _venue.OnMarketEvent(instrumentId, marketEvent);
        MarketEventCount++;
    }

    /// <summary>Lets the venue work up to a time and takes its next report as an ExecutionReport message.</summary>
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
            _history?.OnSubmitted(order.ClientOrderId);
            _venue.Submit(
                new VenueOrder(order.ClientOrderId, order.InstrumentId, (OrderSide)order.Side, (VenueOrderType)order.OrderType, (VenueTimeInForce)order.TimeInForce,
                    new Quantity(order.Quantity), new Price(order.TryGetPrice(out long price) ? price : 0)),
                sentAtNanos);
        }
        else if (OrderCancelRequestDecoder.TryWrap(request, out OrderCancelRequestDecoder cancel))
        {
            _history?.OnCancelSent(cancel.ClientOrderId);
            _venue.Cancel(cancel.ClientOrderId, sentAtNanos);
        }
        else if (OrderAmendRequestDecoder.TryWrap(request, out OrderAmendRequestDecoder amend))
        {
            _venue.Amend(amend.ClientOrderId, new Quantity(amend.Quantity), new Price(amend.TryGetPrice(out long price) ? price : 0), sentAtNanos);
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

        if (!_venue.TryAdvance(untilNanos, out report))
        {
            return false;
        }

        _history?.OnReport(report);
        return true;
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
        e.VenueTimeNanos = timeNanos;
        return OrderStatusReportEncoder.EncodedLength;
    }

    private int Encode(in VenueReport report, Span<byte> buffer)
    {
        var e = ExecutionReportEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.ClientOrderId = report.ClientOrderId;
        e.VenueOrderId = report.VenueOrderId;
        e.VenueTradeId = report.TradeId;
        e.InstrumentId = report.InstrumentId;
        e.VenueId = _venueId;
        e.Kind = (ExecutionKind)report.Kind;
        if (report.Side != default)
        {
            e.Side = (Side)report.Side;
        }

        e.Liquidity = report.Kind != VenueReportKind.Fill ? Liquidity.None : report.IsMaker ? Liquidity.Maker : Liquidity.Taker;
        e.FeeCurrency = FeeCurrency.Quote;
        e.Reason = ReasonOf(report.Reason);
        e.LastQuantity = report.LastQuantity.Raw;
        e.LastPrice = report.LastPrice.Raw;
        e.Fee = report.Fee.Raw;
        e.CumulativeQuantity = report.CumulativeQuantity.Raw;
        e.LeavesQuantity = report.LeavesQuantity.Raw;
        if (report.LimitPrice.Raw > 0)
        {
            e.Price = report.LimitPrice.Raw;
        }

        e.VenueTimeNanos = report.TimeNanos;
        return ExecutionReportEncoder.EncodedLength;
    }

    private static ReasonCode ReasonOf(VenueRejectReason reason) => reason switch
    {
        VenueRejectReason.None => ReasonCode.None,
        VenueRejectReason.PriceNotOnTick => ReasonCode.PriceNotOnTick,
        VenueRejectReason.QuantityNotOnStep => ReasonCode.QuantityNotOnStep,
        VenueRejectReason.QuantityBelowMinimum => ReasonCode.QuantityBelowMinimum,
        VenueRejectReason.QuantityAboveMaximum => ReasonCode.QuantityAboveMaximum,
        VenueRejectReason.NotionalBelowMinimum => ReasonCode.NotionalBelowMinimum,
        VenueRejectReason.UnknownInstrument => ReasonCode.UnknownInstrument,
        VenueRejectReason.UnknownOrder => ReasonCode.UnknownOrder,
        VenueRejectReason.TooLate => ReasonCode.OrderNotOpen,
        _ => ReasonCode.RejectedByVenue,
    };
}
