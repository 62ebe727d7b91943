using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Minimising.Redaction;

// Signals, orders and what venues say of them.
internal sealed partial class MessageRedaction
{
    private byte[] Redact(in SignalDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[SignalEncoder.EncodedLength];
        var e = SignalEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..SignalEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.ClientId = Number(RedactedKind.Client, e.ClientId);
        e.StrategyId = Number(RedactedKind.Strategy, e.StrategyId);
        e.InstrumentId = Number(RedactedKind.Instrument, e.InstrumentId);
        e.SignalId = Number(RedactedKind.Signal, e.SignalId);
        e.ModelId = Number(RedactedKind.Model, e.ModelId);
        e.GeneratedAtNanos = Time(e.GeneratedAtNanos);
        e.ValidUntilNanos = Time(e.ValidUntilNanos);
        e.ExecuteAtNanos = Time(e.ExecuteAtNanos);
        return copy;
    }

    private byte[] Redact(in ExecutionReportDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[ExecutionReportEncoder.EncodedLength];
        var e = ExecutionReportEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..ExecutionReportEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.VenueOrderId = Number(RedactedKind.VenueOrder, e.VenueOrderId);
        e.VenueTradeId = Number(RedactedKind.Trade, e.VenueTradeId);
        e.InstrumentId = Number(RedactedKind.Instrument, e.InstrumentId);
        e.VenueId = Number(RedactedKind.Venue, e.VenueId);
        e.VenueTimeNanos = Time(e.VenueTimeNanos);
        return copy;
    }

    private byte[] Redact(in SubmitOrderDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[SubmitOrderEncoder.EncodedLength];
        var e = SubmitOrderEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..SubmitOrderEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.ClientId = Number(RedactedKind.Client, e.ClientId);
        e.StrategyId = Number(RedactedKind.Strategy, e.StrategyId);
        e.InstrumentId = Number(RedactedKind.Instrument, e.InstrumentId);
        e.RequestId = Number(RedactedKind.Request, e.RequestId);
        e.LinkId = Number(RedactedKind.Link, e.LinkId);
        e.ExpireAtNanos = Time(e.ExpireAtNanos);
        return copy;
    }

    private byte[] Redact(in CancelOrderDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[CancelOrderEncoder.EncodedLength];
        var e = CancelOrderEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..CancelOrderEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.ClientId = Number(RedactedKind.Client, e.ClientId);
        e.RequestId = Number(RedactedKind.Request, e.RequestId);
        return copy;
    }

    private byte[] Redact(in AmendOrderDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[AmendOrderEncoder.EncodedLength];
        var e = AmendOrderEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..AmendOrderEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.ClientId = Number(RedactedKind.Client, e.ClientId);
        e.RequestId = Number(RedactedKind.Request, e.RequestId);
        return copy;
    }

    private byte[] Redact(in OrderStatusReportDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[OrderStatusReportEncoder.EncodedLength];
        var e = OrderStatusReportEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..OrderStatusReportEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.VenueOrderId = Number(RedactedKind.VenueOrder, e.VenueOrderId);
        e.InstrumentId = Number(RedactedKind.Instrument, e.InstrumentId);
        e.VenueId = Number(RedactedKind.Venue, e.VenueId);
        e.VenueTimeNanos = Time(e.VenueTimeNanos);
        return copy;
    }
}
