using OrderPlatform.Aeron.Driver.Limits;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Receiving;

// Which streams are wanted, and how their publishers are asked for them.
internal sealed unsafe partial class ReceiveChannelEndpoint
{
    // In the order of their times: all wait equally long.
    private readonly Queue<PendingSetup> _pendingSetups = new();

    public void AddSubscription(int streamId) => _dispatcher.AddSubscription(streamId);

    public void AddSubscription(int streamId, int sessionId, long nowNs)
    {
        _dispatcher.AddSubscription(streamId, sessionId);
        RequestSetup(streamId, sessionId, nowNs);
    }

    public void RemoveSubscription(int streamId) => _dispatcher.RemoveSubscription(streamId);

    public void RemoveSubscription(int streamId, int sessionId) => _dispatcher.RemoveSubscription(streamId, sessionId);

    /// <summary>False when nobody is interested any more.</summary>
    public bool AddImage(PublicationImage image) => _dispatcher.AddImage(image);

    public void RemoveImage(PublicationImage image) => _dispatcher.RemoveImage(image);

    public void RemoveCoolDown(int streamId, int sessionId) => _dispatcher.RemoveCoolDown(streamId, sessionId);

    /// <summary>An image could not be made: its SETUP is heeded again after the time of a pending one.</summary>
    public void RefuseImage(int streamId, int sessionId, long nowNs)
    {
        if (_dispatcher.TryDelayImage(streamId, sessionId))
            _pendingSetups.Enqueue(new PendingSetup(streamId, sessionId, nowNs));
    }

    /// <summary>Asks the publishers that the channel names for a session.</summary>
    public void RequestSetup(int streamId, int sessionId, long nowNs)
    {
        StreamInterest? interest = _dispatcher.FindInterest(streamId);
        if (interest is null || !interest.Wants(sessionId))
            return;
        foreach (ReceiveDestination? destination in _destinations)
        {
            if (destination?.ControlAddress is { } control && DataPacketDispatcher.StateOf(interest, sessionId) == SessionState.Unknown)
                ElicitSetup(destination, interest, sessionId, control, nowNs);
        }
    }

    /// <summary>The endpoint's sockets are polled from now on: publishers at a control address learn of it at once.</summary>
    public void OnRegistered(long nowNs)
    {
        foreach (ReceiveDestination? destination in _destinations)
        {
            if (destination is null)
                continue;
            destination.TimeOfLastActivityNs = nowNs;
            StartPeriodicSetupRequests(destination, nowNs);
        }
    }

    /// <summary>What is due by time: pending setups end, publishers at a control address are asked again.</summary>
    public int OnCycle(long nowNs)
    {
        int workCount = 0;
        while (_pendingSetups.TryPeek(out PendingSetup pending) && nowNs - pending.TimeNs > _context.PendingSetupsTimeoutNs)
        {
            _pendingSetups.Dequeue();
            _dispatcher.RemovePendingSetup(pending.StreamId, pending.SessionId);
            _dispatcher.RemoveRefused(pending.StreamId, pending.SessionId);
            workCount++;
        }

        if (!_dispatcher.HasInterest)
            return workCount;
        ReceiveDestination?[] destinations = _destinations;
        foreach (ReceiveDestination? destination in destinations)
        {
            if (destination?.ControlAddress is null || nowNs - destination.TimeOfLastSetupRequestNs <= _context.PendingSetupsTimeoutNs)
                continue;
            SendSetupRequest(destination, destination.ControlAddress.Value, 0, 0);
            destination.TimeOfLastSetupRequestNs = nowNs;
            workCount++;
        }

        return workCount;
    }

    /// <summary>Publishers that are named and silent may have moved.</summary>
    public void CheckReResolution(long nowNs)
    {
        foreach (ReceiveDestination? destination in _destinations)
        {
            if (destination is not { ControlName: { } name, ControlAddress: { } current })
                continue;
            if (nowNs - destination.TimeOfLastActivityNs > _context.DestinationTimeoutNs)
                _conductor.ReResolve(new ReResolution(name, current, false, destination.MoveControlAddress));
        }
    }

    private void StartPeriodicSetupRequests(ReceiveDestination destination, long nowNs)
    {
        if (destination.ControlAddress is not { } control)
            return;
        SendSetupRequest(destination, control, 0, 0);
        destination.TimeOfLastSetupRequestNs = nowNs;
    }

    private void ElicitSetup(ReceiveDestination destination, StreamInterest interest, int sessionId, in UdpAddress source, long nowNs)
    {
        if (!_dispatcher.TryMarkPending(interest, sessionId, source, out Refusal refusal))
        {
            _refusals.Count(refusal, source);
            return;
        }

        SendSetupRequest(destination, destination.ControlAddressFor(source), interest.StreamId, sessionId);
        _pendingSetups.Enqueue(new PendingSetup(interest.StreamId, sessionId, nowNs));
    }

    private void SendSetupRequest(ReceiveDestination destination, in UdpAddress control, int streamId, int sessionId) =>
        SendStatusMessage(destination, control, streamId, sessionId, 0, 0, 0, FrameFlags.StatusSendSetup);
}
