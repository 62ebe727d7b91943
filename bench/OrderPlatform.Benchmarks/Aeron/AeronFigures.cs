using System.Net;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Benchmarks.Figures;
using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Tests;

namespace OrderPlatform.Benchmarks.Aeron;

/// <summary>
/// What a round trip costs: bare sockets of the loopback on one thread by each call there is, the driver's transports on the same way, whole streams
/// through driver and client, and two threads that spin on shared memory. Then how many messages a second go one way. Linux.
/// </summary>
internal static unsafe class AeronFigures
{
    private const string UdpPing = "aeron:udp?endpoint=127.0.0.1:24325|term-length=1m";
    private const string UdpPong = "aeron:udp?endpoint=127.0.0.1:24326|term-length=1m";
    private const string Ipc = "aeron:ipc?term-length=1m";
    private const int PayloadBytes = 64;

    /// <summary>As the recorded rates of the reference were taken.</summary>
    private const int StreamPayloadBytes = 32;
    private const int Messages = 100_000;

    private const string BareSocket = "sendto-recvfrom";
    private const int RoundCount = 12;
    private const int Trips = 2_000;
    private const int PollsMax = 100_000;

    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(60);
    private static readonly double[] Percentiles = [50, 99, 99.9];

    public static void Run()
    {
        if (!OperatingSystem.IsLinux())
        {
            Figure.Note("the calls of these figures are Linux's");
            return;
        }

        Sockets();
        SharedMemory();
        Rates();
        Allocations();
    }

    private static void Sockets()
    {
        using var open = new SocketPair(isConnected: false);
        using var connected = new SocketPair(isConnected: true);
        using var byCalls = new TransportPair(UdpTransportFactory.Default);
        using var byFramework = new TransportPair(UdpTransportFactory.Portable);
        using var aeron = new AeronPair(UdpPing, UdpPong, PayloadBytes);
        var trips = new RoundTrips(
            [
                (BareSocket, Trip(open, open.SendTo, open.ReceiveFrom)),
                ("sendto-recvfrom-no-gc-transition", Trip(open, open.SendToAtOnce, open.ReceiveFromAtOnce)),
                ("connected-send-recvfrom", Trip(connected, connected.SendAtOnce, connected.ReceiveFromAtOnce)),
                ("connected-send-recv", Trip(connected, connected.SendAtOnce, connected.ReceiveAtOnce)),
                ("connected-sendmmsg-recvmmsg", Trip(connected, connected.SendManyAtOnce, connected.ReceiveManyAtOnce)),
                ("udp-transport", byCalls.Trip),
                ("udp-transport-portable", byFramework.Trip),
                ("udp-round-trip", aeron.Trip),
            ],
            RoundCount, Trips);
        Print(trips, BareSocket);
    }

    private static void SharedMemory()
    {
        using var pair = new SpinningPair();
        using var aeron = new AeronPair(Ipc, Ipc, PayloadBytes);
        Print(new RoundTrips([("shared-memory-two-threads", pair.Trip), ("ipc-round-trip", aeron.Trip)], RoundCount, 10 * Trips), "shared-memory-two-threads");
    }

    private static void Rates()
    {
        using var udp = new AeronPair(UdpPing, UdpPong, StreamPayloadBytes);
        using var ipc = new AeronPair(Ipc, Ipc, StreamPayloadBytes);
        Rounds rounds = Rounds.Run(
            [Loop.Of("udp", Messages, () => udp.Stream(Messages)), Loop.Of("ipc", Messages, () => ipc.Stream(Messages))], RoundCount, RoundTime);
        Figure.PrintRate("aeron.udp-rate", rounds, "udp", "c-driver-recorded", 3.9);
        Figure.PrintRate("aeron.ipc-rate", rounds, "ipc", "c-driver-recorded", 86);
    }

    private static void Allocations()
    {
        using var udp = new AeronPair(UdpPing, UdpPong, PayloadBytes);
        using var ipc = new AeronPair(Ipc, Ipc, PayloadBytes);
        foreach ((string name, AeronPair pair) in new[] { ("udp", udp), ("ipc", ipc) })
        {
            long bytes = AllocationCount.LeastOfRounds(() => Many(pair));
            Figure.Print($"aeron.{name}-allocated", bytes, "bytes", "nothing", 0, bytes == 0 ? 1 : 0);
        }

        static void Many(AeronPair pair)
        {
            for (int trip = 0; trip < Trips; trip++)
                pair.Trip();
        }
    }

    private static void Print(RoundTrips trips, string baseline)
    {
        foreach (string name in trips.Names)
        {
            foreach (double percentile in Percentiles)
            {
                long value = trips.Percentile(name, percentile);
                long other = trips.Percentile(baseline, percentile);
                Figure.Print(FormattableString.Invariant($"aeron.{name}.p{percentile}"), value, "ns", baseline, other, (double)other / value);
            }
        }
    }

    // A datagram of the loopback is lost when the processor's queue is full of others'; then it is sent again, and the trip counts with that.
    private static Action Trip(SocketPair pair, Action<int> send, Func<int, bool> receive)
    {
        void OneWay(int from, int to)
        {
            do
            {
                send(from);
            }
            while (!Poll(to));
        }

        bool Poll(int socket)
        {
            for (int polls = 0; polls < PollsMax; polls++)
            {
                if (receive(socket))
                    return true;
            }

            return false;
        }

        return () =>
        {
            OneWay(pair.First, pair.Second);
            OneWay(pair.Second, pair.First);
        };
    }

    /// <summary>A connected sender and the receiver that answers to where it came from, as a driver's two ends do.</summary>
    private sealed class TransportPair : IDisposable
    {
        private readonly IUdpTransport _receiver;
        private readonly IUdpTransport _sender;
        private readonly ReceiveBatch _batch = new(8);
        private readonly byte[] _bytes = GC.AllocateArray<byte>(SocketPair.DatagramBytes, pinned: true);

        public TransportPair(IUdpTransportFactory factory)
        {
            UdpAddress loopback = UdpAddress.From(new IPEndPoint(IPAddress.Loopback, 0));
            _receiver = factory.Open(new UdpTransportParameters { BindAddress = loopback });
            _sender = factory.Open(new UdpTransportParameters { BindAddress = loopback, ConnectAddress = _receiver.LocalAddress });
        }

        public void Trip()
        {
            fixed (byte* bytes = _bytes)
            {
                ReadOnlySpan<OutgoingDatagram> one = [new OutgoingDatagram(bytes, SocketPair.DatagramBytes)];
                do
                {
                    _sender.Send(one);
                }
                while (!Poll(_receiver));
                UdpAddress source = _batch.Source(0);
                do
                {
                    _receiver.Send(one, source);
                }
                while (!Poll(_sender));
            }
        }

        public void Dispose()
        {
            _receiver.Dispose();
            _sender.Dispose();
            _batch.Dispose();
        }

        private bool Poll(IUdpTransport transport)
        {
            for (int polls = 0; polls < PollsMax; polls++)
            {
                if (transport.Receive(_batch) > 0)
                    return true;
            }

            return false;
        }
    }
}
