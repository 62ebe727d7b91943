using System.Runtime.CompilerServices;
using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Client;

/// <summary>
/// The driver's CnC file, mapped as long as anything of this client can be reached: publications, images, counters and readers hold on to it, so
/// that they can be used in any order with the client's own end.
/// </summary>
internal sealed unsafe class CncConnection
{
    private static readonly ConditionalWeakTable<CountersReader, CncConnection> KeptByReaders = [];

    private readonly CncFile _file;

    private CncConnection(CncFile file)
    {
        _file = file;
        ToDriver = new ManyToOneRingBuffer(file.ToDriver);
        Counters = new CountersReader(file.CountersMetaData, file.CountersValues);
        KeptByReaders.Add(Counters, this);
    }

    ~CncConnection() => _file.Dispose();

    public ManyToOneRingBuffer ToDriver { get; }

    public CountersReader Counters { get; }

    public UnsafeBuffer ToClients => _file.ToClients;

    public long ClientLivenessTimeoutNs => _file.ClientLivenessTimeoutNs;

    /// <summary>Waits for a driver that lives.</summary>
    /// <exception cref="DriverTimeoutException">There is none within the timeout.</exception>
    /// <inheritdoc cref="CncFile.TryOpen" path="/exception"/>
    public static CncConnection Connect(AeronContext context)
    {
        IIdleStrategy idle = context.AwaitingIdleStrategy();
        long deadline = context.Clock.NanoTime + context.DriverTimeoutNs;
        string state;
        do
        {
            CncFile? file = TryOpenOfLivingDriver(context, out state);
            if (file != null)
                return new CncConnection(file);
            idle.Idle(context.DriverAgentInvoker?.Invoke() ?? 0);
        }
        while (context.Clock.NanoTime - deadline < 0);

        throw new DriverTimeoutException(
            $"No driver within {context.DriverTimeoutNs / 1_000_000} ms: {state} Start one with the directory '{context.AeronDirectoryName}'.");
    }

    /// <summary>The value of a counter that the driver named.</summary>
    /// <exception cref="InvalidDataException">There is no such counter.</exception>
    public long* ValueAddress(int counterId)
    {
        if ((uint)counterId > (uint)Counters.MaxCounterId)
            throw new InvalidDataException($"The driver named counter {counterId}: ids go from 0 to {Counters.MaxCounterId}.");
        return (long*)Counters.Values.At((long)counterId * CountersDescriptor.ValueRecordLength, CountersDescriptor.ValueRecordLength);
    }

    private static CncFile? TryOpenOfLivingDriver(AeronContext context, out string state)
    {
        CncFile? file = CncFile.TryOpen(context.AeronDirectoryName, out CncFileState fileState);
        if (file == null)
        {
            state = fileState == CncFileState.Missing ? "there is no CnC file." : "the CnC file is not ready.";
            return null;
        }

        long heartbeatMs = new ManyToOneRingBuffer(file.ToDriver).ConsumerHeartbeatTime;
        long ageMs = context.Clock.EpochMillis - heartbeatMs;
        if (heartbeatMs > 0 && ageMs <= context.DriverTimeoutNs / 1_000_000)
        {
            state = string.Empty;
            return file;
        }

        file.Dispose();
        state = heartbeatMs switch
        {
            0 => "the driver has not started yet.",
            < 0 => "the driver has ended.",
            _ => $"the driver's last sign of life is {ageMs} ms old.",
        };
        return null;
    }
}
