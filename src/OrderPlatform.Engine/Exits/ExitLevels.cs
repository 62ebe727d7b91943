using OrderPlatform.Engine.MarketData;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Exits;

/// <summary>What the levels of a position are made of: the volatilities that a strategy's exit modes ask for.</summary>
/// <param name="Deviation">Standard deviation of returns; zero if not known.</param>
/// <param name="TrueRange">Average true range; zero if not known.</param>
/// <param name="Signal">Volatility that came with the signal; zero if none.</param>
internal readonly record struct ExitVolatility(Ratio Deviation, Price TrueRange, Ratio Signal)
{
    /// <summary>What is known now of what the rules ask for.</summary>
    public static ExitVolatility Of(in InstrumentHistory history, in ExitRules rules, Ratio signal) => new(
        Asks(rules, ExitMode.StandardDeviation) && history.Closes.TryStandardDeviation(rules.Window, out Ratio deviation) ? deviation : Ratio.Zero,
        Asks(rules, ExitMode.AverageTrueRange) && history.Ranges.TryAverage(rules.AtrPeriod, out Price range) ? range : Price.Zero,
        signal);

    /// <summary>The volatility of a mode, a fraction of the price.</summary>
    public Ratio Of(ExitMode mode) => mode switch
    {
        ExitMode.StandardDeviation => Deviation,
        ExitMode.SignalVolatility => Signal,
        _ => Ratio.Zero,
    };

    private static bool Asks(in ExitRules rules, ExitMode mode) =>
        (rules.StopMode == mode && !rules.StopLoss.IsZero) || (rules.TakeProfitMode == mode && !rules.TakeProfit.IsZero);
}

/// <summary>Stop and target of a strategy's rules around an entry price (R47, D6).</summary>
internal static class ExitLevels
{
    /// <summary>The levels.</summary>
    /// <param name="rules">How the strategy's positions end.</param>
    /// <param name="isLong">Side of the position.</param>
    /// <param name="entry">Entry price.</param>
    /// <param name="tick">Prices are multiples of it.</param>
    /// <param name="volatility">What is known.</param>
    /// <param name="levels">Those that can be made.</param>
    /// <returns><c>false</c> if the rules ask for a level whose volatility is not known, or for a stop that no price can reach.</returns>
    public static bool TryMake(in ExitRules rules, bool isLong, Price entry, Price tick, in ExitVolatility volatility, out ProtectionLevels levels)
    {
        bool complete = ProtectionDistance.TryOf(rules.StopMode, rules.StopLoss, entry, volatility.Of(rules.StopMode), volatility.TrueRange, out ProtectionDistance stop);
        complete &= ProtectionDistance.TryOf(
            rules.TakeProfitMode, rules.TakeProfit, entry, volatility.Of(rules.TakeProfitMode), volatility.TrueRange, out ProtectionDistance target);
        levels = ProtectionLevels.Around(isLong, entry, stop, target, tick);
        return complete && (rules.StopLoss.IsZero || !levels.Stop.IsZero);
    }
}
