using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Configuration.Linter;

/// <summary>Something that is allowed and probably not meant.</summary>
/// <param name="Key">The key that says it, with dots.</param>
/// <param name="Text">What follows from it, and what to look at.</param>
public sealed record ConfigurationWarning(string Key, string Text);

/// <summary>Reads a configuration that has no error for what is probably not meant (D7). Nothing is refused for it.</summary>
public static class ConfigurationLinter
{
    /// <summary>The warnings, in the order of the sections.</summary>
    public static IReadOnlyList<ConfigurationWarning> Check(RunConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var subject = new LintSubject(configuration);
        return
        [
            .. SignalLints.Check(subject), .. SizeLints.Check(subject), .. ExecutionLints.Check(subject), .. ExitLints.Check(subject),
            .. LimitLints.Check(subject),
        ];
    }

    /// <summary>A warning with its place: the line of the key where the file has it, else the file.</summary>
    public static string TextOf(RunConfiguration configuration, ConfigurationWarning warning)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(warning);
        long? line = configuration.Keys.FirstOrDefault(key => key.Path == warning.Key)?.Line;
        return $"{configuration.File}{(line is null ? "" : $", line {line}")}: {warning.Key} {warning.Text}";
    }
}

/// <summary>The parts of a configuration that lints look at.</summary>
internal sealed class LintSubject(RunConfiguration configuration)
{
    public RunConfiguration Configuration => configuration;

    public StrategySetup Strategy => configuration.Setup.Strategies[0];

    public LimitSetup Limits => configuration.Setup.Limits[0];

    public SignalRulesSetup? Signals => configuration.Setup.SignalRules is [var rules, ..] ? rules : null;

    public ExecutionSetup? Execution => configuration.Setup.Executions is [var rules, ..] ? rules : null;

    public ExitSetup? Exits => configuration.Setup.Exits is [var rules, ..] ? rules : null;

    /// <summary>Whether signals come from the moving-average cross, which knows no confidence, volatility, return or risk.</summary>
    public bool HasPlainSignals => configuration.Signals.File is null;

    /// <summary>The key of the file for the smallest confidence.</summary>
    public string ConfidenceKey => configuration.Keys.Any(static key => key is { Path: "signals.minimum_confidence", Line: not null })
        ? "signals.minimum_confidence"
        : "orders.minimum_confidence";

    /// <summary>The share of the account's equity in a position, where the sizing says it; the quantity's value is not known.</summary>
    public Ratio? FractionOfEquity => Strategy.SizingMode switch
    {
        SizingMode.EquityFraction => Strategy.EquityFraction,
        SizingMode.FixedNotional when configuration.Setup.Accounts[0].InitialCash.Raw > 0 =>
            FixedPoint.TryMultiplyDivide(Strategy.FixedNotional!.Value.Raw, FixedPoint.One, configuration.Setup.Accounts[0].InitialCash.Raw, out long raw)
                ? new Ratio(raw)
                : null,
        _ => null,
    };

    /// <summary>A fraction in per cent.</summary>
    public static string Percent(Ratio ratio) => FixedPointText.Format(ratio.Raw / 10_000 * 1_000_000) + " %";
}
