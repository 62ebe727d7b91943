using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Live;

/// <summary>The first stage: gives each input its sequence and its time, which never goes back, and appends it to the journal. The engine's stage runs behind it.</summary>
internal sealed class SequencingAgent : IAgent
{
    private const int BatchMax = 256;

    private readonly EventPoller<InputSlot> _poller;
    private readonly JournalWriter _journal;
    private readonly ISequencerClock _clock;
    private long _sequence;
    private long _timestampNanos;
    private Handler _handler;

    public SequencingAgent(EventPoller<InputSlot> poller, JournalWriter journal, ISequencerClock clock)
    {
        _poller = poller;
        _journal = journal;
        _clock = clock;
        _sequence = journal.AppendedSequence;
        _timestampNanos = journal.Recovery.LastTimestampNanos;
        _handler = new Handler(this);
    }

    public string Name => "sequence";

    public int DoWork()
    {
        // No room: too much waits for its sync. What comes stays in the ring, which fills and holds its producers back.
        int room = Math.Min(BatchMax, _journal.RoomInputs);
        return room == 0 ? 0 : _poller.Poll(ref _handler, room);
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
