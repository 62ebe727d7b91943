using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Host.Configuration.Linter;

/// <summary>Exits that must lose, or never come.</summary>
internal static class ExitLints
{
    // More than three wins in five before costs is not what strategies have for long; the documents hope for 63.6 %.
    private const long WinRateMax = 60_000_000;
    private const long DayNanos = 86_400_000_000_000;

    public static IEnumerable<ConfigurationWarning> Check(LintSubject subject)
    {
        ExitMode stopMode = subject.Exits?.StopMode ?? ExitMode.Fixed;
        ExitMode profitMode = subject.Exits?.TakeProfitMode ?? ExitMode.Fixed;
        if (stopMode == profitMode && subject.Strategy is { StopLoss: { } stop, TakeProfit: { } profit }
            && ProtectionDistance.TryBreakEvenWinRate(stop, profit, out Ratio rate))
        {
            if (rate.Raw > WinRateMax)
            {
                yield return new(
                    KeyOf("stop_loss", stopMode),
                    $"and take profit need {LintSubject.Percent(rate)} winning trades to break even before costs: lower the stop or raise the target (D7)");
            }

            if (subject.Strategy.KellyWinRate is { } assumed && assumed < rate)
            {
                yield return new(
                    "sizing.win_rate",
                    $"is below the {LintSubject.Percent(rate)} that stop and target need to break even before costs: the Kelly size of such a bet is nothing");
            }
        }

        if (subject.HasPlainSignals && (stopMode == ExitMode.SignalVolatility || profitMode == ExitMode.SignalVolatility))
        {
            yield return new(
                stopMode == ExitMode.SignalVolatility ? "exits.stop_mode" : "exits.take_profit_mode",
                "signal leaves positions unprotected: the moving-average cross gives no volatility; name a signals_file, or use sd or atr");
        }

        if (subject is { Exits.TrailingOffset: not null, Exits.TrailingActivation: not null, Strategy.StopLoss: null })
        {
            yield return new(
                "exits.trailing_pct",
                "protects nothing until the profit of trailing_activation_pct is there, and there is no stop loss");
        }

        if (subject is { Exits: { TrailingOffset: { } offset, TrailingActivation: null, StopMode: ExitMode.Fixed }, Strategy.StopLoss: { } fixedStop }
            && offset >= fixedStop)
        {
            yield return new(
                "exits.trailing_pct",
                "is not nearer than the stop loss: the stop ends a position first until the price has risen by the difference");
        }

        if (subject.Exits is { MaximumHoldNanos: { } hold } && hold < DayNanos && subject.Configuration.Signals.BarIntervalNanos > hold)
        {
            yield return new("exits.max_hold_hours", "is shorter than a bar: every position ends before the strategy sees it");
        }
    }

    private static string KeyOf(string distance, ExitMode mode) => $"exits.{distance}" + mode switch
    {
        ExitMode.Fixed => "",
        ExitMode.AverageTrueRange => "_atr",
        _ => "_sd",
    };
}
