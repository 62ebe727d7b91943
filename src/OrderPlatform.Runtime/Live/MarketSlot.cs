using System.Runtime.InteropServices;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Runtime.Live;

/// <summary>A slot of the ring from the feed to the simulated venue: what its market does.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
public struct MarketSlot
{
    /// <summary>What happens.</summary>
    public MarketEvent Event;

    /// <summary>In which instrument.</summary>
    public uint InstrumentId;
}
