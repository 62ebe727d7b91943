using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Events;

/// <summary>Room for one envelope, written once and sent to everybody who gets it.</summary>
internal sealed class EventEnvelopeBuffer
{
    private const int InnerLengthMax = 512;
    private const int IndexMax = 65_534;

    private readonly byte[] _bytes = new byte[EventEnvelopeEncoder.MinEncodedLength + InnerLengthMax];

    /// <summary>Writes an envelope.</summary>
    /// <param name="sequence">The input after which it is so.</param>
    /// <param name="timestampNanos">That input's time.</param>
    /// <param name="index">Among the events of that input; held at the largest number that the field takes.</param>
    /// <param name="part">What it belongs to.</param>
    /// <param name="message">The event; empty with the begin and the end of a snapshot.</param>
    /// <returns>The envelope; valid until the next.</returns>
    public ReadOnlySpan<byte> Write(long sequence, long timestampNanos, int index, EventPart part, ReadOnlySpan<byte> message)
    {
        var e = EventEnvelopeEncoder.WrapForEncodeAndApplyHeader(_bytes);
        e.Sequence = sequence;
        e.TimestampNanos = timestampNanos;
        e.Index = (ushort)Math.Min(index, IndexMax);
        e.Part = part;
        e.SetMessage(message);
        return _bytes.AsSpan(0, e.EncodedLengthSoFar);
    }
}
