using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Configuration;

/// <summary>The section breakers: circuit breakers of the client, the strategy and the venue (R29, R108); a venue has no losses.</summary>
internal static class BreakerSection
{
    private const string Counted = "max_rejects or max_timeouts";
    private const long CountMax = 1_000_000;
    private const long WindowSeconds = 60;
    private const long CooldownSeconds = 60;

    public static IReadOnlyList<BreakerSetup> Read(YamlSection root)
    {
        YamlSection section = root.Section("breakers");
        BreakerSetup?[] found =
        [
            Read(section, "client", Scope.Client, StrategyFile.ClientId),
            Read(section, "strategy", Scope.Strategy, StrategyFile.StrategyId),
            Read(section, "venue", Scope.Venue, StrategyFile.VenueId),
        ];
        section.End();
        return [.. found.OfType<BreakerSetup>()];
    }

    private static BreakerSetup? Read(YamlSection section, string key, Scope scope, uint id)
    {
        YamlSection breaker = section.Section(key);
        uint rejects = (uint)breaker.Integer("max_rejects", 0, 0, CountMax);
        uint timeouts = (uint)breaker.Integer("max_timeouts", 0, 0, CountMax);
        bool isVenue = scope == Scope.Venue;
        uint losses = isVenue ? 0 : (uint)breaker.Integer("max_losses", 0, 0, CountMax);
        long window = breaker.Seconds("window_s", WindowSeconds);
        long cooldown = breaker.Seconds("cooldown_s", CooldownSeconds);
        bool isCounted = rejects > 0 || timeouts > 0;
        breaker.OnlyWith("window_s", isCounted, Counted);
        breaker.OnlyWith("cooldown_s", isCounted || losses > 0, isVenue ? Counted : Counted + ", or max_losses");
        breaker.End();
        return isCounted || losses > 0 ? new BreakerSetup(scope, id, rejects, timeouts, losses, window, cooldown) : null;
    }
}
