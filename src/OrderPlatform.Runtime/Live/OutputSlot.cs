using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using OrderPlatform.Engine.Outputs;

namespace OrderPlatform.Runtime.Live;

/// <summary>
/// A slot of the output ring and of a gateway's inbox: 512 bytes.
/// <code>
///  0       4       8              16                272    512
/// +-------+-------+--------------+------------------+------+
/// |length |index  |inputSequence |SBE message       |spare |
/// +-------+-------+--------------+------------------+------+
/// </code>
/// Each output is numbered by its input's sequence and its index among that input's outputs.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 512)]
public unsafe struct OutputSlot
{
    private const int PayloadOffset = 16;

    /// <summary>Length of the message.</summary>
    [FieldOffset(0)]
    public int MessageLength;

    /// <summary>Its number among the outputs of its input, from 0.</summary>
    [FieldOffset(4)]
    public int Index;

    /// <summary>The input that caused it.</summary>
    [FieldOffset(8)]
    public long InputSequence;

    [FieldOffset(PayloadOffset)]
    private fixed byte _payload[OutputBatch.OutputLengthMax];

    /// <summary>Room for the message. The slot lies in native memory, so the span stays valid while the slot is owned.</summary>
    [UnscopedRef]
    public Span<byte> Payload => MemoryMarshal.CreateSpan(ref _payload[0], OutputBatch.OutputLengthMax);

    /// <summary>The bytes of the message.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Message => Payload[..MessageLength];
}
