using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>
/// Inputs that only move time, so that the engine's timers fire also when nothing else arrives (N14). Backtest and lockstep make them by the same rule:
/// a timer that is due before the next item of the feed and before what the venue does next gets a tick at its own time.
/// </summary>
internal static class TimerTicks
{
    /// <summary>Room that a tick takes.</summary>
    public const int LengthBytes = TickEncoder.EncodedLength;

    /// <summary>Whether a tick is the next thing to happen.</summary>
    /// <param name="dueNanos">When the engine's next timer is due; <see cref="long.MaxValue"/> if none is set.</param>
    /// <param name="horizonNanos">Time of the feed's next item; <see cref="long.MaxValue"/> after its end: then time goes on only as long as the venue works.</param>
    /// <param name="venueNanos">Time of what the venue does next; <see cref="long.MaxValue"/> if it has nothing to do.</param>
    public static bool IsNext(long dueNanos, long horizonNanos, long venueNanos) => dueNanos < horizonNanos && dueNanos < venueNanos
        && (horizonNanos != long.MaxValue || venueNanos != long.MaxValue);

    /// <summary>Encodes a tick.</summary>
    /// <returns>Its length.</returns>
    public static int Encode(Span<byte> buffer, long timeNanos)
    {
        var e = TickEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.TimestampNanos = timeNanos;
        return TickEncoder.EncodedLength;
    }
}
