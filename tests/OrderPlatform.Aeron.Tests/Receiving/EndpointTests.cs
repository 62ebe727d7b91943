using System.Net.Sockets;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Driver.Receiving;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>Sockets of an endpoint: several, named control addresses, groups, failures.</summary>
[TestFixture]
internal sealed class EndpointTests
{
    private static readonly UdpAddress FirstPublisher = ReceiverWorld.Address("127.0.0.1:50001");
    private static readonly UdpAddress SecondPublisher = ReceiverWorld.Address("127.0.0.1:50002");

    [Test]
    public void A_stream_that_comes_by_two_destinations_is_one_image_and_both_are_answered()
    {
        using var world = new ReceiverWorld();
        ReceiveChannelEndpoint endpoint = Manual(world, out FakeTransport first, out FakeTransport second, out ReceiveDestination secondDestination);
        first.Arrive(Frame.Setup(), FirstPublisher);
        world.Step();
        second.Arrive(Frame.Setup(), SecondPublisher);
        first.Arrive(Frame.Data(7, 0, 32), FirstPublisher);
        second.Arrive(Frame.Data(7, 0, 32), SecondPublisher);
        second.Arrive(Frame.Data(7, 64, 32), SecondPublisher);
        world.Step(TimeSpan.FromMilliseconds(201));
        world.Step(TimeSpan.FromMilliseconds(201));
        ImageUnderTest image = world.Images.Single();
        image.Consume();
        Assert.That(image.Messages, Has.Count.EqualTo(2));
        Assert.That(first.Sent[^1].Destination, Is.EqualTo(FirstPublisher));
        Assert.That(second.Sent[^1].Destination, Is.EqualTo(SecondPublisher));
        Assert.That(endpoint.LocalAddress, Is.Null);

        // It is over when it is over by both ways.
        first.Arrive(Frame.Heartbeat(7, 128, FrameFlags.EndOfStream), FirstPublisher);
        world.Step();
        Assert.That(image.Image.IsEndOfStream, Is.False);
        second.Arrive(Frame.Heartbeat(7, 128, FrameFlags.EndOfStream), SecondPublisher);
        world.Step();
        Assert.That(image.Image.IsEndOfStream, Is.True);

        world.Receiver.RemoveDestination(endpoint, secondDestination);
        Assert.That(second.IsDisposed, Is.True);
        int sent = second.SentCount;
        world.Step(TimeSpan.FromMilliseconds(201));
        Assert.That(second.SentCount, Is.EqualTo(sent));
        world.Receiver.CloseEndpoint(endpoint);
        Assert.That(first.IsDisposed, Is.True);
        Assert.That(image.Image.HasReceiverReleased, Is.True);
    }

    [Test]
    public void Answers_to_a_group_go_to_its_control_address()
    {
        using var world = new ReceiverWorld();
        ReceiveChannelEndpoint endpoint = world.AddEndpoint(out FakeTransport transport, "aeron:udp?endpoint=224.20.30.39:40456|interface=127.0.0.1");
        world.Receiver.AddSubscription(endpoint, Frame.StreamId);
        transport.Arrive(Frame.Setup(ttl: 4), FirstPublisher);
        world.Step();
        world.Step();
        Assert.That(transport.Sent.Single().Destination, Is.EqualTo(ReceiverWorld.Address("224.20.30.40:40456")));
        Assert.That(world.Requests.Single().SourceAddress, Is.EqualTo(FirstPublisher));
        Assert.That(world.Counter(SystemCounterId.PossibleTtlAsymmetry), Is.EqualTo(1));
    }

    [Test]
    public void A_named_publisher_that_is_silent_is_looked_up_again()
    {
        using var world = new ReceiverWorld();
        ReceiveChannelEndpoint endpoint = world.AddEndpoint(out FakeTransport transport, "aeron:udp?endpoint=127.0.0.1:40123|control=localhost:40456");
        world.Receiver.AddSubscription(endpoint, Frame.StreamId);
        world.Step(TimeSpan.FromSeconds(5));
        Assert.That(world.ReResolutions, Is.Empty);
        world.Step(TimeSpan.FromSeconds(1));
        Assert.That(world.ReResolutions.Single().HostAndPort, Is.EqualTo("localhost:40456"));
        world.ReResolutions[0].Apply(SecondPublisher);
        transport.Sent.Clear();
        world.Step(TimeSpan.FromMilliseconds(1001));
        Assert.That(transport.Sent.Single().Destination, Is.EqualTo(SecondPublisher));
    }

    [Test]
    public void A_socket_that_fails_is_reported_once_and_tried_again_later()
    {
        using var world = new ReceiverWorld();
        world.AddImage(out FakeTransport transport);
        transport.Failure = new SocketException((int)SocketError.NetworkDown);
        for (int count = 0; count < 10; count++)
        {
            world.Step();
        }

        Assert.That(world.EndpointErrors, Has.Count.EqualTo(1));
        Assert.That(world.Counter(SystemCounterId.Errors), Is.EqualTo(1));
        world.Step(TimeSpan.FromMilliseconds(10));
        Assert.That(world.Counter(SystemCounterId.Errors), Is.EqualTo(2));
        transport.Failure = null;
        transport.Arrive(Frame.Data(7, 0, 32), ReceiverWorld.Publisher);
        world.Step(TimeSpan.FromMilliseconds(10));
        Assert.That(world.Images.Single().Image.HighWaterMark, Is.EqualTo(64));
        Assert.That(world.EndpointErrors, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_publisher_that_measures_the_round_trip_is_answered()
    {
        using var world = new ReceiverWorld();
        world.AddImage(out FakeTransport transport);
        transport.Sent.Clear();
        var request = new RttMeasurementFrame
        {
            Frame = new FrameHeader { FrameLength = RttMeasurementFrame.LengthBytes, Flags = FrameFlags.RttReply, Type = FrameType.RttMeasurement },
            SessionId = Frame.SessionId,
            StreamId = Frame.StreamId,
            EchoTimestampNs = 123456789,
        };
        transport.Arrive(Frame.Of(request), ReceiverWorld.Publisher);
        world.Step();
        RttMeasurementFrame reply = Frame.As<RttMeasurementFrame>(transport.Sent.Single().Bytes);
        Assert.That((reply.Frame.Flags, reply.EchoTimestampNs, reply.ReceiverId), Is.EqualTo(((byte)0, 123456789L, 4711L)));
    }

    [TestCase("reserved", 24)]
    [TestCase("8", 40)]
    public void The_time_of_arrival_is_written_where_the_channel_says(string place, int offset)
    {
        using var world = new ReceiverWorld();
        ReceiveChannelEndpoint endpoint = world.AddEndpoint(out FakeTransport transport, $"aeron:udp?endpoint=127.0.0.1:40123|channel-rcv-ts-offset={place}");
        world.Receiver.AddSubscription(endpoint, Frame.StreamId);
        transport.Arrive(Frame.Setup(), ReceiverWorld.Publisher);
        world.Step();
        world.Step();
        // The second message has no room for it in its payload.
        transport.Arrive(Frame.Join(Frame.Data(7, 0, 32), Frame.Data(7, 64, 15), Frame.Data(7, 128, 16)), ReceiverWorld.Publisher);
        world.Step();
        Memory.UnsafeBuffer term = world.Images.Single().Image.Log.Terms[0];
        Assert.That(term.GetLong(offset), Is.EqualTo(world.Clock.EpochNanos));
        Assert.That(term.GetLong(128 + offset), Is.EqualTo(world.Clock.EpochNanos));
        Assert.That(term.GetByte(64 + 32 + 14), Is.EqualTo(Frame.PayloadByte(7, 64, 14)));
    }

    private static ReceiveChannelEndpoint Manual(
        ReceiverWorld world, out FakeTransport first, out FakeTransport second, out ReceiveDestination secondDestination)
    {
        ReceiveChannelEndpoint endpoint = world.AddEndpoint(out _, "aeron:udp?control-mode=manual");
        world.Receiver.AddSubscription(endpoint, Frame.StreamId);
        Add(world, endpoint, "127.0.0.1:40123", out first);
        secondDestination = Add(world, endpoint, "127.0.0.1:40124", out second);
        return endpoint;
    }

    private static ReceiveDestination Add(ReceiverWorld world, ReceiveChannelEndpoint endpoint, string address, out FakeTransport transport)
    {
        transport = new FakeTransport(ReceiverWorld.Address(address));
        UdpChannel channel = UdpChannel.Parse(ChannelUri.Parse($"aeron:udp?endpoint={address}"), SystemNameResolver.Instance, isDestination: true);
        var destination = new ReceiveDestination(channel, transport, world.Context);
        world.Receiver.AddDestination(endpoint, destination);
        return destination;
    }
}
