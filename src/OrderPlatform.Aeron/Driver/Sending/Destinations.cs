using System.Net.Sockets;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>
/// Where a multi-destination endpoint sends to. Dynamic ones come by a status message and go when they are silent; manual ones the
/// application adds and removes. The sender's thread. Source: aeron_udp_destination_tracker.c of Aeron 1.52.
/// </summary>
internal sealed class Destinations(bool isManual, long timeoutNs, int destinationsMax)
{
    private const long NoRegistrationId = -1;

    private Destination[] _destinations = new Destination[Math.Min(4, destinationsMax)];
    private int _startIndex;

    public int Count { get; private set; }

    /// <summary>Says how many there are; null for nobody.</summary>
    public AtomicCounter? Counter { get; set; }

    /// <summary>Sends to each, beginning with another one each time, so that the first is not always the same.</summary>
    /// <returns>The number of datagrams: what one destination did not take it has to ask for by NAK, and does not hold back the others.</returns>
    public int Send(IUdpTransport transport, ReadOnlySpan<OutgoingDatagram> datagrams, long nowNs, SendFailures failures)
    {
        if (!isManual)
            RemoveSilent(nowNs);
        if (++_startIndex >= Count)
            _startIndex = 0;
        for (int index = _startIndex; index < Count; index++)
        {
            Send(ref _destinations[index], transport, datagrams, nowNs, failures);
        }

        for (int index = 0; index < _startIndex; index++)
        {
            Send(ref _destinations[index], transport, datagrams, nowNs, failures);
        }

        return datagrams.Length;
    }

    /// <summary>A receiver spoke; a dynamic one not known becomes a destination. False when there are too many.</summary>
    public bool OnStatusMessage(long receiverId, in UdpAddress source, long nowNs)
    {
        int known = IndexOf(receiverId, source);
        if (known >= 0)
        {
            _destinations[known].ReceiverId = receiverId;
            _destinations[known].HasReceiverId = true;
            _destinations[known].TimeOfLastActivityNs = nowNs;
            return true;
        }

        return isManual || TryAdd(new Destination
        {
            Address = source,
            ReceiverId = receiverId,
            HasReceiverId = true,
            RegistrationId = NoRegistrationId,
            TimeOfLastActivityNs = nowNs,
            RetryNs = nowNs,
        });
    }

    /// <summary>Adds a manual one; false when there are too many or the endpoint is not manual.</summary>
    public bool TryAdd(ManualDestination destination, long nowNs) => isManual && TryAdd(new Destination
    {
        Address = destination.Address,
        RegistrationId = destination.RegistrationId,
        HostAndPort = destination.HostAndPort,
        TimeOfLastActivityNs = nowNs,
        RetryNs = nowNs,
    });

    /// <summary>Removes the last that was added with that address.</summary>
    public bool Remove(in UdpAddress address)
    {
        for (int index = Count - 1; index >= 0; index--)
        {
            if (_destinations[index].Address == address)
                return RemoveAt(index);
        }

        return false;
    }

    /// <summary>Removes the one that a command added.</summary>
    public bool RemoveById(long registrationId)
    {
        for (int index = Count - 1; index >= 0; index--)
        {
            if (_destinations[index].RegistrationId == registrationId)
                return RemoveAt(index);
        }

        return false;
    }

    /// <summary>The registration id of the destination that a receiver is; -1 for none.</summary>
    public long RegistrationIdOf(long receiverId, in UdpAddress source)
    {
        int index = IndexOf(receiverId, source);
        return index < 0 ? NoRegistrationId : _destinations[index].RegistrationId;
    }

    /// <summary>Asks for new addresses of the manual ones that were named by host and are silent.</summary>
    public void CheckForReResolution(long nowNs, IDriverConductorProxy conductor, Action<string, UdpAddress> apply)
    {
        foreach (ref Destination destination in _destinations.AsSpan(0, Count))
        {
            if (destination.HostAndPort is not { } hostAndPort || nowNs - destination.TimeOfLastActivityNs <= timeoutNs)
                continue;
            if (Ask(conductor, hostAndPort, destination.Address, apply))
                destination.TimeOfLastActivityNs = nowNs;
        }
    }

    /// <summary>A name has another address now.</summary>
    public void OnResolved(string hostAndPort, in UdpAddress address)
    {
        foreach (ref Destination destination in _destinations.AsSpan(0, Count))
        {
            if (destination.HostAndPort != hostAndPort)
                continue;
            destination.Address = address;
            destination.HasReceiverId = false;
        }
    }

    /// <summary>Apart from its caller, which would otherwise make the closure's object each time.</summary>
    private static bool Ask(IDriverConductorProxy conductor, string hostAndPort, in UdpAddress current, Action<string, UdpAddress> apply) =>
        conductor.ReResolve(new ReResolution(hostAndPort, current, IsSender: true, found => apply(hostAndPort, found)));

    private static void Send(ref Destination destination, IUdpTransport transport, ReadOnlySpan<OutgoingDatagram> datagrams, long nowNs, SendFailures failures)
    {
        if (nowNs < destination.RetryNs)
            return;
        try
        {
            transport.Send(datagrams, destination.Address);
        }
        catch (SocketException failure)
        {
            destination.RetryNs = failures.Record(failure, destination.Address, nowNs);
        }
    }

    private bool TryAdd(Destination destination)
    {
        if (Count == destinationsMax)
            return false;
        if (Count == _destinations.Length)
            Array.Resize(ref _destinations, Math.Min(Count * 2, destinationsMax));
        _destinations[Count++] = destination;
        Counter?.SetRelease(Count);
        return true;
    }

    private void RemoveSilent(long nowNs)
    {
        for (int index = Count - 1; index >= 0; index--)
        {
            if (nowNs - _destinations[index].TimeOfLastActivityNs > timeoutNs)
                RemoveAt(index);
        }
    }

    private bool RemoveAt(int index)
    {
        _destinations[index] = _destinations[--Count];
        _destinations[Count] = default;
        Counter?.SetRelease(Count);
        return true;
    }

    private int IndexOf(long receiverId, in UdpAddress source)
    {
        for (int index = 0; index < Count; index++)
        {
            if (_destinations[index].Is(receiverId, source))
                return index;
        }

        return -1;
    }

    private struct Destination
    {
        public UdpAddress Address;
        public long ReceiverId;
        public bool HasReceiverId;
        public long RegistrationId;
        public string? HostAndPort;
        public long TimeOfLastActivityNs;
        public long RetryNs;

        /// <summary>A receiver is known by its id and port, since it may have several addresses; before its first message by its address.</summary>
        public readonly bool Is(long receiverId, in UdpAddress source) =>
            Address.Port == source.Port && Address.IsIPv6 == source.IsIPv6 && (HasReceiverId ? ReceiverId == receiverId : Address.Bits == source.Bits);
    }
}
