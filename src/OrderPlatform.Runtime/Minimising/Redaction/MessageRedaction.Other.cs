using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Minimising.Redaction;

// Time, market data, cash and connections.
internal sealed partial class MessageRedaction
{
    private byte[] Redact(in TickDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[TickEncoder.EncodedLength];
        var e = TickEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..TickEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.TimestampNanos = Time(e.TimestampNanos);
        return copy;
    }

    private byte[] Redact(in EpochStartDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[EpochStartEncoder.EncodedLength];
        var e = EpochStartEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..EpochStartEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.StartedAtNanos = Time(e.StartedAtNanos);
        return copy;
    }

    private byte[] Redact(in MarketTradeDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[MarketTradeEncoder.EncodedLength];
        var e = MarketTradeEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..MarketTradeEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.InstrumentId = Number(RedactedKind.Instrument, e.InstrumentId);
        e.TradeId = Number(RedactedKind.Trade, e.TradeId);
        e.VenueTimeNanos = Time(e.VenueTimeNanos);
        return copy;
    }

    private byte[] Redact(in TopOfBookDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[TopOfBookEncoder.EncodedLength];
        var e = TopOfBookEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..TopOfBookEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.InstrumentId = Number(RedactedKind.Instrument, e.InstrumentId);
        e.VenueTimeNanos = Time(e.VenueTimeNanos);
        return copy;
    }

    private byte[] Redact(in BarDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[BarEncoder.EncodedLength];
        var e = BarEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..BarEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.InstrumentId = Number(RedactedKind.Instrument, e.InstrumentId);
        e.OpenTimeNanos = Time(e.OpenTimeNanos);
        e.CloseTimeNanos = Time(e.CloseTimeNanos);
        return copy;
    }

    private byte[] Redact(in FundingRateDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[FundingRateEncoder.EncodedLength];
        var e = FundingRateEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..FundingRateEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.InstrumentId = Number(RedactedKind.Instrument, e.InstrumentId);
        e.VenueTimeNanos = Time(e.VenueTimeNanos);
        return copy;
    }

    private byte[] Redact(in CashMovementDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[CashMovementEncoder.EncodedLength];
        var e = CashMovementEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..CashMovementEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.AccountId = Number(RedactedKind.Account, e.AccountId);
        e.MovementId = Number(RedactedKind.Movement, e.MovementId);
        return copy;
    }

    private byte[] Redact(in VenueStatusDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[VenueStatusEncoder.EncodedLength];
        var e = VenueStatusEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..VenueStatusEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.VenueId = Number(RedactedKind.Venue, e.VenueId);
        e.AccountId = Number(RedactedKind.Account, e.AccountId);
        e.BudgetId = Number(RedactedKind.Budget, e.BudgetId);
        return copy;
    }
}
