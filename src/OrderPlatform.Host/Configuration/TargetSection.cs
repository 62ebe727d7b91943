using OrderPlatform.Analytics;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Host.Configuration;

/// <summary>The section targets: what a run is hoped to reach, which its report compares with what it reached (R100). Nothing in a run depends on it.</summary>
internal static class TargetSection
{
    public static PerformanceTargets? Read(YamlSection root)
    {
        YamlSection section = root.Section("targets");
        var targets = new PerformanceTargets(
            Of(section.Ratio("return_per_day_min")), Of(section.Ratio("return_per_day_max")), Of(section.ProperFraction("max_drawdown")),
            Of(section.ProperFraction("min_win_rate")), Of(section.Ratio("min_sharpe")));
        section.OnlyWith("return_per_day_max", targets.ReturnPerDayMin is not null, "return_per_day_min");
        section.End();
        return targets.ReturnPerDayMax < targets.ReturnPerDayMin
            ? throw section.Wrong("return_per_day_max", "is below return_per_day_min")
            : targets == new PerformanceTargets() ? null : targets;
    }

    private static double? Of(Ratio? ratio) => ratio is { } set ? (double)set.Raw / FixedPoint.One : null;
}
