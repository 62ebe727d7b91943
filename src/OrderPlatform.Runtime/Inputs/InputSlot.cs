using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>
/// A slot of the input ring: 512 bytes, a line of 64 for what is known about the message, and the message.
/// <code>
///  0       4       6       8           16        24         32      40            44     48              56         64        512
/// +-------+-------+-------+-----------+---------+----------+-------+-------------+------+---------------+----------+---------+
/// |length |source |spare  |sourceTime |sequence |timestamp |number |originId     |spare |receivedTicks  |sequenced |message  |
/// +-------+-------+-------+-----------+---------+----------+-------+-------------+------+---------------+----------+---------+
/// </code>
/// The producer writes all but sequence, timestamp and sequenced, which the sequencing stage writes before the engine may read the slot.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = LengthBytes)]
public unsafe struct InputSlot
{
    /// <summary>Size of a slot.</summary>
    public const int LengthBytes = 512;

    /// <summary>Largest message; a larger one is refused at the edge. Behind it the journal's record still has room for an origin.</summary>
    public const int PayloadLengthMax = LengthBytes - PayloadOffset - Origin.LengthBytes;

    private const int PayloadOffset = 64;

    /// <summary>Length of the message.</summary>
    [FieldOffset(0)]
    public int MessageLength;

    /// <summary>Which producer.</summary>
    [FieldOffset(4)]
    public InputSource Source;

    /// <summary>Ticks that its append to the journal took, held at the largest number; 0 where nobody measures.</summary>
    [FieldOffset(6)]
    public ushort JournalTicks;

    /// <summary>The time that the producer gives it, nanoseconds since the epoch.</summary>
    [FieldOffset(8)]
    public long SourceTimeNanos;

    /// <summary>Its number in the journal.</summary>
    [FieldOffset(16)]
    public long Sequence;

    /// <summary>Its time in the journal, nanoseconds since the epoch.</summary>
    [FieldOffset(24)]
    public long TimestampNanos;

    /// <summary>Which peer sent it, and its own number there; none where it was made in this process.</summary>
    [FieldOffset(32)]
    public Origin Origin;

    /// <summary>When it was received, in ticks of <see cref="System.Diagnostics.Stopwatch"/>; 0 where nobody measures.</summary>
    [FieldOffset(48)]
    public long ReceivedTicks;

    /// <summary>When it was sequenced and appended, likewise.</summary>
    [FieldOffset(56)]
    public long SequencedTicks;

    [FieldOffset(PayloadOffset)]
    private fixed byte _payload[LengthBytes - PayloadOffset];

    /// <summary>The message. The slot lies in native memory, so the span stays valid while the slot is owned.</summary>
    [UnscopedRef]
    public Span<byte> Payload => MemoryMarshal.CreateSpan(ref _payload[0], PayloadLengthMax);

    /// <summary>The bytes of the message.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Message => Payload[..MessageLength];

    /// <summary>What the journal's record has: the message, and its origin behind it if it has one.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> WriteRecord()
    {
        Span<byte> room = MemoryMarshal.CreateSpan(ref _payload[0], LengthBytes - PayloadOffset);
        if (Origin.IsNone)
        {
            return room[..MessageLength];
        }

        Origin.Write(room[MessageLength..]);
        return room[..(MessageLength + Origin.LengthBytes)];
    }
}

/// <summary>Who put an input into the ring.</summary>
public enum InputSource : ushort
{
    /// <summary>Market data and signals.</summary>
    Feed = 1,

    /// <summary>A venue's gateway.</summary>
    Gateway = 2,

    /// <summary>The configuration at a start.</summary>
    Setup = 3,

    /// <summary>The self-check, which halts the shard.</summary>
    SelfCheck = 4,

    /// <summary>A tick, because a timer of the engine is due.</summary>
    Timer = 5,

    /// <summary>A person, or whoever ends the run in a person's name.</summary>
    Operator = 6,

    /// <summary>A publisher, through the door.</summary>
    Publisher = 7,
}

/// <summary>The source of an input in its journal record's flags: bits 8 to 11.</summary>
public static class InputSources
{
    private const int Shift = 8;
    private const int Mask = 0xF;

    /// <summary>The flags of an input.</summary>
    public static ushort ToFlags(this InputSource source, in Origin origin = default) =>
        (ushort)((((int)source & Mask) << Shift) | (origin.IsNone ? 0 : JournaledInput.HasOrigin));

    /// <summary>Who put an input in; 0 where the writer did not say, as a backtest.</summary>
    public static InputSource Of(ushort flags) => (InputSource)((flags >> Shift) & Mask);
}
