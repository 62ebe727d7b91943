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

    /// <summary>Its number in the journal that it was read from; 0 where it is none's.</summary>
    public long Sequence { get; private set; }

    /// <summary>Whose input it is.</summary>
    public InputSource Source { get; private set; }

    /// <summary>Whether a run that is continued has it in its journal: then only the venue may still have to learn of it.</summary>
    public bool IsJournaled { get; internal set; }

    internal int Length { get; set; }

    internal Span<byte> Buffer => _buffer;

    internal void Clear(long timeNanos)
    {
        TimeNanos = timeNanos;
        Sequence = 0;
        Length = 0;
        Source = InputSource.Feed;
        IsJournaled = false;
        HasVenueEvent = false;
    }

    internal void SetSetup(long timeNanos, ReadOnlySpan<byte> message)
    {
        Clear(timeNanos);
        Source = InputSource.Setup;
        message.CopyTo(_buffer);
        Length = message.Length;
    }

    internal void SetJournaled(long sequence, long timeNanos, InputSource source, ReadOnlySpan<byte> message)
    {
        Clear(timeNanos);
        Sequence = sequence;
        Source = source;
        message.CopyTo(_buffer);
        Length = message.Length;
    }

    internal void ClearVenueEvent() => HasVenueEvent = false;

    internal void SetVenueEvent(uint instrumentId, in MarketEvent marketEvent)
    {
        InstrumentId = instrumentId;
        _venueEvent = marketEvent;
        HasVenueEvent = true;
    }
}
