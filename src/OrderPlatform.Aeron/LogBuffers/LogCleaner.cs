using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>
/// Zeroes what all have consumed, before producers, or the receiver, come round to it again: a frame that is not committed yet must read as zero.
/// The conductor's thread.
/// </summary>
internal sealed class LogCleaner
{
    private readonly UnsafeBuffer[] _terms;
    private readonly int _termLength;
    private readonly int _positionBitsToShift;

    /// <param name="log">A new log: zeros.</param>
    /// <param name="startPosition">The position of its first byte.</param>
    public LogCleaner(LogBuffer log, long startPosition)
    {
        _terms = log.Terms.ToArray();
        _termLength = log.TermLength;
        _positionBitsToShift = LogPosition.PositionBitsToShift(log.TermLength);
        Position = startPosition;
    }

    /// <summary>What lay before this is zeroed: the three terms from here on can be written.</summary>
    public long Position { get; private set; }

    /// <summary>Zeroes up to a position, a multiple of 32, but not beyond the end of one term: the rest comes with the next call.</summary>
    public void CleanTo(long position)
    {
        if (position <= Position)
            return;
        UnsafeBuffer term = _terms[LogPosition.PartitionIndex(Position, _positionBitsToShift)];
        int offset = LogPosition.TermOffset(Position, _termLength);
        long length = Math.Min(position - Position, _termLength - offset);
        // The first length last: whoever scans from here sees nothing before all the rest is zero.
        term.Clear(offset + sizeof(long), length - sizeof(long));
        term.PutLongRelease(offset, 0);
        Position += length;
    }

    /// <summary>
    /// True if producers may go up to a limit. One that passed its check just before may write on beyond the limit by a message, and several may do so at
    /// the same time: a whole term is kept for them.
    /// </summary>
    public bool Allows(long limit) => limit - Position <= (long)(LogBufferDescriptor.PartitionCount - 1) * _termLength;
}
