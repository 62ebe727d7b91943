using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Driver.Receiving;
using OrderPlatform.Aeron.Driver.Sending;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>Adds and removes subscriptions of the three kinds: from the network, inside the machine, and spies on what this driver sends.</summary>
internal sealed class SubscriptionCommands(ConductorServices services, NetworkPublications networkPublications, IpcPublications ipcPublications, Images images)
{
    /// <summary>Adds one; the client is known, or made known, when nothing can go wrong any more.</summary>
    /// <exception cref="ControlProtocolException">The channel is wrong or its socket cannot be opened.</exception>
    public void Add(ChannelUri uri, long registrationId, int streamId, string channel, Func<DriverClient> client)
    {
        var parameters = SubscriptionParameters.Parse(uri, services.Context);
        UdpChannel? udpChannel = uri.IsUdp ? UdpChannel.Parse(uri, services.Context.NameResolver) : null;
        ReceiveEndpoint? endpoint = null;
        if (udpChannel is not null && !uri.IsSpy)
        {
            CheckControlPort(udpChannel);
            endpoint = services.ReceiveEndpoints.GetOrOpen(udpChannel, parameters, registrationId);
            CheckAgreement(channel, streamId, endpoint, parameters);
            endpoint.Users++;
        }

        var link = new SubscriptionLink(Known(client, endpoint), registrationId, streamId, channel, uri, parameters)
        {
            UdpChannel = udpChannel,
            Endpoint = endpoint,
            IsWaitingForResponse = parameters.IsResponse && parameters.SessionId is null,
        };
        link.Client.Subscriptions.Add(registrationId, link);
        services.Subscriptions.Add(link);
        if (endpoint is not null && !link.IsWaitingForResponse)
            services.ReceiveEndpoints.AddInterest(endpoint, streamId, link.SessionId);
        services.Clients.SubscriptionReady(registrationId, endpoint?.Endpoint.ChannelStatus.Id ?? -1);
        LinkToAll(link);
    }

    /// <summary>Ends one, with what was added to it as a destination.</summary>
    public void Remove(SubscriptionLink link)
    {
        foreach (SubscriptionLink part in services.Subscriptions.All.Where(other => other.RegistrationId == link.RegistrationId).ToArray())
        {
            services.Subscriptions.Remove(part);
            if (part.Endpoint is not ReceiveEndpoint endpoint)
                continue;
            if (!part.IsWaitingForResponse)
                services.ReceiveEndpoints.RemoveInterest(endpoint, part.StreamId, part.SessionId);
            services.ReceiveEndpoints.Release(endpoint);
        }
    }

    /// <summary>Another source for a subscription with control-mode=manual: a socket, or streams of this machine.</summary>
    /// <exception cref="ControlProtocolException">The channel is wrong or its socket cannot be opened.</exception>
    public void AddDestination(SubscriptionLink link, string channel)
    {
        ReceiveEndpoint endpoint = ManualEndpoint(link);
        var uri = ChannelUri.ParseCommand(channel);
        if (uri.IsUdp && !uri.IsSpy)
        {
            services.ReceiveEndpoints.AddDestination(endpoint, DestinationRules.ParseReceive(uri, services.Context.NameResolver), link.RegistrationId);
            return;
        }

        var local = new SubscriptionLink(link.Client, link.RegistrationId, link.StreamId, channel, uri, SubscriptionParameters.Parse(uri, services.Context))
        {
            UdpChannel = uri.IsUdp ? UdpChannel.Parse(uri, services.Context.NameResolver) : null,
        };
        services.Subscriptions.Add(local);
        LinkToAll(local);
    }

    /// <summary>Takes such a source away.</summary>
    /// <exception cref="ControlProtocolException">There is none of that channel.</exception>
    public void RemoveDestination(SubscriptionLink link, string channel)
    {
        ReceiveEndpoint endpoint = ManualEndpoint(link);
        var uri = ChannelUri.ParseCommand(channel);
        if (uri.IsUdp && !uri.IsSpy)
        {
            services.ReceiveEndpoints.RemoveDestination(endpoint, DestinationRules.ParseReceive(uri, services.Context.NameResolver));
            return;
        }

        SubscriptionLink local = services.Subscriptions.All.FirstOrDefault(
            other => other != link && other.RegistrationId == link.RegistrationId && other.Channel == channel)
            ?? throw new ControlProtocolException(ErrorCode.InvalidChannel, $"'{channel}' is not a destination of '{link.Channel}': give it as it was added.");
        foreach (SubscriptionLink.Reading reading in local.Readings)
        {
            services.Clients.UnavailableImage(reading.Stream.CorrelationId, local.RegistrationId, reading.Stream.StreamId, link.Channel);
        }

        services.Subscriptions.Remove(local);
    }

    /// <summary>A new IPC publication is read by whoever waits for it.</summary>
    public void LinkAll(IpcPublication publication)
    {
        foreach (SubscriptionLink link in services.Subscriptions.All)
        {
            if (link.IsIpc && link.Takes(publication.StreamId, publication.SessionId))
                services.Subscriptions.Link(link, publication, services.Clock.NanoTime);
        }
    }

    /// <summary>A new network publication is read by the spies that wait for it.</summary>
    public void LinkSpies(NetworkPublication publication)
    {
        foreach (SubscriptionLink link in services.Subscriptions.All)
        {
            if (IsSpyOn(link, publication))
                services.Subscriptions.Link(link, publication, services.Clock.NanoTime);
        }
    }

    /// <summary>The subscription that waits for an answer takes its session from now on, and asks for its SETUP.</summary>
    public void OnResponseSetup(long responseCorrelationId, int responseSessionId)
    {
        if (services.Subscriptions.Find(responseCorrelationId) is not { Endpoint: ReceiveEndpoint endpoint, Parameters.IsResponse: true } link
            || (!link.IsWaitingForResponse && link.SessionId == responseSessionId))
        {
            return;
        }

        if (!link.IsWaitingForResponse)
            services.ReceiveEndpoints.RemoveInterest(endpoint, link.StreamId, link.SessionId);
        link.IsWaitingForResponse = false;
        link.SessionId = responseSessionId;
        services.ReceiveEndpoints.AddInterest(endpoint, link.StreamId, responseSessionId);
        Receiver receiver = services.Receiver;
        receiver.Commands.Offer(() => receiver.RequestSetup(endpoint.Endpoint, link.StreamId, responseSessionId));
    }

    /// <summary>As <see cref="OnResponseSetup"/> for a subscription of this machine.</summary>
    public void OnIpcResponse(long responseCorrelationId, int responseSessionId)
    {
        if (services.Subscriptions.Find(responseCorrelationId) is not { IsIpc: true, Parameters.IsResponse: true } link)
            return;
        link.IsWaitingForResponse = false;
        link.SessionId = responseSessionId;
    }

    private static bool IsSpyOn(SubscriptionLink link, NetworkPublication publication) =>
        link.IsSpy && link.Takes(publication.StreamId, publication.SessionId) && SendEndpoints.Matches(link.UdpChannel!, publication.Endpoint.Channel);

    private static void CheckControlPort(UdpChannel channel)
    {
        if (channel is { HasExplicitControl: true, RemoteControl.Port: 0 })
        {
            throw new ControlProtocolException(
                ErrorCode.InvalidChannel, $"Channel '{channel.OriginalUriString}': 'control' has port=0 for subscription: name the publisher's port.");
        }
    }

    private static ReceiveEndpoint ManualEndpoint(SubscriptionLink link) =>
        link is { Endpoint: ReceiveEndpoint endpoint, UdpChannel.ControlMode: ControlMode.Manual }
        ? endpoint
        : throw new ControlProtocolException(
            ErrorCode.InvalidChannel, $"Channel '{link.Channel}' takes no destinations: add the subscription with 'control-mode=manual'.");

    private DriverClient Known(Func<DriverClient> client, ReceiveEndpoint? endpoint)
    {
        try
        {
            return client();
        }
        catch (ControlProtocolException) when (endpoint is not null)
        {
            services.ReceiveEndpoints.Release(endpoint);
            throw;
        }
    }

    private void LinkToAll(SubscriptionLink link)
    {
        if (link.IsNetwork)
        {
            images.LinkTo(link);
            return;
        }

        long nowNs = services.Clock.NanoTime;
        if (link.IsSpy)
        {
            foreach (NetworkStream stream in networkPublications.All)
            {
                if (stream.Publication.IsAcceptingSubscriptions && IsSpyOn(link, stream.Publication))
                    services.Subscriptions.Link(link, stream.Publication, nowNs);
            }

            return;
        }

        foreach (IpcPublication publication in ipcPublications.All)
        {
            if (publication.IsAcceptingSubscriptions && link.Takes(publication.StreamId, publication.SessionId))
                services.Subscriptions.Link(link, publication, nowNs);
        }
    }

    /// <summary>Subscriptions of one stream share its images, so they cannot want them made in different ways.</summary>
    private void CheckAgreement(string channel, int streamId, ReceiveEndpoint endpoint, SubscriptionParameters parameters)
    {
        SubscriptionLink? other = services.Subscriptions.All.FirstOrDefault(link => link.Endpoint == endpoint && link.StreamId == streamId);
        if (other is null)
            return;
        string? key = parameters.IsReliable != other.Parameters.IsReliable ? ChannelKeys.Reliable
            : parameters.IsRejoin != other.Parameters.IsRejoin ? ChannelKeys.Rejoin
            : null;
        if (key is not null)
        {
            throw new ControlProtocolException(
                ErrorCode.InvalidChannel, $"Channel '{channel}': '{key}' is not as in the subscription '{other.Channel}' of the same stream: give the same.");
        }
    }
}
