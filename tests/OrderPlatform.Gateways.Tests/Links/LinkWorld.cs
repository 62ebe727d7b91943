using OrderPlatform.Aeron.Tests.Whole;
using OrderPlatform.Gateways.Connectors;
using OrderPlatform.Gateways.Journaling;
using OrderPlatform.Gateways.Sessions;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Journal;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Gateways.Tests.Links;

/// <summary>An engine that a test scripts and a real gateway, each with a driver of its own, on a network and with a clock of the test's.</summary>
internal sealed class LinkWorld : IDisposable
{
    private const string Orders = "aeron:udp?endpoint=127.0.0.1:20201|term-length=64k";
    private const string Reports = "aeron:udp?endpoint=127.0.0.1:20202|term-length=64k";

    private readonly Folder _folder = new();
    private readonly SimulatedVenueOptions _venue;
    private AeronNode? _engineNode;
    private AeronNode? _gatewayNode;
    private SimulatedConnector? _simulated;
    private GatewayJournal? _journal;
    private int _seed = 1;

    public LinkWorld(SimulatedVenueOptions? venue = null) => _venue = venue ?? Say.Options;

    public AeronWorld World { get; } = new();

    public ScriptedEngine Engine { get; private set; } = null!;

    /// <summary>The gateway that lives; null between its lives.</summary>
    public GatewaySession? Session { get; private set; }

    public GatewayJournal Journal => _journal!;

    public List<GatewayNotice> Notices { get; } = [];

    public int ReportsKeptMax { get; init; } = GatewayJournal.ReportsKeptMax;

    public JournalDurability Durability { get; init; } = JournalDurability.PageCache;

    /// <summary>Put around the venue's connector: where a test ends the process.</summary>
    public Func<SimulatedConnector, IExecutionConnector>? Around { get; set; }

    /// <summary>An engine; with one before it, the next life of that.</summary>
    public ScriptedEngine StartEngine(Func<ScriptedEngine?, ScriptedEngine>? make = null)
    {
        _engineNode = World.Add(_seed++);
        ScriptedEngine? before = Engine;
        Engine = make is null ? new ScriptedEngine(_engineNode.Client, World.Clock, (Orders, Reports), before) : make(before);
        return Engine;
    }

    /// <summary>Another engine's side, made by the test.</summary>
    public ScriptedEngine NewEngine(Func<AeronNode, (string Orders, string Reports), ScriptedEngine> make)
    {
        _engineNode = World.Add(_seed++);
        return Engine = make(_engineNode, (Orders, Reports));
    }

    public void StartGateway(ushort venueId = Say.Venue, bool onSameDriver = false)
    {
        var options = new JournalOptions { SegmentLengthBytes = 1 << 20, Durability = Durability };
        var time = new WorldTime(World.Clock);
        _gatewayNode = onSameDriver ? _gatewayNode : World.Add(_seed++);
        _journal = GatewayJournal.Open(Path.Combine(_folder.Path, "gateway"), options, venueId, time, ReportsKeptMax);
        _simulated = new SimulatedConnector(_venue, venueId, VenueLog.FolderOf(_folder.Path), options);
        Session = new GatewaySession(
            Around?.Invoke(_simulated) ?? _simulated, _journal, _gatewayNode!.Client,
            new GatewaySessionOptions { OrdersChannel = Orders, ReportsChannel = Reports, Name = "test", OnNotice = Notices.Add }, time);
    }

    /// <summary>As after SIGKILL: nothing is told to anybody. The journals' locks go with the process.</summary>
    public void KillGateway()
    {
        World.Kill(_gatewayNode!);
        Session = null;
        CloseJournals();
    }

    /// <summary>As above, but the driver lives on, as an external one does; the streams end at once, so that many lives take little time.</summary>
    public void KillGatewayOnly()
    {
        Session!.Dispose();
        Session = null;
        CloseJournals();
    }

    public void KillEngine() => World.Kill(_engineNode!);

    public void Step()
    {
        // Who waits for timeouts of seconds need not count microseconds.
        World.StepNs = Session is { IsConnected: true } && Engine is { IsConnected: true } ? 50_000 : 1_000_000;
        World.Step();
        Engine?.DoWork();
        Session?.DoWork();
    }

    public void StepUntil(Func<bool> condition, string what, double seconds = 60)
    {
        long deadlineNanos = World.Clock.NanoTime + (long)(seconds * 1e9);
        while (!condition())
        {
            if (World.Clock.NanoTime > deadlineNanos)
            {
                Assert.Fail($"not within {seconds} s of the clock: {what}\n{string.Join('\n', Notices)}");
            }

            Step();
        }
    }

    public void StepFor(double seconds)
    {
        long endNanos = World.Clock.NanoTime + (long)(seconds * 1e9);
        while (World.Clock.NanoTime < endNanos)
        {
            Step();
        }
    }

    public void Dispose()
    {
        CloseJournals();
        World.Dispose();
        _folder.Dispose();
    }

    private void CloseJournals()
    {
        _journal?.Dispose();
        _simulated?.Dispose();
        _journal = null;
        _simulated = null;
    }
}
