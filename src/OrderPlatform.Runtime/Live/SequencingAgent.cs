using System.Diagnostics;
using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live.Counters;

namespace OrderPlatform.Runtime.Live;

/// <summary>The first stage: gives each input its sequence and its time, which never goes back, and appends it to the journal. The engine's stage runs
/// behind it.</summary>
internal sealed class SequencingAgent : IAgent
{
    private const int BatchMax = 256;

    private readonly EventPoller<InputSlot> _poller;
    private readonly JournalWriter _journal;
    private readonly ISequencerClock _clock;
    private readonly CheckpointWriter _checkpoints;
    private readonly OriginTable _origins;
    private readonly SequencedOrigins? _sequenced;
    private readonly bool _measures;
    private readonly LatencySampler? _latency;
    private long _sequence;
    private long _timestampNanos;
    private Handler _handler;

    /// <param name="poller">The input ring.</param>
    /// <param name="journal">Where inputs are appended.</param>
    /// <param name="clock">Where their times come from.</param>
    /// <param name="check">The self-check.</param>
    /// <param name="origins">How far the numbers of peers have come in the journal; kept current here and written with each checkpoint.</param>
    /// <param name="sequenced">Told of each input that a peer sent, or null where there are no peers.</param>
    /// <param name="measures">Whether the moment of sequencing is noted in each slot.</param>
    /// <param name="latency">Told of each batch, or null.</param>
    public SequencingAgent(
        EventPoller<InputSlot> poller, JournalWriter journal, ISequencerClock clock, SelfCheck check, OriginTable? origins = null,
        SequencedOrigins? sequenced = null, bool measures = false, LatencySampler? latency = null)
    {
        _origins = origins ?? new OriginTable();
        _sequenced = sequenced;
        _measures = measures;
        _latency = latency;
        _poller = poller;
        _journal = journal;
        _clock = clock;
        _checkpoints = new CheckpointWriter(journal, check.Digests, check.Spacing, _origins);
        _sequence = journal.AppendedSequence;
        _timestampNanos = journal.Recovery.LastTimestampNanos;
        _handler = new Handler(this);
    }

    public string Name => "sequence";

    public int DoWork()
    {
        if (_checkpoints.IsPending)
        {
            return _checkpoints.TryFinish(_timestampNanos) ? 1 : 0;
        }

        // No room: too much waits for its sync. What comes stays in the ring, which fills and holds its producers back; that is not idle, and no checkpoint
        // adds to it.
        int room = Math.Min(Math.Min(BatchMax, _checkpoints.RoomInputs), _journal.RoomInputs);
        room = _sequenced is null ? room : Math.Min(room, _sequenced.Room);
        if (room == 0)
        {
            return 0;
        }

        int taken = _poller.Poll(ref _handler, room);
        if (taken > 0)
        {
            _latency?.Stamp(_sequence);
        }

        return _checkpoints.TryAsk(taken) ? taken + 1 : taken;
    }

    public void OnClose()
    {
    }

    private void Take(ref InputSlot slot)
    {
        _timestampNanos = Math.Max(_timestampNanos, _clock.TimeOf(slot.SourceTimeNanos));
        slot.Sequence = ++_sequence;
        slot.TimestampNanos = _timestampNanos;
        MessageHeader.TryRead(slot.Message, out MessageHeader header);
        long began = _measures ? Stopwatch.GetTimestamp() : 0;
        _journal.Append(slot.Sequence, slot.TimestampNanos, header.TemplateId, slot.Source.ToFlags(slot.Origin), slot.WriteRecord());
        long appended = _measures ? Stopwatch.GetTimestamp() : 0;
        if (slot.Origin.IsPeer)
        {
            _origins.Set(slot.Origin, slot.Sequence);
            _sequenced?.Add(slot.Origin, slot.Sequence);
        }

        if (_measures)
        {
            slot.JournalTicks = (ushort)Math.Min(ushort.MaxValue, appended - began);
            slot.SequencedTicks = Stopwatch.GetTimestamp();
        }
    }

    private readonly struct Handler(SequencingAgent agent) : IEventHandler<InputSlot>
    {
        public void OnEvent(ref InputSlot data, long sequence, bool endOfBatch)
        {
            agent.Take(ref data);
            if (endOfBatch)
            {
                agent._journal.EndBatch();
            }
        }
    }
}
