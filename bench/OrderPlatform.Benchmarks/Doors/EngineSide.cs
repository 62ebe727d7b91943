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
/// The engine's process, made of the parts of a live run: sequencing with the journal and the engine on a thread that spins, and what stands towards the
/// network, its media driver, door, port and egress, on the same one or on the thread that has the other core. A live run has a thread for each.
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
    private readonly bool _isAlone;
    private volatile bool _isEnding;
    private volatile Exception? _failure;
    private long _processorNanos;

    /// <summary>Opens it.</summary>
    /// <param name="channels">Where the parts meet.</param>
    /// <param name="instruments">How many it trades.</param>
    /// <param name="probe">Sees each order at the port.</param>
    /// <param name="isAlone">Whether its thread does all of it; otherwise another one must call <see cref="StepWorld"/>.</param>
    public EngineSide(DoorChannels channels, int instruments, ILinkProbe probe, bool isAlone)
    {
        _isAlone = isAlone;
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

    /// <summary>A turn of what stands towards the network, by the thread of the other core; nothing if the engine's thread does it.</summary>
    public void StepWorld()
    {
        if (!_isAlone)
            TurnOfWorld();
    }

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

    // What the core let go leaves before the driver's next look at its sockets, and what came in reaches the core in the same turn.
    private void TurnOfWorld()
    {
        _pipeline.World.DoWork();
        _transport.Step();
        _pipeline.World.DoWork();
    }

    private void Run()
    {
        try
        {
            IAgent core = _pipeline.Core;
            for (int cycle = 1; !_isEnding; cycle++)
            {
                if (_isAlone)
                    TurnOfWorld();
                core.DoWork();
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
