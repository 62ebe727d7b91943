using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>
/// Notices that a stream stands still before bytes that a producer claimed and never committed, because it died, and makes a PAD of them.
/// The conductor's thread.
/// </summary>
internal sealed class BlockedPublisher(LogBuffer log, long unblockTimeoutNs, long nowNs)
{
    private readonly int _positionBitsToShift = LogPosition.PositionBitsToShift(log.TermLength);
    private long _lastConsumerPosition = -1;
    private long _timeOfLastMoveNs = nowNs;

    /// <summary>Checks once; true if something was unblocked.</summary>
    public bool Check(long producerPosition, long consumerPosition, long timeNs)
    {
        if (consumerPosition != _lastConsumerPosition || !IsPossiblyBlocked(producerPosition, consumerPosition))
        {
            _lastConsumerPosition = consumerPosition;
            _timeOfLastMoveNs = timeNs;
            return false;
        }

        return timeNs - _timeOfLastMoveNs > unblockTimeoutNs && Unblock(consumerPosition);
    }

    /// <summary>Unblocks at once.</summary>
    public bool Unblock(long position) => LogBufferUnblocker.Unblock(log.Terms, log.MetaData, position, log.TermLength);

    /// <summary>Bytes claimed and not read, or a term that was filled and not followed by the next.</summary>
    private bool IsPossiblyBlocked(long producerPosition, long consumerPosition) =>
        producerPosition > consumerPosition
        || log.MetaData.GetIntVolatile(LogBufferDescriptor.ActiveTermCountOffset) != (int)(consumerPosition >> _positionBitsToShift);
}
