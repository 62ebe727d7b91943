using System;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Margin;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Positions;

/// <summary>
/// Estimates where the venue would close a derivative's position, as if it were isolated with the margin that the account's leverage asks for at its average
/// price, and warns once an approach: when four fifths of the way from the average price are gone, and again only after the mark was half way back from there.
/// The estimate is made anew with every change of the position; a new leverage or maintenance rate counts from the next change on.
/// </summary>
internal static class LiquidationWatch
{
    private static readonly Ratio WarnAt = new(FixedPoint.One / 5);

    /// <summary>The position changed.</summary>
    public static void OnChange(EngineState state, ref Position position)
    {
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        position.LiquidationPrice = Price.Zero;
        position.LiquidationWarning = Price.Zero;
        if (!position.Quantity.IsZero && instrument.Kind != InstrumentKind.Spot)
        {
            Estimate(state, instrument, ref position);
        }

        if (position.LiquidationWarning.IsZero)
        {
            position.LiquidationNear = false;
        }
        else if (!instrument.Mark.IsZero)
        {
            OnMark(state, instrument, ref position);
        }
    }

    /// <summary>The mark changed. One comparison where nothing is near.</summary>
    public static void OnMark(EngineState state, in Instrument instrument, ref Position position)
    {
        if (position.LiquidationWarning.IsZero)
        {
            return;
        }

        bool isLong = position.Quantity.Raw > 0;
        long mark = instrument.Mark.Raw;
        long warning = position.LiquidationWarning.Raw;
        if (isLong ? mark <= warning : mark >= warning)
        {
            Warn(state, instrument, ref position);
        }
        else if (position.LiquidationNear)
        {
            Int128 margin = Int128.Abs((Int128)warning - position.LiquidationPrice.Raw) * 3 / 2;
            position.LiquidationNear = Int128.Abs((Int128)mark - warning) < margin;
        }
    }

    /// <summary>Initial margin at the account's leverage, of the value at the mark; zero without leverage.</summary>
    public static Money Initial(EngineState state, in Position position) => Margin(state.Accounts[position.Account], position.Exposure);

    private static void Warn(EngineState state, in Instrument instrument, ref Position position)
    {
        if (position.LiquidationNear)
        {
            return;
        }

        position.LiquidationNear = true;
        Events.Alert(state, Severity.Warning, ReasonCode.LiquidationNear, 0, state.Strategies[position.Strategy].Id, position.LiquidationPrice.Raw,
            instrument.Mark.Raw);
    }

    private static void Estimate(EngineState state, in Instrument instrument, ref Position position)
    {
        Price entry = ContractValue.AveragePrice(instrument, position.Quantity, position.Cost);
        if (!ContractValue.TryUnits(instrument, position.Quantity, out long units))
        {
            return;
        }

        // The venue's own number, where an adapter knows it, is better: tiers and other positions of a cross account are not in this one.
        var isolated = new IsolatedPosition(new Quantity(units), entry, Margin(state.Accounts[position.Account], position.Cost),
            instrument.MaintenanceMarginRate, instrument.MaintenanceAmount, default);
        LiquidationModel model = instrument.Kind == InstrumentKind.Inverse ? LiquidationModel.InverseIsolated : LiquidationModel.BinanceIsolated;
        if (Margin(state.Accounts[position.Account], position.Cost).IsZero
            || LiquidationPrice.Estimate(model, isolated, out Price price) != LiquidationEstimate.Price)
        {
            return;
        }

        position.LiquidationPrice = price;
        position.LiquidationWarning = LiquidationPrice.WithBuffer(price, entry, WarnAt);
    }

    private static Money Margin(in Account account, Money value) =>
        MarginRequirement.TryInitial(value, new Ratio(FixedPoint.One), account.MaximumLeverage, out Money margin) ? margin : Money.Zero;
}
