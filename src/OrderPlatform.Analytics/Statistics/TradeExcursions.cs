using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>
/// How far trades went for and against their owner while they were open, before fees; over those trades whose excursions somebody followed. Averages round
/// half away from zero at 1e-8.
/// </summary>
/// <param name="Count">Trades that were followed.</param>
/// <param name="AdverseSum">Sum of the adverse excursions (MAE), zero or negative.</param>
/// <param name="FavourableSum">Sum of the favourable ones (MFE), zero or positive.</param>
/// <param name="EndDrawdownSum">Sum of what the ends gave back of the best, zero or positive.</param>
/// <param name="LargestAdverse">The most adverse excursion.</param>
/// <param name="LargestFavourable">The most favourable one.</param>
/// <param name="LargestEndDrawdown">The most that an end gave back.</param>
public readonly record struct TradeExcursions(
    int Count,
    Money AdverseSum,
    Money FavourableSum,
    Money EndDrawdownSum,
    Money LargestAdverse,
    Money LargestFavourable,
    Money LargestEndDrawdown)
{
    /// <summary>Mean adverse excursion; <c>null</c> without trades that were followed.</summary>
    public Money? AverageAdverse => TradeStatistics.Mean(AdverseSum, Count);

    /// <summary>Mean favourable excursion.</summary>
    public Money? AverageFavourable => TradeStatistics.Mean(FavourableSum, Count);

    /// <summary>Mean of what the ends gave back.</summary>
    public Money? AverageEndDrawdown => TradeStatistics.Mean(EndDrawdownSum, Count);

    internal static TradeExcursions From(IReadOnlyList<TradeRecord> trades)
    {
        TradeExcursions all = default;
        foreach (TradeRecord trade in trades)
        {
            if (trade.AdverseExcursion is { } adverse && trade.FavourableExcursion is { } favourable && trade.EndDrawdown is { } end)
            {
                all = new TradeExcursions(
                    all.Count + 1,
                    all.AdverseSum + adverse,
                    all.FavourableSum + favourable,
                    all.EndDrawdownSum + end,
                    adverse < all.LargestAdverse ? adverse : all.LargestAdverse,
                    favourable > all.LargestFavourable ? favourable : all.LargestFavourable,
                    end > all.LargestEndDrawdown ? end : all.LargestEndDrawdown);
            }
        }

        return all;
    }
}
