using OrderPlatform.Messages;

namespace OrderPlatform.Gateways.Connectors;

/// <summary>
/// What a gateway needs of a venue to trade there (R132). All messages are SBE with their headers. One thread calls it, and no call waits: whatever a
/// connector has to wait for it does between the calls.
/// </summary>
public interface IExecutionConnector
{
    /// <summary>The longest message that a connector may give, in bytes: what an envelope takes.</summary>
    const int MessageLengthMax = 512;

    /// <summary>Its id in the engine's reference data.</summary>
    ushort VenueId { get; }

    /// <summary>Whether the venue has its own time and market; a <see cref="GatewayKind.Simulated"/> one is an <see cref="ISteppedVenue"/> too.</summary>
    GatewayKind Kind { get; }

    /// <summary>
    /// Called once, before anything else: what the venue told beyond the reports that the gateway has in its journal is told again by
    /// <see cref="TryTake"/>, in order, with the numbers it had.
    /// </summary>
    /// <param name="lastOrdinal">The last <see cref="VenueNews.Ordinal"/> in the gateway's journal; 0 if there is none.</param>
    /// <exception cref="ArgumentException">The venue has told less than that: what is kept of it belongs to another journal.</exception>
    void Recover(ulong lastOrdinal);

    /// <summary>What is known of the request that may not have been sent when the process ended: the last one. Asked after <see cref="Recover"/>.</summary>
    RequestFate FateOf(ReadOnlySpan<byte> request);

    /// <summary>Sends a NewOrder, an OrderCancelRequest or an OrderAmendRequest.</summary>
    /// <returns>False if it cannot be sent now, and was not: the same request is tried again later, before any other.</returns>
    bool TrySend(ReadOnlySpan<byte> request);

    /// <summary>
    /// Asks for an order by an OrderStatusRequest. The answer comes by <see cref="TryTake"/>: the ExecutionReports that whoever asks has missed, then an
    /// OrderStatusReport. A venue out of reach gives none.
    /// </summary>
    /// <returns>False if it cannot be asked now, and was not.</returns>
    bool TryAsk(ReadOnlySpan<byte> question);

    /// <summary>Takes the next message for the engine: an ExecutionReport, an OrderStatusReport, a VenueStatus or a FundingRate.</summary>
    /// <param name="buffer">At least <see cref="MessageLengthMax"/> bytes.</param>
    /// <param name="news">When and in which place the venue told it.</param>
    /// <returns>Length of the message, or 0 if there is none now.</returns>
    int TryTake(Span<byte> buffer, out VenueNews news);
}

/// <summary>When and where in its order a venue told something.</summary>
/// <param name="TimeNanos">By the venue's clock, nanoseconds since 1970.</param>
/// <param name="Ordinal">
/// Its number among all that the venue tells unasked, from 1, over the venue's whole life; 0 of an answer, and where a venue has no such numbers: what it
/// tells is then asked for after a restart.
/// </param>
public readonly record struct VenueNews(long TimeNanos, ulong Ordinal);

/// <summary>What became of a request that was about to be sent when the process ended.</summary>
public enum RequestFate
{
    /// <summary>Nobody knows but the venue.</summary>
    Unknown,

    /// <summary>It was sent: whatever becomes of it, the venue tells.</summary>
    Sent,

    /// <summary>It was not sent, for certain.</summary>
    NotSent,
}
