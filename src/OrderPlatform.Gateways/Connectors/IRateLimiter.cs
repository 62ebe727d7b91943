namespace OrderPlatform.Gateways.Connectors;

/// <summary>
/// What a venue says of the use of its limits (R132, R133). The engine has the budgets and decides what is sent and in which order (D14); it has to know
/// what the venue counts, and when the venue wants nothing more for a while. One thread calls it, and no call waits.
/// </summary>
public interface IRateLimiter
{
    /// <summary>Nothing may be sent before this time, nanoseconds since 1970; 0 if anything may be.</summary>
    long ClosedUntilNanos { get; }

    /// <summary>Takes the next VenueStatus with a budget's use or a retry time.</summary>
    /// <param name="buffer">At least <see cref="IExecutionConnector.MessageLengthMax"/> bytes.</param>
    /// <param name="timeNanos">By the venue's clock, nanoseconds since 1970.</param>
    /// <returns>Length of the message, or 0 if there is nothing new.</returns>
    int TryTake(Span<byte> buffer, out long timeNanos);
}
