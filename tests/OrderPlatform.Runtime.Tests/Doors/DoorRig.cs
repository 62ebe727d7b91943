using OrderPlatform.Aeron.Tests.Whole;
using OrderPlatform.Disruptor;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Doors;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Tests.Doors;

/// <summary>
/// A door with the true stages behind it, input ring, sequencing and journal, on a network and a clock of the test's; everything steps on one thread. It can be
/// restarted on its journal, as an engine is.
/// </summary>
internal sealed class DoorRig : IDisposable
{
    public const string Udp = "aeron:udp?endpoint=127.0.0.1:20101";

    private readonly JournalFolder _folder = new();
    private readonly int _ringLength;
    private RingBuffer<InputSlot> _ring = null!;
    private SequencedOrigins _sequenced = null!;
    private SequencingAgent _sequencing = null!;
    private JournalWriter _journal = null!;

    public DoorRig(DoorOptions options, int ringLength = 1_024)
    {
        Options = options with { AuditFolder = Path.Combine(_folder.Path, "audit") };
        _ringLength = ringLength;
        Node = World.Add(1);
        Start();
    }

    public AeronWorld World { get; } = new() { StepNs = 100_000 };

    /// <summary>The engine's media driver and client.</summary>
    public AeronNode Node { get; private set; }

    public DoorOptions Options { get; }

    public PublisherDoor Door { get; private set; } = null!;

    /// <summary>What is durable; tests hold it back by giving less than the journal has.</summary>
    public Func<long>? Durable { get; set; }

    /// <summary>Whether the sequencing stage works.</summary>
    public bool Sequences { get; set; } = true;

    public long AppendedSequence => _journal.AppendedSequence;

    public static PublisherRule Rule(uint id, uint client = 1) => new(id, $"p{id}", [client], DoorKinds.All, [], null, 0, 0);

    public static DoorOptions With(params PublisherRule[] rules) => new() { Channel = Udp, Publishers = rules, AuditFolder = string.Empty };

    public int Step() => StepStages() + World.Step();

    /// <summary>A cycle of door and sequencing, without the media drivers.</summary>
    public int StepStages() => Door.DoWork() + (Sequences ? _sequencing.DoWork() : 0);

    public void StepFor(TimeSpan time)
    {
        long end = World.Clock.NanoTime + (time.Ticks * 100);
        while (World.Clock.NanoTime < end)
        {
            Step();
        }
    }

    public void StepUntil(Func<bool> condition, string what, int seconds = 20)
    {
        long end = World.Clock.NanoTime + (seconds * 1_000_000_000L);
        while (!condition())
        {
            Assert.That(World.Clock.NanoTime, Is.LessThan(end), $"not in time: {what}\n{Node.Errors()}");
            Step();
        }
    }

    /// <summary>Stops the engine's pipeline: its ring takes no more.</summary>
    public void CloseRing() => _ring.Close();

    /// <summary>The engine ends, with or without what is in its ring, and comes again on its journal and a new media driver.</summary>
    public void Restart(bool isKilled)
    {
        if (isKilled)
        {
            World.Kill(Node);
        }

        Close();
        if (!isKilled)
        {
            World.Kill(Node, isDriverAlive: false);
            Node.Dispose();
        }

        Node = World.Add(AppendedSequence.GetHashCode() + 17);
        Start();
    }

    /// <summary>Inputs of the journal with the numbers of their publishers.</summary>
    public List<(Origin Origin, byte[] Message)> ReadJournal()
    {
        var inputs = new List<(Origin, byte[])>();
        using JournalReader reader = _folder.Read();
        while (reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                inputs.Add((JournaledInput.OriginOf(record), JournaledInput.MessageOf(record).ToArray()));
            }
        }

        return inputs;
    }

    /// <summary>The audit.</summary>
    public List<AuditLine> ReadAudit()
    {
        var lines = new List<AuditLine>();
        using JournalReader reader = JournalReader.Open(Options.AuditFolder);
        while (reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                var e = DoorEventDecoder.WrapForDecodeAndApplyHeader(record.Payload);
                lines.Add(new AuditLine(
                    e.PublisherId, e.Kind, e.Reason, e.StreamId, e.Number, e.Count_, System.Text.Encoding.UTF8.GetString(e.GetDetail())));
            }
        }

        return lines;
    }

    public void Dispose()
    {
        Close();
        World.Dispose();
        _folder.Dispose();
    }

    private void Close()
    {
        Door.Dispose();
        _journal.Dispose();
        _ring.Dispose();
        _sequenced.Dispose();
    }

    private void Start()
    {
        string path = Path.Combine(_folder.Path, "journal");
        bool exists = JournalWriter.Exists(path);
        _journal = exists ? JournalWriter.Open(path, JournalFolder.Options) : _folder.Create();
        OriginTable recovered = exists ? OriginTable.Recover(path, new JournalReaderOptions(), _journal.AppendedSequence) : new OriginTable();
        _ring = RingBuffer<InputSlot>.CreateMultiProducer(_ringLength);
        _sequenced = new SequencedOrigins();
        var check = new SelfCheck(_journal.AppendedSequence, new CheckpointSpacing(int.MaxValue, int.MaxValue));
        _sequencing = new SequencingAgent(_ring.NewPoller(), _journal, new DataClock(), check, recovered.Copy(), _sequenced);
        Door = new PublisherDoor(
            Options, Node.Client, new InputPublisher(_ring, new Sequence()), _sequenced.OfPublishers, () => Durable?.Invoke() ?? _journal.DurableSequence,
            DoorMessages.Setup, recovered, new WorldTime(World.Clock));
    }
}

/// <summary>A record of the audit.</summary>
internal sealed record AuditLine(uint Publisher, DoorEventKind Kind, DoorReason Reason, int Stream, ulong Number, ulong Count, string Detail);
