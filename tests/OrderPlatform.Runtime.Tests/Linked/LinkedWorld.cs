using OrderPlatform.Aeron.Tests.Whole;
using OrderPlatform.Gateways.Journaling;
using OrderPlatform.Gateways.Sessions;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Gateways.Tests.Links;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Links;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Runtime.Tests.Linked;

/// <summary>
/// A whole live pipeline and a whole gateway as on two machines: each with a driver of its own, on a network and with a clock of the test's, stepped by one
/// thread. Either side can be killed and started again on what it left; the network can be cut.
/// </summary>
internal sealed class LinkedWorld : IDisposable
{
    private const string Orders = "aeron:udp?endpoint=127.0.0.1:20201|term-length=64k";
    private const string Reports = "aeron:udp?endpoint=127.0.0.1:20202|term-length=64k";

    private const long ShortStepNanos = 50_000;
    private const long LongStepNanos = 2_000_000;
    private const long LongNanos = 50_000_000;

    private readonly JournalFolder _folder = new();
    private readonly Scenario _scenario;
    private readonly Pace _pace;
    private readonly WorldTime _time;
    private readonly List<string> _news = [];
    private AeronNode? _engineNode;
    private AeronNode? _gatewayNode;
    private InputFeed? _feed;
    private LiveStart? _start;
    private LivePipeline? _pipeline;
    private GatewayJournal? _journal;
    private SimulatedConnector? _venue;
    private GatewaySession? _session;
    private int _seed;

    public LinkedWorld(Scenario scenario, Pace pace, int seed = 1)
    {
        _scenario = scenario;
        _pace = pace;
        _seed = seed * 1_000;
        _time = new WorldTime(World.Clock);
    }

    public AeronWorld World { get; } = new();

    /// <summary>Port of the engine that lives.</summary>
    public GatewayPort? Port { get; private set; }

    public bool HasEngine => _pipeline is not null;

    public bool HasGateway => _session is not null;

    public bool IsDone => _pipeline is { IsDone: true };

    public string EngineFolder => Path.Combine(_folder.Path, "engine");

    public string VenueFolder => VenueLog.FolderOf(Path.Combine(_folder.Path, "world"));

    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromSeconds(3);

    public string News => string.Join('\n', _news);

    public void StartEngine()
    {
        _engineNode = World.Add(_seed++);
        var options = new GatewayPortOptions(1, "simulated", Orders, Reports)
        {
            ShardId = 3,
            IsSimulated = true,
            ShowsData = true,
            SilentAfter = SilentAfter,
            TellsSilence = !_pace.IsLockstep,
            OnWait = StepOthers,
        };
        Port = new GatewayPort(options, _engineNode.Client, _time, _news.Add);
        _feed = _scenario.OpenFeed();
        var snapshots = new SnapshotStoreOptions { SchemaId = MessagesSchema.SchemaId, SchemaVersion = MessagesSchema.Version };
        _start = LiveStart.Begin(
            new LiveStartOptions(EngineFolder, JournalFolder.Options, snapshots, _scenario.Setup(), [], TimeSpan.FromHours(1)) { Ports = [Port] }, _feed);
        _pipeline = new LivePipeline(new PipelineParts(_feed, _start.Journal, _pace)
        {
            Ports = [Port],
            Engine = _start.Engine,
            Origins = _start.Origins,
            Epoch = _start.Epoch,
            Time = _time,
        });
        _pipeline.Begin();
    }

    public void StartGateway()
    {
        var options = new JournalOptions { SegmentLengthBytes = 1 << 20 };
        _gatewayNode = World.Add(_seed++);
        _journal = GatewayJournal.Open(Path.Combine(_folder.Path, "gateway"), options, 1, _time);
        _venue = new SimulatedConnector(_scenario.Venue(), 1, VenueFolder, options);
        _session = new GatewaySession(
            _venue, _journal, _gatewayNode.Client, new GatewaySessionOptions
            {
                OrdersChannel = Orders,
                ReportsChannel = Reports,
                Name = "test",
                OnNotice = notice => _news.Add($"gateway: {notice.Text}"),
            },
            _time);
    }

    /// <summary>As after SIGKILL: nothing is told to anybody.</summary>
    public void KillEngine()
    {
        World.Kill(_engineNode!);
        CloseEngine();
    }

    /// <inheritdoc cref="KillEngine"/>
    public void KillGateway()
    {
        World.Kill(_gatewayNode!);
        CloseGateway();
    }

    /// <summary>Loses all datagrams from here on, or none.</summary>
    public void Cut(bool isCut) => World.Network.Filter = isCut ? static _ => false : null;

    public void Step()
    {
        StepOthers();
        for (int i = 0; i < 4 && _pipeline is { IsDone: false } pipeline; i++)
        {
            pipeline.World.DoWork();
            pipeline.Core.DoWork();
        }
    }

    public void StepFor(TimeSpan time)
    {
        long endNanos = World.Clock.NanoTime + (long)time.TotalNanoseconds;
        while (World.Clock.NanoTime < endNanos)
        {
            // Long waits in larger steps: nothing of theirs depends on microseconds.
            World.StepNs = endNanos - World.Clock.NanoTime > LongNanos ? LongStepNanos : ShortStepNanos;
            Step();
        }

        World.StepNs = ShortStepNanos;
    }

    public void RunToEnd(TimeSpan limit, string what = "the run")
    {
        long deadlineNanos = World.Clock.NanoTime + (long)limit.TotalNanoseconds;
        while (!IsDone)
        {
            if (World.Clock.NanoTime > deadlineNanos)
            {
                Assert.Fail($"{what}: has not ended within {limit} of the clock: {Describe()}\n{News}");
            }

            Step();
        }

        _pipeline!.Core.DoWork();
        _pipeline.End();
        CloseEngine();
    }

    private string Describe() =>
        $"port {Port?.State}, request {Port?.LastRequest}, done {Port?.DoneRequest}, sent {Port?.Counters.Requests}, report {Port?.LastReport}, market {Port?.MarketEvents}; "
        + $"gateway connected {_session?.IsConnected}, {System.Text.Json.JsonSerializer.Serialize(_session?.Counters)}, handled {_session?.LastRequest}, report {_journal?.LastReport}; engine at {_start?.Engine.State.Sequence}, events {_pipeline?.EventCount}";

    public void Dispose()
    {
        CloseEngine();
        CloseGateway();
        World.Dispose();
        _folder.Dispose();
    }

    private void StepOthers()
    {
        World.Step();
        _session?.DoWork();
    }

    private void CloseEngine()
    {
        _pipeline?.Dispose();
        _start?.Dispose();
        _feed?.Dispose();
        (_pipeline, _start, _feed, Port) = (null, null, null, null);
    }

    private void CloseGateway()
    {
        _journal?.Dispose();
        _venue?.Dispose();
        (_journal, _venue, _session) = (null, null, null);
    }
}
