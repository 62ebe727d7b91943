using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>What a driver tells its clients; every client hears everything and picks what is its own. Source: aeron_control_protocol.h of Aeron 1.52.</summary>
public interface IDriverEventHandler
{
    void OnError(long offendingCorrelationId, ErrorCode code, string message);

    void OnAvailableImage(in AvailableImage image);

    void OnUnavailableImage(long imageCorrelationId, long subscriptionRegistrationId, int streamId);

    void OnPublicationReady(in PublicationReady publication);

    void OnSubscriptionReady(long correlationId, int channelStatusCounterId);

    void OnOperationSuccess(long correlationId);

    void OnCounterReady(long correlationId, int counterId);

    void OnUnavailableCounter(long registrationId, int counterId);

    void OnStaticCounter(long correlationId, int counterId);

    void OnClientTimeout(long clientId);

    void OnPublicationError(in PublicationErrorEvent publicationError);

    void OnNextAvailableSessionId(long correlationId, int sessionId);
}

/// <summary>An image that a subscription can read from now on.</summary>
public readonly record struct AvailableImage(
    long ImageCorrelationId,
    int SessionId,
    int StreamId,
    long SubscriptionRegistrationId,
    int SubscriberPositionCounterId,
    string LogFile,
    string SourceIdentity);

/// <summary>A publication that can be written to.</summary>
public readonly record struct PublicationReady(
    long CorrelationId,
    long RegistrationId,
    int SessionId,
    int StreamId,
    int PositionLimitCounterId,
    int ChannelStatusCounterId,
    string LogFile,
    bool IsExclusive);

/// <summary>A receiver refused a publication. Ids and tags are -1 where there is none.</summary>
public readonly record struct PublicationErrorEvent(
    long RegistrationId,
    long DestinationRegistrationId,
    int SessionId,
    int StreamId,
    long ReceiverId,
    long GroupTag,
    System.Net.IPEndPoint Source,
    ErrorCode Code,
    string Message);
