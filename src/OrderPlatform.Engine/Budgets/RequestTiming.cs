using System;

namespace OrderPlatform.Engine.Budgets;

/// <summary>
/// Whether Binance takes a signed request by its timestamp: less than one second ahead of the server's clock and not further behind than recvWindow.
/// Source: binance-spot-api-docs, rest-api.md, "Timing security".
/// </summary>
public static class RequestTiming
{
    /// <summary>recvWindow where the request names none: 5 s.</summary>
    public const long DefaultReceiveWindowNanos = 5_000_000_000;

    /// <summary>Largest recvWindow: 60 s.</summary>
    public const long ReceiveWindowMaxNanos = 60_000_000_000;

    /// <summary>A timestamp this far ahead of the server or further is refused: 1 s.</summary>
    public const long AheadNanos = 1_000_000_000;

    /// <summary>Whether the server would take the request.</summary>
    /// <param name="timestampNanos">The request's timestamp.</param>
    /// <param name="serverNanos">The server's time when it arrives.</param>
    /// <param name="receiveWindowNanos">recvWindow; outside 0..60 s nothing is taken.</param>
    public static bool IsAccepted(long timestampNanos, long serverNanos, long receiveWindowNanos)
    {
        Int128 ahead = (Int128)timestampNanos - serverNanos;
        return receiveWindowNanos is >= 0 and <= ReceiveWindowMaxNanos && ahead < AheadNanos && -ahead <= receiveWindowNanos;
    }
}
