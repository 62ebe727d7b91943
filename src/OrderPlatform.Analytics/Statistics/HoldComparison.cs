using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>
/// What trading made beside doing nothing: the balances that were there before the fills, valued at the same price as those that are there now. This is
/// another number than realised P&amp;L. Before fees; each value is rounded once.
/// </summary>
/// <param name="StartBase">Base asset before the fills.</param>
/// <param name="StartQuote">Quote asset before the fills.</param>
/// <param name="HoldValue">What the start would be worth.</param>
/// <param name="CurrentValue">What there is.</param>
public readonly record struct HoldComparison(Quantity StartBase, Money StartQuote, Money HoldValue, Money CurrentValue)
{
    /// <summary>The current value less the held one.</summary>
    public Money Difference => CurrentValue - HoldValue;

    /// <summary>Goes back from balances through the fills that led to them.</summary>
    /// <exception cref="OverflowException">An amount leaves 64 bits.</exception>
    public static HoldComparison From(IReadOnlyList<TradeFill> fills, Quantity currentBase, Money currentQuote, Price price)
    {
        ArgumentNullException.ThrowIfNull(fills);
        Quantity startBase = currentBase;
        Money startQuote = currentQuote;
        foreach (TradeFill fill in fills)
        {
            Money value = fill.Price.Value(fill.Quantity);
            startBase += fill.IsBuy ? -fill.Quantity : fill.Quantity;
            startQuote += fill.IsBuy ? value : -value;
        }

        return new HoldComparison(startBase, startQuote, price.Value(startBase) + startQuote, price.Value(currentBase) + currentQuote);
    }
}
