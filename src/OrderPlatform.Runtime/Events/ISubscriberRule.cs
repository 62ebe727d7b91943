using System.Net;

namespace OrderPlatform.Runtime.Events;

/// <summary>What a publisher may see of the events, and how it is known; as at the door: <see cref="PublisherSubscriberRule"/>.</summary>
public interface ISubscriberRule
{
    /// <summary>The publisher; 1 to 65535.</summary>
    uint Id { get; }

    /// <summary>Whether it sees the events of all clients, and those that belong to none.</summary>
    bool SeesAll { get; }

    /// <summary>Whether it may see a client's events.</summary>
    bool Sees(uint clientId);

    /// <summary>Whether it may come from there.</summary>
    /// <param name="source">The address; null for this machine's shared memory.</param>
    bool MayComeFrom(IPAddress? source);

    /// <summary>Whether a request has the right token; <c>true</c> where the publisher needs none.</summary>
    /// <param name="request">The EventsSubscribe with its header.</param>
    bool HasToken(ReadOnlySpan<byte> request);
}
