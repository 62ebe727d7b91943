using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Runtime.Venues;

/// <summary>Speaks SBE to the engine and plain calls to the simulated venue: requests one way, execution reports the other.</summary>
public sealed class SimulatedGateway
{
    private readonly SimulatedVenue _venue;
    private readonly ushort _venueId;
    private long _nowNanos = long.MinValue;

    /// <summary>A gateway to a venue.</summary>
    public SimulatedGateway(SimulatedVenue venue, ushort venueId)
    {
        _venue = venue;
        _venueId = venueId;
    }

    /// <summary>When the venue does something next; <see cref="long.MaxValue"/> if nothing is scheduled.</summary>
    public long NextEventTimeNanos => _venue.NextEventTimeNanos;

    /// <summary>Takes a request of the engine's; other outputs are not for a venue.</summary>
    /// <returns>Whether it was a request.</returns>
    public bool OnOutput(ReadOnlySpan<byte> output)
    {
        if (NewOrderDecoder.TryWrap(output, out NewOrderDecoder order))
        {
            // A live venue has moved on while the order was under way in the pipeline; in lockstep the venue's time is never past the decision.
            _venue.Submit(
                new VenueOrder(order.ClientOrderId, order.InstrumentId, (OrderSide)order.Side, (VenueOrderType)order.OrderType, (VenueTimeInForce)order.TimeInForce,
                    new Quantity(order.Quantity), new Price(order.TryGetPrice(out long price) ? price : 0)),
                Math.Max(order.DecidedAtNanos, _nowNanos));
            return true;
        }

        if (OrderCancelRequestDecoder.TryWrap(output, out OrderCancelRequestDecoder cancel))
        {
            _venue.Cancel(cancel.ClientOrderId, Math.Max(cancel.DecidedAtNanos, _nowNanos));
            return true;
        }

        if (OrderAmendRequestDecoder.TryWrap(output, out OrderAmendRequestDecoder amend))
        {
            _venue.Amend(amend.ClientOrderId, new Quantity(amend.Quantity), new Price(amend.TryGetPrice(out long price) ? price : 0), Math.Max(amend.DecidedAtNanos, _nowNanos));
            return true;
        }

        return false;
    }

    /// <summary>Tells the venue what its market does. All due reports have to be taken before.</summary>
    public void OnMarketEvent(uint instrumentId, in MarketEvent marketEvent)
    {
        long time = marketEvent.Kind == MarketEventKind.Bar ? marketEvent.OpenTimeNanos : marketEvent.TimeNanos;
        _nowNanos = Math.Max(_nowNanos, time);
        _venue.OnMarketEvent(instrumentId, marketEvent);
    }

    /// <summary>Lets the venue work up to a time and takes its next report as an ExecutionReport message.</summary>
    /// <returns>Length of the message, or 0 if nothing further is due.</returns>
    public int TryAdvance(long untilNanos, Span<byte> buffer, out long timeNanos)
    {
        if (!_venue.TryAdvance(untilNanos, out VenueReport report))
        {
            timeNanos = 0;
            return 0;
        }

        _nowNanos = Math.Max(_nowNanos, report.TimeNanos);
        timeNanos = report.TimeNanos;
        return Encode(report, buffer);
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
