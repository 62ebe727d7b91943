using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>One input of a feed, and what the simulated venue learns at the same moment.</summary>
public sealed class FeedItem
{
    private readonly byte[] _buffer = new byte[InputSlot.PayloadLengthMax];
    private MarketEvent _venueEvent;

    /// <summary>When it enters, by the data's own time.</summary>
    public long TimeNanos { get; private set; }

    /// <summary>The SBE message with its header.</summary>
    public ReadOnlySpan<byte> Message => _buffer.AsSpan(0, Length);

    /// <summary>Whether the venue learns something.</summary>
    public bool HasVenueEvent { get; private set; }

    /// <summary>The instrument of the venue's event.</summary>
    public uint InstrumentId { get; private set; }

    /// <summary>What the venue learns.</summary>
    public ref readonly MarketEvent VenueEvent => ref _venueEvent;

    internal int Length { get; set; }

    internal Span<byte> Buffer => _buffer;

    internal void Clear(long timeNanos)
    {
        TimeNanos = timeNanos;
        Length = 0;
        HasVenueEvent = false;
    }

    internal void Set(long timeNanos, ReadOnlySpan<byte> message)
    {
        Clear(timeNanos);
        message.CopyTo(_buffer);
        Length = message.Length;
    }

    internal void SetVenueEvent(uint instrumentId, in MarketEvent marketEvent)
    {
        InstrumentId = instrumentId;
        _venueEvent = marketEvent;
        HasVenueEvent = true;
    }
}
