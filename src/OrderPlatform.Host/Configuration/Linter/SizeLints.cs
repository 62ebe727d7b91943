using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Host.Configuration.Linter;

/// <summary>Sizes that cannot be had, or are not known.</summary>
internal static class SizeLints
{
    public static IEnumerable<ConfigurationWarning> Check(LintSubject subject)
    {
        if (subject.Strategy.SizingMode == SizingMode.Kelly)
        {
            if (subject.HasPlainSignals)
            {
                yield return new(
                    "sizing.mode",
                    "kelly sizes every entry to nothing: the moving-average cross gives no expected return and no risk; name a signals_file");
            }

            if (subject.Strategy.MinimumConfidence is not { Raw: > 0 })
            {
                yield return new(
                    "sizing.mode",
                    "kelly takes the win rate for granted with every signal: set signals.minimum_confidence, such as 0.6");
            }

            if (subject.Strategy.StopLoss is null)
            {
                yield return new("sizing.risk_per_trade", "counts in the distance of the stop, and there is none: set exits.stop_loss");
            }

            if (subject.Strategy.KellyMultiplier is { Raw: > FixedPoint.One })
            {
                yield return new("sizing.kelly_multiplier", "is above 1: more than the full Kelly fraction loses growth and gains risk");
            }
        }

        Ratio leverage = subject.Configuration.Setup.Accounts[0].MaximumLeverage;
        if (subject.FractionOfEquity is { } fraction && fraction > leverage)
        {
            yield return new(
                KeyOf(subject),
                $"wants {LintSubject.Percent(fraction)} of equity and max_leverage lets {LintSubject.Percent(leverage)}: no entry passes");
        }

        if (subject.FractionOfEquity is { } share && subject.Limits.MaximumPositionFraction is { } most && share > most)
        {
            yield return new(
                KeyOf(subject),
                $"wants {LintSubject.Percent(share)} of equity and risk_limits let {LintSubject.Percent(most)}: no entry passes");
        }
    }

    private static string KeyOf(LintSubject subject) => subject.Strategy.SizingMode == SizingMode.FixedNotional ? "sizing.notional" : "sizing.fraction";
}
