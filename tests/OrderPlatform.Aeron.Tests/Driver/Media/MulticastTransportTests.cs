using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Media;
using static OrderPlatform.Aeron.Tests.Driver.Media.Transports;

namespace OrderPlatform.Aeron.Tests.Driver.Media;

[TestFixture(TransportKind.Linux, "aeron:udp?endpoint=239.255.33.7:{0}|interface=localhost|ttl=1")]
[TestFixture(TransportKind.Portable, "aeron:udp?endpoint=239.255.33.7:{0}|interface=127.0.0.1/8")]
[TestFixture(TransportKind.Simulated, "aeron:udp?endpoint=239.255.33.7:{0}|interface=127.0.0.1")]
[TestFixture(TransportKind.Linux, "aeron:udp?endpoint=[ff02::3:7]:{0}|interface=[::1]")]
[TestFixture(TransportKind.Portable, "aeron:udp?endpoint=[ff02::3:7]:{0}|interface=[::1]")]
internal sealed class MulticastTransportTests(TransportKind kind, string uriFormat)
{
    private static int _port = 24_300 + (Environment.ProcessId % 500 * 20);

    private IUdpTransportFactory _factory = null!;
    private UdpChannel _channel = null!;
    private IUdpTransport _sender = null!;
    private IUdpTransport _first = null!;
    private IUdpTransport _second = null!;

    [SetUp]
    public void OpenSenderAndTwoReceivers()
    {
        _factory = Factory(kind);
        _channel = Channel(Interlocked.Increment(ref _port));
        _sender = OpenOrIgnore(_factory, _channel.SenderTransport(new MediaDriverContext()));
        _first = OpenOrIgnore(_factory, _channel.ReceiverTransport(new MediaDriverContext()));
        _second = OpenOrIgnore(_factory, _channel.ReceiverTransport(new MediaDriverContext()));
    }

    [TearDown]
    public void Close()
    {
        _sender?.Dispose();
        _first?.Dispose();
        _second?.Dispose();
    }

    [Test]
    public void Every_member_gets_what_is_sent_to_the_group()
    {
        Send(_sender, [1, 2]);

        Assert.That(Receive(_first, 1).Single().Bytes, Is.EqualTo(new byte[] { 1, 2 }));
        Assert.That(Receive(_second, 1).Single().Bytes, Is.EqualTo(new byte[] { 1, 2 }));
    }

    [Test]
    public void Answers_go_to_the_control_group_where_the_sender_listens_and_members_do_not()
    {
        Send(_first, [9], _channel.RemoteControl);
        Send(_sender, [1]);

        Assert.That(Receive(_sender, 1).Single().Bytes, Is.EqualTo(new byte[] { 9 }));
        Assert.That(Receive(_second, 1).Single().Bytes, Is.EqualTo(new byte[] { 1 }));
    }

    [Test]
    public void A_group_of_the_same_port_is_not_heard_by_members_of_another()
    {
        UdpChannel other = UdpChannel.Parse(
            ChannelUri.Parse(_channel.OriginalUriString.Replace("239.255.33.7", "239.255.33.9", StringComparison.Ordinal)
                .Replace("ff02::3:7", "ff02::3:9", StringComparison.Ordinal)),
            SystemNameResolver.Instance);
        using IUdpTransport otherSender = OpenOrIgnore(_factory, other.SenderTransport(new MediaDriverContext()));

        Send(otherSender, [66]);
        Send(_sender, [1]);

        Assert.That(Receive(_first, 1).Single().Bytes, Is.EqualTo(new byte[] { 1 }));
    }

    private UdpChannel Channel(int port)
    {
        try
        {
            string uri = string.Format(System.Globalization.CultureInfo.InvariantCulture, uriFormat, port);
            return UdpChannel.Parse(ChannelUri.Parse(uri), SystemNameResolver.Instance);
        }
        catch (ControlProtocolException failure)
        {
            throw new IgnoreException($"The machine has no such interface: {failure.Message}");
        }
    }
}
