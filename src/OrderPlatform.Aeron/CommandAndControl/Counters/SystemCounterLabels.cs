using OrderPlatform.Aeron.Driver;

namespace OrderPlatform.Aeron.CommandAndControl.Counters;

/// <summary>
/// The labels of the counters that every driver has, as tools for the reference driver show them. Source: aeron_system_counters.c of Aeron 1.52,
/// and what such a driver wrote.
/// </summary>
public static class SystemCounterLabels
{
    /// <summary>1.52.2: clients read from <see cref="SystemCounterId.AeronVersion"/> what a driver can do, and this one is like that release.</summary>
    public const long AeronVersionValue = (1 << 16) | (52 << 8) | 2;

    /// <summary>Value of <see cref="SystemCounterId.ControlProtocolVersion"/>: 1.0.0.</summary>
    public const long ControlProtocolVersionValue = 1 << 16;

    private const string ConductorName = "Conductor";
    private const string SenderName = "Sender";
    private const string ReceiverName = "Receiver";
    private const long OwnerId = -1;

    private static readonly string Version =
        $"version=1.52.2 commit=OrderPlatform.Aeron-{typeof(SystemCounterLabels).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>Makes the counters, which must be the first, and sets the two versions.</summary>
    /// <param name="counters">Empty.</param>
    /// <param name="threadingMode">Said in some labels.</param>
    /// <exception cref="InvalidOperationException">There are counters already.</exception>
    public static void Allocate(CounterAllocator counters, ThreadingMode threadingMode)
    {
        ArgumentNullException.ThrowIfNull(counters);
        Span<byte> key = stackalloc byte[sizeof(int)];
        for (int id = 0; id < SystemCounters.Count; id++)
        {
            BitConverter.TryWriteBytes(key, id);
            AtomicCounter counter = counters.Allocate(CounterTypes.System, key, Of((SystemCounterId)id, threadingMode), id, OwnerId);
            if (counter.Id != id)
                throw new InvalidOperationException($"System counter {id} got the id {counter.Id}: system counters are made first.");
            if (id == (int)SystemCounterId.AeronVersion)
                counter.SetRelease(AeronVersionValue);
            else if (id == (int)SystemCounterId.ControlProtocolVersion)
                counter.SetRelease(ControlProtocolVersionValue);
        }
    }

    /// <summary>The label of one of them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such counter.</exception>
    public static string Of(SystemCounterId id, ThreadingMode threadingMode) => id switch
    {
        SystemCounterId.BytesSent => "Bytes sent",
        SystemCounterId.BytesReceived => "Bytes received",
        SystemCounterId.ReceiverProxyFails => "Failed offers to ReceiverProxy",
        SystemCounterId.SenderProxyFails => "Failed offers to SenderProxy",
        SystemCounterId.ConductorProxyFails => "Failed offers to DriverConductorProxy",
        SystemCounterId.NaksSent => "NAKs sent",
        SystemCounterId.NaksReceived => "NAKs received",
        SystemCounterId.StatusMessagesSent => "Status Messages sent",
        SystemCounterId.StatusMessagesReceived => "Status Messages received",
        SystemCounterId.HeartbeatsSent => "Heartbeats sent",
        SystemCounterId.HeartbeatsReceived => "Heartbeats received",
        SystemCounterId.RetransmitsSent => "Retransmits sent",
        SystemCounterId.FlowControlUnderRuns => "Flow control under runs",
        SystemCounterId.FlowControlOverRuns => "Flow control over runs",
        SystemCounterId.InvalidPackets => "Invalid packets",
        SystemCounterId.Errors => $"Errors: {Version}",
        SystemCounterId.ShortSends => "Short sends",
        SystemCounterId.FreeFails => "Failed attempts to free log buffers",
        SystemCounterId.SenderFlowControlLimits => "Sender flow control limits, i.e. back-pressure events",
        SystemCounterId.UnblockedPublications => "Unblocked Publications",
        SystemCounterId.UnblockedCommands => "Unblocked Control Commands",
        SystemCounterId.PossibleTtlAsymmetry => "Possible TTL Asymmetry",
        SystemCounterId.ControllableIdleStrategy => "ControllableIdleStrategy status",
        SystemCounterId.LossGapFills => "Loss gap fills",
        SystemCounterId.ClientTimeouts => "Client liveness timeouts",
        SystemCounterId.ResolutionChanges => "Resolution changes: driverName=",
        SystemCounterId.ConductorMaxCycleTime => MaxCycleTime(ConductorName, threadingMode),
        SystemCounterId.ConductorCycleTimeThresholdExceeded => CycleTimeThreshold(ConductorName, threadingMode),
        SystemCounterId.SenderMaxCycleTime => MaxCycleTime(SenderName, threadingMode),
        SystemCounterId.SenderCycleTimeThresholdExceeded => CycleTimeThreshold(SenderName, threadingMode),
        SystemCounterId.ReceiverMaxCycleTime => MaxCycleTime(ReceiverName, threadingMode),
        SystemCounterId.ReceiverCycleTimeThresholdExceeded => CycleTimeThreshold(ReceiverName, threadingMode),
        SystemCounterId.NameResolverMaxTime => "NameResolver max time in ns",
        SystemCounterId.NameResolverTimeThresholdExceeded => "NameResolver exceeded threshold count: threshold=5s",
        SystemCounterId.AeronVersion => $"Aeron software: {Version}",
        SystemCounterId.BytesCurrentlyMapped => "Bytes currently mapped",
        SystemCounterId.RetransmittedBytes => "Retransmitted bytes",
        SystemCounterId.RetransmitOverflow => "Retransmit Pool Overflow count",
        SystemCounterId.ErrorFramesReceived => "Error Frames received",
        SystemCounterId.ErrorFramesSent => "Error Frames sent",
        SystemCounterId.PublicationsRevoked => "Publications Revoked",
        SystemCounterId.PublicationImagesRevoked => "Publication Images Revoked",
        SystemCounterId.ImagesRejected => "Images rejected",
        SystemCounterId.ControlProtocolVersion => "Control protocol version",
        SystemCounterId.StatusMessagesRejected => "Status Messages rejected",
        SystemCounterId.NativeResourceAgentProxyFails => "Failed offers to NativeResourceAgentProxy",
        _ => throw new ArgumentOutOfRangeException(nameof(id), $"There is no system counter {id}."),
    };

    private static string MaxCycleTime(string agent, ThreadingMode threadingMode) =>
        $"{agent} max cycle time doing its work in ns: {Name(threadingMode)}";

    private static string CycleTimeThreshold(string agent, ThreadingMode threadingMode) =>
        $"{agent} work cycle exceeded threshold count: threshold=100ms {Name(threadingMode)}";

    private static string Name(ThreadingMode threadingMode) => threadingMode switch
    {
        ThreadingMode.Invoker => "INVOKER",
        ThreadingMode.Shared => "SHARED",
        ThreadingMode.SharedNetwork => "SHARED_NETWORK",
        ThreadingMode.Dedicated => "DEDICATED",
        _ => throw new ArgumentOutOfRangeException(nameof(threadingMode), $"There is no threading mode {threadingMode}."),
    };
}
