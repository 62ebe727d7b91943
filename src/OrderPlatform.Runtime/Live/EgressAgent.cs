using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Live.Counters;

namespace OrderPlatform.Runtime.Live;

/// <summary>
/// The egress barrier (law 3): an output leaves when the input that caused it is in the journal as the durability policy promises. Requests go to the gateway's
/// inbox, each to that of its venue; a full one holds everything behind it back, so that their order stays. Once the order flow is stopped, no new order and no amend leaves.
/// </summary>
internal sealed class EgressAgent : IAgent
{
    private const int OutputsPerCycle = 256;

    private readonly RingBuffer<OutputSlot> _outputs;
    private readonly SequenceBarrier _barrier;
    private readonly Sequence _consumed;
    private readonly JournalWriter _journal;
    private readonly IReadOnlyDictionary<ushort, RingBuffer<OutputSlot>> _inboxes;
    private readonly PipelineProgress _progress;
    private readonly OrderStop _stop;
    private readonly LatencySampler? _latency;

    public EgressAgent(RingBuffer<OutputSlot> outputs, JournalWriter journal, IReadOnlyDictionary<ushort, RingBuffer<OutputSlot>> inboxes, PipelineProgress progress,
        OrderStop stop, LatencySampler? latency = null)
    {
        _latency = latency;
        _outputs = outputs;
        _barrier = outputs.NewBarrier();
        _consumed = new Sequence();
        outputs.AddGatingSequences(_consumed);
        _journal = journal;
        _inboxes = inboxes;
        _progress = progress;
        _stop = stop;
    }

    public string Name => "egress";

    public int DoWork()
    {
        // Nothing more becomes durable, so nothing more may leave: the pipeline ends with the journal's own words, and its ring tells the producers.
        _journal.ThrowIfStopped();

        // Read before the ring: all outputs of these inputs are in the ring already, so when it is empty they have all left.
        long processed = _progress.Processed.Value;
        long durable = _journal.DurableSequence;
        long next = _consumed.Value + 1;
        long available = _barrier.GetAvailable(next);
        int work = 0;
        for (; next <= available && work < OutputsPerCycle; next++, work++)
        {
            ref OutputSlot slot = ref _outputs[next];
            if (slot.InputSequence > durable || !TryPassOn(ref slot))
            {
                break;
            }

            _consumed.SetValue(next);
        }

        if (next > available && durable >= processed && processed > _progress.Completed.Value)
        {
            _progress.Completed.SetValue(processed);
        }

        return work;
    }

    public void OnClose()
    {
    }

    private bool TryPassOn(ref OutputSlot output)
    {
        MessageHeader.TryRead(output.Message, out MessageHeader header);
        ushort? venue = output.Index == OutputSlot.RelayIndex ? output.VenueId : VenueOf(header.TemplateId, output.Message);
        if (venue is null)
        {
            throw new InvalidOperationException($"output {output.Index} of input {output.InputSequence} is no request: template {header.TemplateId}");
        }

        if (header.TemplateId is NewOrderDecoder.TemplateId or OrderAmendRequestDecoder.TemplateId && _stop.IsThrown)
        {
            // One of two engines that differ decided it. It does not leave later either: the engine takes it for an order in doubt.
            _stop.CountHeldBack();
            return true;
        }

        if (!_inboxes.TryGetValue(venue.Value, out RingBuffer<OutputSlot>? inbox))
        {
            throw new InvalidOperationException($"the engine has an order for venue {venue}, which has no gateway: name one in the configuration");
        }

        if (inbox.TryClaim(out long sequence) != ClaimResult.Claimed)
        {
            return false;
        }

        inbox[sequence] = output;
        inbox.Publish(sequence);
        if (output.Index != OutputSlot.RelayIndex)
        {
            _latency?.Left(output.InputSequence);
        }

        return true;
    }

    /// <summary>The venue of a request; null of other outputs.</summary>
    internal static ushort? VenueOf(ushort templateId, ReadOnlySpan<byte> message) => templateId switch
    {
        NewOrderDecoder.TemplateId when NewOrderDecoder.TryWrap(message, out NewOrderDecoder order) => order.VenueId,
        OrderCancelRequestDecoder.TemplateId when OrderCancelRequestDecoder.TryWrap(message, out OrderCancelRequestDecoder cancel) => cancel.VenueId,
        OrderAmendRequestDecoder.TemplateId when OrderAmendRequestDecoder.TryWrap(message, out OrderAmendRequestDecoder amend) => amend.VenueId,
        OrderStatusRequestDecoder.TemplateId when OrderStatusRequestDecoder.TryWrap(message, out OrderStatusRequestDecoder status) => status.VenueId,
        _ => null,
    };
}
