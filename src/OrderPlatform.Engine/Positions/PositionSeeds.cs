using System;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Ledger;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Trades;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Positions;

/// <summary>
/// Takes positions in that were held before the journal began (R90 to R92). The account's initial cash is what it was worth with them at their cost, so
/// their cost leaves the cash; earlier profit and fees are statistics of the position and touch no cash.
/// </summary>
internal static class PositionSeeds
{
    public static void OnSeed(EngineState state, in PositionSeedDecoder seed)
    {
        const ushort Template = PositionSeedDecoder.TemplateId;
        ReasonCode reason = Check(state, seed, out int strategy, out int instrument);
        int row = -1;
        if (reason == ReasonCode.None)
        {
            reason = Legs.TryOf(state, strategy, instrument, seed.Leg, seed.Quantity > 0 ? Direction.Long : Direction.Short, out PositionLeg leg);
            bool isOther = leg == (seed.Quantity > 0 ? PositionLeg.Short : PositionLeg.Long);
            reason = isOther ? ReasonCode.InvalidValue
                : reason == ReasonCode.None ? state.Positions.TryFindOrAdd(state, strategy, instrument, leg, out row)
                : reason;
        }

        if (reason == ReasonCode.None && (state.Positions[row].Round.Number != 0 || state.Positions[row].WorkingParent >= 0))
        {
            reason = ReasonCode.AlreadyInPosition;
        }
        else if (reason == ReasonCode.None && !Fits(state, row, seed))
        {
            reason = ReasonCode.ArithmeticOverflow;
        }

        if (reason != ReasonCode.None)
        {
            Events.Alert(state, Severity.Warning, reason, Template, seed.StrategyId, seed.Quantity, seed.AveragePrice);
            return;
        }

        Take(state, row, seed);
    }

    private static ReasonCode Check(EngineState state, in PositionSeedDecoder seed, out int strategy, out int instrument)
    {
        instrument = -1;
        if (!state.Strategies.TryFind(seed.StrategyId, out strategy))
        {
            return ReasonCode.UnknownStrategy;
        }

        if (!state.Instruments.TryFind(seed.InstrumentId, out instrument))
        {
            return ReasonCode.UnknownInstrument;
        }

        bool sane = seed.Quantity != 0 && seed.Quantity is > -Bounds.QuantityMax and < Bounds.QuantityMax && Bounds.IsPrice(seed.AveragePrice)
            && Bounds.IsMoney(seed.RealisedPnl) && Bounds.IsMoney(seed.Fees);
        return sane ? ReasonCode.None : ReasonCode.InvalidValue;
    }

    // All sums that a seed moves, so that none of them overflows half way.
    private static bool Fits(EngineState state, int row, in PositionSeedDecoder seed)
    {
        ref Position position = ref state.Positions[row];
        ref Account account = ref state.Accounts[position.Account];
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        if (!ContractValue.TryOf(instrument, new Price(seed.AveragePrice), new Quantity(seed.Quantity), out Money cost) || !Bounds.IsMoney(cost.Raw))
        {
            return false;
        }

        long paid = instrument.Kind == InstrumentKind.Spot ? cost.Raw : 0;
        return FixedPoint.Fits((Int128)account.Cash.Raw - paid) && FixedPoint.Fits((Int128)account.Cost.Raw + paid)
            && FixedPoint.Fits((Int128)account.SeededRealised.Raw + seed.RealisedPnl) && FixedPoint.Fits((Int128)account.SeededFees.Raw + seed.Fees)
            && FixedPoint.Fits((Int128)state.Strategies[position.Strategy].NetRealised.Raw + seed.RealisedPnl - seed.Fees);
    }

    private static void Take(EngineState state, int row, in PositionSeedDecoder seed)
    {
        ref Position position = ref state.Positions[row];
        ref Account account = ref state.Accounts[position.Account];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        ref Client client = ref state.Clients[strategy.Client];
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        Money before = Valuation.ResultOfStrategy(strategy);
        Money clientBefore = Valuation.ResultOfClient(state, strategy.Client);
        var quantity = new Quantity(seed.Quantity);
        Money cost = ContractValue.Of(instrument, new Price(seed.AveragePrice), quantity);
        Money paid = instrument.Kind == InstrumentKind.Spot ? cost : Money.Zero;
        var line = LedgerLine.Of(state, position);
        position.Quantity = quantity;
        position.Cost = cost;
        position.Realised = new Money(seed.RealisedPnl);
        position.Fees = new Money(seed.Fees);
        position.Round = new Round
        {
            Number = 1,
            Direction = position.Side,
            EntryTimeNanos = state.NowNanos,
            EntryQuantity = quantity.Abs(),
            EntryValue = cost.Abs(),
        };
        account.Cash -= paid;
        account.Cost += paid;
        account.SeededRealised += position.Realised;
        account.SeededFees += position.Fees;
        strategy.NetRealised += position.Realised - position.Fees;
        Valuation.Revalue(state, ref position);
        LiquidationWatch.OnChange(state, ref position);
        ConservationLedger.Check(state, position, line, -(Int128)paid.Raw, PositionSeedDecoder.TemplateId);

        // What a seed brings along is no result of this day (D1).
        strategy.DayOpeningResult = Brought(strategy.DayOpeningResult, before, Valuation.ResultOfStrategy(strategy));
        client.DayOpeningResult = Brought(client.DayOpeningResult, clientBefore, Valuation.ResultOfClient(state, strategy.Client));
        Events.Position(state, position);
        ProtectionDesk.OnPosition(state, row);
    }

    private static Money Brought(Money opening, Money before, Money after) => Valuation.Hold((Int128)opening.Raw + after.Raw - before.Raw);
}
