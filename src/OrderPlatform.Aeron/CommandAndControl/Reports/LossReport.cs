using System.Runtime.CompilerServices;
using System.Text;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.CommandAndControl.Reports;

/// <summary>
/// What streams have lost, in shared memory that tools read: an entry for each image that lost anything. Entries are made by one thread; each may
/// be written by another one.
/// </summary>
/// <param name="buffer">Zeroed.</param>
public sealed class LossReport(UnsafeBuffer buffer)
{
    /// <summary>Longer channels and sources are cut.</summary>
    public const int TextLengthMax = 4096;

    private long _nextOffset;

    /// <summary>Makes the entry of an image, with its first loss.</summary>
    /// <returns>Null if there is no room for more entries: the loss goes unreported.</returns>
    public LossReportEntry? CreateEntry(long bytesLost, long nowMs, int sessionId, int streamId, string channel, string source)
    {
        ReadOnlySpan<byte> channelText = Utf8(channel);
        ReadOnlySpan<byte> sourceText = Utf8(source);
        long offset = _nextOffset;
        int sourceOffset = BitAlignment.Align(LossReportDescriptor.ChannelOffset + sizeof(int) + channelText.Length, sizeof(int));
        int length = sourceOffset + sizeof(int) + sourceText.Length;
        if (length > buffer.CapacityBytes - offset)
            return null;
        buffer.PutLong(offset + LossReportDescriptor.TotalBytesLostOffset, bytesLost);
        buffer.PutLong(offset + LossReportDescriptor.FirstObservationMsOffset, nowMs);
        buffer.PutLong(offset + LossReportDescriptor.LastObservationMsOffset, nowMs);
        buffer.PutInt(offset + LossReportDescriptor.SessionIdOffset, sessionId);
        buffer.PutInt(offset + LossReportDescriptor.StreamIdOffset, streamId);
        PutText(offset + LossReportDescriptor.ChannelOffset, channelText);
        PutText(offset + sourceOffset, sourceText);
        buffer.PutLongRelease(offset + LossReportDescriptor.ObservationCountOffset, 1);
        _nextOffset = BitAlignment.Align(offset + length, (long)LossReportDescriptor.EntryAlignment);
        return new LossReportEntry(buffer.Slice(offset, LossReportDescriptor.ChannelOffset));
    }

    private static ReadOnlySpan<byte> Utf8(string text)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        return bytes[..Math.Min(bytes.Length, TextLengthMax)];
    }

    private void PutText(long offset, ReadOnlySpan<byte> text)
    {
        buffer.PutInt(offset, text.Length);
        text.CopyTo(buffer.AsSpan(offset + sizeof(int), text.Length));
    }
}

/// <summary>One image's place in a <see cref="LossReport"/>; one thread.</summary>
public sealed class LossReportEntry
{
    private readonly UnsafeBuffer _entry;

    internal LossReportEntry(UnsafeBuffer entry) => _entry = entry;

    /// <summary>Adds a loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RecordObservation(long bytesLost, long nowMs)
    {
        _entry.PutLongRelease(LossReportDescriptor.LastObservationMsOffset, nowMs);
        _entry.PutLongRelease(LossReportDescriptor.TotalBytesLostOffset, _entry.GetLong(LossReportDescriptor.TotalBytesLostOffset) + bytesLost);
        _entry.PutLongRelease(LossReportDescriptor.ObservationCountOffset, _entry.GetLong(LossReportDescriptor.ObservationCountOffset) + 1);
    }
}
