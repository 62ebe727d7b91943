using OrderPlatform.Messages;

namespace OrderPlatform.Strategies.Publishing;

/// <summary>Is told of events, on the thread that steps the subscriber.</summary>
public interface IEventsListener
{
    /// <summary>An event, or a part of a snapshot; in the order in which they are to be applied.</summary>
    /// <param name="sequence">The input after which it is so.</param>
    /// <param name="timestampNanos">That input's time.</param>
    /// <param name="index">Among the events of that input.</param>
    /// <param name="part">What it belongs to; at the begin of a snapshot, what was known before is void.</param>
    /// <param name="message">The event with its header; valid during the call. Empty with the begin and the end of a snapshot.</param>
    void OnEvent(long sequence, long timestampNanos, int index, EventPart part, ReadOnlySpan<byte> message);

    /// <summary>The subscriber stands otherwise than before.</summary>
    /// <param name="status">How.</param>
    /// <param name="detail">Of a refusal, why; else empty.</param>
    void OnStatus(EventsStatus status, string detail);
}
