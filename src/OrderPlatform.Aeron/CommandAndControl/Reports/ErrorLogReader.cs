using System.Text;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.CommandAndControl.Reports;

/// <summary>An error that a driver observed, once or often.</summary>
/// <param name="ObservationCount">How often.</param>
/// <param name="FirstMs">When first, in milliseconds since the epoch.</param>
/// <param name="LastMs">When last.</param>
/// <param name="Text">What it was.</param>
public readonly record struct ErrorLogEntry(int ObservationCount, long FirstMs, long LastMs, string Text);

/// <summary>Reads an error log, also while it is written. Lengths in it are not trusted: the first that cannot be ends the reading.</summary>
public static class ErrorLogReader
{
    /// <summary>The errors observed since a time, in milliseconds since the epoch, in the order in which they were first observed.</summary>
    public static IReadOnlyList<ErrorLogEntry> Read(UnsafeBuffer buffer, long sinceMs = long.MinValue)
    {
        var entries = new List<ErrorLogEntry>();
        long offset = 0;
        while (buffer.CapacityBytes - offset >= ErrorLogDescriptor.TextOffset)
        {
            int length = buffer.GetIntVolatile(offset + ErrorLogDescriptor.LengthOffset);
            if (length < ErrorLogDescriptor.TextOffset || length > buffer.CapacityBytes - offset)
                break;
            long lastMs = buffer.GetLongVolatile(offset + ErrorLogDescriptor.LastObservationMsOffset);
            if (lastMs >= sinceMs)
            {
                entries.Add(new ErrorLogEntry(
                    buffer.GetInt(offset + ErrorLogDescriptor.ObservationCountOffset),
                    buffer.GetLong(offset + ErrorLogDescriptor.FirstObservationMsOffset),
                    lastMs,
                    Encoding.UTF8.GetString(buffer.AsSpan(offset + ErrorLogDescriptor.TextOffset, length - ErrorLogDescriptor.TextOffset))));
            }

            offset = BitAlignment.Align(offset + length, (long)ErrorLogDescriptor.RecordAlignment);
        }

        return entries;
    }
}
