using System.Net;
using System.Net.Sockets;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Channels;

internal sealed class UdpChannelTests
{
    private static readonly MediaDriverContext Context = new();

    [Test]
    public void A_unicast_endpoint_is_bound_by_receivers_and_connected_by_senders()
    {
        UdpChannel channel = Parse("endpoint=localhost:40123");

        Assert.That(channel.CanonicalForm, Is.EqualTo("UDP-0.0.0.0:0-localhost:40123"));
        Assert.That((channel.HasExplicitEndpoint, channel.HasExplicitControl, channel.IsMulticast, channel.HasGroupSemantics),
            Is.EqualTo((true, false, false, false)));
        Assert.That(channel.ReceiverTransport(Context).BindAddress, Is.EqualTo(Address("127.0.0.1:40123")));
        Assert.That(channel.ReceiverTransport(Context).ConnectAddress, Is.Null);
        Assert.That(channel.SenderTransport(Context).BindAddress, Is.EqualTo(Address("0.0.0.0:0")));
        Assert.That(channel.SenderTransport(Context).ConnectAddress, Is.EqualTo(Address("127.0.0.1:40123")));
        Assert.That(channel.SenderTransport(Context).ReceiveBufferLength, Is.EqualTo(Context.SocketReceiveBufferLength));
    }

    [Test]
    public void The_interface_of_unicast_is_what_a_sender_binds()
    {
        Assert.That(Parse("endpoint=localhost:40123|interface=127.0.0.1:4000").SenderTransport(Context).BindAddress, Is.EqualTo(Address("127.0.0.1:4000")));
        Assert.That(Parse("endpoint=localhost:40123|interface=127.1.2.3/8").LocalData, Is.EqualTo(Address("127.0.0.1:0")));
        Assert.That(Parse("endpoint=localhost:40123|interface=127.1.2.3/8").CanonicalForm, Is.EqualTo("UDP-127.0.0.1:0-localhost:40123"));
        Assert.That(Parse("endpoint=localhost:40123|interface=0.0.0.0").LocalData, Is.EqualTo(Address("0.0.0.0:0")));
    }

    [Test]
    public void Channels_that_differ_only_in_other_keys_share_their_form_and_wildcard_ports_never_do()
    {
        Assert.That(Parse("endpoint=localhost:40123|mtu=8k").CanonicalForm, Is.EqualTo(Parse("endpoint=localhost:40123|alias=x").CanonicalForm));
        UdpChannel[] wild = [Parse("endpoint=localhost:0"), Parse("endpoint=localhost:0")];
        Assert.That(wild.Select(static channel => channel.CanonicalForm), Is.Unique);
        Assert.That(Parse("endpoint=localhost:0|tags=5").CanonicalForm, Is.EqualTo("UDP-0.0.0.0:0-localhost:0#5"));
        Assert.That(Parse("control-mode=manual").CanonicalForm, Does.Match("^UDP-0.0.0.0:0-0.0.0.0:0-[0-9]+$"));
        Assert.That(UdpChannel.Parse(ChannelUri.Parse("aeron:udp?endpoint=localhost:0"), new Names(), isDestination: true).CanonicalForm,
            Is.EqualTo("UDP-0.0.0.0:0-localhost:0"));
    }

    [Test]
    public void A_dynamic_control_address_is_bound_and_not_connected()
    {
        UdpChannel channel = Parse("control=localhost:40456|control-mode=dynamic");

        Assert.That(channel.CanonicalForm, Is.EqualTo("UDP-localhost:40456-0.0.0.0:0"));
        Assert.That((channel.ControlMode, channel.IsMultiDestination, channel.HasGroupSemantics), Is.EqualTo((ControlMode.Dynamic, true, true)));
        Assert.That(channel.SenderTransport(Context).BindAddress, Is.EqualTo(Address("127.0.0.1:40456")));
        Assert.That(channel.SenderTransport(Context).ConnectAddress, Is.Null);
    }

    [Test]
    public void A_subscriber_with_control_reports_to_the_control_address()
    {
        UdpChannel channel = Parse("endpoint=localhost:40123|control=localhost:40456|control-mode=dynamic");

        Assert.That(channel.RemoteControl, Is.EqualTo(Address("127.0.0.1:40456")));
        Assert.That(channel.ReceiverTransport(Context).BindAddress, Is.EqualTo(Address("127.0.0.1:40123")));
        Assert.That(channel.HasExplicitControl);
    }

    [Test]
    public void A_group_has_its_control_group_behind_it_and_names_its_interface()
    {
        UdpChannel channel = Parse("endpoint=224.0.1.1:40456|interface=localhost|ttl=4");

        Assert.That(channel.CanonicalForm, Is.EqualTo("UDP-127.0.0.1:0-224.0.1.1:40456"));
        Assert.That((channel.IsMulticast, channel.MulticastTtl, channel.HasGroupSemantics), Is.EqualTo((true, 4, true)));
        Assert.That(channel.RemoteControl, Is.EqualTo(Address("224.0.1.2:40456")));
        UdpTransportParameters sender = channel.SenderTransport(Context);
        Assert.That((sender.BindAddress, sender.MulticastGroup, sender.ConnectAddress),
            Is.EqualTo((Address("224.0.1.2:40456"), (UdpAddress?)Address("224.0.1.2:40456"), (UdpAddress?)Address("224.0.1.1:40456"))));
        UdpTransportParameters receiver = channel.ReceiverTransport(Context);
        Assert.That((receiver.MulticastGroup, receiver.ConnectAddress, receiver.MulticastInterfaceAddress),
            Is.EqualTo(((UdpAddress?)Address("224.0.1.1:40456"), (UdpAddress?)null, (UdpAddress?)Address("127.0.0.1:0"))));
    }

    [Test]
    public void IPv6_is_written_in_brackets()
    {
        UdpChannel channel = Parse("endpoint=[::1]:40123");

        Assert.That(channel.CanonicalForm, Is.EqualTo("UDP-[::]:0-[::1]:40123"));
        Assert.That(channel.RemoteData, Is.EqualTo(Address("[::1]:40123")));
        Assert.That(Parse("control=[::1]:40123|control-mode=dynamic").RemoteData.IsIPv6);
    }

    [Test]
    public void Lengths_of_buffers_and_window_are_the_channels()
    {
        UdpChannel channel = Parse("endpoint=localhost:40123|so-sndbuf=256k|so-rcvbuf=1m|rcv-wnd=512k");

        Assert.That((channel.SocketSendBufferLength, channel.SocketReceiveBufferLength, channel.ReceiverWindowLength),
            Is.EqualTo((262_144, 1_048_576, 524_288)));
        Assert.That(channel.ReceiverTransport(Context).ReceiveBufferLength, Is.EqualTo(1_048_576));
    }

    [TestCase("alias=x", ErrorCode.InvalidChannel, "names nothing")]
    [TestCase("control-mode=dynamic|endpoint=localhost:1", ErrorCode.InvalidChannel, "without 'control'")]
    [TestCase("control-mode=static|endpoint=localhost:1", ErrorCode.InvalidChannel, "control-mode=static")]
    [TestCase("endpoint=localhost", ErrorCode.InvalidChannel, "no port")]
    [TestCase("endpoint=localhost:", ErrorCode.InvalidChannel, "no port")]
    [TestCase("endpoint=localhost:65536", ErrorCode.InvalidChannel, "no port")]
    [TestCase("endpoint=localhost:-1", ErrorCode.InvalidChannel, "no port")]
    [TestCase("endpoint=localhost:1:2", ErrorCode.InvalidChannel, "no port")]
    [TestCase("endpoint=:1", ErrorCode.InvalidChannel, "no host")]
    [TestCase("endpoint=[::1:1", ErrorCode.InvalidChannel, "without ']'")]
    [TestCase("endpoint=[::1]1", ErrorCode.InvalidChannel, "no port")]
    [TestCase("endpoint=[127.0.0.1]:1", ErrorCode.InvalidChannel, "not an IPv6")]
    [TestCase("endpoint=127.1:1", ErrorCode.InvalidChannel, "not an IPv4")]
    [TestCase("endpoint=256.0.0.1:1", ErrorCode.InvalidChannel, "not an IPv4")]
    [TestCase("endpoint=no-such-host:1", ErrorCode.UnknownHost, "no-such-host")]
    [TestCase("control=no-such-host:1|control-mode=dynamic", ErrorCode.UnknownHost, "no-such-host")]
    [TestCase("endpoint=224.0.1.2:1|interface=localhost", ErrorCode.InvalidChannel, "even")]
    [TestCase("endpoint=224.0.1.1:0|interface=localhost", ErrorCode.InvalidChannel, "port 0")]
    [TestCase("endpoint=224.0.1.1:1|interface=localhost|ttl=256", ErrorCode.InvalidChannel, "ttl")]
    [TestCase("endpoint=224.0.1.1:1|interface=203.0.113.77", ErrorCode.InvalidChannel, "No interface")]
    [TestCase("endpoint=localhost:1|interface=203.0.113.0/24", ErrorCode.InvalidChannel, "No interface")]
    [TestCase("endpoint=localhost:1|interface=127.0.0.1/33", ErrorCode.InvalidChannel, "prefix")]
    [TestCase("endpoint=localhost:1|interface=[::1]", ErrorCode.InvalidChannel, "same kind")]
    [TestCase("endpoint=localhost:1|control=[::1]:2", ErrorCode.InvalidChannel, "mixes")]
    [TestCase("endpoint=localhost:1|control=224.0.1.1:2", ErrorCode.InvalidChannel, "group as 'control'")]
    [TestCase("endpoint=localhost:1|so-rcvbuf=4g", ErrorCode.InvalidChannel, "so-rcvbuf")]
    [TestCase("endpoint=localhost:1|tags=x", ErrorCode.InvalidChannel, "tags=x")]
    [TestCase("endpoint=localhost:1|ats=true", ErrorCode.NotSupported, "ats")]
    public void What_cannot_be_is_refused_with_its_code_and_place(string parameters, ErrorCode code, string reason)
    {
        ControlProtocolException failure = Assert.Throws<ControlProtocolException>(() => Parse(parameters))!;

        Assert.That(failure.Code, Is.EqualTo(code));
        Assert.That(failure.Message, Does.Contain(reason));
    }

    [Test]
    public void IPC_is_no_channel_of_UDP() =>
        Assert.That(Assert.Throws<ControlProtocolException>(static () => UdpChannel.Parse(ChannelUri.Parse("aeron:ipc"), new Names()))!.Code,
            Is.EqualTo(ErrorCode.InvalidChannel));

    [Test]
    public void The_systems_names_know_this_machine_and_not_what_cannot_be()
    {
        Assert.That(SystemNameResolver.Instance.Resolve("localhost", AddressFamily.InterNetwork), Is.EqualTo(IPAddress.Loopback));
        Assert.That(SystemNameResolver.Instance.Resolve("no such host.invalid", AddressFamily.InterNetwork), Is.Null);
    }

    private static UdpChannel Parse(string parameters) => UdpChannel.Parse(ChannelUri.Parse("aeron:udp?" + parameters), new Names());

    private static UdpAddress Address(string text) => UdpAddress.From(IPEndPoint.Parse(text));

    private sealed class Names : INameResolver
    {
        public IPAddress? Resolve(string host, AddressFamily preferred) =>
            host != "localhost" ? null : preferred == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
    }
}
