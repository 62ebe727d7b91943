using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Gateways.Simulated;

/// <summary>What a simulated venue takes and gives, as messages.</summary>
internal static class VenueMessages
{
    /// <summary>The order that a request is for.</summary>
    public static VenueOrder Order(in NewOrderDecoder order) => new(
        order.ClientOrderId,
        order.InstrumentId,
        (OrderSide)order.Side,
        (VenueOrderType)order.OrderType,
        (VenueTimeInForce)order.TimeInForce,
        new Quantity(order.Quantity),
        new Price(order.TryGetPrice(out long price) ? price : 0))
    {
        AccountId = order.AccountId,
        TriggerPrice = new Price(order.TryGetTriggerPrice(out long trigger) ? trigger : 0),
        TrailingOffset = new Ratio(order.TryGetTrailingOffset(out long offset) ? offset : 0),
        ExpireAtNanos = order.TryGetExpireAtNanos(out long expireAt) ? expireAt : 0,
        DisplayQuantity = new Quantity(order.TryGetDisplayQuantity(out long shown) ? shown : 0),
        PostOnly = order.TryGetPostOnly(out YesNo postOnly) && postOnly == YesNo.Yes,
        ReduceOnly = order.TryGetReduceOnly(out YesNo reduceOnly) && reduceOnly == YesNo.Yes,
        SelfTradePrevention = order.TryGetSelfTradePrevention(out Messages.SelfTradePrevention prevention)
            ? (Simulation.Venue.SelfTradePrevention)prevention
            : default,
    };

    /// <summary>An ExecutionReport, a FundingRate or a VenueStatus.</summary>
    /// <returns>Length of the message.</returns>
    public static int Encode(in VenueReport report, ushort venueId, string feeAsset, Span<byte> buffer) => report.Kind switch
    {
        VenueReportKind.Funding => EncodeFunding(report, buffer),
        VenueReportKind.Disconnected => EncodeStatus(venueId, YesNo.No, buffer),
        VenueReportKind.Connected => EncodeStatus(venueId, YesNo.Yes, buffer),
        _ => EncodeExecution(report, venueId, feeAsset, buffer),
    };

    private static int EncodeStatus(ushort venueId, YesNo connected, Span<byte> buffer)
    {
        var e = VenueStatusEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.VenueId = venueId;
        e.Connected = connected;
        return VenueStatusEncoder.EncodedLength;
    }

    private static int EncodeFunding(in VenueReport report, Span<byte> buffer)
    {
        var e = FundingRateEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.InstrumentId = report.InstrumentId;
        e.Rate = report.FundingRate.Raw;
        if (!report.LastPrice.IsZero)
        {
            e.MarkPrice = report.LastPrice.Raw;
        }

        e.VenueTimeNanos = report.FundingNanos;
        return FundingRateEncoder.EncodedLength;
    }

    private static int EncodeExecution(in VenueReport report, ushort venueId, string feeAsset, Span<byte> buffer)
    {
        var e = ExecutionReportEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.ClientOrderId = report.ClientOrderId;
        e.VenueOrderId = report.VenueOrderId;
        e.VenueTradeId = report.TradeId;
        e.InstrumentId = report.InstrumentId;
        e.VenueId = venueId;
        e.Kind = (ExecutionKind)report.Kind;
        if (report.Side != default)
        {
            e.Side = (Side)report.Side;
        }

        e.Liquidity = report.Kind != VenueReportKind.Fill ? Liquidity.None : report.IsMaker ? Liquidity.Maker : Liquidity.Taker;
        e.FeeCurrency = (FeeCurrency)report.FeeAsset;
        if (report.FeeAsset == FeeAsset.Other)
        {
            e.SetFeeAsset(feeAsset);
        }

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

        if (report.Kind == VenueReportKind.Throttled)
        {
            e.RetryAfterNanos = report.RetryAfterNanos;
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
        VenueRejectReason.DuplicateClientOrderId => ReasonCode.DuplicateRequest,
        VenueRejectReason.WouldTake => ReasonCode.WouldCross,
        VenueRejectReason.NothingToReduce => ReasonCode.NotReducing,
        VenueRejectReason.SelfTradePrevented => ReasonCode.SelfTrade,
        VenueRejectReason.TimeIsUp or VenueRejectReason.ExpiryInThePast => ReasonCode.Expired,
        VenueRejectReason.TooManyRequests => ReasonCode.Throttled,
        VenueRejectReason.NoAnswer => ReasonCode.OutcomeUnknown,
        VenueRejectReason.WouldTriggerAtOnce => ReasonCode.TriggerReached,
        VenueRejectReason.PriceProtection => ReasonCode.SlippageLimit,
        _ => ReasonCode.RejectedByVenue,
    };
}
