using System.Runtime.CompilerServices;
using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Driver;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Benchmarks.Aeron;

/// <summary>
/// An embedded driver without threads, a client, and two streams there and back, all stepped by whoever calls: what the reference's figures of
/// one thread were taken with.
/// <code>
///   ping ──► driver ──► echo ──► driver ──► back
/// </code>
/// </summary>
internal sealed class AeronPair : IDisposable
{
    private const int PingStream = 1001;
    private const int PongStream = 1002;
    private const int ConductorCycle = 256;
    /// <summary>As many as a poll takes.</summary>
    private const int Burst = FragmentLimit;
    private const int FragmentLimit = 256;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    private readonly MediaDriver _driver;
    private readonly IAgent _driverAgent;
    private readonly AeronClient _client;
    private readonly Subscription _pings;
    private readonly Subscription _pongs;
    private readonly ExclusivePublication _ping;
    private readonly ExclusivePublication _pong;
    private readonly byte[] _message;
    private Echo _echo;
    private Arrival _arrival;
    private int _trips;

    /// <param name="pingChannel">There.</param>
    /// <param name="pongChannel">And back.</param>
    /// <param name="messageBytes">Of a message, without the header of 32.</param>
    public AeronPair(string pingChannel, string pongChannel, int messageBytes)
    {
        _message = new byte[messageBytes];
        _driver = MediaDriver.LaunchEmbedded(new MediaDriverContext { ThreadingMode = ThreadingMode.Invoker, TermBufferSparseFile = false });
        _driverAgent = _driver.Invoker!;
        _client = AeronClient.Connect(new AeronContext
        {
            AeronDirectoryName = _driver.AeronDirectoryName,
            UseConductorAgentInvoker = true,
            PreTouchMappedMemory = true,
            DriverAgentInvoker = _driverAgent.DoWork,
        });
        _pings = _client.AddSubscription(pingChannel, PingStream);
        _pongs = _client.AddSubscription(pongChannel, PongStream);
        _ping = _client.AddExclusivePublication(pingChannel, PingStream);
        _pong = _client.AddExclusivePublication(pongChannel, PongStream);
        _echo = new Echo(_pong);
        long deadline = Environment.TickCount64 + (long)ConnectLimit.TotalMilliseconds;
        while (!_ping.IsConnected || !_pong.IsConnected || !_pings.IsConnected || !_pongs.IsConnected)
        {
            if (Environment.TickCount64 > deadline)
                throw new TimeoutException($"{pingChannel} and {pongChannel} did not connect");
            _driverAgent.DoWork();
            _client.InvokeConductor();
        }
    }

    /// <summary>One message there and back.</summary>
    public void Trip()
    {
        if (++_trips % ConductorCycle == 0)
            _client.InvokeConductor();
        long before = _arrival.Count;
        while (_ping.Offer(_message) < 0)
            _driverAgent.DoWork();
        while (_arrival.Count == before)
        {
            _driverAgent.DoWork();
            _pings.Poll(ref _echo, 1);
            _pongs.Poll(ref _arrival, 1);
        }
    }

    /// <summary>Sends that many messages one way, as fast as they go, and takes them.</summary>
    public void Stream(int count)
    {
        _client.InvokeConductor();
        var arrivals = default(Arrival);
        int sent = 0;
        while (arrivals.Count < count)
        {
            sent += Offer(_ping, _message, Math.Min(Burst, count - sent));
            _driverAgent.DoWork();
            Poll(_pings, ref arrivals);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _driver.Dispose();
    }

    // Apart and not inlined, as in an application that offers in one place: compiled on its own, after enough calls, with the offer inlined into it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Offer(ExclusivePublication publication, ReadOnlySpan<byte> message, int count)
    {
        for (int sent = 0; sent < count; sent++)
        {
            if (publication.Offer(message) < 0)
                return sent;
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Poll(Subscription subscription, ref Arrival arrivals) => subscription.Poll(ref arrivals, FragmentLimit);

    private readonly struct Echo(ExclusivePublication pong) : IFragmentHandler
    {
        public void OnFragment(ReadOnlySpan<byte> buffer, in Header header)
        {
            while (pong.Offer(buffer) < 0)
            {
                // Room for one message comes with the driver's next cycle; a round trip never fills a window.
            }
        }
    }

    private struct Arrival : IFragmentHandler
    {
        public long Count;

        public void OnFragment(ReadOnlySpan<byte> buffer, in Header header) => Count++;
    }
}
