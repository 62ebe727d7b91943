using OrderPlatform.Journal;
using OrderPlatform.Runtime.Checking;

namespace OrderPlatform.Host.Commands;

/// <summary>How a live run journals.</summary>
/// <param name="Path">The journal's folder.</param>
/// <param name="Durability">What an order waits for before it leaves.</param>
/// <param name="SnapshotEvery">Inputs between two snapshots of the follower, or null for none.</param>
internal sealed record RunJournal(string Path, JournalDurability Durability, long? SnapshotEvery)
{
    /// <summary>How often the live run writes a checkpoint.</summary>
    public CheckpointSpacing Checkpoints { get; init; } = CheckpointSpacing.Default;

    /// <summary>Whether a follower checks the live engine.</summary>
    public bool HasSelfCheck { get; init; } = true;
}
