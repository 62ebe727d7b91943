using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using OrderPlatform.Engine.Outputs;

namespace OrderPlatform.Runtime.Live;

/// <summary>
/// A slot of the output ring and of a gateway's inbox: 512 bytes.
/// <code>
///  0       4       8              16            24             32             40       42           44     48               512
/// +-------+-------+--------------+-------------+--------------+--------------+--------+------------+------+----------------+
/// |length |index  |inputSequence |receivedTicks|sequencedTicks|processedTicks|venueId |journalTicks|spare |SBE message     |
/// +-------+-------+--------------+-------------+--------------+--------------+--------+------------+------+----------------+
/// </code>
/// Each output is numbered by its input's sequence and its index among that input's outputs.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 512)]
public unsafe struct OutputSlot
{
    /// <summary>The index of what is no output: a market event that the input was, for the venue's gateway to see.</summary>
    public const int RelayIndex = -1;

    private const int PayloadOffset = 48;

    /// <summary>Length of the message.</summary>
    [FieldOffset(0)]
    public int MessageLength;

    /// <summary>Its number among the outputs of its input, from 0; or <see cref="RelayIndex"/>.</summary>
    [FieldOffset(4)]
    public int Index;

    /// <summary>The input that caused it.</summary>
    [FieldOffset(8)]
    public long InputSequence;

    /// <summary>When that input was received, in ticks of <see cref="System.Diagnostics.Stopwatch"/>; 0 where nobody measures.</summary>
    [FieldOffset(16)]
    public long ReceivedTicks;

    /// <summary>When it was sequenced and appended to the journal, likewise.</summary>
    [FieldOffset(24)]
    public long SequencedTicks;

    /// <summary>When the engine had processed it, likewise.</summary>
    [FieldOffset(32)]
    public long ProcessedTicks;

    /// <summary>With <see cref="RelayIndex"/>: whose market it is.</summary>
    [FieldOffset(40)]
    public ushort VenueId;

    /// <summary>Ticks that the input's append to the journal took, held at the largest number; 0 where nobody measures.</summary>
    [FieldOffset(42)]
    public ushort JournalTicks;

    [FieldOffset(PayloadOffset)]
    private fixed byte _payload[OutputBatch.OutputLengthMax];

    /// <summary>Room for the message. The slot lies in native memory, so the span stays valid while the slot is owned.</summary>
    [UnscopedRef]
    public Span<byte> Payload => MemoryMarshal.CreateSpan(ref _payload[0], OutputBatch.OutputLengthMax);

    /// <summary>The bytes of the message.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Message => Payload[..MessageLength];
}
