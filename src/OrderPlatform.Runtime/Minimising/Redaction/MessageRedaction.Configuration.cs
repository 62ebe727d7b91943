using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Minimising.Redaction;

// Who they are and what they may.
internal sealed partial class MessageRedaction
{
    private byte[] Redact(in VenueConfigurationDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[VenueConfigurationEncoder.EncodedLength];
        var e = VenueConfigurationEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..VenueConfigurationEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.VenueId = Number(RedactedKind.Venue, e.VenueId);
        return copy;
    }

    private byte[] Redact(in InstrumentConfigurationDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[InstrumentConfigurationEncoder.EncodedLength];
        var e = InstrumentConfigurationEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..InstrumentConfigurationEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.InstrumentId = Number(RedactedKind.Instrument, e.InstrumentId);
        e.VenueId = Number(RedactedKind.Venue, e.VenueId);
        e.ProductId = Number(RedactedKind.Product, e.ProductId);
        return copy;
    }

    private byte[] Redact(in ClientConfigurationDecoder d, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[ClientConfigurationEncoder.EncodedLength];
        var e = ClientConfigurationEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..ClientConfigurationEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.ClientId = Number(RedactedKind.Client, e.ClientId);
        e.SetName(Name(RedactedKind.Client, d.Name));
        return copy;
    }

    private byte[] Redact(in AccountConfigurationDecoder d, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[AccountConfigurationEncoder.EncodedLength];
        var e = AccountConfigurationEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..AccountConfigurationEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.AccountId = Number(RedactedKind.Account, e.AccountId);
        e.ClientId = Number(RedactedKind.Client, e.ClientId);
        e.VenueId = Number(RedactedKind.Venue, e.VenueId);
        e.SetName(Name(RedactedKind.Account, d.Name));
        e.ConversionInstrumentId = Number(RedactedKind.Instrument, e.ConversionInstrumentId);
        return copy;
    }

    private byte[] Redact(in StrategyConfigurationDecoder d, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[StrategyConfigurationEncoder.EncodedLength];
        var e = StrategyConfigurationEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..StrategyConfigurationEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.StrategyId = Number(RedactedKind.Strategy, e.StrategyId);
        e.ClientId = Number(RedactedKind.Client, e.ClientId);
        e.AccountId = Number(RedactedKind.Account, e.AccountId);
        e.SetName(Name(RedactedKind.Strategy, d.Name));
        return copy;
    }

    private byte[] Redact(in RiskLimitsDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[RiskLimitsEncoder.EncodedLength];
        var e = RiskLimitsEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..RiskLimitsEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.ScopeId = Scoped(e.Scope, e.ScopeId);
        return copy;
    }

    private byte[] Redact(in PositionSeedDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[PositionSeedEncoder.EncodedLength];
        var e = PositionSeedEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..PositionSeedEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.StrategyId = Number(RedactedKind.Strategy, e.StrategyId);
        e.InstrumentId = Number(RedactedKind.Instrument, e.InstrumentId);
        return copy;
    }

    private byte[] Redact(in SignalConfigurationDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[SignalConfigurationEncoder.EncodedLength];
        var e = SignalConfigurationEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..SignalConfigurationEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.StrategyId = Number(RedactedKind.Strategy, e.StrategyId);
        return copy;
    }

    private byte[] Redact(in ExecutionConfigurationDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[ExecutionConfigurationEncoder.EncodedLength];
        var e = ExecutionConfigurationEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..ExecutionConfigurationEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.StrategyId = Number(RedactedKind.Strategy, e.StrategyId);
        return copy;
    }

    private byte[] Redact(in ExitConfigurationDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[ExitConfigurationEncoder.EncodedLength];
        var e = ExitConfigurationEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..ExitConfigurationEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.StrategyId = Number(RedactedKind.Strategy, e.StrategyId);
        return copy;
    }

    private byte[] Redact(in RateBudgetConfigurationDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[RateBudgetConfigurationEncoder.EncodedLength];
        var e = RateBudgetConfigurationEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..RateBudgetConfigurationEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.BudgetId = Number(RedactedKind.Budget, e.BudgetId);
        e.ScopeId = Scoped(e.Scope, e.ScopeId);
        e.AccountId = Number(RedactedKind.Account, e.AccountId);
        return copy;
    }

    private byte[] Redact(in BreakerConfigurationDecoder _, ReadOnlySpan<byte> block)
    {
        byte[] copy = new byte[BreakerConfigurationEncoder.EncodedLength];
        var e = BreakerConfigurationEncoder.WrapForEncodeAndApplyHeader(copy);
        block[..BreakerConfigurationEncoder.BlockLength].CopyTo(copy.AsSpan(MessageHeader.EncodedLength));
        e.ScopeId = Scoped(e.Scope, e.ScopeId);
        return copy;
    }
}
