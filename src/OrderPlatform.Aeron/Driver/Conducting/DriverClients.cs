using System.Buffers.Binary;
using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>
/// The clients of a driver. There is no command to connect: a client is known from its first command that adds something, gets a heartbeat
/// counter then, and is gone when it says so or has not written that counter for the liveness timeout.
/// </summary>
internal sealed class DriverClients(MediaDriverContext context, IClock clock, CounterAllocator manager, ClientProxy clientProxy, AtomicCounter timeouts)
{
    private readonly Dictionary<long, DriverClient> _clients = [];

    public IReadOnlyCollection<DriverClient> All => _clients.Values;

    /// <summary>The client, if it is known.</summary>
    public DriverClient? Find(long clientId) => _clients.GetValueOrDefault(clientId);

    /// <summary>The client; one that is new gets its heartbeat counter and is told of it.</summary>
    /// <exception cref="ControlProtocolException">There are too many clients, or the client has too much.</exception>
    public DriverClient GetOrAdd(long clientId)
    {
        if (_clients.TryGetValue(clientId, out DriverClient? known))
            return known;

        Span<byte> key = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(key, clientId);
        AtomicCounter heartbeat = manager.Allocate(CounterTypes.ClientHeartbeat, key, $"client-heartbeat: id={clientId}", clientId, clientId, referenceId: 0);
        heartbeat.SetRelease(clock.EpochMillis);
        var client = new DriverClient(clientId, heartbeat);
        _clients.Add(clientId, client);
        clientProxy.CounterReady(clientId, heartbeat.Id);
        return client;
    }

    /// <summary>Refuses what would be one too many, or has the id of another; to be asked before anything is made for a command.</summary>
    /// <exception cref="ControlProtocolException">There are too many clients, the client has too much, or the id is somebody's.</exception>
    public void CheckRoom(long clientId, long correlationId)
    {
        // Ids come from a counter that all share. Who takes another's would speak, and be spoken to, in its name.
        if (_clients.Values.Any(other => other.Owns(correlationId)))
        {
            throw new ControlProtocolException(
                ErrorCode.GenericError, $"correlation id {correlationId} is of something that is in use: take the next of the ring's counter");
        }

        if (!_clients.TryGetValue(clientId, out DriverClient? client))
        {
            if (_clients.Count >= context.ClientsMax)
                throw new ControlProtocolException(ErrorCode.GenericError, $"the driver has {_clients.Count} clients, its limit ClientsMax: close one");
        }
        else if (client.ResourceCount >= context.ResourcesPerClientMax)
        {
            throw new ControlProtocolException(
                ErrorCode.GenericError,
                $"client {clientId} has {client.ResourceCount} publications, subscriptions and counters, the limit ResourcesPerClientMax: close one");
        }
    }

    /// <summary>A legacy sign of life.</summary>
    public void OnKeepalive(long clientId) => Find(clientId)?.Heartbeat.SetRelease(clock.EpochMillis);

    /// <summary>Who has gone since the last check. The caller closes what they own and then calls <see cref="Remove"/>.</summary>
    public List<DriverClient> Gone()
    {
        long deadline = clock.EpochMillis - (context.ClientLivenessTimeoutNs / 1_000_000);
        return [.. _clients.Values.Where(client => client.Heartbeat.Get() < deadline)];
    }

    /// <summary>Forgets a client; one that did not close itself is told, should it still be there.</summary>
    public void Remove(DriverClient client)
    {
        _clients.Remove(client.ClientId);
        if (client.Heartbeat.Get() != 0)
        {
            timeouts.Increment();
            clientProxy.ClientTimeout(client.ClientId);
        }

        int heartbeatId = client.Heartbeat.Id;
        manager.Free(heartbeatId);
        clientProxy.UnavailableCounter(client.ClientId, heartbeatId);
    }
}
