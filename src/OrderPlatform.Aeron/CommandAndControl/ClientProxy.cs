using System.Net;
using System.Net.Sockets;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>
/// Tells the clients what happened; the driver's side of <see cref="IDriverEventHandler"/>. One thread, the conductor's. Layouts:
/// aeron_control_protocol.h of Aeron 1.52.
/// </summary>
public sealed class ClientProxy
{
    private const int AddressTypeIp4 = 1;
    private const int AddressTypeIp6 = 2;
    private const int AddressLength = 16;

    private readonly BroadcastTransmitter _transmitter;
    private readonly byte[] _buffer;

    /// <param name="transmitter">The way to the clients.</param>
    public ClientProxy(BroadcastTransmitter transmitter)
    {
        ArgumentNullException.ThrowIfNull(transmitter);
        _transmitter = transmitter;
        _buffer = new byte[transmitter.MaxMessageLength];
    }

    /// <summary>A command failed.</summary>
    public void Error(long correlationId, ErrorCode code, string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Transmit(ControlMessageTypes.OnError, Writer().Long(correlationId).Int((int)code).Text(message));
    }

    /// <summary>A subscription has an image from now on.</summary>
    public void AvailableImage(in AvailableImage image) => Transmit(
        ControlMessageTypes.OnAvailableImage,
        Writer().Long(image.ImageCorrelationId).Int(image.SessionId).Int(image.StreamId).Long(image.SubscriptionRegistrationId)
            .Int(image.SubscriberPositionCounterId).Text(image.LogFile).AlignToInt().Text(image.SourceIdentity));

    /// <summary>A subscription has no longer an image.</summary>
    public void UnavailableImage(long imageCorrelationId, long subscriptionRegistrationId, int streamId, string channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        Transmit(
            ControlMessageTypes.OnUnavailableImage, Writer().Long(imageCorrelationId).Long(subscriptionRegistrationId).Int(streamId).Text(channel));
    }

    /// <summary>A publication was added.</summary>
    public void PublicationReady(in PublicationReady publication) => Transmit(
        publication.IsExclusive ? ControlMessageTypes.OnExclusivePublicationReady : ControlMessageTypes.OnPublicationReady,
        Writer().Long(publication.CorrelationId).Long(publication.RegistrationId).Int(publication.SessionId).Int(publication.StreamId)
            .Int(publication.PositionLimitCounterId).Int(publication.ChannelStatusCounterId).Text(publication.LogFile));

    /// <summary>A subscription was added.</summary>
    public void SubscriptionReady(long correlationId, int channelStatusCounterId) =>
        Transmit(ControlMessageTypes.OnSubscriptionReady, Writer().Long(correlationId).Int(channelStatusCounterId));

    /// <summary>A command that has no other answer was carried out.</summary>
    public void OperationSuccess(long correlationId) => Transmit(ControlMessageTypes.OnOperationSuccess, Writer().Long(correlationId));

    /// <summary>A counter was added, for a client or, with the client's id, as its heartbeat.</summary>
    public void CounterReady(long correlationId, int counterId) =>
        Transmit(ControlMessageTypes.OnCounterReady, Writer().Long(correlationId).Int(counterId));

    /// <summary>A counter is no longer there.</summary>
    public void UnavailableCounter(long registrationId, int counterId) =>
        Transmit(ControlMessageTypes.OnUnavailableCounter, Writer().Long(registrationId).Int(counterId));

    /// <summary>A static counter is there, new or not.</summary>
    public void StaticCounter(long correlationId, int counterId) =>
        Transmit(ControlMessageTypes.OnStaticCounter, Writer().Long(correlationId).Int(counterId));

    /// <summary>A client was silent for too long, and all that it had was taken away.</summary>
    public void ClientTimeout(long clientId) => Transmit(ControlMessageTypes.OnClientTimeout, Writer().Long(clientId));

    /// <summary>A receiver refused a publication.</summary>
    public void PublicationError(in PublicationErrorEvent publicationError)
    {
        Span<byte> address = stackalloc byte[AddressLength];
        address.Clear();
        IPEndPoint source = publicationError.Source;
        source.Address.TryWriteBytes(address, out _);
        Transmit(
            ControlMessageTypes.OnPublicationError,
            Writer().Long(publicationError.RegistrationId).Long(publicationError.DestinationRegistrationId).Int(publicationError.SessionId)
                .Int(publicationError.StreamId).Long(publicationError.ReceiverId).Long(publicationError.GroupTag)
                .Short(source.AddressFamily == AddressFamily.InterNetworkV6 ? AddressTypeIp6 : AddressTypeIp4).Short(source.Port).Raw(address)
                .Int((int)publicationError.Code).Text(publicationError.Message));
    }

    /// <summary>A session id that no publication of the stream has.</summary>
    public void NextAvailableSessionId(long correlationId, int sessionId) =>
        Transmit(ControlMessageTypes.OnNextAvailableSessionId, Writer().Long(correlationId).Int(sessionId));

    private ControlMessageWriter Writer() => new(_buffer);

    private void Transmit(int typeId, ControlMessageWriter message) => _transmitter.Transmit(typeId, message.Written);
}
