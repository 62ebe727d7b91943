using System.Text;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Minimising.Redaction;

/// <summary>
/// Redacts one message after the other. Blocks are copied whole, then the fields that say whose it is are written anew; what a newer writer put behind them,
/// and all of a malformed input but its
/// header, is left out, as nobody can say what it holds.
/// </summary>
internal sealed partial class MessageRedaction(RedactionMap map, bool renumbersIds, long shiftNanos)
{
    /// <summary>A message without names.</summary>
    public byte[] Redact(ReadOnlySpan<byte> message) =>
        MessageHeader.TryRead(message, out MessageHeader header) ? RedactConfiguration(header.TemplateId, message) : message.ToArray();

    private byte[] RedactConfiguration(ushort templateId, ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> block = message[MessageHeader.EncodedLength..];
        return templateId switch
        {
            VenueConfigurationDecoder.TemplateId when VenueConfigurationDecoder.TryWrap(message, out VenueConfigurationDecoder d) => Redact(d, block),
            InstrumentConfigurationDecoder.TemplateId when InstrumentConfigurationDecoder.TryWrap(message, out InstrumentConfigurationDecoder d) =>
                Redact(d, block),
            ClientConfigurationDecoder.TemplateId when ClientConfigurationDecoder.TryWrap(message, out ClientConfigurationDecoder d) => Redact(d, block),
            AccountConfigurationDecoder.TemplateId when AccountConfigurationDecoder.TryWrap(message, out AccountConfigurationDecoder d) => Redact(d, block),
            StrategyConfigurationDecoder.TemplateId when StrategyConfigurationDecoder.TryWrap(message, out StrategyConfigurationDecoder d) => Redact(d, block),
            RiskLimitsDecoder.TemplateId when RiskLimitsDecoder.TryWrap(message, out RiskLimitsDecoder d) => Redact(d, block),
            PositionSeedDecoder.TemplateId when PositionSeedDecoder.TryWrap(message, out PositionSeedDecoder d) => Redact(d, block),
            SignalConfigurationDecoder.TemplateId when SignalConfigurationDecoder.TryWrap(message, out SignalConfigurationDecoder d) => Redact(d, block),
            ExecutionConfigurationDecoder.TemplateId when ExecutionConfigurationDecoder.TryWrap(message, out ExecutionConfigurationDecoder d) =>
                Redact(d, block),
            ExitConfigurationDecoder.TemplateId when ExitConfigurationDecoder.TryWrap(message, out ExitConfigurationDecoder d) => Redact(d, block),
            RateBudgetConfigurationDecoder.TemplateId when RateBudgetConfigurationDecoder.TryWrap(message, out RateBudgetConfigurationDecoder d) =>
                Redact(d, block),
            BreakerConfigurationDecoder.TemplateId when BreakerConfigurationDecoder.TryWrap(message, out BreakerConfigurationDecoder d) => Redact(d, block),
            _ => RedactOrder(templateId, message),
        };
    }

    private byte[] RedactOrder(ushort templateId, ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> block = message[MessageHeader.EncodedLength..];
        return templateId switch
        {
            SignalDecoder.TemplateId when SignalDecoder.TryWrap(message, out SignalDecoder d) => Redact(d, block),
            ExecutionReportDecoder.TemplateId when ExecutionReportDecoder.TryWrap(message, out ExecutionReportDecoder d) => Redact(d, block),
            SubmitOrderDecoder.TemplateId when SubmitOrderDecoder.TryWrap(message, out SubmitOrderDecoder d) => Redact(d, block),
            CancelOrderDecoder.TemplateId when CancelOrderDecoder.TryWrap(message, out CancelOrderDecoder d) => Redact(d, block),
            AmendOrderDecoder.TemplateId when AmendOrderDecoder.TryWrap(message, out AmendOrderDecoder d) => Redact(d, block),
            OrderStatusReportDecoder.TemplateId when OrderStatusReportDecoder.TryWrap(message, out OrderStatusReportDecoder d) => Redact(d, block),
            OperatorCommandDecoder.TemplateId when OperatorCommandDecoder.TryWrap(message, out OperatorCommandDecoder d) => Redact(d),
            OperatorLimitDecoder.TemplateId when OperatorLimitDecoder.TryWrap(message, out OperatorLimitDecoder d) => Redact(d, block),
            OperatorOrderDecoder.TemplateId when OperatorOrderDecoder.TryWrap(message, out OperatorOrderDecoder d) => Redact(d, block),
            _ => RedactOther(templateId, message),
        };
    }

    private byte[] RedactOther(ushort templateId, ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> block = message[MessageHeader.EncodedLength..];
        return templateId switch
        {
            TickDecoder.TemplateId when TickDecoder.TryWrap(message, out TickDecoder d) => Redact(d, block),
            EpochStartDecoder.TemplateId when EpochStartDecoder.TryWrap(message, out EpochStartDecoder d) => Redact(d, block),
            ReconciliationStartDecoder.TemplateId when ReconciliationStartDecoder.TryWrap(message, out _) =>
                message[..ReconciliationStartDecoder.EncodedLength].ToArray(),
            MarketTradeDecoder.TemplateId when MarketTradeDecoder.TryWrap(message, out MarketTradeDecoder d) => Redact(d, block),
            TopOfBookDecoder.TemplateId when TopOfBookDecoder.TryWrap(message, out TopOfBookDecoder d) => Redact(d, block),
            BarDecoder.TemplateId when BarDecoder.TryWrap(message, out BarDecoder d) => Redact(d, block),
            FundingRateDecoder.TemplateId when FundingRateDecoder.TryWrap(message, out FundingRateDecoder d) => Redact(d, block),
            CashMovementDecoder.TemplateId when CashMovementDecoder.TryWrap(message, out CashMovementDecoder d) => Redact(d, block),
            VenueStatusDecoder.TemplateId when VenueStatusDecoder.TryWrap(message, out VenueStatusDecoder d) => Redact(d, block),
            _ => message[..MessageHeader.EncodedLength].ToArray(),
        };
    }

    private string Name(RedactedKind kind, ReadOnlySpan<byte> original) => original.IsEmpty ? "" : map.Name(kind, Encoding.UTF8.GetString(original));

    private ulong Number(RedactedKind kind, ulong original) => !renumbersIds || original == ulong.MaxValue ? original : map.Number(kind, original);

    // The largest number of a type is null.
    private uint Number(RedactedKind kind, uint original) => original == uint.MaxValue ? original : (uint)Number(kind, (ulong)original);

    private ushort Number(RedactedKind kind, ushort original) => original == ushort.MaxValue ? original : (ushort)Number(kind, (ulong)original);

    private uint Scoped(Scope scope, uint original) => scope switch
    {
        Scope.Client => Number(RedactedKind.Client, original),
        Scope.Strategy => Number(RedactedKind.Strategy, original),
        Scope.Venue => Number(RedactedKind.Venue, original),
        Scope.Account => Number(RedactedKind.Account, original),
        Scope.Instrument => Number(RedactedKind.Instrument, original),
        _ => original,
    };

    // 0 is "not known", the smallest number is null.
    private long Time(long original) => original is 0 or long.MinValue ? original : original + shiftNanos;
}
