using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>Which filter decided over a signal, with which numbers; of the last input of an engine.</summary>
internal sealed record Why(
    FilterKind Filter, ReasonCode Reason, DecisionAction Action, long Value, long Limit, SignalRole Role, decimal? Confidence, decimal? Momentum, long? ExecuteAtNanos)
{
    public static Why Of(BusinessLogicProcessor engine)
    {
        for (int i = 0; i < engine.Outputs.Count; i++)
        {
            if (DecisionEventDecoder.TryWrap(engine.Outputs[i], out DecisionEventDecoder d))
            {
                return new Why(d.Filter, d.Reason, d.Action, d.Value, d.Limit, d.Role, d.TryGetConfidence(out long confidence) ? Scaled.Of(confidence) : null,
                    d.TryGetMomentum(out long momentum) ? Scaled.Of(momentum) : null, d.TryGetExecuteAtNanos(out long at) ? at : null);
            }
        }

        throw new InvalidOperationException("no decision");
    }
}

/// <summary>How a size came about; a bound that is not set is null.</summary>
internal sealed record Sized(
    SizingMode Mode, SizingBound Bound, decimal Equity, decimal Price, decimal Kelly, decimal Wish, decimal? Risk, decimal? Fraction, decimal StopDistance, decimal Notional,
    decimal Quantity)
{
    public static Sized Of(ReadOnlySpan<byte> bytes)
    {
        var d = SizingEventDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new Sized(d.Mode, d.Bound, Scaled.Of(d.Equity), Scaled.Of(d.Price), Scaled.Of(d.KellyFraction), Scaled.Of(d.KellyNotional), Bounded(d.RiskNotional),
            Bounded(d.FractionNotional), Scaled.Of(d.StopDistance), Scaled.Of(d.Notional), Scaled.Of(d.Quantity));
    }

    private static decimal? Bounded(long raw) => raw == long.MaxValue ? null : Scaled.Of(raw);
}

/// <summary>What an ensemble said.</summary>
internal sealed record Voted(int Fresh, Direction? Entry, Direction? Position, Direction? Exit, Direction? Profit, decimal Score, decimal Threshold, Direction Result)
{
    public static Voted Of(ReadOnlySpan<byte> bytes)
    {
        var d = VoteEventDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new Voted(d.Fresh, Known(d.EntryDirection), Known(d.PositionDirection), Known(d.ExitDirection), Known(d.ProfitDirection), Scaled.Of(d.Score),
            Scaled.Of(d.Threshold), d.Direction);
    }

    private static Direction? Known(Direction direction) => direction == Direction.NULL_VALUE ? null : direction;
}

/// <summary>A position's protection.</summary>
internal sealed record Protected(
    decimal Quantity, decimal? Stop, decimal? Target, decimal? Trailing, decimal? Volatility, long? ExitAtNanos, uint Strategy = 1, uint Instrument = 1)
{
    public static Protected Of(ReadOnlySpan<byte> bytes)
    {
        var d = ProtectionEventDecoder.WrapForDecodeAndApplyHeader(bytes);
        return new Protected(Scaled.Of(d.Quantity), d.TryGetStopPrice(out long stop) ? Scaled.Of(stop) : null, d.TryGetTargetPrice(out long target) ? Scaled.Of(target) : null,
            d.TryGetTrailingPrice(out long trailing) ? Scaled.Of(trailing) : null, d.TryGetVolatility(out long volatility) ? Scaled.Of(volatility) : null,
            d.TryGetTimeExitNanos(out long at) ? at : null, d.StrategyId, d.InstrumentId);
    }
}
