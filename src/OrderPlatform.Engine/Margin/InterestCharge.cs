using System;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Margin;

/// <summary>How a venue charges for what is borrowed.</summary>
public enum InterestModel : byte
{
    /// <summary>Binance margin: a daily rate, charged for each hour begun: borrowed × rate × hours / 24.</summary>
    BinanceHourly = 0,

    /// <summary>Kraken margin: a rate at the opening and again for each four hours begun: borrowed × rate × (1 + four-hours).</summary>
    KrakenFourHourly = 1,
}

/// <summary>Interest of borrowed money or coins. Source: the venues' fee pages, as freqtrade's leverage/interest computes them.</summary>
public static class InterestCharge
{
    private const long HourNanos = 3_600_000_000_000;

    /// <summary>Interest so far, in the borrowed asset, exact and rounded once, half away from zero at 8 places.</summary>
    /// <param name="model">The venue's way.</param>
    /// <param name="borrowedRaw">Borrowed, times 1e8, zero or above.</param>
    /// <param name="rate">The venue's rate: of a day (Binance), of an opening or of four hours (Kraken).</param>
    /// <param name="nanos">Time since the borrowing, zero or above.</param>
    /// <param name="interestRaw">The interest, times 1e8, or zero.</param>
    /// <returns><c>false</c> if it does not fit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An amount or a time below zero.</exception>
    public static bool TryCompute(InterestModel model, long borrowedRaw, Ratio rate, long nanos, out long interestRaw)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(borrowedRaw);
        ArgumentOutOfRangeException.ThrowIfNegative(nanos);
        bool isHourly = model == InterestModel.BinanceHourly;
        long periods = isHourly ? Begun(nanos, HourNanos) : 1 + Begun(nanos, 4 * HourNanos);
        Int128 parts = (Int128)FixedPoint.One * (isHourly ? 24 : 1);
        return ExactQuotient.TryDivide((Int128)borrowedRaw * periods, rate.Raw, parts, RoundingRule.HalfAwayFromZero, out interestRaw);
    }

    private static long Begun(long nanos, long period) => (nanos / period) + (nanos % period == 0 ? 0 : 1);
}
