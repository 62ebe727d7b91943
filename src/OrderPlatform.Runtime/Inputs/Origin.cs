using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>
/// Which peer sent an input, and the peer's own number of it. It is written behind the message into the same journal record, so that an input and the
/// memory of its number are safe together or not at all: what a peer sends again after any end of either side is recognised.
/// </summary>
/// <param name="Number">The peer's number, from 1.</param>
/// <param name="Id">The peer: <see cref="OfPublisher"/> or <see cref="OfGateway"/>; 0 is none. An operator is no peer: its number is the request's own.</param>
[StructLayout(LayoutKind.Sequential, Size = LengthBytes)]
public readonly record struct Origin(ulong Number, uint Id)
{
    /// <summary>Bytes behind a message: number, id, four zeros; little endian.</summary>
    public const int LengthBytes = 16;

    private const uint GatewayBit = 1u << 31;
    private const uint OperatorId = 1u << 30;

    /// <summary>Whether the input was made in this process.</summary>
    public bool IsNone => Id == 0;

    /// <summary>Whether it is an operator's request, which is found by it in the journal.</summary>
    public bool IsOperator => Id == OperatorId;

    /// <summary>Whether a peer sent it, whose numbers are kept.</summary>
    public bool IsPeer => !IsNone && !IsOperator;

    /// <summary>Whether a gateway sent it.</summary>
    public bool IsGateway => (Id & GatewayBit) != 0;

    /// <summary>A publisher on a stream of the door.</summary>
    /// <param name="publisherId">1 to 65535.</param>
    /// <param name="kind">Which of the door's streams, from 1.</param>
    public static uint OfPublisher(uint publisherId, int kind) => (publisherId << 8) | (byte)kind;

    /// <summary>The gateway of a venue.</summary>
    public static uint OfGateway(ushort venueId) => GatewayBit | venueId;

    /// <summary>An operator's request.</summary>
    /// <param name="requestId">A random number.</param>
    public static Origin OfOperator(ulong requestId) => new(requestId, OperatorId);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Origin Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));

    /// <summary>Writes it into 16 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Number);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], Id);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], 0);
    }
}
