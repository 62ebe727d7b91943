using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>How far a trade's P&amp;L before fees went, starting from zero.</summary>
/// <param name="Adverse">The lowest it was; zero or negative.</param>
/// <param name="Favourable">The highest it was; zero or positive.</param>
/// <param name="Drawdown">The most that it fell from a peak; the start is the first peak.</param>
internal readonly record struct TradeExcursion(Money Adverse, Money Favourable, Money Drawdown)
{
    /// <summary>
    /// Follows the P&amp;L of a trade through the prices that it saw. Between fills the P&amp;L is a straight line of the price, so the ends of each segment
    /// and its longest move against the trade are enough. Exact to 1e-16, rounded half away from zero at 1e-8.
    /// </summary>
    internal static TradeExcursion Of(List<TradePortion> portions, bool isLong, PricePath path)
    {
        List<Step> steps = [];
        foreach (TradePortion portion in portions)
        {
            Int128 signed = isLong ? portion.Quantity : -portion.Quantity;
            steps.Add(new Step(portion.EntrySegment, signed, -signed * portion.Entry.Price.Raw));
            steps.Add(new Step(portion.ExitSegment, -signed, signed * portion.Exit.Price.Raw));
        }

        steps.Sort(static (left, right) => left.Segment.CompareTo(right.Segment));
        Int128 quantity = 0, cash = 0, worst = 0, best = 0, fall = 0;
        int next = 0;
        for (int segment = steps[0].Segment; segment < steps[^1].Segment; segment++)
        {
            for (; steps[next].Segment == segment; next++)
            {
                quantity += steps[next].Quantity;
                cash += steps[next].Cash;
            }

            PriceSegment prices = path[segment];
            Int128 lowest = cash + (quantity * (isLong ? prices.Low : prices.High));
            Int128 highest = cash + (quantity * (isLong ? prices.High : prices.Low));
            Int128 within = Int128.Abs(quantity) * (isLong ? prices.Fall : prices.Rise);
            worst = Int128.Min(worst, lowest);

            // The peak is from before this segment, so its lowest price comes after it.
            fall = Int128.Max(fall, Int128.Max(best - lowest, within));
            best = Int128.Max(best, highest);
        }

        return new TradeExcursion(Rounded(worst), Rounded(best), Rounded(fall));
    }

    private static Money Rounded(Int128 value) => new((long)WideNumber.DivideHalfAway(value, FixedPoint.One));

    /// <summary>What a fill changes from a segment on.</summary>
    private readonly record struct Step(int Segment, Int128 Quantity, Int128 Cash);
}
