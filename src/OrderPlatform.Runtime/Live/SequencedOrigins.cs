using System.Runtime.InteropServices;
using OrderPlatform.Disruptor;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Live;

/// <summary>An input that a peer sent, and the sequence that it got.</summary>
/// <param name="Origin">The peer and its number.</param>
/// <param name="Sequence">In the journal; durable when the journal's durable position has reached it.</param>
[StructLayout(LayoutKind.Sequential, Size = 32)]
public record struct SequencedOrigin(Origin Origin, long Sequence);

/// <summary>
/// The way back from the sequencing stage to those who put peers' inputs in: a ring for the door and one for the gateways' ports. A full one holds the stage
/// back, and so everybody who sends.
/// </summary>
internal sealed class SequencedOrigins : IDisposable
{
    private const int Capacity = 8_192;

    private readonly RingBuffer<SequencedOrigin> _publishers = RingBuffer<SequencedOrigin>.CreateSingleProducer(Capacity);
    private readonly RingBuffer<SequencedOrigin> _gateways = RingBuffer<SequencedOrigin>.CreateSingleProducer(Capacity);

    public SequencedOrigins()
    {
        OfPublishers = _publishers.NewPoller();
        OfGateways = _gateways.NewPoller();
    }

    /// <summary>The door's end.</summary>
    public EventPoller<SequencedOrigin> OfPublishers { get; }

    /// <summary>The gateways' ports' end.</summary>
    public EventPoller<SequencedOrigin> OfGateways { get; }

    /// <summary>How many more inputs may be sequenced, whoever sent them.</summary>
    public int Room => (int)Math.Min(RoomOf(_publishers, OfPublishers), RoomOf(_gateways, OfGateways));

    public void Add(Origin origin, long sequence)
    {
        RingBuffer<SequencedOrigin> ring = origin.IsGateway ? _gateways : _publishers;
        if (ring.TryClaim(out long slot) != ClaimResult.Claimed)
        {
            throw new InvalidOperationException("the sequencing stage took more than there was room for");
        }

        ring[slot] = new SequencedOrigin(origin, sequence);
        ring.Publish(slot);
    }

    public void Dispose()
    {
        _publishers.Dispose();
        _gateways.Dispose();
    }

    private static long RoomOf(RingBuffer<SequencedOrigin> ring, EventPoller<SequencedOrigin> consumer) =>
        Capacity - (ring.Cursor - consumer.Sequence.Value);
}
