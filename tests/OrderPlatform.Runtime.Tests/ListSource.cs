using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Runtime.Tests;

/// <summary>Market data from a list.</summary>
internal sealed class ListSource(IReadOnlyList<MarketEvent> events) : IMarketDataSource
{
    private int _next;

    public string Description => "a list";

    public long CountHint => events.Count;

    public bool TryRead(out MarketEvent marketEvent)
    {
        marketEvent = _next < events.Count ? events[_next] : default;
        return _next++ < events.Count;
    }

    public void Dispose()
    {
    }
}
