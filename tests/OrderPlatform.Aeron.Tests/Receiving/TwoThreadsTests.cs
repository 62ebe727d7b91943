using OrderPlatform.Aeron.Driver.Receiving;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>Receiver and conductor on threads of their own, as in a driver of several threads.</summary>
[TestFixture]
internal sealed class TwoThreadsTests
{
    private const int TermLength = LogBufferDescriptor.TermLengthMin;
    private const int Terms = 100;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Test]
    public void What_is_read_while_it_is_received_is_what_was_sent([Values(0, 23)] int lossEvery, [Values] bool isReliable)
    {
        using var world = new ReceiverWorld { IsReliable = isReliable };
        var transport = new StreamTransport(TermLength, 1408, lossEvery);
        ReceiveChannelEndpoint endpoint = world.AddEndpoint(out _, "aeron:udp?control-mode=manual");
        world.Receiver.AddSubscription(endpoint, Frame.StreamId);
        world.Receiver.AddDestination(endpoint, new ReceiveDestination(endpoint.Channel, transport, world.Context));
        world.Step();
        world.Step();
        ImageUnderTest image = world.Images.Single();
        var isStopped = new ManualResetEventSlim();
        var receiver = new Thread(() =>
        {
            while (!isStopped.IsSet)
                world.Receiver.DoWork();
        });
        receiver.Start();
        bool isComplete = SpinWait.SpinUntil(() => Conduct(world, image), Limit);
        isStopped.Set();
        receiver.Join();

        Assert.That(isComplete, Is.True);
        Assert.That(image.Messages, Is.Not.Empty);
        foreach (ImageUnderTest.Message message in image.Messages.Where(static message => message.Payload.Length >= sizeof(long)))
        {
            long position = LogPosition.Compute(message.TermId, message.TermOffset, 16, 0);
            Assert.That(BitConverter.ToInt64(message.Payload), Is.EqualTo(position));
        }

        if (isReliable)
        {
            long length = image.Messages.Sum(static message => (long)message.Payload.Length + DataHeader.LengthBytes);
            Assert.That(length, Is.EqualTo(image.Subscriber.Position.Get()));
        }

        world.AssertGuardsAreIntact();
    }

    private static bool Conduct(ReceiverWorld world, ImageUnderTest image)
    {
        world.Clock.AdvanceNanos(20_000);
        image.Image.TrackRebuild(world.Clock.NanoTime);
        image.Consume();
        return image.Subscriber.Position.Get() >= (long)Terms * TermLength;
    }
}
