using OrderPlatform.Journal;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Links;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Host.Commands;

/// <summary>How a live run journals.</summary>
/// <param name="Path">The journal's folder; one that has a journal is continued.</param>
/// <param name="Durability">What an order waits for before it leaves.</param>
/// <param name="SnapshotEvery">Inputs between two snapshots of the follower, or null for no snapshots.</param>
internal sealed record RunJournal(string Path, JournalDurability Durability, long? SnapshotEvery)
{
    /// <summary>How often the live run writes a checkpoint.</summary>
    public CheckpointSpacing Checkpoints { get; init; } = CheckpointSpacing.Default;

    /// <summary>Whether a follower checks the live engine.</summary>
    public bool HasSelfCheck { get; init; } = true;

    public LiveStartOptions StartOptions(RunParts parts, IReadOnlyList<GatewayPort> ports) => new(
        Path, JournalPlaces.Options(Durability), SnapshotReplay.Options, parts.Configuration.Setup, parts.LocalVenues, parts.Configuration.ResendWithin)
    {
        Ports = ports,
        HasDoor = parts.Deployment.Door is not null,
        ConnectTimeout = parts.Deployment.ConnectTimeout,
    };
}
