using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>
/// The layout of a log-buffer file: three terms of equal length, then 4096 bytes of metadata at the end of the file.
/// Offsets of fields count from the start of the metadata. Source: aeron_logbuffer_descriptor.h of Aeron 1.52.
/// </summary>
public static class LogBufferDescriptor
{
    public const int PartitionCount = 3;
    public const int TermLengthMin = 64 * 1024;
    public const int TermLengthMax = 1024 * 1024 * 1024;
    public const int PageLengthMin = 4 * 1024;
    public const int PageLengthMax = 1024 * 1024 * 1024;
    public const int MetaDataLength = 4096;

    /// <summary>Every frame begins at a multiple of this.</summary>
    public const int FrameAlignment = 32;

    /// <summary>A datagram's payload is at most this, 32-byte header included.</summary>
    public const int MtuMax = 65504;

    /// <summary>A message is at most an eighth of a term and at most this.</summary>
    public const int MessageLengthMax = 16 * 1024 * 1024;

    public const int TermTailCountersOffset = 0;
    public const int ActiveTermCountOffset = 24;
    public const int EndOfStreamPositionOffset = 128;
    public const int IsConnectedOffset = 136;
    public const int ActiveTransportCountOffset = 140;
    public const int CorrelationIdOffset = 256;
    public const int InitialTermIdOffset = 264;
    public const int DefaultFrameHeaderLengthOffset = 268;
    public const int MtuLengthOffset = 272;
    public const int TermLengthOffset = 276;
    public const int PageSizeOffset = 280;
    public const int PublicationWindowLengthOffset = 284;
    public const int ReceiverWindowLengthOffset = 288;
    public const int SocketSendBufferLengthOffset = 292;
    public const int OsDefaultSendBufferLengthOffset = 296;
    public const int OsMaxSendBufferLengthOffset = 300;
    public const int SocketReceiveBufferLengthOffset = 304;
    public const int OsDefaultReceiveBufferLengthOffset = 308;
    public const int OsMaxReceiveBufferLengthOffset = 312;
    public const int MaxResendOffset = 316;
    public const int DefaultFrameHeaderOffset = 320;
    public const int DefaultFrameHeaderMaxLength = 128;
    public const int EntityTagOffset = 448;
    public const int ResponseCorrelationIdOffset = 456;
    public const int LingerTimeoutNsOffset = 464;
    public const int UntetheredWindowLimitTimeoutNsOffset = 472;
    public const int UntetheredRestingTimeoutNsOffset = 480;
    public const int GroupOffset = 488;
    public const int IsResponseOffset = 489;
    public const int RejoinOffset = 490;
    public const int ReliableOffset = 491;
    public const int SparseOffset = 492;
    public const int SignalEndOfStreamOffset = 493;
    public const int SpiesSimulateConnectionOffset = 494;
    public const int TetherOffset = 495;
    public const int IsPublicationRevokedOffset = 496;
    public const int TypeOffset = 497;

    /// <summary>Not aligned to 8.</summary>
    public const int UntetheredLingerTimeoutNsOffset = 500;

    /// <summary>Length of the file: terms and metadata, rounded up to the page size.</summary>
    public static long LogLength(int termLength, int pageSize) => BitAlignment.Align(((long)termLength * PartitionCount) + MetaDataLength, (long)pageSize);

    /// <summary>The most bytes of a message that fit a frame.</summary>
    public static int MaxPayloadLength(int mtuLength) => mtuLength - Protocol.DataHeader.LengthBytes;

    /// <summary>The longest message of a log.</summary>
    public static int MaxMessageLength(int termLength) => Math.Min(termLength >> 3, MessageLengthMax);

    /// <summary>What a message of that length takes in a term, cut into frames of at most <paramref name="maxPayloadLength"/>.</summary>
    public static int FramedLength(int messageLength, int maxPayloadLength)
    {
        int whole = messageLength / maxPayloadLength;
        int rest = messageLength % maxPayloadLength;
        int restFrame = rest > 0 || whole == 0 ? BitAlignment.Align(rest + Protocol.DataHeader.LengthBytes, FrameAlignment) : 0;
        return (whole * (maxPayloadLength + Protocol.DataHeader.LengthBytes)) + restFrame;
    }

    /// <summary>Refuses a length that no term can have.</summary>
    /// <exception cref="ArgumentException">It is not a power of two from 64 KiB to 1 GiB.</exception>
    public static void CheckTermLength(int termLength)
    {
        if (termLength is < TermLengthMin or > TermLengthMax || !BitAlignment.IsPowerOfTwo(termLength))
        {
            throw new ArgumentException(
                $"A term length of {termLength} is not possible: needed is a power of two from {TermLengthMin} to {TermLengthMax}.", nameof(termLength));
        }
    }

    /// <summary>Refuses a page size that no log can have.</summary>
    /// <exception cref="ArgumentException">It is not a power of two from 4 KiB to 1 GiB.</exception>
    public static void CheckPageSize(int pageSize)
    {
        if (pageSize is < PageLengthMin or > PageLengthMax || !BitAlignment.IsPowerOfTwo(pageSize))
        {
            throw new ArgumentException(
                $"A page size of {pageSize} is not possible: needed is a power of two from {PageLengthMin} to {PageLengthMax}.", nameof(pageSize));
        }
    }
}
