namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>Queues what sender and receiver ask of the conductor, which acts on it on its own thread.</summary>
internal sealed class ConductorProxy(AgentCommands commands) : IDriverConductorProxy
{
    /// <summary>Set once, before any agent runs: conductor and endpoints need each other.</summary>
    public DriverConductor? Conductor { get; set; }

    public bool CreatePublicationImage(in ImageRequest request)
    {
        ImageRequest queued = request;
        return commands.TryOffer(() => Conductor!.OnImageRequest(queued));
    }

    public bool OnChannelEndpointError(int channelStatusCounterId, string message) =>
        commands.TryOffer(() => Conductor!.OnChannelEndpointError(channelStatusCounterId, message));

    public bool OnPublicationError(in PublicationErrorNotice notice)
    {
        PublicationErrorNotice queued = notice;
        return commands.TryOffer(() => Conductor!.OnPublicationError(queued));
    }

    public bool OnResponseSetup(long responseCorrelationId, int responseSessionId) =>
        commands.TryOffer(() => Conductor!.OnResponseSetup(responseCorrelationId, responseSessionId));

    public bool OnResponseConnected(long responseCorrelationId) => commands.TryOffer(() => Conductor!.OnResponseConnected(responseCorrelationId));

    public bool ReResolve(ReResolution request) => commands.TryOffer(() => Conductor!.OnReResolve(request));
}
