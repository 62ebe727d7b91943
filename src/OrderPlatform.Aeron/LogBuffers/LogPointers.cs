using System.Runtime.CompilerServices;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>
/// The addresses and constants of a log that appenders and readers use for each message, read and checked once. Whoever holds it keeps the log mapped.
/// </summary>
internal readonly unsafe struct LogPointers
{
    private readonly byte* _term0;
    private readonly byte* _term1;
    private readonly byte* _term2;

    /// <param name="log">A log whose lengths were checked when it was opened.</param>
    public LogPointers(LogBuffer log)
    {
        _term0 = log.Terms[0].Address;
        _term1 = log.Terms[1].Address;
        _term2 = log.Terms[2].Address;
        MetaDataBuffer = log.MetaData;
        MetaData = log.MetaData.Address;
        TermLength = log.TermLength;
        PositionBitsToShift = LogPosition.PositionBitsToShift(log.TermLength);
        InitialTermId = log.MetaData.GetInt(LogBufferDescriptor.InitialTermIdOffset);
        MaxPayloadLength = LogBufferDescriptor.MaxPayloadLength(log.MetaData.GetInt(LogBufferDescriptor.MtuLengthOffset));
        MaxMessageLength = LogBufferDescriptor.MaxMessageLength(log.TermLength);
        MaxPossiblePosition = LogPosition.Max(log.TermLength);
    }

    public readonly UnsafeBuffer MetaDataBuffer;
    public readonly byte* MetaData;
    public readonly int TermLength;
    public readonly int PositionBitsToShift;
    public readonly int InitialTermId;
    public readonly int MaxPayloadLength;
    public readonly int MaxMessageLength;
    public readonly long MaxPossiblePosition;

    /// <summary>The first byte of a partition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Term(int partitionIndex) => partitionIndex == 0 ? _term0 : partitionIndex == 1 ? _term1 : _term2;

    /// <summary>Why an offer at that position was not taken.</summary>
    public long BackPressureResult(long position, int messageLength)
    {
        if (position + BitAlignment.Align(messageLength + Protocol.DataHeader.LengthBytes, LogBufferDescriptor.FrameAlignment) >= MaxPossiblePosition)
            return OfferResult.MaxPositionExceeded;
        return MetaDataBuffer.GetIntVolatile(LogBufferDescriptor.IsConnectedOffset) == 1 ? OfferResult.BackPressured : OfferResult.NotConnected;
    }

    /// <exception cref="ArgumentException">No message can be that long.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CheckMessageLength(int length)
    {
        if ((uint)length > (uint)MaxMessageLength)
            RefuseMessageLength(length);
    }

    /// <exception cref="ArgumentException">No claim can be that long.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CheckClaimLength(int length)
    {
        if ((uint)length > (uint)MaxPayloadLength)
            RefuseClaimLength(length);
    }

    private void RefuseMessageLength(int length) =>
        throw new ArgumentException($"A message of {length} bytes is longer than the {MaxMessageLength} that its terms allow.", nameof(length));

    private void RefuseClaimLength(int length) =>
        throw new ArgumentException($"A claim of {length} bytes is not possible: 0 to {MaxPayloadLength} fit a frame; offer a longer message.", nameof(length));
}
