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

    /// <summary>Endpoints that the sender has yet to close.</summary>
    private int _closingCount;

    /// <summary>The endpoint of a channel, opened if there is none; counts one more user.</summary>
    /// <exception cref="ControlProtocolException">The socket cannot be opened, or the channel conflicts with the one that it names by its tag.</exception>
    public SendChannelEndpoint Acquire(UdpChannel channel, long registrationId)
    {
        Entry? found = Find(channel);
        if (found is not null)
            SocketBufferAgreement.Check(context, channel, found.Endpoint.Channel);
        Entry entry = found ?? Open(channel, registrationId);
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
        _closingCount++;
        sender.Commands.Offer(() =>
        {
            sender.CloseEndpoint(endpoint);
            state.ConductorCommands.Offer(() => _closingCount--);
        });
        Free(entry.Counters);
    }

    /// <summary>The driver ends, its sender has ended: closes the sockets that it never came to know too.</summary>
    public void Close() => _entries.ForEach(static entry => entry.Endpoint.Dispose());

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
        IUdpTransport transport = OpenTransport(channel);
        List<AtomicCounter> owned = [];
        try
        {
            string local = transport.LocalAddress.ToString();
            AtomicCounter status = counters.ChannelStatus(CounterTypes.SendChannelStatus, "snd-channel", channel.OriginalUriString, local, registrationId);
            owned.Add(status);
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
        catch
        {
            transport.Dispose();
            Free(owned);
            throw;
        }
    }

    private IUdpTransport OpenTransport(UdpChannel channel)
    {
        try
        {
            return transports.Open(channel.SenderTransport(context));
        }
        catch (SocketException failure)
        {
            throw EndpointFailure.Of(channel, failure, _closingCount);
        }
    }

    private void Free(List<AtomicCounter> owned)
    {
        foreach (AtomicCounter counter in owned)
        {
            state.Counters.Free(counter.Id);
        }
    }

    private sealed class Entry(SendChannelEndpoint endpoint, List<AtomicCounter> counters)
    {
        public SendChannelEndpoint Endpoint { get; } = endpoint;

        public List<AtomicCounter> Counters { get; } = counters;

        public int Users { get; set; }
    }
}
