namespace OrderPlatform.Simulation.MarketData;

/// <summary>Market data of one instrument in order of time, from a file, a capture or a generator.</summary>
public interface IMarketDataSource : IDisposable
{
    /// <summary>What it is, for people: a file's name, or the generator and its seed.</summary>
    string Description { get; }

    /// <summary>How many events it has, if that is known beforehand; else -1.</summary>
    long CountHint { get; }

    /// <summary>The next event, never earlier than the one before.</summary>
    /// <exception cref="MarketDataException">The source is malformed; the text names the place and the remedy.</exception>
    bool TryRead(out MarketEvent marketEvent);
}
