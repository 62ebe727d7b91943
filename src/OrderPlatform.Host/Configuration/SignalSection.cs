using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Configuration;

/// <summary>The section signals: which signals pass, and how models of an ensemble vote (R34 to R44, R122, R126).</summary>
/// <param name="MinimumConfidence">Of the strategy's record.</param>
/// <param name="Rules">The rest, or null where nothing is configured.</param>
internal sealed record SignalSection(Ratio? MinimumConfidence, SignalRulesSetup? Rules)
{
    private const long DayMillis = 86_400_000;
    private const long PercentMax = 1_000;
    private const byte HourMinutes = 60;

    private static readonly string[] Roles = ["entry", "position", "exit", "profit"];

    public static SignalSection Read(YamlSection root)
    {
        YamlSection section = root.Section("signals");
        Ratio? confidence = section.Ratio("minimum_confidence", 0, FixedPoint.One);
        long? percent = section.Number("momentum_min_pct_per_hour", 100, PercentMax * FixedPoint.One);
        var rules = new SignalRulesSetup(StrategyFile.StrategyId)
        {
            MomentumMinimum = percent is { } raw ? new Ratio(raw / 100) : null,
            MomentumWindowMinutes = (byte)section.Integer("momentum_window_minutes", HourMinutes, 1, HourMinutes),
            MaximumAgeNanos = section.Millis("max_age_ms", 1, DayMillis),
            ReversalConfidence = section.Ratio("reversal_confidence", 0, FixedPoint.One),
        };
        section.OnlyWith("momentum_window_minutes", percent is not null, "momentum_min_pct_per_hour");
        rules = ReadVoting(section.Section("voting"), rules);
        section.End();
        bool hasRules = rules is not { MomentumMinimum: null, MaximumAgeNanos: null, ReversalConfidence: null, VotingMethod: VotingMethod.None };
        return new SignalSection(confidence, hasRules ? rules : null);
    }

    private static SignalRulesSetup ReadVoting(YamlSection voting, SignalRulesSetup rules)
    {
        VotingMethod method = voting.Choice("method", VotingMethod.None,
            ("none", VotingMethod.None), ("majority", VotingMethod.Majority), ("weighted", VotingMethod.Weighted), ("unanimous", VotingMethod.Unanimous));
        long votes = voting.Integer("votes_min", 1, 1, 4);
        long? age = voting.Millis("vote_max_age_ms", 1, DayMillis);
        Ratio? threshold = voting.Ratio("threshold", 0, FixedPoint.One);
        YamlSection weights = voting.Section("weights");
        bool isWeighted = method == VotingMethod.Weighted;
        Ratio[] each = [.. Roles.Select(role => Weight(weights, role, isWeighted))];
        weights.End();
        voting.OnlyWith("votes_min", method != VotingMethod.None, "method majority, weighted or unanimous");
        voting.OnlyWith("vote_max_age_ms", method != VotingMethod.None, "method majority, weighted or unanimous");
        voting.OnlyWith("threshold", isWeighted, "method weighted");
        voting.End();
        return method == VotingMethod.None ? rules : rules with
        {
            VotingMethod = method,
            VotesMinimum = (byte)votes,
            VoteMaximumAgeNanos = age,
            VoteThreshold = threshold,
            EntryWeight = isWeighted ? each[0] : null,
            PositionWeight = isWeighted ? each[1] : null,
            ExitWeight = isWeighted ? each[2] : null,
            ProfitWeight = isWeighted ? each[3] : null,
        };
    }

    private static Ratio Weight(YamlSection weights, string role, bool isWeighted)
    {
        long raw = weights.Number(role, FixedPoint.One, 0, 1_000 * FixedPoint.One);
        weights.OnlyWith(role, isWeighted, "voting.method weighted");
        return new Ratio(raw);
    }
}
