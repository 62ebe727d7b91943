using OrderPlatform.Aeron.Client;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Strategies.Publishing;

/// <summary>The two Aeron streams of a publisher: its publication to the door, and the subscription on which answers come. Nothing of it waits.</summary>
internal sealed class DoorConnection : IDisposable
{
    private readonly AeronClient _aeron;
    private readonly PublisherOptions _options;
    private readonly long _subscribing;
    private long? _publishing;

    public DoorConnection(AeronClient aeron, PublisherOptions options)
    {
        _aeron = aeron;
        _options = options;
        bool isIpc = options.Channel.StartsWith("aeron:ipc", StringComparison.Ordinal);
        string channel = options.ResponseChannel ?? (isIpc ? "aeron:ipc" : "aeron:udp?endpoint=127.0.0.1:0");
        _subscribing = aeron.AsyncAddSubscription(channel, options.ResponseStreamId);
    }

    public ExclusivePublication? Publication { get; private set; }

    public Subscription? Responses { get; private set; }

    /// <summary>The response channel with its port; null as long as it is not known.</summary>
    public string? ResponseChannel { get; private set; }

    /// <summary>Whether the door may be spoken to and can answer.</summary>
    /// <exception cref="RegistrationException">The media driver refuses a channel: it is malformed, or its port is in use.</exception>
    public bool IsOpen()
    {
        Responses ??= _aeron.GetSubscription(_subscribing);
        if (Responses is not null && ResponseChannel is null)
        {
            bool isIpc = Responses.Channel.StartsWith("aeron:ipc", StringComparison.Ordinal);
            ResponseChannel = isIpc ? Responses.Channel : Responses.TryResolveChannelEndpointPort();
        }

        if (Publication is null)
        {
            _publishing ??= _aeron.AsyncAddExclusivePublication(_options.Channel, _options.StreamId);
            Publication = _aeron.GetExclusivePublication(_publishing.Value);
        }

        return ResponseChannel is not null && Publication is { IsConnected: true };
    }

    /// <summary>Ends the session; the next <see cref="IsOpen"/> begins another.</summary>
    public void Renew()
    {
        // One that the media driver has not answered yet is the next session's.
        if (Publication is not null)
        {
            Publication.Dispose();
            Publication = null;
            _publishing = null;
        }
    }

    public void Dispose()
    {
        Publication?.Dispose();
        Responses?.Dispose();
    }
}
