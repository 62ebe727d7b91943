using System.Runtime.InteropServices;
using OrderPlatform.Messages;

namespace OrderPlatform.Benchmarks.Micro;

/// <summary>The header as a struct: what codecs are compared with is the same bytes written at once.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct HeaderStruct(ushort BlockLength, ushort TemplateId, ushort SchemaId, ushort Version);

/// <summary>A signal with its header as a struct.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct SignalStruct(
    HeaderStruct Header, uint ClientId, uint StrategyId, uint InstrumentId, Direction Direction, ulong SignalId, long Confidence, long ExpectedReturn,
    long RiskScore, long Volatility, long Price, long GeneratedAtNanos, long ValidUntilNanos, SignalRole Role, ushort ModelId, long ExecuteAtNanos);

/// <summary>An order with its header as a struct.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct NewOrderStruct(
    HeaderStruct Header, ulong ClientOrderId, uint AccountId, uint StrategyId, uint InstrumentId, ushort VenueId, Side Side, OrderType OrderType,
    TimeInForce TimeInForce, long Quantity, long Price, long DecidedAtNanos, long TriggerPrice, long TrailingOffset, long ExpireAtNanos, long DisplayQuantity,
    YesNo PostOnly, YesNo ReduceOnly, byte Batch, SelfTradePrevention SelfTradePrevention, PositionLeg Leg);

/// <summary>A report with its header as a struct.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct ExecutionReportStruct(
    HeaderStruct Header, ulong ClientOrderId, ulong VenueOrderId, ulong VenueTradeId, uint InstrumentId, ushort VenueId, ExecutionKind Kind, Side Side,
    Liquidity Liquidity, FeeCurrency FeeCurrency, ReasonCode Reason, long LastQuantity, long LastPrice, long Fee, long CumulativeQuantity, long LeavesQuantity,
    long Price, long VenueTimeNanos, ulong FeeAsset, long RetryAfterNanos, long AveragePrice);
