using OrderPlatform.Aeron.Driver.Media;
using static OrderPlatform.Aeron.Tests.Driver.Media.Transports;

namespace OrderPlatform.Aeron.Tests.Driver.Media;

[TestFixture(TransportKind.Linux)]
[TestFixture(TransportKind.Portable)]
internal sealed unsafe class TransportAllocationTests(TransportKind kind)
{
    [Test]
    public void Sending_and_receiving_allocate_nothing()
    {
        IUdpTransportFactory factory = Factory(kind);
        using IUdpTransport receiver = Bound(factory);
        using IUdpTransport sender = Connected(factory, receiver.LocalAddress);
        using var batch = new ReceiveBatch(4);
        byte[] bytes = GC.AllocateArray<byte>(96, pinned: true);
        UdpAddress destination = receiver.LocalAddress;
        UdpAddress answer = sender.LocalAddress;
        int received = 0;
        fixed (byte* pinned = bytes)
        {
            byte* address = pinned;
            long allocated = AllocationCount.LeastOfRounds(() =>
            {
                for (int round = 0; round < 200; round++)
                {
                    var one = new OutgoingDatagram(address, 96);
                    ReadOnlySpan<OutgoingDatagram> three = [one, one, one];
                    sender.Send(three);
                    sender.Send(three[..1]);
                    sender.Send(three[..2], destination);
                    for (int polls = 0; polls < 12; polls++)
                    {
                        received += receiver.Receive(batch);
                    }

                    receiver.Send(three[..1], answer);
                    received += sender.Receive(batch);
                }
            });

            Assert.That(allocated, Is.Zero);
        }

        Assert.That(received, Is.GreaterThan(0));
    }
}
