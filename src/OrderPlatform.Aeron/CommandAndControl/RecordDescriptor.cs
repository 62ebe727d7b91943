using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>
/// The records of the command ring and of the broadcast: a length that counts the header, a type, the message; the next one begins at a multiple
/// of eight bytes. Source: aeron_rb.h and aeron_broadcast_descriptor.h of Aeron 1.52.
/// </summary>
public static class RecordDescriptor
{
    public const int LengthOffset = 0;
    public const int TypeIdOffset = 4;
    public const int HeaderLength = 8;
    public const int Alignment = 8;

    /// <summary>The type of a record that only fills the rest of the buffer.</summary>
    public const int PaddingTypeId = -1;

    /// <summary>What a message of that many bytes takes, header and alignment included.</summary>
    internal static int AlignedLength(int messageLength) => BitAlignment.Align(messageLength + HeaderLength, Alignment);

    internal static void CheckMessage(int typeId, int messageLength, int messageLengthMax)
    {
        if (typeId <= 0)
            throw new ArgumentOutOfRangeException(nameof(typeId), $"A message's type is greater than zero, not {typeId}.");
        if (messageLength > messageLengthMax)
        {
            throw new ArgumentOutOfRangeException(
                nameof(messageLength), $"A message of {messageLength} bytes is longer than the {messageLengthMax} that are possible.");
        }
    }

    internal static void CheckCapacity(long capacity, int least, int trailerLength)
    {
        if (capacity < least || capacity > 1 << 30 || !BitAlignment.IsPowerOfTwo((int)capacity))
        {
            throw new ArgumentException(
                $"{capacity + trailerLength} bytes are not possible: needed is a power of two from {least} to {1 << 30}, and {trailerLength} for the trailer.");
        }
    }
}

/// <summary>Given a message: its type, greater than zero, and its bytes, which are only valid during the call.</summary>
public delegate void RecordHandler(int typeId, ReadOnlySpan<byte> message);
