namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>What SM said, decoded: the position is a position of the stream, and <see cref="GroupTag"/> is null when the frame has none.</summary>
internal readonly record struct StatusMessage(
    int SessionId, int StreamId, long Position, int WindowLength, long ReceiverId, long? GroupTag, bool IsEndOfStream)
{
    /// <summary>The position that the receiver takes data up to.</summary>
    public long WindowEdge => Position + WindowLength;
}
