namespace OrderPlatform.Gateways.Connectors;

/// <summary>A venue without a time and a market of its own: it is shown the market, and told how far it may go.</summary>
public interface ISteppedVenue
{
    /// <summary>When it does something next, nanoseconds since 1970; <see cref="long.MaxValue"/> if nothing is scheduled.</summary>
    long NextEventNanos { get; }

    /// <summary>Market events that it has seen in its whole life.</summary>
    ulong MarketEvents { get; }

    /// <summary>Lets it work up to a time and takes its next report.</summary>
    /// <param name="untilNanos">The last instant that it may work at.</param>
    /// <param name="buffer">At least <see cref="IExecutionConnector.MessageLengthMax"/> bytes.</param>
    /// <param name="news">When and in which place it told the report.</param>
    /// <returns>Length of the message, or 0 if nothing further is due by then.</returns>
    int TryAdvance(long untilNanos, Span<byte> buffer, out VenueNews news);

    /// <summary>The time up to which it has to work before it is shown a market event: its begin.</summary>
    /// <returns>False if the message is no market event.</returns>
    bool TryBeginOf(ReadOnlySpan<byte> marketEvent, out long beginNanos);

    /// <summary>Shows it a Bar, a MarketTrade or a TopOfBook; all that is due before has to be taken before.</summary>
    /// <exception cref="Simulation.MarketData.MarketDataException">
    /// It is no market event, of an unknown instrument, or does not go with the earlier ones.
    /// </exception>
    void OnMarketEvent(ReadOnlySpan<byte> marketEvent);
}
