using System.Text;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.CommandAndControl.Reports;

/// <summary>What an image lost.</summary>
/// <param name="ObservationCount">In how many gaps.</param>
/// <param name="TotalBytesLost">Bytes of all gaps.</param>
/// <param name="FirstMs">When first, in milliseconds since the epoch.</param>
/// <param name="LastMs">When last.</param>
/// <param name="SessionId">The publication's session.</param>
/// <param name="StreamId">The stream.</param>
/// <param name="Channel">Where it was received.</param>
/// <param name="Source">Address and port that it came from.</param>
public readonly record struct LossRecord(
    long ObservationCount, long TotalBytesLost, long FirstMs, long LastMs, int SessionId, int StreamId, string Channel, string Source);

/// <summary>Reads a loss report, also while it is written. Lengths in it are not trusted: the first that cannot be ends the reading.</summary>
public static class LossReportReader
{
    /// <summary>All entries, in the order in which they were made.</summary>
    public static IReadOnlyList<LossRecord> Read(UnsafeBuffer buffer)
    {
        var records = new List<LossRecord>();
        long offset = 0;
        while (buffer.CapacityBytes - offset >= LossReportDescriptor.ChannelOffset)
        {
            long count = buffer.GetLongVolatile(offset + LossReportDescriptor.ObservationCountOffset);
            if (count <= 0 || !TryText(buffer, offset + LossReportDescriptor.ChannelOffset, out string channel, out long channelEnd)
                || !TryText(buffer, BitAlignment.Align(channelEnd, sizeof(int)), out string source, out long end))
            {
                break;
            }

            records.Add(new LossRecord(
                count,
                buffer.GetLong(offset + LossReportDescriptor.TotalBytesLostOffset),
                buffer.GetLong(offset + LossReportDescriptor.FirstObservationMsOffset),
                buffer.GetLong(offset + LossReportDescriptor.LastObservationMsOffset),
                buffer.GetInt(offset + LossReportDescriptor.SessionIdOffset),
                buffer.GetInt(offset + LossReportDescriptor.StreamIdOffset),
                channel,
                source));
            offset = BitAlignment.Align(end, (long)LossReportDescriptor.EntryAlignment);
        }

        return records;
    }

    private static bool TryText(UnsafeBuffer buffer, long offset, out string text, out long end)
    {
        text = string.Empty;
        end = offset + sizeof(int);
        if (end > buffer.CapacityBytes)
            return false;
        int length = buffer.GetInt(offset);
        if (length < 0 || length > buffer.CapacityBytes - end)
            return false;
        text = Encoding.UTF8.GetString(buffer.AsSpan(end, length));
        end += length;
        return true;
    }
}
