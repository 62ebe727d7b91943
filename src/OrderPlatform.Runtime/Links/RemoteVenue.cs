using OrderPlatform.Disruptor;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Runtime.Links;

/// <summary>A venue whose gateway is at the other end of a link.</summary>
internal sealed class RemoteVenue : IVenueLink
{
    private const int OrdersPerCycle = 256;

    // A simulated venue hears of the time so often where nothing else happens.
    private const long ClockStepNanos = 1_000_000;

    private readonly GatewayPort _port;
    private readonly EventPoller<OutputSlot> _inbox;
    private readonly byte[] _buffer = new byte[256];
    private long _toldNanos = long.MinValue;
    private OrderHandler _orders;

    public RemoteVenue(GatewayPort port, EventPoller<OutputSlot> inbox)
    {
        _port = port;
        _inbox = inbox;
        _orders = new OrderHandler(port);
    }

    public long NextEventTimeNanos => _port.NextEventTimeNanos;

    public bool IsSimulated => _port.Options.IsSimulated;

    public bool ReportsByItself => true;

    public int TakeRequests()
    {
        int taken = 0;
        while (taken < OrdersPerCycle && _port.HasRoom && _inbox.Poll(ref _orders, 1) > 0)
        {
            taken++;
        }

        return taken > 0 || _port.HasRoom ? taken : -1;
    }

    public int DoWork() => _port.DoWork();

    public bool TryFlush() => true;

    public bool TryAnswer() => false;

    public VenueStep Advance(long untilNanos) => _port.Advance(untilNanos);

    public bool Follow(long untilNanos)
    {
        bool isNews = untilNanos > _toldNanos && untilNanos - Math.Max(_toldNanos, 0) >= ClockStepNanos;
        if (!isNews || !_port.TryLetGo(untilNanos))
        {
            return false;
        }

        _toldNanos = untilNanos;
        return true;
    }

    public bool TryShow(uint instrumentId, in MarketEvent marketEvent) =>
        _port.TryShow(_buffer.AsSpan(0, MarketMessages.Encode(_buffer, instrumentId, marketEvent)));

    private readonly struct OrderHandler(GatewayPort port) : IEventHandler<OutputSlot>
    {
        public void OnEvent(ref OutputSlot data, long sequence, bool endOfBatch) => port.TakeOutput(ref data);
    }
}
