using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>A client as the driver knows it: its heartbeat and what it owns.</summary>
internal sealed class DriverClient(long clientId, AtomicCounter heartbeat)
{
    public long ClientId { get; } = clientId;

    /// <summary>The time of its last sign of life, in milliseconds since the epoch; the client writes it, zero when it closed.</summary>
    public AtomicCounter Heartbeat { get; } = heartbeat;

    /// <summary>Publications by the registration id of the command that added them.</summary>
    public Dictionary<long, PublicationLink> Publications { get; } = [];

    public Dictionary<long, SubscriptionLink> Subscriptions { get; } = [];

    public Dictionary<long, AtomicCounter> Counters { get; } = [];

    /// <summary>True if something of this client was added with that correlation id.</summary>
    public bool Owns(long registrationId) =>
        Publications.ContainsKey(registrationId) || Subscriptions.ContainsKey(registrationId) || Counters.ContainsKey(registrationId);

    public int ResourceCount => Publications.Count + Subscriptions.Count + Counters.Count;
}
