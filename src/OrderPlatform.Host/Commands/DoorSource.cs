using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Host.Commands;

/// <summary>The data of a run that has none of its own: they come through the door.</summary>
internal sealed class DoorSource : IMarketDataSource
{
    public string Description => "inputs through the door";

    public long CountHint => -1;

    public bool TryRead(out MarketEvent marketEvent)
    {
        marketEvent = default;
        return false;
    }

    public void Dispose()
    {
    }
}
