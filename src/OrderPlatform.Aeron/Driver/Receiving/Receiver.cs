using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>Takes in what arrives at all endpoints.</summary>
internal sealed class Receiver : IAgent
{
    public Receiver(MediaDriverContext context, SystemCounters systemCounters, IErrorLog errorLog, IDriverConductorProxy conductor)
    {
        Commands = new AgentCommands(systemCounters[SystemCounterId.ReceiverProxyFails]);
        _ = context;
        _ = errorLog;
        _ = conductor;
    }

    public string RoleName => "receiver";

    /// <summary>What the conductor asks: every other method runs on the receiver's thread, by a delegate that is offered here.</summary>
    public AgentCommands Commands { get; }

    public int DoWork() => throw new NotSupportedException();

    public void OnClose() => throw new NotSupportedException();

    public void RegisterEndpoint(ReceiveChannelEndpoint endpoint) => throw new NotSupportedException();

    /// <summary>Closes its sockets.</summary>
    public void CloseEndpoint(ReceiveChannelEndpoint endpoint) => throw new NotSupportedException();

    public void AddSubscription(ReceiveChannelEndpoint endpoint, int streamId) => throw new NotSupportedException();

    public void AddSubscription(ReceiveChannelEndpoint endpoint, int streamId, int sessionId) => throw new NotSupportedException();

    public void RemoveSubscription(ReceiveChannelEndpoint endpoint, int streamId) => throw new NotSupportedException();

    public void RemoveSubscription(ReceiveChannelEndpoint endpoint, int streamId, int sessionId) => throw new NotSupportedException();

    public void AddImage(ReceiveChannelEndpoint endpoint, PublicationImage image) => throw new NotSupportedException();

    /// <summary>After this the image's <see cref="PublicationImage.HasReceiverReleased"/> is true.</summary>
    public void RemoveImage(ReceiveChannelEndpoint endpoint, PublicationImage image) => throw new NotSupportedException();

    /// <summary>The conductor could not make the image that was asked for: it may be asked again after a second.</summary>
    public void RefuseImage(ReceiveChannelEndpoint endpoint, int sessionId, int streamId) => throw new NotSupportedException();

    public void RemoveCoolDown(ReceiveChannelEndpoint endpoint, int sessionId, int streamId) => throw new NotSupportedException();

    /// <summary>Asks for a SETUP of a session, where the channel names a control address (response channels).</summary>
    public void RequestSetup(ReceiveChannelEndpoint endpoint, int streamId, int sessionId) => throw new NotSupportedException();

    public void AddDestination(ReceiveChannelEndpoint endpoint, ReceiveDestination destination) => throw new NotSupportedException();

    /// <summary>Closes the destination's socket.</summary>
    public void RemoveDestination(ReceiveChannelEndpoint endpoint, ReceiveDestination destination) => throw new NotSupportedException();
}
