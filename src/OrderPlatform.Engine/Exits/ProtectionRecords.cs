using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Exits;

/// <summary>Writes the record of a position's protection after each change.</summary>
internal static class ProtectionRecords
{
    public static void Write(EngineState state, int row)
    {
        ref Position position = ref state.Positions[row];
        ref Protection protection = ref state.Positions.ProtectionOf(row);
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        var e = ProtectionEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.ClientId = state.Clients[strategy.Client].Id;
        e.StrategyId = strategy.Id;
        e.InstrumentId = state.Instruments[position.Instrument].Id;
        e.Quantity = protection.RoundNumber == 0 ? 0 : position.Quantity.Raw;
        if (!protection.StopPrice.IsZero)
        {
            e.StopPrice = protection.StopPrice.Raw;
        }

        if (!protection.TargetPrice.IsZero)
        {
            e.TargetPrice = protection.TargetPrice.Raw;
        }

        if (!protection.TrailingPrice.IsZero)
        {
            e.TrailingPrice = protection.TrailingPrice.Raw;
        }

        Ratio volatility = VolatilityOf(state, position, protection, strategy.Exits);
        if (!volatility.IsZero)
        {
            e.Volatility = volatility.Raw;
        }

        if (protection.ExitAtNanos != 0)
        {
            e.TimeExitNanos = protection.ExitAtNanos;
        }

        e.TimestampNanos = state.NowNanos;
        state.Outputs.Commit(ProtectionEventEncoder.EncodedLength);
    }

    // Of the stop, or of the target where there is no stop; a range in price as a fraction of the entry.
    private static Ratio VolatilityOf(EngineState state, in Position position, in Protection protection, in ExitRules rules)
    {
        ExitMode mode = rules.StopLoss.IsZero ? rules.TakeProfitMode : rules.StopMode;
        if (mode != ExitMode.AverageTrueRange)
        {
            return new ExitVolatility(protection.Volatility, protection.TrueRange, protection.SignalVolatility).Of(mode);
        }

        long entry = Valuation.AveragePrice(state, position).Raw;
        return entry > 0 && FixedPoint.TryMultiplyDivide(protection.TrueRange.Raw, FixedPoint.One, entry, out long fraction) ? new Ratio(fraction) : Ratio.Zero;
    }
}
