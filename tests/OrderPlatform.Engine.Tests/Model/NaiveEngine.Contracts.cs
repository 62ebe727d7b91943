using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Model.NaiveMath;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// What contracts are worth in the naive model: spot and linear ones price × quantity × contract size in quote; inverse ones quantity × contract size / price
/// in base, taken with the other sign, so that profit is value less cost for all of them.
/// </summary>
internal sealed partial class NaiveEngine
{
    private static decimal Worth(InstrumentRecord market, decimal price, decimal quantity) =>
        market.Kind == InstrumentKind.Inverse
            ? -(market.Multiplier == 1 ? MultiplyDivide(quantity, 1, price) : Rounded(Raw(quantity) * Raw(market.Multiplier), Raw(price)))
            : Product(price, quantity, market.Multiplier);

    /// <summary>The value without sign; of nothing where no price is known; held to 64 bits.</summary>
    private static decimal Notional(InstrumentRecord market, decimal price, decimal quantity) =>
        price == 0 ? 0 : Math.Min(Math.Abs(Worth(market, price, quantity)), Largest);

    /// <summary>The average price: harmonic with inverse contracts. None of what is flat or cost nothing.</summary>
    private static decimal AveragePrice(InstrumentRecord market, decimal quantity, decimal cost)
    {
        if (quantity == 0 || cost == 0)
        {
            return 0;
        }

        decimal held = Math.Abs(quantity);
        decimal paid = Math.Abs(cost);
        decimal average = market.Kind == InstrumentKind.Inverse ? MultiplyDivide(held, market.Multiplier, paid)
            : market.Multiplier == 1 ? MultiplyDivide(paid, 1, held)
            : Rounded(Raw(paid) * Raw(1) * Raw(1), Raw(held) * Raw(market.Multiplier));
        return Fits(average) ? average : 0;
    }

    private static bool IsOwnCurrency(FeeCurrency currency, InstrumentRecord market) =>
        currency == (market.Kind == InstrumentKind.Inverse ? FeeCurrency.Base : FeeCurrency.Quote);

    private static string? SettlesIn(InstrumentRecord market) => market.Kind == InstrumentKind.Inverse ? market.BaseAsset : market.QuoteAsset;
}
