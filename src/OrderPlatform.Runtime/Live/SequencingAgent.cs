using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Inputs;

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
    private long _sequence;
    private long _timestampNanos;
    private Handler _handler;

    public SequencingAgent(EventPoller<InputSlot> poller, JournalWriter journal, ISequencerClock clock, SelfCheck check)
    {
        _poller = poller;
        _journal = journal;
        _clock = clock;
        _checkpoints = new CheckpointWriter(journal, check.Digests, check.Spacing);
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
        if (room == 0)
        {
            return 0;
        }

        int taken = _poller.Poll(ref _handler, room);
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
        _journal.Append(slot.Sequence, slot.TimestampNanos, header.TemplateId, slot.Source.ToFlags(), slot.Message);
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
