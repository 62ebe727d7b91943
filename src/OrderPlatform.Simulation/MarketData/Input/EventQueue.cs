namespace OrderPlatform.Simulation.MarketData.Input;

/// <summary>Events that a row gave and nobody took yet: mostly one, at most as many as one frame or the rows held to infer a bar's length.</summary>
internal sealed class EventQueue
{
    private MarketEvent[] _events = new MarketEvent[64];
    private int _head;
    private int _count;

    public void Add(in MarketEvent marketEvent)
    {
        if (_count == _events.Length)
        {
            Array.Resize(ref _events, _count * 2);
        }

        _events[_count++] = marketEvent;
    }

    public bool TryTake(out MarketEvent marketEvent)
    {
        if (_head == _count)
        {
            _head = _count = 0;
            marketEvent = default;
            return false;
        }

        marketEvent = _events[_head++];
        return true;
    }
}
