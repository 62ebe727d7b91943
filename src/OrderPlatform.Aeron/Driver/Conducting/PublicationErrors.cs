using OrderPlatform.Aeron.CommandAndControl;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>Tells clients, and the error log, that a receiver refused a publication.</summary>
internal static class PublicationErrors
{
    public static void Announce(ConductorServices services, in PublicationErrorNotice notice)
    {
        services.State.ErrorLog.Record(
            $"onPublicationError: registrationId={notice.RegistrationId}, destinationRegistrationId={notice.DestinationRegistrationId}, "
                + $"sessionId={notice.SessionId}, "
            + $"streamId={notice.StreamId}, receiverId={notice.ReceiverId}, groupId={notice.GroupTag}, "
            + $"errorCode={(int)notice.Code}, errorMessage={notice.Message}");
        services.Clients.PublicationError(new PublicationErrorEvent(
            notice.RegistrationId,
            notice.DestinationRegistrationId,
            notice.SessionId,
            notice.StreamId,
            notice.ReceiverId,
            notice.GroupTag,
            notice.Source.ToEndPoint(),
            notice.Code,
            notice.Message));
    }
}
