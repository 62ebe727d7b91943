using System.Runtime.ExceptionServices;
using OrderPlatform.Benchmarks.Scale;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Doors;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Links;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Benchmarks.Doors;

/// <summary>
/// The engine's process on one thread that spins: its media driver, the door, the port, sequencing with the journal, the engine and the egress, all of
/// them the parts of a live run. A live run gives them to two threads and a driver's; the other core here is the publisher's and the gateway's.
/// </summary>
internal sealed class EngineSide : IDisposable
{
    public const uint PublisherId = 7;
    public const ushort VenueId = 1;

    private const int CyclesOfClock = 256;

    private readonly string _folder = Directory.CreateTempSubdirectory("op-doors-").FullName;
    private readonly SteppedTransport _transport = new();
    private readonly JournalWriter _journal;
    private readonly InputFeed _feed;
    private readonly GatewayPort _port;
    private readonly LivePipeline _pipeline;
    private readonly Thread _thread;
    private volatile bool _isEnding;
    private volatile Exception? _failure;
    private long _processorNanos;

    public EngineSide(DoorChannels channels, int instruments, ILinkProbe probe)
    {
        PlatformSetup setup = LoadedEngine.Setup(instruments, openOrders: 2 * instruments);
        long startNanos = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
        _journal = JournalWriter.Create(
            Path.Combine(_folder, "journal"), new JournalOptions { SchemaId = MessagesSchema.SchemaId, SchemaVersion = MessagesSchema.Version });
        _feed = new InputFeed(setup, startNanos);
        var port = new GatewayPortOptions(VenueId, "bench", channels.Orders, channels.Reports);
        _port = new GatewayPort(port, _transport.Client, TimeProvider.System, static _ => { })
        {
            Probe = probe,
        };
        _pipeline = new LivePipeline(new PipelineParts(_feed, _journal, new Pace(false, 1))
        {
            Ports = [_port],
            IsLive = true,
            Measures = true,
            Instruments = setup.Instruments,
            Door = door => Door(door, channels, setup),
        });
        _pipeline.Begin();
        _thread = new Thread(Run) { IsBackground = true, Name = "engine side" };
    }

    /// <summary>Processor time of its thread, a moment ago.</summary>
    public long ProcessorNanos => Volatile.Read(ref _processorNanos);

    public void Start() => _thread.Start();

    /// <summary>Throws what ended the thread, if something did.</summary>
    public void Check()
    {
        if (_failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>What the engine said last, for the words of a failure.</summary>
    public string Said()
    {
        End();
        return _pipeline.Engine.Outputs.Count == 0 ? "" : MessagesSchema.Describe(_pipeline.Engine.Outputs[_pipeline.Engine.Outputs.Count - 1]);
    }

    public void Dispose()
    {
        End();
        _pipeline.World.OnClose();
        _pipeline.Core.OnClose();
        _pipeline.Dispose();
        _feed.Dispose();
        _port.Dispose();
        _journal.Dispose();
        _transport.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void End()
    {
        _isEnding = true;
        if (_thread.IsAlive)
            _thread.Join();
    }

    private PublisherDoor Door(PipelineDoor door, DoorChannels channels, PlatformSetup setup) => new(
        new DoorOptions
        {
            Channel = channels.Door,
            Publishers = [new PublisherRule(PublisherId, "bench", [1], DoorKinds.All, [], null, 0, 0)],
            AuditFolder = Path.Combine(_folder, "audit"),
        },
        _transport.Client, door.Inputs, door.Sequenced, door.DurableSequence, setup, new OriginTable(), TimeProvider.System, measures: true);

    // Twice the world: what the core lets go leaves before the driver's next look at its sockets.
    private void Run()
    {
        try
        {
            IAgent world = _pipeline.World;
            IAgent core = _pipeline.Core;
            for (int cycle = 1; !_isEnding; cycle++)
            {
                _transport.Step();
                world.DoWork();
                core.DoWork();
                world.DoWork();
                if (cycle % CyclesOfClock == 0)
                    Volatile.Write(ref _processorNanos, ThreadClock.Nanos());
            }
        }
        catch (Exception failure)
        {
            _failure = failure;
        }
    }
}

/// <summary>Where the parts of a run meet.</summary>
internal sealed record DoorChannels(string Door, string Orders, string Reports);
