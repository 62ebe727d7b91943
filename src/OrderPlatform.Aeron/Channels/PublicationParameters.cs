using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Channels;

/// <summary>What a publication takes from one that carries the tag of <c>session-id=tag:n</c>.</summary>
public readonly record struct TaggedPublication(int SessionId, int MtuLength, int TermLength);

/// <summary>
/// The settings of a publication: the URI's where it has them, else the driver's, all within their limits. Lengths in bytes, times in
/// nanoseconds. The rules are those of aeron_driver_uri.c of Aeron 1.52.
/// </summary>
public sealed record PublicationParameters
{
    /// <summary>The value of <see cref="ResponseCorrelationId"/> for <c>response-correlation-id=prototype</c>.</summary>
    public const long PrototypeCorrelationId = -2;

    /// <summary>The most that <c>max-resend</c> can be.</summary>
    public const int MaxResendMax = 256;

    public required int TermLength { get; init; }
    public required int MtuLength { get; init; }

    /// <summary>How far the producer may be ahead of the slowest consumer; at most half a term.</summary>
    public required int PublicationWindowLength { get; init; }

    /// <summary>The session that the URI names, itself or by a tag; null lets the driver choose.</summary>
    public int? SessionId { get; init; }

    /// <summary>Where the stream begins; null lets the driver choose.</summary>
    public StartPosition? Start { get; init; }

    /// <summary>The URI names the term length, so a publication that is shared must have the same.</summary>
    public bool HasTermLength { get; init; }

    /// <inheritdoc cref="HasTermLength"/>
    public bool HasMtuLength { get; init; }

    /// <inheritdoc cref="HasTermLength"/>
    public bool HasPublicationWindow { get; init; }

    /// <summary>Second of <c>tags</c>.</summary>
    public long? EntityTag { get; init; }
    public required long LingerTimeoutNs { get; init; }
    public required bool IsSparse { get; init; }

    /// <summary>Heartbeats tell receivers that the stream has ended.</summary>
    public required bool SignalEndOfStream { get; init; }
    public required bool SpiesSimulateConnection { get; init; }
    public required int MaxResend { get; init; }

    /// <inheritdoc cref="HasTermLength"/>
    public bool HasMaxResend { get; init; }

    /// <summary>It answers the image with <see cref="ResponseCorrelationId"/>.</summary>
    public required bool IsResponse { get; init; }

    /// <summary>The image that is answered, or the subscription that waits for answers; −1 for none; <see cref="PrototypeCorrelationId"/>.</summary>
    public long ResponseCorrelationId { get; init; } = -1;
    public required long UntetheredWindowLimitTimeoutNs { get; init; }
    public required long UntetheredLingerTimeoutNs { get; init; }
    public required long UntetheredRestingTimeoutNs { get; init; }

    /// <summary>The text of <c>fc</c>; null for the default of the channel.</summary>
    public string? FlowControl { get; init; }

    /// <summary>Where the time of sending is written; null for nowhere.</summary>
    public TimestampOffset? ChannelSendTimestamp { get; init; }

    /// <summary>Reads a channel's settings.</summary>
    /// <param name="uri">The channel.</param>
    /// <param name="context">The driver's settings.</param>
    /// <param name="publicationByTag">Finds the network publication with an entity tag.</param>
    /// <exception cref="ControlProtocolException"><see cref="ErrorCode.InvalidChannel"/> or
    /// <see cref="ErrorCode.NotSupported"/>, with place and remedy.</exception>
    public static PublicationParameters Parse(ChannelUri uri, MediaDriverContext context, Func<long, TaggedPublication?>? publicationByTag = null)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ArgumentNullException.ThrowIfNull(context);
        return ChannelRules.Read(uri, read => ParseChecked(read, context, publicationByTag));
    }

    private static PublicationParameters ParseChecked(ChannelUri uri, MediaDriverContext context, Func<long, TaggedPublication?>? publicationByTag)
    {
        ChannelRules.CheckOthers(uri);
        (int? sessionId, TaggedPublication? tagged) = ReadSession(uri, publicationByTag);
        int? givenTermLength = ChannelRules.TermLength(uri);
        int? givenMtu = ChannelRules.MtuLength(uri);
        int termLength = givenTermLength ?? tagged?.TermLength ?? (uri.IsIpc ? context.IpcTermBufferLength : context.TermBufferLength);
        int mtu = givenMtu ?? tagged?.MtuLength ?? (uri.IsIpc ? context.IpcMtuLength : context.MtuLength);
        CheckSendBuffer(uri, context, mtu);
        int? givenMaxResend = ReadMaxResend(uri);
        long Untethered(string key, long defaultNs) => ChannelRules.UntetheredTimeoutNs(uri, key, defaultNs, context.TimerIntervalNs);
        return new PublicationParameters
        {
            TermLength = termLength,
            HasTermLength = givenTermLength is not null,
            MtuLength = mtu,
            HasMtuLength = givenMtu is not null,
            PublicationWindowLength = ReadWindow(uri, context, termLength, mtu),
            HasPublicationWindow = uri.Has(ChannelKeys.PublicationWindow),
            SessionId = sessionId,
            Start = StartPosition.Read(uri, termLength),
            EntityTag = uri.EntityTag,
            LingerTimeoutNs = uri.GetDurationNs(ChannelKeys.Linger) ?? context.PublicationLingerTimeoutNs,
            IsSparse = uri.GetBool(ChannelKeys.Sparse) ?? context.TermBufferSparseFile,
            SignalEndOfStream = uri.GetBool(ChannelKeys.EndOfStream) ?? true,
            SpiesSimulateConnection = uri.GetBool(ChannelKeys.SpiesSimulateConnection) ?? context.SpiesSimulateConnection,
            MaxResend = givenMaxResend ?? context.MaxResend,
            HasMaxResend = givenMaxResend is not null,
            IsResponse = ChannelRules.IsResponse(uri),
            ResponseCorrelationId = ReadResponseCorrelationId(uri),
            UntetheredWindowLimitTimeoutNs = Untethered(ChannelKeys.UntetheredWindowLimitTimeout, context.UntetheredWindowLimitTimeoutNs),
            UntetheredLingerTimeoutNs = Untethered(ChannelKeys.UntetheredLingerTimeout, context.UntetheredLingerTimeoutNs),
            UntetheredRestingTimeoutNs = Untethered(ChannelKeys.UntetheredRestingTimeout, context.UntetheredRestingTimeoutNs),
            FlowControl = uri.Get(ChannelKeys.FlowControl),
            ChannelSendTimestamp = uri.IsUdp ? TimestampOffset.Read(uri, ChannelKeys.ChannelSendTimestampOffset) : null,
        };
    }

    private static (int? SessionId, TaggedPublication? Tagged) ReadSession(ChannelUri uri, Func<long, TaggedPublication?>? publicationByTag)
    {
        const string tagPrefix = "tag:";
        if (uri.Get(ChannelKeys.SessionId) is not { } text || !text.StartsWith(tagPrefix, StringComparison.Ordinal))
            return (uri.GetInt(ChannelKeys.SessionId), null);
        if (!ChannelValues.TryParseLong(text[tagPrefix.Length..], out long tag))
            throw ChannelRules.Refused(uri, $"has 'session-id={text}': needed is a number after 'tag:'");
        TaggedPublication tagged = publicationByTag?.Invoke(tag)
            ?? throw ChannelRules.Refused(uri, $"has 'session-id={text}': no network publication has that entity tag; add it first with 'tags=channel,{tag}'");
        return (tagged.SessionId, tagged);
    }

    private static void CheckSendBuffer(ChannelUri uri, MediaDriverContext context, int mtu)
    {
        int? given = ChannelRules.Length(uri, ChannelKeys.SocketSendBuffer);
        int sendBuffer = given is null or 0 ? context.SocketSendBufferLength : given.Value;
        if (uri.IsUdp && sendBuffer != 0 && sendBuffer < mtu)
            throw ChannelRules.Refused(uri, $"has an mtu of {mtu} above the socket's send buffer of {sendBuffer}: raise 'so-sndbuf' or lower 'mtu'");
    }

    private static int? ReadMaxResend(ChannelUri uri)
    {
        int? maxResend = uri.GetInt(ChannelKeys.MaxResend);
        return maxResend is null or (>= 1 and <= MaxResendMax)
            ? maxResend
            : throw ChannelRules.Refused(uri, $"has 'max-resend={maxResend}': possible are 1 to {MaxResendMax}");
    }

    private static int ReadWindow(ChannelUri uri, MediaDriverContext context, int termLength, int mtu)
    {
        int half = termLength / 2;
        if (uri.GetSize(ChannelKeys.PublicationWindow) is not { } window)
        {
            int ofDriver = uri.IsIpc ? context.IpcPublicationTermWindowLength : context.PublicationTermWindowLength;
            return ofDriver > 0 ? Math.Min(ofDriver, half) : half;
        }

        return window >= mtu && window <= half
            ? (int)window
            : throw ChannelRules.Refused(uri, $"has 'pub-wnd={window}': possible are {mtu} (the mtu) to {half} (half a term)");
    }

    private static long ReadResponseCorrelationId(ChannelUri uri)
    {
        if (uri.Get(ChannelKeys.ResponseCorrelationId) is not { } text)
            return -1;
        if (text == "prototype")
            return PrototypeCorrelationId;
        return ChannelValues.TryParseLong(text, out long id) && id >= -1
            ? id
            : throw ChannelRules.Refused(uri, $"has 'response-correlation-id={text}': needed is a number from -1 or 'prototype'");
    }
}
