using System.Net;
using System.Net.Sockets;
using OrderPlatform.Aeron.Driver.Media;
using static OrderPlatform.Aeron.Tests.Driver.Media.Transports;

namespace OrderPlatform.Aeron.Tests.Driver.Media;

[TestFixture(TransportKind.Linux)]
[TestFixture(TransportKind.Portable)]
[TestFixture(TransportKind.Simulated)]
internal sealed unsafe class UdpTransportContractTests(TransportKind kind)
{
    private IUdpTransportFactory _factory = null!;

    [SetUp]
    public void OpenNetwork() => _factory = Factory(kind);

    [Test]
    public void Port_zero_becomes_a_port_of_the_system()
    {
        using IUdpTransport transport = Bound(_factory);

        Assert.That(transport.LocalAddress.Port, Is.Not.Zero);
        Assert.That(transport.LocalAddress.ToIPAddress(), Is.EqualTo(IPAddress.Loopback));
    }

    [Test]
    public void A_port_that_is_taken_is_refused()
    {
        using IUdpTransport first = Bound(_factory);

        Assert.That(() => Bound(_factory, first.LocalAddress),
            Throws.InstanceOf<SocketException>().With.Property("SocketErrorCode").EqualTo(SocketError.AddressAlreadyInUse));
    }

    [Test]
    public void A_datagram_arrives_with_its_bytes_and_where_it_came_from()
    {
        using IUdpTransport receiver = Bound(_factory);
        using IUdpTransport sender = Connected(_factory, receiver.LocalAddress);

        Assert.That(Send(sender, [1, 2, 3]), Is.EqualTo(1));

        (byte[] bytes, UdpAddress source) = Receive(receiver, 1).Single();
        Assert.That(bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(source, Is.EqualTo(sender.LocalAddress));
    }

    [Test]
    public void The_receiver_answers_to_the_source_and_the_connected_sender_gets_it()
    {
        using IUdpTransport receiver = Bound(_factory);
        using IUdpTransport sender = Connected(_factory, receiver.LocalAddress);
        Send(sender, [1]);
        UdpAddress source = Receive(receiver, 1).Single().Source;

        Send(receiver, [2, 2], source);

        (byte[] bytes, UdpAddress from) = Receive(sender, 1).Single();
        Assert.That(bytes, Is.EqualTo(new byte[] { 2, 2 }));
        Assert.That(from, Is.EqualTo(receiver.LocalAddress));
    }

    [Test]
    public void A_connected_socket_takes_nothing_from_others()
    {
        using IUdpTransport receiver = Bound(_factory);
        using IUdpTransport sender = Connected(_factory, receiver.LocalAddress);
        using IUdpTransport stranger = Bound(_factory);

        Send(stranger, [6], sender.LocalAddress);
        Send(receiver, [7], sender.LocalAddress);

        Assert.That(Receive(sender, 1).Single().Bytes, Is.EqualTo(new byte[] { 7 }));
    }

    [TestCase(2)]
    [TestCase(16)]
    [TestCase(37)]
    public void Several_datagrams_of_one_call_arrive_whole_and_in_order(int count)
    {
        using IUdpTransport receiver = Bound(_factory);
        using IUdpTransport sender = Connected(_factory, receiver.LocalAddress);
        byte[] all = Enumerable.Range(0, count * 96).Select(static value => (byte)(value * 31)).ToArray();
        fixed (byte* address = all)
        {
            var datagrams = new OutgoingDatagram[count];
            for (int index = 0; index < count; index++)
            {
                datagrams[index] = new OutgoingDatagram(address + (index * 96), 96 - (index % 3));
            }

            Assert.That(sender.Send(datagrams), Is.EqualTo(count));
        }

        List<(byte[] Bytes, UdpAddress Source)> received = Receive(receiver, count, batchCapacity: 5);

        Assert.That(received.Select(static one => one.Bytes),
            Is.EqualTo(Enumerable.Range(0, count).Select(index => all.AsSpan(index * 96, 96 - (index % 3)).ToArray())));
        Assert.That(received.Select(static one => one.Source).Distinct(), Is.EqualTo(new[] { sender.LocalAddress }));
    }

    [Test]
    public void Several_senders_are_told_apart_in_one_batch()
    {
        using IUdpTransport receiver = Bound(_factory);
        IUdpTransport[] senders = Enumerable.Range(0, 6).Select(_ => Connected(_factory, receiver.LocalAddress)).ToArray();
        foreach (IUdpTransport sender in senders)
        {
            Send(sender, [(byte)sender.LocalAddress.Port]);
        }

        List<(byte[] Bytes, UdpAddress Source)> received = Receive(receiver, senders.Length);

        Assert.That(received.Select(static one => one.Source), Is.EqualTo(senders.Select(static sender => sender.LocalAddress)));
        Assert.That(received.All(static one => one.Bytes[0] == (byte)one.Source.Port));
        Array.ForEach(senders, static sender => sender.Dispose());
    }

    [Test]
    public void One_batch_serves_several_sockets_and_one_socket_several_batches()
    {
        using IUdpTransport first = Bound(_factory);
        using IUdpTransport second = Bound(_factory);
        using IUdpTransport sender = Bound(_factory);
        for (byte value = 0; value < 20; value++)
        {
            Send(sender, [value], first.LocalAddress);
            Send(sender, [value], second.LocalAddress);
        }

        using var shared = new ReceiveBatch(4);
        using var other = new ReceiveBatch(3, 64);
        List<(byte[] Bytes, UdpAddress Source)> ofFirst = [];
        List<(byte[] Bytes, UdpAddress Source)> ofSecond = [];
        SpinWait.SpinUntil(
            () =>
            {
                ReceiveBatch batch = ofFirst.Count % 2 == 0 ? shared : other;
                int received = first.Receive(batch);
                for (int index = 0; index < received; index++)
                {
                    ofFirst.Add((batch.Datagram(index).ToArray(), batch.Source(index)));
                }

                return Drain(second, shared, ofSecond) + ofFirst.Count >= 40;
            },
            Limit);

        byte[] expected = Enumerable.Range(0, 20).Select(static value => (byte)value).ToArray();
        Assert.That(ofFirst.Select(static one => one.Bytes[0]), Is.EqualTo(expected));
        Assert.That(ofSecond.Select(static one => one.Bytes[0]), Is.EqualTo(expected));
    }

    [Test]
    public void Nothing_arrived_is_zero_at_once()
    {
        using IUdpTransport transport = Bound(_factory);
        using var batch = new ReceiveBatch(2);

        Assert.That(transport.Receive(batch), Is.Zero);
        Assert.That(transport.Receive(batch), Is.Zero);
    }

    [Test]
    public void An_empty_datagram_is_a_datagram_and_does_not_stop_what_follows()
    {
        using IUdpTransport receiver = Bound(_factory);
        using IUdpTransport sender = Connected(_factory, receiver.LocalAddress);
        byte[] byteOfNone = new byte[1];
        fixed (byte* address = byteOfNone)
        {
            sender.Send([new OutgoingDatagram(address, 0)]);
        }

        Send(sender, [5]);

        Assert.That(Receive(receiver, 2).Select(static one => one.Bytes.Length), Is.EqualTo(new[] { 0, 1 }));
    }

    [Test]
    public void The_longest_datagram_arrives_whole_and_a_longer_one_than_the_slot_is_cut()
    {
        using IUdpTransport receiver = Bound(_factory);
        using IUdpTransport sender = Connected(_factory, receiver.LocalAddress);
        byte[] longest = Enumerable.Range(0, 65_504).Select(static value => (byte)(value * 7)).ToArray();
        Send(sender, longest);
        Assert.That(Receive(receiver, 1).Single().Bytes, Is.EqualTo(longest));

        Send(sender, longest);
        using var small = new ReceiveBatch(1, 128);
        Assert.That(SpinWait.SpinUntil(() => receiver.Receive(small) == 1, Limit));
        Assert.That(small.Datagram(0).ToArray(), Is.EqualTo(longest.AsSpan(0, 128).ToArray()));
    }

    [Test]
    public void A_port_where_nobody_is_does_not_fail_a_sender_and_what_is_sent_later_arrives()
    {
        UdpAddress free;
        using (IUdpTransport gone = Bound(_factory))
        {
            free = gone.LocalAddress;
        }

        using IUdpTransport sender = Connected(_factory, free);
        using var batch = new ReceiveBatch(2);
        for (int count = 0; count < 20; count++)
        {
            Assert.That(Send(sender, [1]), Is.EqualTo(1));
            Assert.That(sender.Receive(batch), Is.Zero);
        }

        using IUdpTransport back = Bound(_factory, free);
        for (byte value = 0; value < 5; value++)
        {
            Assert.That(Send(sender, [value]), Is.EqualTo(1));
        }

        Assert.That(Receive(back, 5).Select(static one => one.Bytes[0]), Is.EqualTo(new byte[] { 0, 1, 2, 3, 4 }));
    }

    [Test]
    public void A_connected_socket_can_be_connected_to_another_address()
    {
        using IUdpTransport before = Bound(_factory);
        using IUdpTransport after = Bound(_factory);
        using IUdpTransport sender = Connected(_factory, before.LocalAddress);
        Send(sender, [1]);

        sender.Connect(after.LocalAddress);
        Send(sender, [2]);
        Send(after, [3], sender.LocalAddress);

        Assert.That(Receive(before, 1).Single().Bytes, Is.EqualTo(new byte[] { 1 }));
        Assert.That(Receive(after, 1).Single().Bytes, Is.EqualTo(new byte[] { 2 }));
        Assert.That(Receive(sender, 1).Single().Source, Is.EqualTo(after.LocalAddress));
    }

    [Test]
    public void Without_an_address_a_socket_that_is_not_connected_does_not_send()
    {
        using IUdpTransport transport = Bound(_factory);

        Assert.That(() => Send(transport, [1]), Throws.InvalidOperationException);
        Assert.That(() => transport.Connect(transport.LocalAddress), Throws.InvalidOperationException);
    }

    [Test]
    public void An_address_of_the_other_kind_is_refused()
    {
        using IUdpTransport transport = Bound(_factory);

        Assert.That(() => Send(transport, [1], LoopbackIPv6 with { Port = 1 }), Throws.ArgumentException);
    }

    [Test]
    public void After_close_every_call_says_so_and_a_second_close_does_nothing()
    {
        using IUdpTransport receiver = Bound(_factory);
        IUdpTransport transport = Bound(_factory);
        transport.Dispose();
        transport.Dispose();
        using var batch = new ReceiveBatch(1);

        Assert.That(() => Send(transport, [1], receiver.LocalAddress), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => transport.Receive(batch), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void IPv6_carries_the_same()
    {
        using IUdpTransport receiver = Bound(_factory, LoopbackIPv6);
        using IUdpTransport sender = Connected(_factory, receiver.LocalAddress);
        for (byte value = 0; value < 12; value++)
        {
            Send(sender, [value]);
        }

        List<(byte[] Bytes, UdpAddress Source)> received = Receive(receiver, 12);
        Send(receiver, [99], received[0].Source);

        Assert.That(received.Select(static one => one.Bytes[0]), Is.EqualTo(Enumerable.Range(0, 12).Select(static value => (byte)value)));
        Assert.That(received.All(one => one.Source == sender.LocalAddress));
        Assert.That(Receive(sender, 1).Single().Bytes, Is.EqualTo(new byte[] { 99 }));
    }
}
