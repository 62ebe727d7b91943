using OrderPlatform.Host.Configuration.Deployments;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Doors;
using OrderPlatform.Runtime.Events;
using OrderPlatform.Runtime.Links;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Commands;

/// <summary>A run's ways to other processes: a port for each gateway, and the door of publishers.</summary>
internal sealed class RunDoors : IDisposable
{
    private readonly RunParts _parts;
    private readonly AeronTransport? _transport;
    private readonly IReadOnlyList<PublisherRule> _rules;
    private readonly List<GatewayPort> _ports = [];

    /// <param name="parts">What is run.</param>
    /// <param name="transport">The process's Aeron client; null where the run is one process without a door.</param>
    /// <param name="pace">How fast.</param>
    /// <param name="tell">Told in a line when a peer comes, goes or is refused.</param>
    /// <exception cref="LinkException">A channel cannot be opened.</exception>
    public RunDoors(RunParts parts, AeronTransport? transport, Pace pace, Action<string> tell)
    {
        _parts = parts;
        _transport = transport;
        _rules = [.. (parts.Deployment.Door?.Publishers ?? []).Select(place => RuleOf(place, parts.Configuration.Setup))];
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
    /// <param name="live">What it begins with.</param>
    /// <param name="journal">The journal's folder; the door's audit lies below it.</param>
    /// <param name="pace">How fast.</param>
    /// <param name="check">The self-check.</param>
    public PipelineParts PartsOf(LiveStart live, string journal, Pace pace, SelfCheck check)
    {
        var parts = new PipelineParts(_parts.Feed, live.Journal, _parts.Deployment.IsLive ? new Pace(false, 1) : pace)
        {
            Gateways = live.Gateways,
            Ports = _ports,
            Engine = live.Engine,
            Check = check,
            IsLive = _parts.Deployment.IsLive,
            Origins = live.Origins,
            Epoch = live.Epoch,
            Instruments = _parts.Configuration.Setup.Instruments,
            VenueSettings = _parts.VenueSettings,
        };
        return _parts.Deployment.Door is not { } door
            ? parts
            : parts.WithDoor(
                new DoorOptions { Channel = door.Channel, Publishers = _rules, Window = door.Window, AuditFolder = Path.Combine(journal, "audit") },
                _transport!.Client, _parts.Configuration.Setup);
    }

    /// <summary>The events stream, on the door's channel; null where there is no door.</summary>
    /// <param name="live">The run.</param>
    /// <param name="tell">Told if it ends before the run does.</param>
    public EventsStream? OpenEvents(LiveStart live, Action<string> tell) => _parts.Deployment.Door is not { } door
        ? null
        : new EventsStream(
            new EventsOptions { Channel = door.Channel, Rules = [.. _rules.Select(static rule => new PublisherSubscriberRule(rule))] }, _transport!.Client,
            () => live.Journal.DurableSequence, tell, TimeProvider.System);

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

    private static PublisherRule RuleOf(PublisherPlace place, PlatformSetup setup)
    {
        uint[] clients = [.. place.Clients.Where(static name => name != PublisherPlace.AllClients).Select(name => setup.Clients.First(client => client.Name == name).Id)];
        DoorKinds kinds = place.Kinds.Aggregate(DoorKinds.None, static (sum, kind) => sum | kind switch
        {
            "signals" => DoorKinds.Signals,
            "market_data" => DoorKinds.MarketData,
            _ => DoorKinds.Commands,
        });
        return new PublisherRule(place.Id, place.Name, clients, kinds, place.Sources, PublisherKey.Read(place), place.MessagesPerSecond, place.Burst)
        {
            AllClients = place.Clients.Contains(PublisherPlace.AllClients),
        };
    }
}
