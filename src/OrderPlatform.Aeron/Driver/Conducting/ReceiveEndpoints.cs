using System.Net.Sockets;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Driver.Receiving;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>The receiving sockets of a driver, shared by the subscriptions of equal channels. Opened with the first, closed with the last.</summary>
internal sealed class ReceiveEndpoints(
    MediaDriverContext context, IUdpTransportFactory transports, StreamCounters counters, DriverState state,
    IDriverConductorProxy conductorProxy, Receiver receiver, Random random)
{
    private readonly List<ReceiveEndpoint> _entries = [];

    /// <summary>Sockets that the receiver has yet to close.</summary>
    private int _closingCount;
    private long _nextReceiverId = random.NextInt64(long.MinValue, long.MaxValue);

    /// <summary>The endpoint of a channel, opened if there is none. It lives while it has interest: see <see cref="AddInterest"/>.</summary>
    /// <exception cref="ControlProtocolException">The socket cannot be opened, or the channel conflicts with the one that it names by its tag.</exception>
    public ReceiveEndpoint GetOrOpen(UdpChannel channel, SubscriptionParameters parameters, long registrationId) =>
        Find(channel, parameters) ?? Open(channel, parameters, registrationId);

    /// <summary>A subscription wants a stream, all of its sessions or one.</summary>
    public void AddInterest(ReceiveEndpoint entry, int streamId, int? sessionId)
    {
        if (!entry.AddInterest(streamId, sessionId))
            return;
        ReceiveChannelEndpoint endpoint = entry.Endpoint;
        receiver.Commands.Offer(sessionId is int session
            ? () => receiver.AddSubscription(endpoint, streamId, session)
            : () => receiver.AddSubscription(endpoint, streamId));
    }

    /// <summary>A subscription wants it no more.</summary>
    public void RemoveInterest(ReceiveEndpoint entry, int streamId, int? sessionId)
    {
        if (!entry.RemoveInterest(streamId, sessionId))
            return;
        ReceiveChannelEndpoint endpoint = entry.Endpoint;
        receiver.Commands.Offer(sessionId is int session
            ? () => receiver.RemoveSubscription(endpoint, streamId, session)
            : () => receiver.RemoveSubscription(endpoint, streamId));
    }

    /// <summary>One user less; the last closes the sockets, on the receiver's thread.</summary>
    public void Release(ReceiveEndpoint entry)
    {
        if (--entry.Users > 0)
            return;
        _entries.Remove(entry);
        ReceiveChannelEndpoint endpoint = entry.Endpoint;
        endpoint.ChannelStatus.SetRelease(ChannelStatusValue.Closing);
        OfferClosing(() => receiver.CloseEndpoint(endpoint));
        Free(entry.Counters);
    }

    /// <summary>The driver ends, its receiver has ended: closes the sockets that it never came to know too.</summary>
    public void Close()
    {
        foreach (ReceiveEndpoint entry in _entries)
        {
            entry.Endpoint.Dispose();
            entry.Destinations.ForEach(static destination => destination.Socket.Transport.Dispose());
        }
    }

    /// <summary>The endpoint that an image came in by.</summary>
    public ReceiveEndpoint? Find(ReceiveChannelEndpoint endpoint) => _entries.Find(entry => entry.Endpoint == endpoint);

    /// <summary>Opens a socket more, for a subscription of several destinations.</summary>
    /// <exception cref="ControlProtocolException">The socket cannot be opened.</exception>
    public void AddDestination(ReceiveEndpoint entry, UdpChannel channel, long registrationId)
    {
        var destination = new ReceiveDestination(channel, OpenTransport(channel), context);
        AtomicCounter address;
        try
        {
            address = counters.LocalSocketAddress("rcv-local-sockaddr", entry.Endpoint.ChannelStatus.Id, destination.LocalAddress.ToString(), registrationId);
        }
        catch
        {
            destination.Transport.Dispose();
            throw;
        }

        entry.Destinations.Add(new ReceiveEndpoint.Destination(channel, destination, address));
        entry.Counters.Add(address);
        receiver.Commands.Offer(() => receiver.AddDestination(entry.Endpoint, destination));
    }

    /// <summary>Closes such a socket.</summary>
    /// <exception cref="ControlProtocolException">There is none of that channel.</exception>
    public void RemoveDestination(ReceiveEndpoint entry, UdpChannel channel)
    {
        ReceiveEndpoint.Destination found = entry.Destinations.Find(candidate => candidate.Channel.CanonicalForm == channel.CanonicalForm)
            ?? throw new ControlProtocolException(
                ErrorCode.InvalidChannel,
                $"'{channel.OriginalUriString}' is not a destination of '{entry.Endpoint.Channel.OriginalUriString}': give it as it was added.");
        entry.Destinations.Remove(found);
        entry.Counters.Remove(found.Address);
        found.Address.SetRelease(ChannelStatusValue.Closing);
        state.Counters.Free(found.Address.Id);
        OfferClosing(() => receiver.RemoveDestination(entry.Endpoint, found.Socket));
    }

    private ReceiveEndpoint? Find(UdpChannel channel, SubscriptionParameters parameters)
    {
        ReceiveEndpoint? found = channel.Tag is long tag ? _entries.Find(entry => entry.Endpoint.Channel.Tag == tag) : null;
        found ??= _entries.Find(entry => entry.Endpoint.Channel.CanonicalForm == channel.CanonicalForm);
        if (found is null)
        {
            if (channel is { HasExplicitEndpoint: false, HasExplicitControl: false, ControlMode: ControlMode.None })
            {
                throw new ControlProtocolException(
                    ErrorCode.InvalidChannel,
                    $"Channel '{channel.OriginalUriString}' names no open channel by its tag: add the subscription with the endpoint first, or give an "
                        + "endpoint.");
            }

            return null;
        }

        if (channel.HasExplicitEndpoint && channel.RemoteData != found.Endpoint.Channel.RemoteData)
        {
            throw new ControlProtocolException(
                ErrorCode.InvalidChannel,
                $"Channel '{channel.OriginalUriString}' has the tag of '{found.Endpoint.Channel.OriginalUriString}' and another endpoint: give the same "
                    + "one, or another tag.");
        }

        if (parameters.GroupTag is not null && parameters.GroupTag != found.GroupTag)
        {
            throw new ControlProtocolException(
                ErrorCode.InvalidChannel,
                $"Channel '{channel.OriginalUriString}' has another gtag than '{found.Endpoint.Channel.OriginalUriString}', which has the socket: give "
                    + "the same.");
        }

        SocketBufferAgreement.Check(context, channel, found.Endpoint.Channel);
        SocketBufferAgreement.CheckWindow(context, channel, parameters.InitialWindowLength, found.Endpoint.Channel);

        return found;
    }

    private ReceiveEndpoint Open(UdpChannel channel, SubscriptionParameters parameters, long registrationId)
    {
        // A subscription of several destinations has no socket until the first is added.
        IUdpTransport? transport = channel.ControlMode == ControlMode.Manual ? null : OpenTransport(channel);
        List<AtomicCounter> owned = [];
        try
        {
            string local = transport?.LocalAddress.ToString() ?? string.Empty;
            AtomicCounter status = counters.ChannelStatus(CounterTypes.ReceiveChannelStatus, "rcv-channel", channel.OriginalUriString, local, registrationId);
            owned.Add(status);
            if (transport is not null)
                owned.Add(counters.LocalSocketAddress("rcv-local-sockaddr", status.Id, local, registrationId));
            var entry = new ReceiveEndpoint(NewEndpoint(channel, parameters, transport, status), parameters.GroupTag, owned);
            status.SetRelease(ChannelStatusValue.Active);
            receiver.Commands.Offer(() => receiver.RegisterEndpoint(entry.Endpoint));
            _entries.Add(entry);
            return entry;
        }
        catch
        {
            transport?.Dispose();
            Free(owned);
            throw;
        }
    }

    private ReceiveChannelEndpoint NewEndpoint(UdpChannel channel, SubscriptionParameters parameters, IUdpTransport? transport, AtomicCounter status) =>
        new(new ReceiveChannelEndpointParameters
        {
            Channel = channel,
            Transport = transport,
            ChannelStatus = status,
            ReceiverId = _nextReceiverId++,
            GroupTag = parameters.GroupTag,
            ReceiveTimestamp = parameters.ChannelReceiveTimestamp,
            Context = context,
            SystemCounters = state.SystemCounters,
            ErrorLog = state.ErrorLog,
            Conductor = conductorProxy,
        });

    private void OfferClosing(Action close)
    {
        _closingCount++;
        receiver.Commands.Offer(() =>
        {
            close();
            state.ConductorCommands.Offer(() => _closingCount--);
        });
    }

    private void Free(List<AtomicCounter> owned)
    {
        foreach (AtomicCounter counter in owned)
        {
            state.Counters.Free(counter.Id);
        }
    }

    private IUdpTransport OpenTransport(UdpChannel channel)
    {
        try
        {
            return transports.Open(channel.ReceiverTransport(context));
        }
        catch (SocketException failure)
        {
            throw EndpointFailure.Of(channel, failure, _closingCount);
        }
    }
}
