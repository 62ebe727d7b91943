using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Channels;

/// <summary>Values of a channel's URI with their limits, in the way a command needs them: what is wrong is told with its place and remedy.</summary>
internal static class ChannelRules
{
    /// <summary>Runs a reader; what it finds wrong in the text becomes <see cref="ErrorCode.InvalidChannel"/>.</summary>
    public static T Read<T>(ChannelUri uri, Func<ChannelUri, T> reader)
    {
        try
        {
            return reader(uri);
        }
        catch (FormatException failure)
        {
            throw new ControlProtocolException(ErrorCode.InvalidChannel, failure.Message, failure);
        }
    }

    public static ControlProtocolException Refused(ChannelUri uri, string reason) =>
        new(ErrorCode.InvalidChannel, $"Channel '{uri.Text}' {reason}.");

    /// <summary>A power of two from 64 KiB to 1 GiB; null when the URI does not have it.</summary>
    public static int? TermLength(ChannelUri uri)
    {
        if (uri.GetSize(ChannelKeys.TermLength) is not { } length)
            return null;
        if (length is < LogBufferDescriptor.TermLengthMin or > LogBufferDescriptor.TermLengthMax || !System.Numerics.BitOperations.IsPow2(length))
            throw Refused(uri, $"has 'term-length={length}': needed is a power of two from 64k to 1g");
        return (int)length;
    }

    /// <summary>A multiple of 32 above 32, at most 65504; null when the URI does not have it.</summary>
    public static int? MtuLength(ChannelUri uri)
    {
        if (uri.GetSize(ChannelKeys.MtuLength) is not { } length)
            return null;
        if (length is <= DataHeader.LengthBytes or > LogBufferDescriptor.MtuMax || length % LogBufferDescriptor.FrameAlignment != 0)
            throw Refused(uri, $"has 'mtu={length}': needed is a multiple of 32 from 64 to {LogBufferDescriptor.MtuMax}");
        return (int)length;
    }

    /// <summary>A size of at most 2 GiB − 1; null when the URI does not have it.</summary>
    public static int? Length(ChannelUri uri, string key)
    {
        if (uri.GetSize(key) is not { } length)
            return null;
        return length <= int.MaxValue ? (int)length : throw Refused(uri, $"has '{key}={length}': at most {int.MaxValue} bytes are possible");
    }

    /// <summary>A duration of an untethered subscriber's state: longer than the conductor's timer, or it could not be kept.</summary>
    public static long UntetheredTimeoutNs(ChannelUri uri, string key, long defaultNs, long timerIntervalNs)
    {
        long timeout = uri.GetDurationNs(key) ?? defaultNs;
        return timeout > timerIntervalNs
            ? timeout
            : throw Refused(uri, $"has '{key}' of {timeout} ns: it must be longer than the driver's timer interval of {timerIntervalNs} ns");
    }

    /// <summary>The mode of control; also IPC has it, for responses.</summary>
    public static bool IsResponse(ChannelUri uri) => uri.Get(ChannelKeys.ControlMode) == "response";

    /// <summary>Refuses what is known to Aeron and not to this driver, and reads what only others use so that a wrong value is told.</summary>
    public static void CheckOthers(ChannelUri uri)
    {
        if (uri.GetBool(ChannelKeys.TransportSecurity) == true)
        {
            throw new ControlProtocolException(ErrorCode.NotSupported,
                $"Channel '{uri.Text}': 'ats=true' needs transport security, which this driver does not have; remove it.");
        }

        if (uri.Has(ChannelKeys.MediaReceiveTimestampOffset))
        {
            throw new ControlProtocolException(ErrorCode.NotSupported,
                $"Channel '{uri.Text}': '{ChannelKeys.MediaReceiveTimestampOffset}' needs times of the network card, which this driver does not read; "
                + $"use '{ChannelKeys.ChannelReceiveTimestampOffset}'.");
        }

        _ = uri.GetInt(ChannelKeys.StreamId);
        _ = uri.EntityTag;
    }
}
