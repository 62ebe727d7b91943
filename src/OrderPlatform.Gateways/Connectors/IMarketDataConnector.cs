namespace OrderPlatform.Gateways.Connectors;

/// <summary>
/// A venue's market data (R132): streams of instruments, as inputs of the engine. What it gives goes to the door's stream for market data, as of any
/// publisher. One thread calls it, and no call waits.
/// </summary>
public interface IMarketDataConnector
{
    /// <summary>Whether data come now; what is missing meanwhile is not told later.</summary>
    bool IsConnected { get; }

    /// <summary>Asks for an instrument's data. Asked for again: nothing.</summary>
    /// <returns>False if that cannot be done now.</returns>
    /// <exception cref="ArgumentException">The venue does not have it.</exception>
    bool TrySubscribe(uint instrumentId);

    /// <summary>Takes the next MarketTrade, TopOfBook, Bar or FundingRate.</summary>
    /// <param name="buffer">At least <see cref="IExecutionConnector.MessageLengthMax"/> bytes.</param>
    /// <param name="timeNanos">By the venue's clock, nanoseconds since 1970.</param>
    /// <returns>Length of the message, or 0 if there is none now.</returns>
    int TryTake(Span<byte> buffer, out long timeNanos);
}
