using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>Reads an instrument's rules from its record and refuses those that make no sense.</summary>
internal static class InstrumentRules
{
    /// <summary>Reads the rules.</summary>
    /// <returns><c>false</c> if a value is outside its range.</returns>
    public static bool TryRead(in InstrumentConfigurationDecoder record, ref Instrument instrument)
    {
        long minimum = record.TryGetMinimumQuantity(out long a) ? a : 0;
        long maximum = record.TryGetMaximumQuantity(out long b) ? b : Bounds.QuantityMax;
        long notional = record.TryGetMinimumNotional(out long c) ? c : 0;
        long most = record.TryGetMaximumNotional(out long d) ? d : Bounds.MoneyMax;
        long multiplier = record.TryGetMultiplier(out long e) ? e : FixedPoint.One;
        long rate = record.TryGetMaintenanceMarginRate(out long f) ? f : 0;
        long amount = record.TryGetMaintenanceAmount(out long g) ? g : 0;
        instrument.Kind = record.Kind == InstrumentKind.NULL_VALUE ? InstrumentKind.Spot : record.Kind;
        instrument.PriceTick = new Price(record.PriceTick);
        instrument.QuantityStep = new Quantity(record.QuantityStep);
        instrument.MinimumQuantity = new Quantity(minimum);
        instrument.MaximumQuantity = new Quantity(maximum);
        instrument.MinimumNotional = new Money(notional);
        instrument.MaximumNotional = new Money(most);
        instrument.Multiplier = new Quantity(multiplier);
        instrument.Product = record.TryGetProductId(out uint product) ? product : 0;
        instrument.MaintenanceMarginRate = new Ratio(rate);
        instrument.MaintenanceAmount = new Money(amount);
        instrument.BaseAsset = AssetCode.Of(record.BaseAsset);
        instrument.QuoteAsset = AssetCode.Of(record.QuoteAsset);
        return instrument.Kind is InstrumentKind.Spot or InstrumentKind.Linear or InstrumentKind.Inverse
            && Bounds.IsPrice(record.PriceTick) && Bounds.IsQuantity(record.QuantityStep)
            && Bounds.IsQuantityOrZero(minimum) && Bounds.IsQuantity(maximum) && minimum <= maximum
            && notional >= 0 && Bounds.IsMoney(notional) && most >= notional && Bounds.IsMoney(most)
            && Bounds.IsQuantity(multiplier) && (instrument.Kind != InstrumentKind.Spot || multiplier == FixedPoint.One)
            && rate >= 0 && Bounds.IsRate(rate) && amount >= 0 && Bounds.IsMoney(amount);
    }
}
