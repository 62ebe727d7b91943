using OrderPlatform.Messages;
using OrderPlatform.Strategies;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>Encodes signals as inputs, into a caller's buffer.</summary>
internal static class SignalMessages
{
    /// <summary>A signal; returns its length with the header.</summary>
    public static int Encode(Span<byte> buffer, SignalAddress address, ulong signalId, in StrategySignal signal)
    {
        var e = SignalEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.ClientId = address.ClientId;
        e.StrategyId = address.StrategyId;
        e.InstrumentId = address.InstrumentId;
        e.Direction = (Direction)signal.Direction;
        e.SignalId = signalId;
        e.Confidence = signal.Confidence?.Raw ?? SignalDecoder.ConfidenceNullValue;
        e.ExpectedReturn = signal.ExpectedReturn?.Raw ?? SignalDecoder.ExpectedReturnNullValue;
        e.RiskScore = signal.RiskScore?.Raw ?? SignalDecoder.RiskScoreNullValue;
        e.Volatility = signal.Volatility?.Raw ?? SignalDecoder.VolatilityNullValue;
        e.Price = signal.Price?.Raw ?? SignalDecoder.PriceNullValue;
        e.GeneratedAtNanos = signal.TimeNanos;
        e.ValidUntilNanos = signal.ValidUntilNanos ?? SignalDecoder.ValidUntilNanosNullValue;
        return SignalEncoder.EncodedLength;
    }
}

/// <summary>For whom and for what a producer's signals are.</summary>
/// <param name="ClientId">Client.</param>
/// <param name="StrategyId">Strategy.</param>
/// <param name="InstrumentId">Instrument.</param>
public readonly record struct SignalAddress(uint ClientId, uint StrategyId, uint InstrumentId);
