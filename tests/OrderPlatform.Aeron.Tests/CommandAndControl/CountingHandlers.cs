using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.CommandAndControl;

/// <summary>Counts commands.</summary>
internal sealed class CommandCount : IClientCommandHandler
{
    internal long Count { get; private set; }

    public void OnAddPublication(long clientId, long correlationId, int streamId, string channel, bool isExclusive) => Count++;

    public void OnRemovePublication(long clientId, long correlationId, long registrationId, bool revoke) => Count++;

    public void OnAddSubscription(long clientId, long correlationId, int streamId, string channel) => Count++;

    public void OnRemoveSubscription(long clientId, long correlationId, long registrationId) => Count++;

    public void OnAddDestination(long clientId, long correlationId, long registrationId, string channel) => Count++;

    public void OnRemoveDestination(long clientId, long correlationId, long registrationId, string channel) => Count++;

    public void OnRemoveDestinationById(long clientId, long correlationId, long resourceRegistrationId, long destinationRegistrationId) => Count++;

    public void OnAddReceiveDestination(long clientId, long correlationId, long registrationId, string channel) => Count++;

    public void OnRemoveReceiveDestination(long clientId, long correlationId, long registrationId, string channel) => Count++;

    public void OnAddCounter(long clientId, long correlationId, int typeId, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label) => Count++;

    public void OnAddStaticCounter(
        long clientId, long correlationId, long registrationId, int typeId, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label) => Count++;

    public void OnRemoveCounter(long clientId, long correlationId, long registrationId) => Count++;

    public void OnClientKeepalive(long clientId) => Count++;

    public void OnClientClose(long clientId) => Count++;

    public void OnTerminateDriver(long clientId, ReadOnlySpan<byte> token) => Count++;

    public void OnRejectImage(long clientId, long correlationId, long imageCorrelationId, long position, string reason) => Count++;

    public void OnGetNextAvailableSessionId(long clientId, long correlationId, int streamId) => Count++;
}

/// <summary>Counts events.</summary>
internal sealed class EventCount : IDriverEventHandler
{
    internal long Count { get; private set; }

    public void OnError(long offendingCorrelationId, ErrorCode code, string message) => Count++;

    public void OnAvailableImage(in AvailableImage image) => Count++;

    public void OnUnavailableImage(long imageCorrelationId, long subscriptionRegistrationId, int streamId) => Count++;

    public void OnPublicationReady(in PublicationReady publication) => Count++;

    public void OnSubscriptionReady(long correlationId, int channelStatusCounterId) => Count++;

    public void OnOperationSuccess(long correlationId) => Count++;

    public void OnCounterReady(long correlationId, int counterId) => Count++;

    public void OnUnavailableCounter(long registrationId, int counterId) => Count++;

    public void OnStaticCounter(long correlationId, int counterId) => Count++;

    public void OnClientTimeout(long clientId) => Count++;

    public void OnPublicationError(in PublicationErrorEvent publicationError) => Count++;

    public void OnNextAvailableSessionId(long correlationId, int sessionId) => Count++;
}
