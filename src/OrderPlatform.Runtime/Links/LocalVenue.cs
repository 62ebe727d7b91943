using OrderPlatform.Disruptor;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Runtime.Links;

/// <summary>
/// A simulated venue in the engine's own process. It always empties its inbox, also while a report of its own waits for room in the input ring: so the
/// rings between it and the engine cannot hold each other up for ever.
/// </summary>
internal sealed class LocalVenue : IVenueLink
{
    private const int OrdersPerCycle = 256;

    private readonly SimulatedGateway _gateway;
    private readonly EventPoller<OutputSlot> _inbox;
    private readonly InputPublisher _publisher;
    private readonly byte[] _report = new byte[InputSlot.PayloadLengthMax];
    private readonly Queue<(byte[] Message, long TimeNanos)> _waiting = new();
    private int _reportLength;
    private long _reportTimeNanos;
    private OrderHandler _orders;

    public LocalVenue(SimulatedGateway gateway, EventPoller<OutputSlot> inbox, InputPublisher publisher)
    {
        _gateway = gateway;
        _inbox = inbox;
        _publisher = publisher;
        _orders = new OrderHandler(this);
    }

    public long NextEventTimeNanos => _gateway.NextEventTimeNanos;

    public bool IsSimulated => true;

    public bool ReportsByItself => false;

    public int TakeRequests() => _inbox.Poll(ref _orders, OrdersPerCycle);

    public int DoWork() => 0;

    public bool TryFlush()
    {
        while (_waiting.TryPeek(out (byte[] Message, long TimeNanos) first) && _publisher.TryPublish(InputSource.Gateway, first.TimeNanos, first.Message))
        {
            _waiting.Dequeue();
        }

        if (_waiting.Count == 0 && _reportLength > 0 && _publisher.TryPublish(InputSource.Gateway, _reportTimeNanos, _report.AsSpan(0, _reportLength)))
        {
            _reportLength = 0;
        }

        return _reportLength == 0 && _waiting.Count == 0;
    }

    public bool TryAnswer()
    {
        _reportLength = _gateway.TryTakeAnswer(_report, out _reportTimeNanos);
        return _reportLength > 0;
    }

    public VenueStep Advance(long untilNanos)
    {
        _reportLength = _gateway.TryAdvance(untilNanos, _report, out _reportTimeNanos);
        return _reportLength > 0 ? VenueStep.Reported : VenueStep.Idle;
    }

    public bool Follow(long untilNanos) => Advance(untilNanos) == VenueStep.Reported;

    public bool TryShow(uint instrumentId, in MarketEvent marketEvent)
    {
        _gateway.OnMarketEvent(instrumentId, marketEvent);
        return true;
    }

    // A market event that comes through the inbox, between requests: what the venue does before it is reported first. Its reports wait here and not in the
    // inbox, which must go on.
    private void Relay(uint instrumentId, in MarketEvent marketEvent)
    {
        long untilNanos = marketEvent.TimeNanos;
        if (_reportLength > 0)
        {
            KeepReport();
        }

        while (TryAnswer() || Advance(untilNanos) == VenueStep.Reported)
        {
            KeepReport();
        }

        _gateway.OnMarketEvent(instrumentId, marketEvent);
    }

    private void KeepReport()
    {
        _waiting.Enqueue((_report.AsSpan(0, _reportLength).ToArray(), _reportTimeNanos));
        _reportLength = 0;
    }

    private readonly struct OrderHandler(LocalVenue venue) : IEventHandler<OutputSlot>
    {
        public void OnEvent(ref OutputSlot data, long sequence, bool endOfBatch)
        {
            if (!venue._gateway.OnOutput(data.Message) && MarketMessages.TryDecode(data.Message, out uint instrumentId, out MarketEvent marketEvent))
            {
                venue.Relay(instrumentId, marketEvent);
            }
        }
    }
}
