using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Configuration;

/// <summary>What the section venue says of the venue itself, not of its simulation: what it can do (R62, R80).</summary>
internal static class VenueRulesSection
{
    private const long BatchMax = 20;

    private static readonly (string Word, VenueFeatures Feature)[] Features =
    [
        ("stop", VenueFeatures.Stop), ("stop_limit", VenueFeatures.StopLimit), ("if_touched", VenueFeatures.IfTouched),
        ("trailing_stop", VenueFeatures.TrailingStop), ("post_only", VenueFeatures.PostOnly), ("reduce_only", VenueFeatures.ReduceOnly),
        ("GTD", VenueFeatures.GoodTillDate), ("DAY", VenueFeatures.Day), ("iceberg", VenueFeatures.Iceberg), ("amend", VenueFeatures.Amend),
        ("FOK", VenueFeatures.FillOrKill),
    ];

    /// <summary>The words of features; those that the engine alone knows of have none.</summary>
    public static IEnumerable<string> WordsOf(VenueFeatures features) =>
        Features.Where(one => features.HasFlag(one.Feature)).Select(static one => one.Word);

    public static VenueSetup Read(YamlSection section, string name, Ratio makerFee, Ratio takerFee)
    {
        VenueFeatures features = default;
        foreach (string word in section.Texts("features"))
        {
            VenueFeatures feature = Features.FirstOrDefault(one => string.Equals(one.Word, word, StringComparison.OrdinalIgnoreCase)).Feature;
            features |= feature != default ? feature
                : throw section.Wrong("features", $"has '{word}'; allowed are {string.Join(", ", Features.Select(static one => one.Word))}");
        }

        return new VenueSetup(StrategyFile.VenueId, name, makerFee, takerFee)
        {
            Features = features,
            BatchMaximum = (byte)section.Integer("batch_max", 0, 0, BatchMax),
            DayEndNanos = section.TimeOfDay("day_end") ?? 0,
            SelfTradePrevention = ClientSection.ReadSelfTrade(section),
        };
    }
}
