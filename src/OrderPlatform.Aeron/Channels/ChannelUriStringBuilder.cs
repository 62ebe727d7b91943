using System.Globalization;

namespace OrderPlatform.Aeron.Channels;

/// <summary>Writes a channel URI part by part, in the order of the calls; a key set again keeps its place and gets the new value.</summary>
public sealed class ChannelUriStringBuilder
{
    private readonly OrderedDictionary<string, string> _parameters = [];
    private string _media = "udp";
    private bool _isSpy;

    /// <summary>Over the network; the default.</summary>
    public ChannelUriStringBuilder Udp() => With(ref _media, "udp");

    /// <summary>Through shared memory.</summary>
    public ChannelUriStringBuilder Ipc() => With(ref _media, "ipc");

    /// <summary>Read what a publication of the same driver sends.</summary>
    public ChannelUriStringBuilder Spy() => With(ref _isSpy, true);

    public ChannelUriStringBuilder Endpoint(string hostAndPort) => Set(ChannelKeys.Endpoint, hostAndPort);

    public ChannelUriStringBuilder Interface(string addressAndPrefix) => Set(ChannelKeys.Interface, addressAndPrefix);

    public ChannelUriStringBuilder Control(string hostAndPort) => Set(ChannelKeys.Control, hostAndPort);

    /// <summary>How destinations are found; <see cref="Channels.ControlMode.None"/> is not written.</summary>
    public ChannelUriStringBuilder ControlMode(ControlMode mode) => mode switch
    {
        Channels.ControlMode.Dynamic => Set(ChannelKeys.ControlMode, "dynamic"),
        Channels.ControlMode.Manual => Set(ChannelKeys.ControlMode, "manual"),
        Channels.ControlMode.Response => Set(ChannelKeys.ControlMode, "response"),
        _ => this,
    };

    public ChannelUriStringBuilder TimeToLive(int hops) => Set(ChannelKeys.TimeToLive, hops);

    public ChannelUriStringBuilder SessionId(int sessionId) => Set(ChannelKeys.SessionId, sessionId);

    /// <summary>A channel's tag and, if wanted, an entity's.</summary>
    public ChannelUriStringBuilder Tags(long channelTag, long? entityTag = null) =>
        Set(ChannelKeys.Tags, string.Create(CultureInfo.InvariantCulture, $"{channelTag}{(entityTag is { } entity ? $",{entity}" : "")}"));

    public ChannelUriStringBuilder Alias(string alias) => Set(ChannelKeys.Alias, alias);

    public ChannelUriStringBuilder Mtu(int bytes) => Set(ChannelKeys.MtuLength, bytes);

    public ChannelUriStringBuilder TermLength(int bytes) => Set(ChannelKeys.TermLength, bytes);

    /// <summary>Where the stream begins.</summary>
    public ChannelUriStringBuilder Start(StartPosition start) =>
        Set(ChannelKeys.InitialTermId, start.InitialTermId).Set(ChannelKeys.TermId, start.TermId).Set(ChannelKeys.TermOffset, start.TermOffset);

    public ChannelUriStringBuilder PublicationWindow(int bytes) => Set(ChannelKeys.PublicationWindow, bytes);

    public ChannelUriStringBuilder ReceiverWindow(int bytes) => Set(ChannelKeys.ReceiverWindow, bytes);

    public ChannelUriStringBuilder SocketSendBuffer(int bytes) => Set(ChannelKeys.SocketSendBuffer, bytes);

    public ChannelUriStringBuilder SocketReceiveBuffer(int bytes) => Set(ChannelKeys.SocketReceiveBuffer, bytes);

    public ChannelUriStringBuilder Linger(TimeSpan time) => Set(ChannelKeys.Linger, time);

    public ChannelUriStringBuilder NakDelay(TimeSpan time) => Set(ChannelKeys.NakDelay, time);

    public ChannelUriStringBuilder Reliable(bool value) => Set(ChannelKeys.Reliable, value);

    public ChannelUriStringBuilder Tether(bool value) => Set(ChannelKeys.Tether, value);

    public ChannelUriStringBuilder Rejoin(bool value) => Set(ChannelKeys.Rejoin, value);

    public ChannelUriStringBuilder Group(bool value) => Set(ChannelKeys.Group, value);

    public ChannelUriStringBuilder Sparse(bool value) => Set(ChannelKeys.Sparse, value);

    public ChannelUriStringBuilder EndOfStream(bool value) => Set(ChannelKeys.EndOfStream, value);

    public ChannelUriStringBuilder SpiesSimulateConnection(bool value) => Set(ChannelKeys.SpiesSimulateConnection, value);

    public ChannelUriStringBuilder MaxResend(int count) => Set(ChannelKeys.MaxResend, count);

    /// <summary>For example <c>min,g:/2,t:10s</c>.</summary>
    public ChannelUriStringBuilder FlowControl(string strategy) => Set(ChannelKeys.FlowControl, strategy);

    /// <summary><c>static</c> or <c>cubic</c>.</summary>
    public ChannelUriStringBuilder CongestionControl(string strategy) => Set(ChannelKeys.CongestionControl, strategy);

    public ChannelUriStringBuilder GroupTag(long tag) => Set(ChannelKeys.GroupTag, tag);

    public ChannelUriStringBuilder ResponseCorrelationId(long imageCorrelationId) => Set(ChannelKeys.ResponseCorrelationId, imageCorrelationId);

    /// <summary>Any key.</summary>
    /// <exception cref="ArgumentException">Key or value is empty or has a character that ends it.</exception>
    public ChannelUriStringBuilder Set(string key, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (key.AsSpan().IndexOfAny('=', '|') >= 0)
            throw new ArgumentException($"The key '{key}' has '=' or '|', which end it: write it without.", nameof(key));
        if (value.Contains('|', StringComparison.Ordinal))
            throw new ArgumentException($"The value '{value}' of '{key}' has '|', which ends it: write it without.", nameof(value));
        _parameters[key] = value;
        return this;
    }

    /// <summary>The URI.</summary>
    public string Build()
    {
        string spy = _isSpy ? ChannelUri.SpyPrefix : "";
        string question = _parameters.Count == 0 ? "" : "?";
        return $"{spy}aeron:{_media}{question}{string.Join('|', _parameters.Select(static pair => $"{pair.Key}={pair.Value}"))}";
    }

    /// <inheritdoc/>
    public override string ToString() => Build();

    private ChannelUriStringBuilder Set(string key, long value) => Set(key, value.ToString(CultureInfo.InvariantCulture));

    private ChannelUriStringBuilder Set(string key, bool value) => Set(key, value ? "true" : "false");

    private ChannelUriStringBuilder Set(string key, TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        return Set(key, string.Create(CultureInfo.InvariantCulture, $"{value.Ticks * 100}ns"));
    }

    private ChannelUriStringBuilder With<T>(ref T field, T value)
    {
        field = value;
        return this;
    }
}
