using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>What a driver says of itself in its CnC file. Lengths in bytes, without trailers; defaults are those of the reference driver.</summary>
public sealed record CncFileParameters
{
    /// <summary>Of commands; a power of two.</summary>
    public int ToDriverBufferLength { get; init; } = 1024 * 1024;

    /// <summary>Of events; a power of two.</summary>
    public int ToClientsBufferLength { get; init; } = 1024 * 1024;

    /// <summary>Of counters' values; their metadata takes four times as much. A multiple of 128.</summary>
    public int CountersValuesBufferLength { get; init; } = 8 * 1024 * 1024;
    public int ErrorLogBufferLength { get; init; } = 4 * 1024 * 1024;
    public int FilePageSize { get; init; } = 4096;

    /// <summary>After how long without a sign of life a client is taken for dead.</summary>
    public long ClientLivenessTimeoutNs { get; init; } = 10_000_000_000;

    /// <summary>When the driver started, in milliseconds since the epoch.</summary>
    public long StartTimestampMs { get; init; }

    /// <summary>The driver's process.</summary>
    public long Pid { get; init; } = Environment.ProcessId;

    /// <summary>Refuses lengths that cannot be.</summary>
    /// <exception cref="ArgumentException">One of them cannot; the message says which and what is possible.</exception>
    internal void Check()
    {
        LogBufferDescriptor.CheckPageSize(FilePageSize);
        RecordDescriptor.CheckCapacity(ToDriverBufferLength, ManyToOneRingBuffer.CapacityMin, 0);
        RecordDescriptor.CheckCapacity(ToClientsBufferLength, BroadcastDescriptor.CapacityMin, 0);
        if (CountersValuesBufferLength < SystemCounters.Count * CountersDescriptor.ValueRecordLength
            || CountersValuesBufferLength % CountersDescriptor.ValueRecordLength != 0
            || CountersValuesBufferLength > int.MaxValue / CncFileDescriptor.MetaDataPerValues)
        {
            throw new ArgumentException(
                $"Counters' values of {CountersValuesBufferLength} bytes are not possible: needed is a multiple of {CountersDescriptor.ValueRecordLength} "
                    + $"from {SystemCounters.Count * CountersDescriptor.ValueRecordLength} to {int.MaxValue / CncFileDescriptor.MetaDataPerValues}.");
        }

        if (ErrorLogBufferLength < FilePageSize || ErrorLogBufferLength % RecordDescriptor.Alignment != 0)
            throw new ArgumentException($"An error log of {ErrorLogBufferLength} bytes is not possible: needed is a multiple of 8 from {FilePageSize} on.");
        if (ClientLivenessTimeoutNs <= 0)
            throw new ArgumentException($"A client liveness timeout of {ClientLivenessTimeoutNs} ns is not possible: it is more than 0.");
    }
}
