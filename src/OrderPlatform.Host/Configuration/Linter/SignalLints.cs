using OrderPlatform.Messages;

namespace OrderPlatform.Host.Configuration.Linter;

/// <summary>Signals that can never pass, or never vote, and clients without an account where they trade.</summary>
internal static class SignalLints
{
    private const long HourNanos = 3_600_000_000_000;

    public static IEnumerable<ConfigurationWarning> Check(LintSubject subject)
    {
        string venue = subject.Configuration.Setup.Venues[0].Name;
        if (subject.Configuration.Credentials is { Count: > 0 } accounts
            && !accounts.Any(one => string.Equals(one.Exchange, venue, StringComparison.OrdinalIgnoreCase)))
        {
            yield return new("client.exchanges", $"has no account at {venue}, where the strategy trades");
        }

        if (subject.HasPlainSignals && subject.Strategy.MinimumConfidence is { Raw: > 0 })
        {
            yield return new(
                subject.ConfidenceKey,
                "holds every signal: the moving-average cross gives no confidence; name a signals_file, or remove it");
        }

        if (subject.HasPlainSignals && subject.Signals is { VotingMethod: not VotingMethod.None })
        {
            yield return new(
                "signals.voting.method",
                "has one voter: the moving-average cross is one model without a role; name a signals_file, or remove it");
        }

        if (subject.Signals is { ReversalConfidence: { } reversal } && subject.Strategy.MinimumConfidence is { } least && reversal < least)
        {
            yield return new("signals.reversal_confidence", "never decides: a signal below minimum_confidence does not get so far");
        }

        if (subject.Signals is { MomentumMinimum: not null, MomentumWindowMinutes: { } minutes }
            && subject.Configuration.Data is { File: null, Generator.Minutes: var all } && all < minutes)
        {
            yield return new("signals.momentum_min_pct_per_hour", $"holds every signal: the data end before the first {minutes} minutes are over");
        }

        if (subject.Signals is { MaximumAgeNanos: > HourNanos })
        {
            yield return new("signals.max_age_ms", "is more than an hour: prices will have moved; is the unit meant to be milliseconds?");
        }
    }
}
