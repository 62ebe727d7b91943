using System.Diagnostics;
using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Engine;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Live;

/// <summary>The engine's stage: one input at a time; the next one only when all requests of the last are in the output ring, so that a full ring is back pressure.</summary>
internal sealed class EngineAgent : IAgent
{
    private const int InputsPerCycle = 64;

    private readonly EventPoller<InputSlot> _poller;
    private readonly BusinessLogicProcessor _engine;
    private readonly RingBuffer<OutputSlot> _outputs;
    private readonly PipelineProgress _progress;
    private readonly SelfCheck _check;
    private readonly OutputTrail _trail;
    private readonly MarketRelay? _relay;
    private readonly bool _measures;
    private int _nextOutput;
    private long _receivedTicks;
    private long _sequencedTicks;
    private long _processedTicks;
    private ushort _journalTicks;
    private Handler _handler;

    public EngineAgent(
        EventPoller<InputSlot> poller, BusinessLogicProcessor engine, RingBuffer<OutputSlot> outputs, PipelineProgress progress, SelfCheck check,
        MarketRelay? relay = null, bool measures = false)
    {
        _relay = relay;
        _measures = measures;
        _poller = poller;
        _engine = engine;
        _outputs = outputs;
        _progress = progress;
        _check = check;
        _trail = check.Trail;
        _handler = new Handler(this);

        // A recovered engine still holds the outputs of the last input that it replayed. They may have left before: the venue is asked, nothing is repeated.
        _nextOutput = engine.Outputs.Count;
    }

    public string Name => "engine";

    public int DoWork()
    {
        int work = 0;
        while (work < InputsPerCycle && TryPassOn() && _poller.Poll(ref _handler, 1) > 0)
        {
            work++;
        }

        TryPassOn();

        // Between two inputs: whoever asked sees the engine as it is after the last one.
        work += _check.Digests.TryAnswer(_engine) ? 1 : 0;
        work += _check.State.TryAnswer(_engine) ? 1 : 0;
        return work;
    }

    public void OnClose() => _check.State.HandOver(_engine);

    private bool TryPassOn()
    {
        if (_relay is { Message.IsEmpty: false } && !TryRelay(_relay))
        {
            return false;
        }

        for (; _nextOutput < _engine.Outputs.Count; _nextOutput++)
        {
            // Events have no subscriber on these threads: whoever wants them has a replica, or tails the journal, which has what makes them.
            ReadOnlySpan<byte> output = _engine.Outputs[_nextOutput];
            if (!IsRequest(output))
            {
                continue;
            }

            if (_outputs.TryClaim(out long sequence) != ClaimResult.Claimed)
            {
                return false;
            }

            ref OutputSlot slot = ref _outputs[sequence];
            output.CopyTo(slot.Payload);
            slot.MessageLength = output.Length;
            slot.Index = _nextOutput;
            slot.InputSequence = _engine.State.Sequence;
            slot.ReceivedTicks = _receivedTicks;
            slot.SequencedTicks = _sequencedTicks;
            slot.ProcessedTicks = _processedTicks;
            slot.JournalTicks = _journalTicks;
            _outputs.Publish(sequence);
        }

        if (_progress.InDoubt.Value != _engine.State.Orders.InDoubtCount)
        {
            _progress.InDoubt.SetValue(_engine.State.Orders.InDoubtCount);
        }

        if (_progress.NextDueNanos.Value != _engine.State.Timers.NextDueNanos)
        {
            _progress.NextDueNanos.SetValue(_engine.State.Timers.NextDueNanos);
        }

        if (_progress.IsClosing)
        {
            _progress.Open.SetValue(OpenCount());
        }

        _progress.Processed.SetValue(_engine.State.Sequence);
        return true;
    }

    private static bool IsRequest(ReadOnlySpan<byte> output) => MessageHeader.TryRead(output, out MessageHeader header) && header.TemplateId is
        NewOrderDecoder.TemplateId or OrderCancelRequestDecoder.TemplateId or OrderAmendRequestDecoder.TemplateId or OrderStatusRequestDecoder.TemplateId;

    // Before the outputs: what the engine decided on a market event reaches the venue after the event.
    private bool TryRelay(MarketRelay relay)
    {
        if (_outputs.TryClaim(out long sequence) != ClaimResult.Claimed)
        {
            return false;
        }

        ref OutputSlot slot = ref _outputs[sequence];
        relay.Message.CopyTo(slot.Payload);
        slot.MessageLength = relay.Message.Length;
        slot.Index = OutputSlot.RelayIndex;
        slot.VenueId = relay.VenueId;
        slot.InputSequence = _engine.State.Sequence;
        _outputs.Publish(sequence);
        relay.Clear();
        return true;
    }

    private long OpenCount()
    {
        long open = _engine.State.Orders.OpenCount;
        for (int row = 0; row < _engine.State.Positions.Count; row++)
        {
            open += _engine.State.Positions[row].Quantity.IsZero ? 0 : 1;
        }

        return open;
    }

    private void Take(ref InputSlot slot)
    {
        _engine.Process(slot.Sequence, slot.TimestampNanos, slot.Message);
        _nextOutput = 0;
        _relay?.Take(slot.Message, slot.TimestampNanos);
        if (_measures)
        {
            (_receivedTicks, _sequencedTicks, _processedTicks) = (slot.ReceivedTicks, slot.SequencedTicks, Stopwatch.GetTimestamp());
            _journalTicks = slot.JournalTicks;
        }

        _trail.Leave(slot.Sequence, _engine.Outputs.Digest);
    }

    private readonly struct Handler(EngineAgent agent) : IEventHandler<InputSlot>
    {
        public void OnEvent(ref InputSlot data, long sequence, bool endOfBatch) => agent.Take(ref data);
    }
}
