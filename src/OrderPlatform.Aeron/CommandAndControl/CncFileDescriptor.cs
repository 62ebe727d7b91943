using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>
/// The layout of the file through which a driver and its clients meet: a header, then command ring, events, counters' metadata, counters' values
/// and error log without gaps, rounded up to the page size. Source: aeron_cnc_file_descriptor.h of Aeron 1.52.
/// </summary>
public static class CncFileDescriptor
{
    /// <summary>0.2.0, of which the major number must match.</summary>
    public const int Version = 2 << 8;

    public const int VersionOffset = 0;
    public const int ToDriverBufferLengthOffset = 4;
    public const int ToClientsBufferLengthOffset = 8;
    public const int CountersMetaDataBufferLengthOffset = 12;
    public const int CountersValuesBufferLengthOffset = 16;
    public const int ErrorLogBufferLengthOffset = 20;
    public const int ClientLivenessTimeoutNsOffset = 24;
    public const int StartTimestampMsOffset = 32;
    public const int PidOffset = 40;
    public const int FilePageSizeOffset = 48;
    public const int HeaderLength = 128;

    /// <summary>Counters' metadata takes that many times their values.</summary>
    internal const int MetaDataPerValues = CountersDescriptor.MetaDataRecordLength / CountersDescriptor.ValueRecordLength;

    /// <summary>The first number of a version: files of another one cannot be read.</summary>
    public static int MajorVersion(int version) => version >> 16;

    /// <summary>A version as people write it.</summary>
    public static string VersionText(int version) => $"{version >> 16}.{(version >> 8) & 0xFF}.{version & 0xFF}";

    /// <summary>The length of the file with these parameters.</summary>
    internal static long FileLength(CncFileParameters parameters) => BitAlignment.Align(
        HeaderLength + parameters.ToDriverBufferLength + ManyToOneRingBuffer.TrailerLength + parameters.ToClientsBufferLength
            + BroadcastDescriptor.TrailerLength + ((long)parameters.CountersValuesBufferLength * (1 + MetaDataPerValues)) + parameters.ErrorLogBufferLength,
        (long)parameters.FilePageSize);
}
