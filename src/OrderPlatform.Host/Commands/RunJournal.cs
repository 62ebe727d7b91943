using OrderPlatform.Journal;

namespace OrderPlatform.Host.Commands;

/// <summary>How a live run journals.</summary>
/// <param name="Path">The journal's folder.</param>
/// <param name="Durability">What an order waits for before it leaves.</param>
/// <param name="SnapshotEvery">Inputs between two snapshots of the follower, or null for no follower.</param>
internal sealed record RunJournal(string Path, JournalDurability Durability, long? SnapshotEvery);
