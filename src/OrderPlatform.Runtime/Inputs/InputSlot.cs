using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>
/// A slot of the input ring: 256 bytes.
/// <code>
///  0       4       6       8              16             24             32                256
/// +-------+-------+-------+--------------+--------------+--------------+-----------------+
/// |length |source |spare  |sourceTime    |sequence      |timestamp     |SBE message      |
/// +-------+-------+-------+--------------+--------------+--------------+-----------------+
/// </code>
/// The producer writes length, source, source time and message; the sequencing stage writes sequence and timestamp before the engine may read the slot.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = LengthBytes)]
public unsafe struct InputSlot
{
    /// <summary>Size of a slot.</summary>
    public const int LengthBytes = 256;

    /// <summary>Largest message; a larger one is refused at the edge.</summary>
    public const int PayloadLengthMax = LengthBytes - PayloadOffset;

    private const int PayloadOffset = 32;

    /// <summary>Length of the message.</summary>
    [FieldOffset(0)]
    public int MessageLength;

    /// <summary>Which producer.</summary>
    [FieldOffset(4)]
    public InputSource Source;

    /// <summary>The time that the producer gives it, nanoseconds since the epoch.</summary>
    [FieldOffset(8)]
    public long SourceTimeNanos;

    /// <summary>Its number in the journal.</summary>
    [FieldOffset(16)]
    public long Sequence;

    /// <summary>Its time in the journal, nanoseconds since the epoch.</summary>
    [FieldOffset(24)]
    public long TimestampNanos;

    [FieldOffset(PayloadOffset)]
    private fixed byte _payload[PayloadLengthMax];

    /// <summary>The message. The slot lies in native memory, so the span stays valid while the slot is owned.</summary>
    [UnscopedRef]
    public Span<byte> Payload => MemoryMarshal.CreateSpan(ref _payload[0], PayloadLengthMax);

    /// <summary>The bytes of the message.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Message => Payload[..MessageLength];
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
}

/// <summary>The source of an input in its journal record's flags: bits 8 to 11.</summary>
public static class InputSources
{
    private const int Shift = 8;
    private const int Mask = 0xF;

    /// <summary>The flags of an input.</summary>
    public static ushort ToFlags(this InputSource source) => (ushort)(((int)source & Mask) << Shift);

    /// <summary>Who put an input in; 0 where the writer did not say, as a backtest.</summary>
    public static InputSource Of(ushort flags) => (InputSource)((flags >> Shift) & Mask);
}
