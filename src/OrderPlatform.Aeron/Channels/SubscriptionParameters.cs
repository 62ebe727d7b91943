using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Channels;

/// <summary>
/// The settings of a subscription: the URI's where it has them, else the driver's, all within their limits. Lengths in bytes, times in
/// nanoseconds. The rules are those of aeron_driver_uri.c of Aeron 1.52.
/// </summary>
public sealed record SubscriptionParameters
{
    /// <summary>Lost bytes are asked for again; else they are skipped.</summary>
    public required bool IsReliable { get; init; }

    /// <summary>Logs of images take memory when it is written, not before.</summary>
    public required bool IsSparse { get; init; }

    /// <summary>It holds the stream back however slow it is.</summary>
    public required bool IsTether { get; init; }

    /// <summary>A stream that was lost may come back.</summary>
    public required bool IsRejoin { get; init; }

    /// <summary>True: treat the streams as a group's; false: as unicast; null: by what channel and SETUP say.</summary>
    public bool? IsGroup { get; init; }

    /// <summary>The only session that is wanted; null for all.</summary>
    public int? SessionId { get; init; }

    /// <summary>The receiver window to begin with.</summary>
    public required int InitialWindowLength { get; init; }

    /// <summary>The tag that status messages carry; null for none.</summary>
    public long? GroupTag { get; init; }

    /// <summary>Delay of a first NAK; null for the driver's of unicast or multicast.</summary>
    public long? NakDelayNs { get; init; }

    /// <summary>The text of <c>cc</c>; null for the default.</summary>
    public string? CongestionControl { get; init; }

    /// <summary>It waits for the answers to a request.</summary>
    public required bool IsResponse { get; init; }

    /// <summary>Where the time of receiving is written; null for nowhere.</summary>
    public TimestampOffset? ChannelReceiveTimestamp { get; init; }
    public required long UntetheredWindowLimitTimeoutNs { get; init; }
    public required long UntetheredLingerTimeoutNs { get; init; }
    public required long UntetheredRestingTimeoutNs { get; init; }

    /// <summary>Reads a channel's settings.</summary>
    /// <exception cref="ControlProtocolException"><see cref="ErrorCode.InvalidChannel"/> or
    /// <see cref="ErrorCode.NotSupported"/>, with place and remedy.</exception>
    public static SubscriptionParameters Parse(ChannelUri uri, MediaDriverContext context)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ArgumentNullException.ThrowIfNull(context);
        return ChannelRules.Read(uri, read => ParseChecked(read, context));
    }

    private static SubscriptionParameters ParseChecked(ChannelUri uri, MediaDriverContext context)
    {
        ChannelRules.CheckOthers(uri);
        long Untethered(string key, long defaultNs) => ChannelRules.UntetheredTimeoutNs(uri, key, defaultNs, context.TimerIntervalNs);
        return new SubscriptionParameters
        {
            IsReliable = uri.GetBool(ChannelKeys.Reliable) ?? context.ReliableStream,
            IsSparse = uri.GetBool(ChannelKeys.Sparse) ?? context.TermBufferSparseFile,
            IsTether = uri.GetBool(ChannelKeys.Tether) ?? context.TetherSubscriptions,
            IsRejoin = uri.GetBool(ChannelKeys.Rejoin) ?? context.RejoinStream,
            IsGroup = uri.Get(ChannelKeys.Group) == "infer" ? null : uri.GetBool(ChannelKeys.Group),
            SessionId = uri.GetInt(ChannelKeys.SessionId),
            InitialWindowLength = ReadWindow(uri, context),
            GroupTag = uri.GetLong(ChannelKeys.GroupTag),
            NakDelayNs = uri.GetDurationNs(ChannelKeys.NakDelay),
            CongestionControl = ReadCongestionControl(uri),
            IsResponse = ChannelRules.IsResponse(uri),
            ChannelReceiveTimestamp = uri.IsUdp ? TimestampOffset.Read(uri, ChannelKeys.ChannelReceiveTimestampOffset) : null,
            UntetheredWindowLimitTimeoutNs = Untethered(ChannelKeys.UntetheredWindowLimitTimeout, context.UntetheredWindowLimitTimeoutNs),
            UntetheredLingerTimeoutNs = Untethered(ChannelKeys.UntetheredLingerTimeout, context.UntetheredLingerTimeoutNs),
            UntetheredRestingTimeoutNs = Untethered(ChannelKeys.UntetheredRestingTimeout, context.UntetheredRestingTimeoutNs),
        };
    }

    private static int ReadWindow(ChannelUri uri, MediaDriverContext context)
    {
        int? given = ChannelRules.Length(uri, ChannelKeys.ReceiverWindow);
        int window = given is null or 0 ? context.InitialWindowLength : given.Value;
        int? givenBuffer = ChannelRules.Length(uri, ChannelKeys.SocketReceiveBuffer);
        int receiveBuffer = givenBuffer is null or 0 ? context.SocketReceiveBufferLength : givenBuffer.Value;
        return !uri.IsUdp || receiveBuffer == 0 || window <= receiveBuffer
            ? window
            : throw ChannelRules.Refused(uri,
                $"has a receiver window of {window} above the socket's receive buffer of {receiveBuffer}: raise 'so-rcvbuf' or lower 'rcv-wnd'");
    }

    private static string? ReadCongestionControl(ChannelUri uri) => uri.Get(ChannelKeys.CongestionControl) switch
    {
        null => null,
        string known and ("static" or "cubic") => known,
        string other => throw ChannelRules.Refused(uri, $"has 'cc={other}': known are 'static' and 'cubic'"),
    };
}
