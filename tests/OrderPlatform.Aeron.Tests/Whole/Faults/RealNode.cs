using System.Net;
using System.Net.Sockets;
using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl.Reports;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Media;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Whole.Faults;

/// <summary>A driver with threads and a client with one, by the system's clock and sockets.</summary>
internal sealed class RealNode : IDisposable
{
    private const long Millis = 1_000_000;

    private readonly List<Exception> _clientErrors = [];

    public RealNode(ThreadingMode threads, IUdpTransportFactory? transports = null, Func<MediaDriverContext, MediaDriverContext>? change = null)
    {
        Driver = MediaDriver.Launch((change ?? (static context => context))(new MediaDriverContext
        {
            AeronDirectoryName = Path.Combine(Path.GetTempPath(), $"aeron-real-{Guid.NewGuid():N}"),
            DirDeleteOnShutdown = true,
            ThreadingMode = threads,
            TransportFactory = transports,
            TermBufferLength = 64 * 1024,
            IpcTermBufferLength = 64 * 1024,
            CountersValuesBufferLength = 256 * 1024,
            ErrorLogBufferLength = 64 * 1024,
            // Streams end sooner than usual.
            TimerIntervalNs = 50 * Millis,
            StatusMessageTimeoutNs = 50 * Millis,
        }));
        Client = Connect();
    }

    public MediaDriver Driver { get; }

    public AeronClient Client { get; }

    /// <summary>What driver and client recorded.</summary>
    public string Errors
    {
        get
        {
            lock (_clientErrors)
            {
                IEnumerable<string> ofDriver = ErrorLogReader.Read(Driver.ErrorLogBuffer).Select(static entry => entry.Text);
                return string.Join('\n', ofDriver.Concat(_clientErrors.Select(static error => error.ToString())));
            }
        }
    }

    /// <summary>Another client; whoever makes it closes it.</summary>
    public AeronClient Connect() => AeronClient.Connect(new AeronContext
    {
        AeronDirectoryName = Driver.AeronDirectoryName,
        ErrorHandler = Note,
        IdleStrategy = static () => new SleepingIdleStrategy(TimeSpan.FromMilliseconds(1)),
        ResourceLingerDurationNs = 100 * Millis,
    });

    /// <summary>A port that nobody had a moment ago.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public void Dispose()
    {
        Client.Dispose();
        Driver.Dispose();
    }

    private void Note(Exception failure)
    {
        lock (_clientErrors)
        {
            _clientErrors.Add(failure);
        }
    }
}
