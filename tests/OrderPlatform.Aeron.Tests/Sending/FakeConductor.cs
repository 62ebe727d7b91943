using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Subscribers;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>Notes what the sender and its publications tell the conductor and the error log.</summary>
internal sealed class FakeConductor : IDriverConductorProxy, IErrorLog, ISubscriberEvents
{
    /// <summary>False for a full queue.</summary>
    public bool HasRoom { get; set; } = true;

    public List<string> Errors { get; } = [];

    public List<PublicationErrorNotice> PublicationErrors { get; } = [];

    public List<(long CorrelationId, int SessionId)> ResponseSetups { get; } = [];

    public List<long> ResponsesConnected { get; } = [];

    public List<string> EndpointErrors { get; } = [];

    public List<ReResolution> ReResolutions { get; } = [];

    public List<SubscriberPosition> Unavailable { get; } = [];

    public List<(SubscriberPosition Subscriber, long JoinPosition)> AvailableAgain { get; } = [];

    public bool CreatePublicationImage(in ImageRequest request) => throw new InvalidOperationException("A sender does not make images.");

    public bool OnChannelEndpointError(int channelStatusCounterId, string message) => Note(EndpointErrors, message);

    public bool OnPublicationError(in PublicationErrorNotice notice) => Note(PublicationErrors, notice);

    public bool OnResponseSetup(long responseCorrelationId, int responseSessionId) => Note(ResponseSetups, (responseCorrelationId, responseSessionId));

    public bool OnResponseConnected(long responseCorrelationId) => Note(ResponsesConnected, responseCorrelationId);

    public bool ReResolve(ReResolution request) => Note(ReResolutions, request);

    public void Record(string observation) => Errors.Add(observation);

    public void Record(Exception failure) => Errors.Add(failure.Message);

    public void OnSubscriberUnavailable(SubscriberPosition subscriber) => Unavailable.Add(subscriber);

    public void OnSubscriberAvailableAgain(SubscriberPosition subscriber, long joinPosition)
    {
        AvailableAgain.Add((subscriber, joinPosition));
        subscriber.State = SubscriberPosition.TetherState.Active;
    }

    private bool Note<T>(List<T> notes, T note)
    {
        if (HasRoom)
            notes.Add(note);
        return HasRoom;
    }
}
