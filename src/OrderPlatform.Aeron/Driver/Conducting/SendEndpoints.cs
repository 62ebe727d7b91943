using System.Net.Sockets;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Driver.Sending;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>The sending sockets of a driver, shared by the publications of equal channels. Opened with the first, closed with the last.</summary>
internal sealed class SendEndpoints(
    MediaDriverContext context, IUdpTransportFactory transports, StreamCounters counters, DriverState state,
    IDriverConductorProxy conductorProxy, Sender sender)
{
    private readonly List<Entry> _entries = [];

    /// <summary>The endpoint of a channel, opened if there is none; counts one more user.</summary>
    /// <exception cref="ControlProtocolException">The socket cannot be opened, or the channel conflicts with the one that it names by its tag.</exception>
    public SendChannelEndpoint Acquire(UdpChannel channel, long registrationId)
    {
        Entry entry = Find(channel) ?? Open(channel, registrationId);
        entry.Users++;
        return entry.Endpoint;
    }

    /// <summary>The endpoint of a channel, if it is open.</summary>
    public SendChannelEndpoint? FindEndpoint(UdpChannel channel) => Find(channel)?.Endpoint;

    /// <summary>One user less; the last closes the socket, on the sender's thread, after all that was asked of the sender before.</summary>
    public void Release(SendChannelEndpoint endpoint)
    {
        Entry entry = _entries.Find(candidate => candidate.Endpoint == endpoint)!;
        if (--entry.Users > 0)
            return;
        _entries.Remove(entry);
        endpoint.ChannelStatus.SetRelease(ChannelStatusValue.Closing);
        sender.Commands.Offer(() => sender.CloseEndpoint(endpoint));
        foreach (AtomicCounter counter in entry.Counters)
        {
            state.Counters.Free(counter.Id);
        }
    }

    /// <summary>True when a channel of a spy means the endpoint's.</summary>
    public static bool Matches(UdpChannel wanted, UdpChannel offered) =>
        wanted.Tag is long tag ? tag == offered.Tag : wanted.CanonicalForm == offered.CanonicalForm;

    private Entry? Find(UdpChannel channel)
    {
        if (channel.Tag is long tag && _entries.Find(entry => entry.Endpoint.Channel.Tag == tag) is Entry tagged)
        {
            CheckSameAddresses(channel, tagged.Endpoint.Channel);
            return tagged;
        }

        Entry? found = _entries.Find(entry => entry.Endpoint.Channel.CanonicalForm == channel.CanonicalForm);
        // A channel that names nothing but a tag needs the one that has the tag.
        if (found is null && channel is { HasExplicitEndpoint: false, HasExplicitControl: false, ControlMode: ControlMode.None })
        {
            throw new ControlProtocolException(
                ErrorCode.InvalidChannel,
                $"Channel '{channel.OriginalUriString}' names no open channel by its tag: add the publication with the endpoint first, or give an endpoint.");
        }

        return found;
    }

    private static void CheckSameAddresses(UdpChannel channel, UdpChannel tagged)
    {
        bool namesOtherEndpoint = channel.HasExplicitEndpoint && channel.RemoteData != tagged.RemoteData;
        bool namesOtherControl = channel.HasExplicitControl && channel.LocalControl != tagged.LocalControl;
        if (namesOtherEndpoint || namesOtherControl)
        {
            throw new ControlProtocolException(
                ErrorCode.InvalidChannel,
                $"Channel '{channel.OriginalUriString}' has the tag of '{tagged.OriginalUriString}' and other addresses: give the same ones, or another tag.");
        }
    }

    private Entry Open(UdpChannel channel, long registrationId)
    {
        IUdpTransport transport;
        try
        {
            transport = transports.Open(channel.SenderTransport(context));
        }
        catch (SocketException failure)
        {
            // Not CHANNEL_ENDPOINT_ERROR: clients take what comes with that for the id of a status counter, and would never hear of their command.
            throw new ControlProtocolException(
                ErrorCode.GenericError, $"Channel '{channel.OriginalUriString}' cannot be opened: {failure.Message} ({failure.SocketErrorCode}).", failure);
        }

        string local = transport.LocalAddress.ToString();
        AtomicCounter status = counters.ChannelStatus(CounterTypes.SendChannelStatus, "snd-channel", channel.OriginalUriString, local, registrationId);
        List<AtomicCounter> owned = [status];
        var endpoint = new SendChannelEndpoint(channel, transport, status, context, state.SystemCounters, state.ErrorLog, conductorProxy);
        if (channel.IsMultiDestination)
        {
            endpoint.MdcDestinations = counters.Destinations(channel.OriginalUriString, registrationId);
            owned.Add(endpoint.MdcDestinations);
        }

        owned.Add(counters.LocalSocketAddress("snd-local-sockaddr", status.Id, local, registrationId));
        status.SetRelease(ChannelStatusValue.Active);
        sender.Commands.Offer(() => sender.RegisterEndpoint(endpoint));
        var entry = new Entry(endpoint, owned);
        _entries.Add(entry);
        return entry;
    }

    private sealed class Entry(SendChannelEndpoint endpoint, List<AtomicCounter> counters)
    {
        public SendChannelEndpoint Endpoint { get; } = endpoint;

        public List<AtomicCounter> Counters { get; } = counters;

        public int Users { get; set; }
    }
}
