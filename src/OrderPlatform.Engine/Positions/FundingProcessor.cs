using System;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Ledger;
using OrderPlatform.Engine.Margin;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Positions;

/// <summary>
/// Funding of perpetual contracts (T18): what is held when the rate comes pays the rate on its value at the mark, longs to shorts where the rate is above
/// zero. Once for each venue time, which must rise. Without a mark, in the input or known, it waits with the quantities of its time until a mark comes, and is
/// never taken as nothing; one of an instrument can wait, a second is refused and may be sent again.
/// </summary>
internal static class FundingProcessor
{
    private const ushort Template = FundingRateDecoder.TemplateId;

    /// <summary>A rate came.</summary>
    public static void OnRate(EngineState state, in FundingRateDecoder record)
    {
        ReasonCode reason = Check(state, record, out int row);
        if (reason != ReasonCode.None)
        {
            Severity severity = reason == ReasonCode.DuplicateRequest ? Severity.Information
                : reason == ReasonCode.PendingFunding ? Severity.Critical
                : Severity.Warning;
            Events.Alert(state, severity, reason, Template, record.InstrumentId, record.Rate, record.VenueTimeNanos);
            return;
        }

        ref Instrument instrument = ref state.Instruments[row];
        Price mark = record.TryGetMarkPrice(out long given) ? new Price(given) : instrument.Mark;
        instrument.FundingTimeNanos = record.VenueTimeNanos;
        instrument.PendingFundingRate = new Ratio(record.Rate);
        instrument.PendingFundingNanos = record.VenueTimeNanos;
        for (int held = instrument.FirstPosition; held >= 0; held = state.Positions[held].NextOfInstrument)
        {
            state.Positions[held].PendingFunding = state.Positions[held].Quantity;
        }

        if (mark.IsZero)
        {
            Events.Alert(state, Severity.Warning, ReasonCode.PendingFunding, Template, record.InstrumentId, record.Rate, record.VenueTimeNanos);
            return;
        }

        Pay(state, ref instrument, mark, Template);
    }

    /// <summary>A mark came; pays what waits for one.</summary>
    public static void OnMark(EngineState state, ref Instrument instrument)
    {
        if (instrument.PendingFundingNanos != 0)
        {
            Pay(state, ref instrument, instrument.Mark, 0);
        }
    }

    private static ReasonCode Check(EngineState state, in FundingRateDecoder record, out int row)
    {
        if (!state.Instruments.TryFind(record.InstrumentId, out row))
        {
            return ReasonCode.UnknownInstrument;
        }

        ref Instrument instrument = ref state.Instruments[row];
        bool isSane = instrument.Kind != InstrumentKind.Spot && Bounds.IsRate(record.Rate) && record.VenueTimeNanos > 0
            && (!record.TryGetMarkPrice(out long mark) || Bounds.IsPrice(mark));
        return !isSane ? ReasonCode.InvalidValue
            : record.VenueTimeNanos == instrument.FundingTimeNanos ? ReasonCode.DuplicateRequest
            : record.VenueTimeNanos < instrument.FundingTimeNanos ? ReasonCode.LateReport
            : instrument.PendingFundingNanos != 0 ? ReasonCode.PendingFunding
            : ReasonCode.None;
    }

    private static void Pay(EngineState state, ref Instrument instrument, Price mark, ushort template)
    {
        Ratio rate = instrument.PendingFundingRate;
        instrument.PendingFundingRate = default;
        instrument.PendingFundingNanos = 0;
        for (int row = instrument.FirstPosition; row >= 0; row = state.Positions[row].NextOfInstrument)
        {
            ref Position position = ref state.Positions[row];
            Quantity held = position.PendingFunding;
            position.PendingFunding = Quantity.Zero;
            if (!held.IsZero)
            {
                Pay(state, ref position, instrument, new Stamp(held, mark, rate, template));
            }
        }
    }

    private static void Pay(EngineState state, ref Position position, in Instrument instrument, in Stamp stamp)
    {
        ref Account account = ref state.Accounts[position.Account];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        if (!TryPayment(instrument, stamp, out Money payment) || !Fits(account, position, strategy, payment))
        {
            Events.Alert(state, Severity.Critical, ReasonCode.ArithmeticOverflow, stamp.Template, account.Id, stamp.Mark.Raw, stamp.Rate.Raw);
            return;
        }

        var before = LedgerLine.Of(state, position);
        state.RuleChanges++;
        account.Cash += payment;
        account.Funding += payment;
        position.Funding += payment;
        position.Round.Funding += position.Quantity.IsZero ? Money.Zero : payment;
        strategy.NetRealised += payment;
        ConservationLedger.Check(state, position, before, payment.Raw, stamp.Template);
        Events.Funding(state, position, stamp.Held, stamp.Rate, stamp.Mark, payment);
        Events.Position(state, position);
    }

    private static bool TryPayment(in Instrument instrument, in Stamp stamp, out Money payment)
    {
        payment = Money.Zero;
        return ContractValue.TryUnits(instrument, stamp.Held, out long units)
            && (instrument.Kind == InstrumentKind.Inverse
                ? FundingPayment.Inverse(new Money(units), stamp.Mark, stamp.Rate, out payment)
                : FundingPayment.Linear(new Quantity(units), stamp.Mark, stamp.Rate, out payment)) == FundingStatus.Known;
    }

    private static bool Fits(in Account account, in Position position, in Strategy strategy, Money payment) =>
        FixedPoint.Fits((Int128)account.Cash.Raw + payment.Raw) && FixedPoint.Fits((Int128)account.Funding.Raw + payment.Raw)
        && FixedPoint.Fits((Int128)position.Funding.Raw + payment.Raw) && FixedPoint.Fits((Int128)position.Round.Funding.Raw + payment.Raw)
        && FixedPoint.Fits((Int128)strategy.NetRealised.Raw + payment.Raw);

    /// <summary>What a payment is made of.</summary>
    private readonly record struct Stamp(Quantity Held, Price Mark, Ratio Rate, ushort Template);
}
