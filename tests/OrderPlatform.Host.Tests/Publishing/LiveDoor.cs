using System.Net;
using System.Net.Sockets;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Disruptor;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Doors;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Host.Tests.Publishing;

/// <summary>An engine's door on a real socket in the test's own process, with the true input ring, sequencing and journal behind it, on a thread of its own.</summary>
internal sealed class LiveDoor : IDisposable
{
    private readonly MediaDriver _driver = MediaDriver.LaunchEmbedded();
    private readonly AeronClient _aeron;
    private readonly RingBuffer<InputSlot> _ring = RingBuffer<InputSlot>.CreateMultiProducer(4_096);
    private readonly SequencedOrigins _sequenced = new();
    private readonly JournalWriter _journal;
    private readonly SequencingAgent _sequencing;
    private readonly PublisherDoor _door;
    private readonly Thread _thread;
    private readonly string _folder;
    private volatile bool _isStopping;
    private volatile bool _isPaused;
    private volatile Exception? _failure;

    /// <param name="folder">Of the journal and the audit.</param>
    /// <param name="rules">Who may come in.</param>
    public LiveDoor(WorkFolder folder, params PublisherRule[] rules)
    {
        _folder = folder.PathOf("door-journal");
        Channel = $"aeron:udp?endpoint=127.0.0.1:{FreePort()}";
        _aeron = AeronClient.Connect(new AeronContext { AeronDirectoryName = _driver.AeronDirectoryName });
        var options = new JournalOptions { SegmentLengthBytes = 1 << 20, SchemaId = MessagesSchema.SchemaId, SchemaVersion = MessagesSchema.Version };
        _journal = JournalWriter.Create(_folder, options);
        var check = new SelfCheck(0, new CheckpointSpacing(int.MaxValue, int.MaxValue));
        _sequencing = new SequencingAgent(_ring.NewPoller(), _journal, new DataClock(), check, new OriginTable(), _sequenced);
        string config = folder.Write("door.yaml", StrategyText.Runs.ToString());
        _door = new PublisherDoor(
            new DoorOptions { Channel = Channel, Publishers = rules, AuditFolder = folder.PathOf("audit") }, _aeron, new InputPublisher(_ring, new Sequence()),
            _sequenced.OfPublishers, () => _journal.DurableSequence, StrategyFile.Load(config).Setup, new OriginTable(), TimeProvider.System);
        _thread = new Thread(Work) { Name = "door", IsBackground = true };
        _thread.Start();
    }

    public string Channel { get; }

    /// <summary>Whether the door stands still, as an engine that hangs.</summary>
    public bool IsPaused
    {
        get => _isPaused;
        set => _isPaused = value;
    }

    public static PublisherRule Rule(uint id) => new(id, $"p{id}", [1], DoorKinds.All, [], null, 0, 0);

    public static int FreePort()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
    }

    /// <summary>Inputs of the journal, in order.</summary>
    public List<byte[]> Inputs()
    {
        Assert.That(_failure, Is.Null);
        var inputs = new List<byte[]>();
        using JournalReader reader = JournalReader.Open(_folder);
        while (reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                inputs.Add(JournaledInput.MessageOf(record).ToArray());
            }
        }

        return inputs;
    }

    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
        _door.Dispose();
        _aeron.Dispose();
        _driver.Dispose();
        _journal.Dispose();
        _ring.Dispose();
        _sequenced.Dispose();
    }

    private void Work()
    {
        try
        {
            var wait = new SpinWait();
            while (!_isStopping)
            {
                if (_isPaused || _door.DoWork() + _sequencing.DoWork() == 0)
                {
                    wait.SpinOnce();
                }
            }
        }
        catch (Exception failure)
        {
            _failure = failure;
        }
    }
}
