using OrderPlatform.Aeron.Driver.Receiving;
using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>Datagrams and cycles take no memory from the heap.</summary>
[TestFixture]
internal sealed class ReceiverAllocationTests
{
    private const int Cycles = 2_000;

    [TestCase(0, true)]
    [TestCase(17, true)]
    [TestCase(17, false)]
    public void A_cycle_with_data_status_messages_and_naks_allocates_nothing(int lossEvery, bool isReliable)
    {
        using var world = new ReceiverWorld { IsReliable = isReliable };
        var transport = new StreamTransport(LogBufferDescriptor.TermLengthMin, 1408, lossEvery);
        PublicationImage image = Open(world, transport);
        long allocated = AllocationCount.LeastOfRounds(() =>
        {
            for (int cycle = 0; cycle < Cycles; cycle++)
            {
                Cycle(world, image);
            }
        });
        Assert.That(allocated, Is.Zero);
        Assert.That(transport.Datagrams, Is.GreaterThan(Cycles));
        Assert.That(image.RebuildPosition, Is.GreaterThan(3 * LogBufferDescriptor.TermLengthMin));
        Assert.That(transport.NaksHeard, lossEvery > 0 && isReliable ? Is.Positive : Is.Zero);
    }

    [Test]
    public void Refused_datagrams_allocate_nothing()
    {
        using var world = new ReceiverWorld();
        world.AddImage(out FakeTransport transport);
        byte[][] refused = [new byte[3], Frame.Data(7, 8, 32), Frame.Data(6, 0, 32), Frame.Setup(termLength: 5), Frame.Setup(initialTermId: 9)];
        long allocated = AllocationCount.LeastOfRounds(() =>
        {
            for (int count = 0; count < 1_000; count++)
            {
                foreach (byte[] datagram in refused)
                {
                    transport.Arrive(datagram, ReceiverWorld.Publisher);
                }

                world.Receiver.DoWork();
            }
        });
        Assert.That(allocated, Is.Zero);
    }

    private static PublicationImage Open(ReceiverWorld world, StreamTransport transport)
    {
        ReceiveChannelEndpoint endpoint = world.AddEndpoint(out _, "aeron:udp?control-mode=manual");
        world.Receiver.AddSubscription(endpoint, Frame.StreamId);
        world.Receiver.AddDestination(endpoint, new ReceiveDestination(endpoint.Channel, transport, world.Context));
        world.Step();
        world.Step();
        return world.Images.Single().Image;
    }

    private static void Cycle(ReceiverWorld world, PublicationImage image)
    {
        world.Clock.AdvanceNanos(5_000);
        world.Step();
        world.Images[0].Subscriber.Position.SetRelease(image.RebuildPosition);
    }
}
