namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>
/// What clients ask a driver for, decoded and checked for lengths. Called on the conductor's thread. Source: aeron_control_protocol.h of
/// Aeron 1.52. A command that is refused throws <see cref="ControlProtocolException"/>, and its client gets an error.
/// </summary>
public interface IClientCommandHandler
{
    void OnAddPublication(long clientId, long correlationId, int streamId, string channel, bool isExclusive);

    void OnRemovePublication(long clientId, long correlationId, long registrationId, bool revoke);

    void OnAddSubscription(long clientId, long correlationId, int streamId, string channel);

    void OnRemoveSubscription(long clientId, long correlationId, long registrationId);

    void OnAddDestination(long clientId, long correlationId, long registrationId, string channel);

    void OnRemoveDestination(long clientId, long correlationId, long registrationId, string channel);

    void OnRemoveDestinationById(long clientId, long correlationId, long resourceRegistrationId, long destinationRegistrationId);

    void OnAddReceiveDestination(long clientId, long correlationId, long registrationId, string channel);

    void OnRemoveReceiveDestination(long clientId, long correlationId, long registrationId, string channel);

    void OnAddCounter(long clientId, long correlationId, int typeId, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label);

    void OnAddStaticCounter(long clientId, long correlationId, long registrationId, int typeId, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label);

    void OnRemoveCounter(long clientId, long correlationId, long registrationId);

    void OnClientKeepalive(long clientId);

    void OnClientClose(long clientId);

    void OnTerminateDriver(long clientId, ReadOnlySpan<byte> token);

    void OnRejectImage(long clientId, long correlationId, long imageCorrelationId, long position, string reason);

    void OnGetNextAvailableSessionId(long clientId, long correlationId, int streamId);
}
