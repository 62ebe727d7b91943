using OrderPlatform.Host.Configuration;
using OrderPlatform.Host.Configuration.Deployments;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.GatewayTool;

/// <summary>What the files and the command line say of a gateway.</summary>
/// <param name="VenueId">The venue's id in messages.</param>
/// <param name="Exchange">Its name.</param>
/// <param name="Venue">The simulated venue.</param>
/// <param name="Orders">Channel from the engine.</param>
/// <param name="Reports">Channel to the engine.</param>
/// <param name="AeronDirectory">A driver that runs, or null for one of the process's own.</param>
internal sealed record GatewayPlan(
    ushort VenueId, string Exchange, SimulatedVenueOptions Venue, string Orders, string Reports, string? AeronDirectory)
{
    /// <summary>Reads the files.</summary>
    /// <exception cref="ConfigurationException">A file is missing or wrong, or something is not said.</exception>
    public static GatewayPlan Read(GatewayArguments arguments)
    {
        if (!DeploymentFile.IsOne(arguments.File))
        {
            RunConfiguration configuration = StrategyFile.Load(arguments.File);
            RequireExchange(arguments, [configuration.Setup.Venues[0].Name]);
            return Checked(new GatewayPlan(
                configuration.Setup.Venues[0].Id,
                configuration.Setup.Venues[0].Name,
                configuration.Venue,
                Required(arguments.Orders, "--orders", arguments.File),
                Required(arguments.Reports, "--reports", arguments.File),
                arguments.AeronDirectory));
        }

        (Deployment deployment, IReadOnlyList<string> strategies) = DeploymentFile.Load(arguments.File);
        RequireExchange(arguments, [.. deployment.Gateways.Select(static place => place.Venue)]);
        GatewayPlace place = deployment.Gateways.First(one => arguments.Exchange is null || one.Venue == arguments.Exchange);
        var merge = new SetupMerge();
        foreach (string strategy in strategies)
        {
            merge.Add(StrategyFile.Load(strategy));
        }

        ushort venueId = merge.Setup.Venues.FirstOrDefault(venue => venue.Name == place.Venue)?.Id
            ?? throw new ConfigurationException($"{arguments.File}: gateways has venue '{place.Venue}', which no strategy file has");
        return Checked(new GatewayPlan(
            venueId,
            place.Venue,
            merge.Venues.First(venue => venue.VenueId == venueId).Options,
            arguments.Orders ?? place.Orders,
            arguments.Reports ?? place.Reports,
            arguments.AeronDirectory ?? deployment.AeronDirectory));
    }

    private static GatewayPlan Checked(GatewayPlan plan)
    {
        foreach (string channel in (string[])[plan.Orders, plan.Reports])
        {
            if (plan.AeronDirectory is null && channel.StartsWith("aeron:ipc", StringComparison.Ordinal))
            {
                throw new ConfigurationException(
                    $"{channel} reaches only processes of one driver, and this one would have its own: give --aeron-dir, or an aeron:udp channel");
            }
        }

        return plan;
    }

    private static void RequireExchange(GatewayArguments arguments, string[] names)
    {
        if (names.Length == 0)
        {
            throw new ConfigurationException(
                $"{arguments.File}: it has no gateways: every venue is in the engine's process; add gateways, or name a strategy file");
        }

        if (arguments.Exchange is null ? names.Length > 1 : !names.Contains(arguments.Exchange))
        {
            string what = arguments.Exchange is null ? "there are several gateways: say which by --exchange" : $"--exchange is '{arguments.Exchange}'";
            throw new ConfigurationException($"{arguments.File}: {what}; it has {string.Join(", ", names)}");
        }
    }

    private static string Required(string? channel, string option, string file) => channel ?? throw new ConfigurationException(
        $"{option} is missing: {file} is a strategy file, which says nothing of channels; give one such as aeron:udp?endpoint=127.0.0.1:20201, "
        + "or a deployment file");
}
