using OrderPlatform.Host.Configuration.Deployments;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Links;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Commands;

/// <summary>A run's ways to other processes: a port for each gateway, and the door of publishers.</summary>
internal sealed class RunDoors : IDisposable
{
    private readonly RunParts _parts;
    private readonly List<GatewayPort> _ports = [];

    /// <param name="parts">What is run.</param>
    /// <param name="transport">The process's Aeron client; null where the run is one process without a door.</param>
    /// <param name="pace">How fast.</param>
    /// <param name="tell">Told in a line when a peer comes, goes or is refused.</param>
    /// <exception cref="LinkException">A channel cannot be opened.</exception>
    public RunDoors(RunParts parts, AeronTransport? transport, Pace pace, Action<string> tell)
    {
        _parts = parts;
        try
        {
            foreach (GatewayPlace place in parts.Deployment.Gateways)
            {
                VenueSetup venue = parts.Configuration.Setup.Venues.First(one => one.Name == place.Venue);
                _ports.Add(new GatewayPort(OptionsOf(place, venue, pace), transport!.Client, TimeProvider.System, tell));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The gateways' ports.</summary>
    public IReadOnlyList<GatewayPort> Ports => _ports;

    /// <summary>What the pipeline of this run is made of.</summary>
    public PipelineParts PartsOf(LiveStart live, Pace pace, SelfCheck check) => new(_parts.Feed, live.Journal, _parts.Deployment.IsLive ? new Pace(false, 1) : pace)
    {
        Gateways = live.Gateways,
        Ports = _ports,
        Engine = live.Engine,
        Check = check,
        IsLive = _parts.Deployment.IsLive,
        Origins = live.Origins,
        Epoch = live.Epoch,
        Instruments = _parts.Configuration.Setup.Instruments,
    };

    /// <inheritdoc />
    public void Dispose() => _ports.ForEach(static port => port.Dispose());

    private GatewayPortOptions OptionsOf(GatewayPlace place, VenueSetup venue, Pace pace) => new(venue.Id, venue.Name, place.Orders, place.Reports)
    {
        ShardId = (ushort)_parts.Configuration.Setup.ShardId,
        SilentAfter = place.SilentAfter,
        Heartbeat = place.Heartbeat,
        IsSimulated = true,
        ShowsData = !_parts.Deployment.IsLive,

        // In lockstep time stands still until the gateway is back: nothing is late, and the run ends as it would have without the silence.
        TellsSilence = _parts.Deployment.IsLive || !pace.IsLockstep,
    };
}
