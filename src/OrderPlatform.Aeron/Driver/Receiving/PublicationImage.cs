using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Driver.Subscribers;
using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>A stream of one session as it is received.</summary>
internal sealed class PublicationImage
{
    public PublicationImage(PublicationImageParameters parameters) => _ = parameters;

    public long CorrelationId => throw new NotSupportedException();

    public int SessionId => throw new NotSupportedException();

    public int StreamId => throw new NotSupportedException();

    public UdpAddress SourceAddress => throw new NotSupportedException();

    /// <summary><c>ip:port</c>.</summary>
    public string SourceIdentity => throw new NotSupportedException();

    public ReceiveChannelEndpoint Endpoint => throw new NotSupportedException();

    public LogBuffer Log => throw new NotSupportedException();

    /// <summary>Conductor: where a subscriber joins now.</summary>
    public long JoinPosition => throw new NotSupportedException();

    /// <summary>Conductor.</summary>
    public ImageState State => throw new NotSupportedException();

    /// <summary>The publisher revoked it.</summary>
    public bool IsRevoked => throw new NotSupportedException();

    /// <summary>The receiver touches it no more.</summary>
    public bool HasReceiverReleased => throw new NotSupportedException();

    /// <summary>Conductor: who reads it.</summary>
    public SubscriberPositions Subscribers => throw new NotSupportedException();

    public long RebuildPosition => throw new NotSupportedException();

    /// <summary>Conductor.</summary>
    public void AddSubscriber(SubscriberPosition subscriber, long nowNs) => throw new NotSupportedException();

    /// <summary>Conductor.</summary>
    public void RemoveSubscriber(SubscriberPosition subscriber) => throw new NotSupportedException();

    /// <summary>Conductor, each cycle.</summary>
    public int TrackRebuild(long nowNs) => throw new NotSupportedException();

    /// <summary>Conductor, by its timer.</summary>
    public ImageState OnTimeEvent(long nowNs) => throw new NotSupportedException();

    /// <summary>Conductor: the application refuses the image.</summary>
    public void Reject(string reason) => throw new NotSupportedException();

    /// <summary>Conductor: the publisher of the image wants this session's answers.</summary>
    public void SetResponseSessionId(int responseSessionId) => throw new NotSupportedException();

    /// <summary>Conductor: the answers come.</summary>
    public void RemoveResponseSessionId() => throw new NotSupportedException();
}
