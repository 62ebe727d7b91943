using System;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.MarketData;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Sizing;

/// <summary>
/// Turns a wish into a quantity by the strategy's rule (R46, R103, R116, R128, D4), with every bound that is set, rounded down to the lot; and refuses what could not be
/// left again (T12), or whose stop or target cannot be made because a volatility is not known yet.
/// </summary>
internal static class PositionSizer
{
    /// <summary>The quantity to hold, without sign, with all that went into it; zero if there is none.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="position">The position.</param>
    /// <param name="price">The expected price, above zero.</param>
    /// <param name="intent">Side, and what the signal said of return, risk and volatility.</param>
    public static SizingAnswer Answer(EngineState state, in Position position, Price price, in Intent intent)
    {
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        ref InstrumentHistory history = ref state.Histories[position.Instrument];
        SizingAnswer answer = default;
        answer.Equity = Valuation.Equity(state, position.Account);
        answer.Price = price;
        bool isLong = intent.Target != Direction.Short;
        var volatility = ExitVolatility.Of(history, strategy.Exits, intent.Volatility);
        if (!ExitLevels.TryMake(strategy.Exits, isLong, price, instrument.PriceTick, volatility, out ProtectionLevels levels))
        {
            return answer.Without(ReasonCode.NoHistory);
        }

        answer.StopDistance = !levels.Stop.IsZero ? levels.StopDistance(price) : strategy.Exits.TrailingActivation.IsZero ? strategy.Exits.TrailingOffset : Ratio.Zero;
        if (!TryAmounts(strategy, instrument, history, price, intent, ref answer))
        {
            return answer.Without(ReasonCode.NoHistory);
        }

        answer.Quantity = QuantityOf(strategy.Sizing, instrument, price, answer.Amounts);
        if (answer.Quantity.IsZero)
        {
            return answer.Without(
                strategy.Sizing.Mode == SizingMode.Kelly && answer.Kelly.Raw <= 0 ? ReasonCode.NoEdge : ReasonCode.RoundsToZero,
                answer.Amounts.Notional.Raw, instrument.QuantityStep.Raw);
        }

        return CheckExit(state.Venues[instrument.Venue], instrument, price, isLong ? levels.Stop : Price.Zero, isLong, answer);
    }

    private static bool TryAmounts(
        in Strategy strategy, in Instrument instrument, in InstrumentHistory history, Price price, in Intent intent, ref SizingAnswer answer)
    {
        ref readonly SizingRules rules = ref strategy.Sizing;
        var bounds = new SizeBounds(rules.RiskPerTrade, rules.MaximumFraction);
        Money equity = answer.Equity;
        Ratio distance = answer.StopDistance;
        switch (rules.Mode)
        {
            case SizingMode.EquityFraction:
                answer.Amounts = NotionalSize.EquityFraction(rules.EquityFraction, equity, distance, bounds);
                return true;
            case SizingMode.FixedNotional:
                answer.Amounts = NotionalSize.Fixed(rules.FixedNotional, equity, distance, bounds);
                return true;
            case SizingMode.VolatilityTarget:
                Ratio volatility = intent.Volatility;
                if (volatility.Raw <= 0 && !history.Closes.TryStandardDeviation(strategy.Exits.Window, out volatility))
                {
                    return false;
                }

                answer.Amounts = NotionalSize.VolatilityTarget(rules.TargetVolatility, volatility, equity, distance, bounds);
                return true;
            case SizingMode.Kelly:
                KellyFraction.TryEdge(rules.KellyWinRate, intent.ExpectedReturn, intent.RiskScore, out answer.Kelly);
                answer.Amounts = NotionalSize.Kelly(rules.KellyMultiplier, answer.Kelly.Raw > 0 ? answer.Kelly : Ratio.Zero, equity, distance, bounds);
                return true;
            default:
                answer.Amounts = NotionalSize.Fixed(ContractValue.Notional(instrument, price, rules.FixedQuantity), equity, distance, bounds);
                return true;
        }
    }

    // A fixed quantity stays what it is unless a bound is less; one whose value does not fit is refused by the checks before an order.
    private static Quantity QuantityOf(in SizingRules rules, in Instrument instrument, Price price, in SizingResult amounts) =>
        rules.Mode == SizingMode.FixedQuantity && amounts.DecidedBy is SizingBound.Fixed or SizingBound.None
            ? new Quantity(FixedPoint.FloorToStep(rules.FixedQuantity.Raw, instrument.QuantityStep.Raw))
            : ContractSize.Of(instrument, amounts.Notional, price);

    // An entry that the venue itself would refuse is left to its own check, which has its own reason.
    private static SizingAnswer CheckExit(in Venue venue, in Instrument instrument, Price price, Price stop, bool isLong, in SizingAnswer answer)
    {
        bool isSpot = instrument.Kind == InstrumentKind.Spot;
        var rules = new LotRules(instrument.QuantityStep, instrument.MinimumQuantity, isSpot ? instrument.MinimumNotional : Money.Zero);
        if (LotSize.Check(answer.Quantity, price, rules) != SizeVerdict.Fits)
        {
            return answer;
        }

        Ratio fee = isSpot && isLong && (venue.Features & VenueFeatures.FeeFromReceived) != 0 ? venue.TakerFeeRate : Ratio.Zero;
        Price worst = stop.IsZero ? price : stop;
        SizeVerdict verdict = ExitFeasibility.Check(answer.Quantity, fee, worst, rules, out Quantity exit);
        return verdict switch
        {
            SizeVerdict.Fits => answer,
            SizeVerdict.BelowMinimumNotional => answer.Without(
                ReasonCode.ExitNotFeasible, worst.TryValue(exit, out Money value) ? value.Raw : long.MaxValue, rules.MinimumNotional.Raw),
            _ => answer.Without(ReasonCode.ExitNotFeasible, exit.Raw, Math.Max(rules.Step.Raw, rules.MinimumQuantity.Raw)),
        };
    }
}
