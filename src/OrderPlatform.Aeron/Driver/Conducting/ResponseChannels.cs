using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>
/// Questions and answers belong together: a publication of questions names the subscription that waits for the answers, a publication of answers the
/// image of the questions. Source: the response channels of aeron_driver_conductor.c, Aeron 1.52.
/// </summary>
internal sealed class ResponseChannels(ConductorServices services, Images images, IpcPublications ipcPublications)
{
    /// <summary>To be asked before a publication is made.</summary>
    /// <exception cref="ControlProtocolException">What the publication names is not there, or did not ask.</exception>
    public void Check(ChannelUri uri, PublicationParameters parameters)
    {
        long id = parameters.ResponseCorrelationId;
        if (id == PublicationParameters.PrototypeCorrelationId)
            return;
        if (!parameters.IsResponse)
        {
            if (id != -1 && services.Subscriptions.Find(id) is null)
                throw Refused(uri, $"unable to find response subscription for response-correlation-id={id}: add the subscription first, with control-mode=response");
            return;
        }

        if (id == -1)
            throw Refused(uri, "control-mode=response was specified, but no response-correlation-id set: give the correlation id of the image that is answered");
        bool? isAsking = uri.IsIpc ? ipcPublications.IsAsking(id) : images.IsAsking(id);
        if (isAsking is null)
            throw Refused(uri, $"image.correlationId={id} not found: whoever asked may be gone");
        if (isAsking == false)
            throw Refused(uri, $"image.correlationId={id} did not request a response channel: its publication has no response-correlation-id");
    }

    private static ControlProtocolException Refused(ChannelUri uri, string reason) => new(ErrorCode.GenericError, $"Channel '{uri.Text}': {reason}.");
}
