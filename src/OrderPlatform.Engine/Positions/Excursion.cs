using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Trades;

namespace OrderPlatform.Engine.Positions;

/// <summary>
/// How far the profit of an open round went both ways (MAE, MFE): what is realised in it and what is not, before fees, at every price that is seen while it
/// is open, which are the marks and the prices of its own fills.
/// </summary>
internal static class Excursion
{
    /// <summary>A price is seen.</summary>
    public static void At(ref Position position, in Instrument instrument, Price price)
    {
        if (!position.Quantity.IsZero && ContractValue.TryOf(instrument, price, position.Quantity, out Money value))
        {
            Of(ref position.Round, (Int128)value.Raw - position.Cost.Raw + position.Round.Realised.Raw);
        }
    }

    /// <summary>A profit is seen.</summary>
    public static void Of(ref Round round, Int128 profit)
    {
        if (profit < round.Adverse.Raw)
        {
            round.Adverse = Valuation.Hold(profit);
        }

        if (profit > round.Favourable.Raw)
        {
            round.Favourable = Valuation.Hold(profit);
        }
    }
}
