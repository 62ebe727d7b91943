using OrderPlatform.Aeron.Driver.Faults;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Protocol;
using OrderPlatform.Aeron.Tests.Driver.Media;

namespace OrderPlatform.Aeron.Tests.Driver.Faults;

internal sealed unsafe class FaultyTransportTests
{
    private const int Count = 2_000;

    private static readonly FaultProfile AllFaults = new()
    {
        Seed = 42,
        DropRate = 0.1,
        DuplicateRate = 0.05,
        ReorderRate = 0.05,
        DelayRate = 0.05,
        CorruptRate = 0.05,
        Sides = FaultSides.Both,
    };

    [Test]
    public void The_same_seed_has_the_same_faults_and_another_seed_has_others()
    {
        List<byte[]> first = Run(AllFaults);

        Assert.That(Run(AllFaults), Is.EqualTo(first));
        Assert.That(Run(AllFaults with { Seed = 43 }), Is.Not.EqualTo(first));
    }

    [TestCase(FaultSides.Send)]
    [TestCase(FaultSides.Receive)]
    public void Dropped_datagrams_are_the_share_that_was_asked_for_and_counted(FaultSides side)
    {
        List<byte[]> received = Run(new FaultProfile { Seed = 1, DropRate = 0.25, Sides = side }, out FaultCounts counts);

        Assert.That(received, Has.Count.EqualTo(Count - counts.Dropped));
        Assert.That(counts.Dropped, Is.InRange(Count / 5, Count * 3 / 10));
        Assert.That(received.Select(Number), Is.Ordered);
    }

    [TestCase(FaultSides.Send)]
    [TestCase(FaultSides.Receive)]
    public void Duplicates_come_twice_and_nothing_is_lost(FaultSides side)
    {
        List<byte[]> received = Run(new FaultProfile { Seed = 1, DuplicateRate = 0.2, Sides = side }, out FaultCounts counts);

        Assert.That(counts.Duplicated, Is.GreaterThan(Count / 10));
        Assert.That(received, Has.Count.EqualTo(Count + counts.Duplicated));
        Assert.That(received.Select(Number).Distinct().Count(), Is.EqualTo(Count));
    }

    [TestCase(FaultSides.Send)]
    [TestCase(FaultSides.Receive)]
    public void What_is_out_of_order_or_late_comes_once(FaultSides side)
    {
        List<byte[]> received = Run(new FaultProfile { Seed = 1, ReorderRate = 0.1, DelayRate = 0.1, Sides = side }, out FaultCounts counts);

        Assert.That(counts.Held, Is.GreaterThan(Count / 10));
        Assert.That(received.Select(Number), Is.Not.Ordered);
        Assert.That(received.Select(Number).Order(), Is.EqualTo(Enumerable.Range(0, Count)));
    }

    [Test]
    public void What_is_out_of_order_comes_right_behind_the_next()
    {
        var clock = new ManualClock();
        var network = new SimulatedNetwork();
        using IUdpTransport receiver = Transports.Bound(network);

        // The first datagram of this seed is held and the second is not.
        int seed = Enumerable.Range(0, 1000).First(one => FirstTwo(one) == "10");
        using IUdpTransport sender = Open(network, new FaultProfile { Seed = seed, ReorderRate = 0.5 }, clock, out _);
        Transports.Send(sender, Message(0), receiver.LocalAddress);
        Transports.Send(sender, Message(1), receiver.LocalAddress);

        Assert.That(Transports.Receive(receiver, 2).Select(static one => Number(one.Bytes)), Is.EqualTo(new[] { 1, 0 }));
    }

    [Test]
    public void What_is_late_comes_when_its_time_has_come_and_not_before()
    {
        var clock = new ManualClock();
        var network = new SimulatedNetwork();
        using IUdpTransport receiver = Transports.Bound(network);
        using var batch = new ReceiveBatch(1);
        using IUdpTransport sender = Open(network, new FaultProfile { Seed = 1, DelayRate = 1, DelayMinNs = 5_000, DelayMaxNs = 5_000 }, clock, out _);

        Transports.Send(sender, Message(7), receiver.LocalAddress);
        clock.AdvanceNanos(4_999);
        sender.Receive(batch);
        int before = receiver.Receive(batch);
        clock.AdvanceNanos(1);
        sender.Receive(batch);

        Assert.That((before, receiver.Receive(batch)), Is.EqualTo((0, 1)));
    }

    [TestCase(FaultSides.Send)]
    [TestCase(FaultSides.Receive)]
    public void A_corrupt_datagram_differs_in_a_few_bits_and_the_senders_memory_does_not(FaultSides side)
    {
        byte[] sent = Message(3);
        byte[] before = [.. sent];
        var network = new SimulatedNetwork();
        var clock = new ManualClock();
        var profile = new FaultProfile { Seed = 5, CorruptRate = 1, Sides = side };
        using IUdpTransport receiver = Open(network, profile, clock, out _);
        using IUdpTransport sender = Open(network, profile, clock, out _);

        Transports.Send(sender, sent, receiver.LocalAddress);
        byte[] received = Transports.Receive(receiver, 1).Single().Bytes;

        Assert.That(sent, Is.EqualTo(before));
        Assert.That(received.Zip(sent).Sum(static pair => int.PopCount(pair.First ^ pair.Second)), Is.InRange(1, 4));
    }

    [Test]
    public void Only_the_named_frames_have_faults()
    {
        List<byte[]> received = Run(new FaultProfile { Seed = 1, DropRate = 1, FrameTypes = new HashSet<FrameType> { FrameType.Nak } });

        Assert.That(received.All(static one => one[6] == (byte)FrameType.Data));
        Assert.That(received, Has.Count.EqualTo(Count / 2));
    }

    [Test]
    public void A_rule_loses_exactly_what_it_names()
    {
        List<byte[]> received = Run(new FaultProfile { Seed = 1, DropIf = static datagram => datagram[6] == (byte)FrameType.Data });

        Assert.That(received.All(static one => one[6] == (byte)FrameType.Nak));
    }

    [Test]
    public void When_all_is_lost_receiving_says_that_nothing_is_there_once_nothing_is()
    {
        var network = new SimulatedNetwork();
        using IUdpTransport receiver = Open(network, new FaultProfile { Seed = 1, DropRate = 1, Sides = FaultSides.Receive }, new ManualClock(), out _);
        using IUdpTransport sender = Transports.Bound(network);
        using var batch = new ReceiveBatch(2);
        for (int count = 0; count < 50; count++)
        {
            Transports.Send(sender, Message(count), receiver.LocalAddress);
        }

        Assert.That(receiver.Receive(batch), Is.Zero);
    }

    [Test]
    public void Switched_off_everything_passes()
    {
        var network = new SimulatedNetwork();
        using IUdpTransport receiver = Transports.Bound(network);
        using IUdpTransport sender = Open(network, AllFaults with { DropRate = 1 }, new ManualClock(), out FaultyTransportFactory factory);
        factory.IsActive = false;

        Transports.Send(sender, Message(9), receiver.LocalAddress);

        Assert.That(Transports.Receive(receiver, 1), Has.Count.EqualTo(1));
        Assert.That(factory.Counts.Dropped, Is.Zero);
    }

    [Test]
    public void Faults_allocate_nothing_once_their_slots_are_there()
    {
        var network = new NoNetwork();
        var clock = new ManualClock();
        var factory = new FaultyTransportFactory(network, AllFaults with { HeldMax = 16 }, clock);
        using IUdpTransport sender = factory.Open(new UdpTransportParameters { BindAddress = Transports.Loopback });
        using var batch = new ReceiveBatch(4);
        byte[] bytes = GC.AllocateArray<byte>(96, pinned: true);
        fixed (byte* pinned = bytes)
        {
            byte* address = pinned;
            Assert.That(AllocationCount.LeastOfRounds(() =>
            {
                for (int count = 0; count < 3000; count++)
                {
                    sender.Send([new OutgoingDatagram(address, 96)]);
                    sender.Receive(batch);
                    clock.AdvanceNanos(50_000);
                }
            }), Is.Zero);
        }
    }

    private static string FirstTwo(int seed)
    {
        var network = new SimulatedNetwork();
        using IUdpTransport sender = Open(network, new FaultProfile { Seed = seed, ReorderRate = 0.5 }, new ManualClock(), out FaultyTransportFactory factory);
        Transports.Send(sender, Message(0), Transports.Loopback with { Port = 1 });
        long first = factory.Counts.Held;
        Transports.Send(sender, Message(1), Transports.Loopback with { Port = 1 });
        return $"{first}{factory.Counts.Held - first}";
    }

    private static List<byte[]> Run(FaultProfile profile) => Run(profile, out _);

    // Every second datagram is a NAK, the others are DATA; each has its number; time passes, and at the end all that is late comes.
    private static List<byte[]> Run(FaultProfile profile, out FaultCounts counts)
    {
        var clock = new ManualClock();
        var network = new SimulatedNetwork();
        using IUdpTransport receiver = Open(network, profile, clock, out FaultyTransportFactory factory);
        using IUdpTransport sender = factory.Open(new UdpTransportParameters { BindAddress = Transports.Loopback });
        using var batch = new ReceiveBatch(3);
        List<(byte[] Bytes, UdpAddress Source)> received = [];
        for (int number = 0; number < Count; number++)
        {
            Assert.That(Transports.Send(sender, Message(number), receiver.LocalAddress), Is.EqualTo(1));
            Transports.Drain(receiver, batch, received);
            clock.AdvanceNanos(20_000);
        }

        clock.AdvanceNanos(profile.DelayMaxNs);
        sender.Receive(batch);
        Transports.Drain(receiver, batch, received);
        clock.AdvanceNanos(profile.DelayMaxNs);
        Transports.Drain(receiver, batch, received);
        counts = factory.Counts;
        return [.. received.Select(static one => one.Bytes)];
    }

    private static IUdpTransport Open(IUdpTransportFactory network, FaultProfile profile, ManualClock clock, out FaultyTransportFactory factory)
    {
        factory = new FaultyTransportFactory(network, profile, clock);
        return factory.Open(new UdpTransportParameters { BindAddress = Transports.Loopback });
    }

    private static byte[] Message(int number)
    {
        byte[] bytes = new byte[64];
        bytes[6] = (byte)(number % 2 == 0 ? FrameType.Data : FrameType.Nak);
        BitConverter.TryWriteBytes(bytes.AsSpan(32), number);
        return bytes;
    }

    private static int Number(byte[] bytes) => BitConverter.ToInt32(bytes, 32);

    private sealed class NoNetwork : IUdpTransportFactory, IUdpTransport
    {
        public UdpAddress LocalAddress => Transports.Loopback;

        public IUdpTransport Open(UdpTransportParameters parameters) => this;

        public int Send(ReadOnlySpan<OutgoingDatagram> datagrams) => datagrams.Length;

        public int Send(ReadOnlySpan<OutgoingDatagram> datagrams, in UdpAddress destination) => datagrams.Length;

        public int Receive(ReceiveBatch batch)
        {
            batch.Set(0, 64, LocalAddress);
            return 1;
        }

        public void Connect(in UdpAddress remote)
        {
        }

        public void Dispose()
        {
        }
    }
}
