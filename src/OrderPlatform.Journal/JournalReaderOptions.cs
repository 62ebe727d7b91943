using OrderPlatform.Journal.Devices;

namespace OrderPlatform.Journal;

/// <summary>How a journal is read.</summary>
public sealed record JournalReaderOptions
{
    /// <summary>The first sequence wanted; 0 for the oldest there is. Segments before it are not touched.</summary>
    public long FromSequence { get; init; }

    /// <summary>
    /// Follow a live writer: what is not in the file yet is waited for (the read answers false; ask again), and nothing is judged torn. Under a policy that
    /// syncs, a record comes into the file with the sync that makes it durable, a moment before it is durable.
    /// </summary>
    public bool IsFollowing { get; init; }

    /// <summary>Refuse a journal of another shard.</summary>
    public uint? ShardId { get; init; }

    /// <summary>Refuse a journal of another schema.</summary>
    public ushort? SchemaId { get; init; }

    /// <summary>Where the files are.</summary>
    internal IJournalDevice Device { get; init; } = MappedDevice.Instance;
}
