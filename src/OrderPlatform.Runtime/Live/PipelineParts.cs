using OrderPlatform.Disruptor;
using OrderPlatform.Engine;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Doors;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Links;
using OrderPlatform.Runtime.Setup;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Runtime.Live;

/// <summary>What a live pipeline is made of. Gateways in this process and ports of other processes together are its venues.</summary>
/// <param name="Feed">What enters from this process: the setup, and data where the run has its own.</param>
/// <param name="Journal">The journal: empty, or continued.</param>
/// <param name="Pace">How fast.</param>
public sealed record PipelineParts(InputFeed Feed, JournalWriter Journal, Pace Pace)
{
    /// <summary>Simulated venues in this process.</summary>
    public IReadOnlyList<SimulatedGateway> Gateways { get; init; } = [];

    /// <summary>Ports of gateways in other processes.</summary>
    public IReadOnlyList<GatewayPort> Ports { get; init; } = [];

    /// <summary>The engine that has processed all that the journal has; without, a fresh one.</summary>
    public BusinessLogicProcessor? Engine { get; init; }

    /// <summary>What it shares with the follower that checks it, or null where nobody does.</summary>
    public SelfCheck? Check { get; init; }

    /// <summary>Whether inputs come through the door: the feed has the setup alone, time is the wall clock's, and the run goes on until it is ended.</summary>
    public bool IsLive { get; init; }

    /// <summary>How far the numbers of peers have come in the journal.</summary>
    public OriginTable Origins { get; init; } = new();

    /// <summary>The engine's epoch.</summary>
    public int Epoch { get; init; } = 1;

    /// <summary>All instruments; for a live run.</summary>
    public IReadOnlyList<InstrumentSetup> Instruments { get; init; } = [];

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How the simulated venues behave, for the journal.</summary>
    public IReadOnlyList<VenueSettings> VenueSettings { get; init; } = [];

    /// <summary>Whether stages note their moments in the slots.</summary>
    public bool Measures { get; init; }

    /// <summary>Makes the door of publishers, or null for none.</summary>
    internal Func<PipelineDoor, PublisherDoor>? Door { get; init; }

    /// <summary>The same with a door.</summary>
    /// <param name="options">Where, and who may come in.</param>
    /// <param name="aeron">The client of a driver.</param>
    /// <param name="edge">Reference data that messages are checked against.</param>
    public PipelineParts WithDoor(DoorOptions options, AeronClient aeron, PlatformSetup edge) => this with
    {
        Door = door => new PublisherDoor(options, aeron, door.Inputs, door.Sequenced, door.DurableSequence, edge, Origins, Time, Measures),
    };

    internal bool HasPeers => Ports.Count > 0 || Door is not null;

    internal IReadOnlyCollection<ushort> SimulatedVenues =>
        [.. Gateways.Select(static one => one.VenueId), .. Ports.Where(static port => port.Options.IsSimulated).Select(static port => port.Options.VenueId)];
}

/// <summary>What a pipeline gives its door.</summary>
/// <param name="Inputs">Its end of the input ring.</param>
/// <param name="Sequenced">Which of its inputs have been sequenced.</param>
/// <param name="DurableSequence">How far the journal is durable.</param>
internal sealed record PipelineDoor(InputPublisher Inputs, EventPoller<SequencedOrigin> Sequenced, Func<long> DurableSequence);
