namespace OrderPlatform.Runtime.Events;

/// <summary>What a publisher may see of the events, and how it is known: the same rule that it has at the door.</summary>
public interface ISubscriberRule
{
    /// <summary>The publisher; 1 to 65535.</summary>
    uint Id { get; }

    /// <summary>Whether it sees the events of all clients, and those that belong to none.</summary>
    bool SeesAll { get; }

    /// <summary>The key of its tokens (HMAC-SHA-256); empty where it has none.</summary>
    ReadOnlySpan<byte> Key { get; }

    /// <summary>Whether it may see a client's events.</summary>
    bool Sees(uint clientId);

    /// <summary>Whether it may come from there.</summary>
    /// <param name="sourceIdentity">As an image says it: an address and a port, or <c>aeron:ipc</c>.</param>
    bool MayComeFrom(string sourceIdentity);
}
