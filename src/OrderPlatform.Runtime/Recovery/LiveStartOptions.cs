using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Runtime.Links;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Runtime.Recovery;

/// <summary>What a live run is.</summary>
/// <param name="Folder">The journal's folder: new, or of an earlier run, which is then continued.</param>
/// <param name="Journal">How the journal is written.</param>
/// <param name="Snapshots">Whose its snapshots are.</param>
/// <param name="Setup">What is configured.</param>
/// <param name="Venues">Simulated venues in this process.</param>
/// <param name="ResendWithin">How old an order may be to be sent again after a restart if its venue does not know it; at most an hour.</param>
public sealed record LiveStartOptions(
    string Folder,
    JournalOptions Journal,
    SnapshotStoreOptions Snapshots,
    PlatformSetup Setup,
    IReadOnlyList<LocalVenueOptions> Venues,
    TimeSpan ResendWithin)
{
    /// <summary>Ports of gateways in other processes.</summary>
    public IReadOnlyList<GatewayPort> Ports { get; init; } = [];

    /// <summary>How long the gateway that shows a feed's data to its venue may take to come.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether publishers send inputs, so that the numbers that they have come to must be known.</summary>
    public bool HasDoor { get; init; }
}

/// <summary>A simulated venue in the engine's process.</summary>
/// <param name="VenueId">Its id in reports.</param>
/// <param name="Options">What it is like.</param>
public sealed record LocalVenueOptions(ushort VenueId, SimulatedVenueOptions Options);

/// <summary>What was found of an earlier run.</summary>
/// <param name="Sequence">The last input of its journal.</param>
/// <param name="Digest">The engine's digest after it.</param>
/// <param name="Snapshot">The snapshot that the engine was restored from, or null.</param>
/// <param name="Skipped">Newer snapshots that could not be used, and why.</param>
/// <param name="Replayed">Inputs that were replayed behind the snapshot.</param>
/// <param name="TornBytes">Bytes of an unfinished record that were cut from the journal's end.</param>
/// <param name="FeedInputs">Inputs of the journal that were found in the data.</param>
/// <param name="OpenOrders">Orders whose state at the venue is in doubt.</param>
/// <param name="Epoch">The epoch that begins.</param>
public sealed record RecoveredRun(
    long Sequence,
    string Digest,
    string? Snapshot,
    IReadOnlyList<SkippedSnapshot> Skipped,
    long Replayed,
    long TornBytes,
    long FeedInputs,
    int OpenOrders,
    int Epoch);
