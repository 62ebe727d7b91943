using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl.Reports;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Faults;
using OrderPlatform.Aeron.Driver.Media;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Whole;

/// <summary>
/// Drivers and clients in one thread, on a network inside the test and with a clock that the test moves: everything happens in the same order in
/// every run. Hours of protocol time pass in a second.
/// </summary>
internal sealed class AeronWorld : IDisposable
{
    private readonly List<AeronNode> _nodes = [];

    public ManualClock Clock { get; } = new();

    public SimulatedNetwork Network { get; } = new();

    /// <summary>How far the clock goes in a step.</summary>
    public long StepNs { get; set; } = 50_000;

    /// <summary>A driver with a client of its own, as on one machine.</summary>
    /// <param name="seed">Of session ids and the like.</param>
    /// <param name="faults">Faults of the driver's sockets.</param>
    /// <param name="change">Other settings.</param>
    /// <param name="directory">The directory of a driver that is gone, whose place this one takes.</param>
    public AeronNode Add(int seed, FaultProfile? faults = null, Func<MediaDriverContext, MediaDriverContext>? change = null, string? directory = null)
    {
        IUdpTransportFactory transports = faults is null ? Network : new FaultyTransportFactory(Network, faults, Clock);
        var node = new AeronNode(this, seed, transports, change ?? (static context => context), directory);
        _nodes.Add(node);
        return node;
    }

    /// <summary>A driver with a client, on sockets of the caller's.</summary>
    /// <inheritdoc cref="Add(int, FaultProfile?, Func{MediaDriverContext, MediaDriverContext}?, string?)"/>
    public AeronNode Add(int seed, IUdpTransportFactory? transports, string? directory) =>
        Add(seed, change: context => context with { TransportFactory = transports ?? Network }, directory: directory);

    /// <summary>The node is gone from one moment to the next: nothing is closed, nobody is told. Its client is stepped by nobody any more.</summary>
    /// <param name="node">Which.</param>
    /// <param name="isDriverAlive">False if its driver was closed before.</param>
    public void Kill(AeronNode node, bool isDriverAlive = true)
    {
        _nodes.Remove(node);
        if (isDriverAlive)
            node.Abandon();
    }

    /// <summary>One cycle of everybody.</summary>
    public int Step()
    {
        int workCount = 0;
        // By index: what a node does may add another.
        for (int index = 0; index < _nodes.Count; index++)
        {
            workCount += _nodes[index].DoWork();
        }

        Clock.AdvanceNanos(StepNs);
        return workCount;
    }

    /// <summary>Steps until something is so; fails when it is not after that much of the clock's time.</summary>
    public void StepUntil(Func<bool> condition, TimeSpan limit, string what)
    {
        long deadlineNs = Clock.NanoTime + (long)(limit.TotalMilliseconds * 1_000_000);
        while (!condition())
        {
            if (Clock.NanoTime > deadlineNs)
                Assert.Fail($"not within {limit} of the clock: {what}\n{string.Join('\n', _nodes.Select(static node => node.Errors()))}");
            Step();
        }
    }

    /// <summary>Steps for that much of the clock's time.</summary>
    public void StepFor(TimeSpan time)
    {
        long endNs = Clock.NanoTime + (long)(time.TotalMilliseconds * 1_000_000);
        while (Clock.NanoTime < endNs)
            Step();
    }

    public void Dispose()
    {
        foreach (AeronNode node in _nodes)
        {
            node.Dispose();
        }

        _nodes.Clear();
    }
}

/// <summary>A driver without threads and a client of it.</summary>
internal sealed class AeronNode : IDisposable
{
    private readonly AeronWorld _world;

    public AeronNode(AeronWorld world, int seed, IUdpTransportFactory transports, Func<MediaDriverContext, MediaDriverContext> change, string? directory)
    {
        _world = world;
        Directory = directory ?? Path.Combine(Path.GetTempPath(), $"aeron-world-{Guid.NewGuid():N}");
        Driver = MediaDriver.Launch(change(new MediaDriverContext
        {
            AeronDirectoryName = Directory,
            DirDeleteOnShutdown = true,
            ThreadingMode = ThreadingMode.Invoker,
            Clock = world.Clock,
            TransportFactory = transports,
            Seed = seed,
            TermBufferLength = 64 * 1024,
            IpcTermBufferLength = 64 * 1024,
            ToDriverBufferLength = 64 * 1024,
            ToClientsBufferLength = 64 * 1024,
            CountersValuesBufferLength = 256 * 1024,
            ErrorLogBufferLength = 64 * 1024,
            LossReportBufferLength = 64 * 1024,
        }));
        Client = Connect();
    }

    public string Directory { get; }

    public MediaDriver Driver { get; }

    public AeronClient Client { get; }

    /// <summary>Exceptions of the client's conductor and its handlers.</summary>
    public List<Exception> ClientErrors { get; } = [];

    /// <summary>Another client of the driver; whoever makes it invokes its conductor.</summary>
    public AeronClient Connect(Func<AeronContext, AeronContext>? change = null) => AeronClient.Connect((change ?? (static context => context))(new AeronContext
    {
        AeronDirectoryName = Directory,
        Clock = _world.Clock,
        UseConductorAgentInvoker = true,
        DriverAgentInvoker = () => Driver.Invoker!.DoWork() + _world.Step(),
        ErrorHandler = ClientErrors.Add,
    }));

    public int DoWork() => Driver.Invoker!.DoWork() + (Client is { IsClosed: false } client ? client.InvokeConductor() : 0);

    /// <summary>What the driver's error log says.</summary>
    public string Errors() => string.Join('\n', ErrorLogReader.Read(Driver.ErrorLogBuffer).Select(static entry => $"{entry.ObservationCount} x {entry.Text}"));

    /// <summary>As after SIGKILL: the memory stays mapped, the sockets are closed by the system.</summary>
    public void Abandon() => Driver.Abandon();

    public void Dispose()
    {
        Client.Dispose();
        Driver.Dispose();
    }
}
