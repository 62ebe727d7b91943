using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Driver;

/// <summary>Refuses settings that no driver can run with, each by its name.</summary>
internal static class MediaDriverContextCheck
{
    /// <exception cref="ArgumentException">The first that cannot be.</exception>
    public static void Check(MediaDriverContext context)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(context.AeronDirectoryName);
        LogBufferDescriptor.CheckTermLength(context.TermBufferLength);
        LogBufferDescriptor.CheckTermLength(context.IpcTermBufferLength);
        LogBufferDescriptor.CheckPageSize(context.FilePageSize);
        CheckMtu(nameof(context.MtuLength), context.MtuLength);
        CheckMtu(nameof(context.IpcMtuLength), context.IpcMtuLength);
        CheckPowerOfTwo(nameof(context.ToDriverBufferLength), context.ToDriverBufferLength, 64 * 1024);
        CheckPowerOfTwo(nameof(context.ToClientsBufferLength), context.ToClientsBufferLength, 64 * 1024);
        CheckPowerOfTwo(nameof(context.CountersValuesBufferLength), context.CountersValuesBufferLength, 64 * 1024);
        CheckAtLeast(nameof(context.ErrorLogBufferLength), context.ErrorLogBufferLength, 64 * 1024);
        CheckAtLeast(nameof(context.LossReportBufferLength), context.LossReportBufferLength, 64 * 1024);
        CheckRange(nameof(context.NetworkPublicationMaxMessagesPerSend), context.NetworkPublicationMaxMessagesPerSend, 1, 16);
        CheckRange(nameof(context.MaxResend), context.MaxResend, 1, 256);
        CheckAtLeast(nameof(context.ReceiverIoVectorCapacity), context.ReceiverIoVectorCapacity, 1);
        CheckAtLeast(nameof(context.SendToStatusMessagePollRatio), context.SendToStatusMessagePollRatio, 1);
        CheckAtLeast(nameof(context.InitialWindowLength), context.InitialWindowLength, context.MtuLength);
        CheckAtLeast(nameof(context.ClientLivenessTimeoutNs), context.ClientLivenessTimeoutNs, context.TimerIntervalNs);
        CheckAtLeast(nameof(context.DriverTimeoutNs), context.DriverTimeoutNs, 0);
        CheckAtLeast(nameof(context.TimerIntervalNs), context.TimerIntervalNs, 1);
        CheckAtLeast(nameof(context.NakUnicastDelayNs), context.NakUnicastDelayNs, 1);
        CheckAtLeast(nameof(context.NakMulticastGroupSize), context.NakMulticastGroupSize, 1);
        if (context.PublicationReservedSessionIdLow > context.PublicationReservedSessionIdHigh)
            throw new ArgumentException(
                $"PublicationReservedSessionIdLow {context.PublicationReservedSessionIdLow} is above PublicationReservedSessionIdHigh.");
    }

    private static void CheckMtu(string name, int value)
    {
        if (value is <= Protocol.DataHeader.LengthBytes or > LogBufferDescriptor.MtuMax || value % LogBufferDescriptor.FrameAlignment != 0)
            throw new ArgumentException($"{name} {value} is not possible: needed is a multiple of 32 from 64 to {LogBufferDescriptor.MtuMax}.");
    }

    private static void CheckPowerOfTwo(string name, int value, int min)
    {
        if (value < min || !BitAlignment.IsPowerOfTwo(value))
            throw new ArgumentException($"{name} {value} is not possible: needed is a power of two of at least {min}.");
    }

    private static void CheckAtLeast(string name, long value, long min)
    {
        if (value < min)
            throw new ArgumentException($"{name} {value} is not possible: needed is at least {min}.");
    }

    private static void CheckRange(string name, int value, int min, int max)
    {
        if (value < min || value > max)
            throw new ArgumentException($"{name} {value} is not possible: needed is a number from {min} to {max}.");
    }
}
