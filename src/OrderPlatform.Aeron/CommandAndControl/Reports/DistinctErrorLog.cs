using System.Text;
using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.CommandAndControl.Reports;

/// <summary>
/// Errors in shared memory, where tools find them: equal texts are one record with a count and two times. What does not fit any more is only
/// counted, so that errors that somebody provokes take neither memory nor disk without end. Any thread; one process.
/// </summary>
/// <param name="buffer">Zeroed.</param>
/// <param name="clock">Times of observations.</param>
public sealed class DistinctErrorLog(UnsafeBuffer buffer, IClock clock) : IErrorLog
{
    /// <summary>Longer texts are cut.</summary>
    public const int TextLengthMax = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _offsets = new(StringComparer.Ordinal);
    private long _nextOffset;
    private long _droppedCount;

    /// <summary>Observations of errors that there was no room for.</summary>
    public long DroppedCount => Volatile.Read(ref _droppedCount);

    /// <inheritdoc/>
    public void Record(string observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        long nowMs = clock.EpochMillis;
        lock (_lock)
        {
            if (!_offsets.TryGetValue(observation, out long offset) && !TryAdd(observation, nowMs, out offset))
            {
                _droppedCount++;
                return;
            }

            buffer.PutInt(offset + ErrorLogDescriptor.ObservationCountOffset, buffer.GetInt(offset + ErrorLogDescriptor.ObservationCountOffset) + 1);
            buffer.PutLongRelease(offset + ErrorLogDescriptor.LastObservationMsOffset, nowMs);
        }
    }

    /// <inheritdoc/>
    public void Record(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var text = new StringBuilder();
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            text.Append(text.Length == 0 ? string.Empty : ", caused by ").Append(cause.GetType().Name).Append(": ").Append(cause.Message);
        }

        Record(text.ToString());
    }

    private bool TryAdd(string observation, long nowMs, out long offset)
    {
        offset = _nextOffset;
        byte[] text = Encoding.UTF8.GetBytes(observation.Length > TextLengthMax ? observation[..TextLengthMax] : observation);
        int length = ErrorLogDescriptor.TextOffset + text.Length;
        if (length > buffer.CapacityBytes - offset)
            return false;
        text.CopyTo(buffer.AsSpan(offset + ErrorLogDescriptor.TextOffset, text.Length));
        buffer.PutLong(offset + ErrorLogDescriptor.FirstObservationMsOffset, nowMs);
        buffer.PutLong(offset + ErrorLogDescriptor.LastObservationMsOffset, nowMs);
        buffer.PutIntRelease(offset + ErrorLogDescriptor.LengthOffset, length);
        _nextOffset = BitAlignment.Align(offset + length, (long)ErrorLogDescriptor.RecordAlignment);
        _offsets.Add(observation, offset);
        return true;
    }
}
