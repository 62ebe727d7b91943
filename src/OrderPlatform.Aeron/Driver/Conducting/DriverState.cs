using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.CommandAndControl.Reports;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>The directory of a running driver and what lies in it: the CnC file with its buffers, the loss report, the folders of logs.</summary>
internal sealed class DriverState : IDisposable
{
    private const long NanosPerMilli = 1_000_000;

    private readonly MediaDriverContext _context;
    private readonly MappedFile _lossReportFile;

    private DriverState(MediaDriverContext context)
    {
        _context = context;
        string directory = context.AeronDirectoryName;
        Directory.CreateDirectory(Path.Combine(directory, AeronDirectory.PublicationsFolder));
        Directory.CreateDirectory(Path.Combine(directory, AeronDirectory.ImagesFolder));
        _lossReportFile = MappedFile.CreateNew(Path.Combine(directory, AeronDirectory.LossReportFileName), context.LossReportBufferLength);
        LossReport = new LossReport(_lossReportFile.Buffer);
        Cnc = CncFile.Create(directory, new CncFileParameters
        {
            ToDriverBufferLength = context.ToDriverBufferLength,
            ToClientsBufferLength = context.ToClientsBufferLength,
            CountersValuesBufferLength = context.CountersValuesBufferLength,
            ErrorLogBufferLength = context.ErrorLogBufferLength,
            ClientLivenessTimeoutNs = context.ClientLivenessTimeoutNs,
            StartTimestampMs = context.Clock.EpochMillis,
            FilePageSize = context.FilePageSize,
        });
        ErrorLog = new DistinctErrorLog(Cnc.ErrorLog, context.Clock);
        Counters = new CounterAllocator(Cnc.CountersMetaData, Cnc.CountersValues, context.Clock, context.CounterFreeToReuseTimeoutNs);
        SystemCounterLabels.Allocate(Counters, context.ThreadingMode);
        SystemCounters = new SystemCounters(Cnc.CountersValues);
        SystemCounters[SystemCounterId.BytesCurrentlyMapped].SetRelease(Cnc.LengthBytes + context.LossReportBufferLength);
        ToDriver = new ManyToOneRingBuffer(Cnc.ToDriver);
        ConductorCommands = new AgentCommands(SystemCounters[SystemCounterId.ConductorProxyFails]);
    }

    public CncFile Cnc { get; }

    public ManyToOneRingBuffer ToDriver { get; }

    public CounterAllocator Counters { get; }

    public SystemCounters SystemCounters { get; }

    public DistinctErrorLog ErrorLog { get; }

    public LossReport LossReport { get; }

    /// <summary>What other agents ask of the conductor.</summary>
    public AgentCommands ConductorCommands { get; }

    public static DriverState Create(MediaDriverContext context)
    {
        string directory = context.AeronDirectoryName;
        if (Directory.Exists(directory))
        {
            if (IsActive(directory, context.Clock.EpochMillis, context.DriverTimeoutNs / NanosPerMilli))
                throw new DriverActiveException(directory);
            RemoveRemains(directory, context.DirDeleteOnStart);
        }

        return new DriverState(context);
    }

    /// <summary>From here on clients may come: everything is in place and somebody reads commands.</summary>
    public void SetReady(long nowMs)
    {
        ToDriver.ConsumerHeartbeatTime = nowMs;
        Cnc.SetReady();
    }

    /// <summary>Records a failure, in the error log and wherever the context says.</summary>
    public void OnError(Exception failure)
    {
        SystemCounters[SystemCounterId.Errors].Increment();
        ErrorLog.Record(failure);
        _context.ErrorHandler?.Invoke(failure);
    }

    public void Dispose()
    {
        Cnc.Dispose();
        _lossReportFile.Dispose();
        if (_context.DirDeleteOnShutdown)
            Directory.Delete(_context.AeronDirectoryName, recursive: true);
    }

    private static bool IsActive(string directory, long nowMs, long heartbeatAgeMaxMs)
    {
        if (CncFile.IsDriverActive(directory, nowMs, heartbeatAgeMaxMs))
            return true;
        try
        {
            using CncFile? cnc = CncFile.TryOpen(directory, out CncFileState state, isWritable: false);
            // A driver that starts at this moment has no heartbeat yet: a file that is younger than a second is somebody's.
            return state == CncFileState.BeingMade && DateTime.UtcNow - File.GetLastWriteTimeUtc(CncFile.PathOf(directory)) < TimeSpan.FromSeconds(1);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static void RemoveRemains(string directory, bool whole)
    {
        // What a driver leaves behind is useless to the next one. Files of others are kept unless the whole directory is to go.
        if (whole)
        {
            Directory.Delete(directory, recursive: true);
            return;
        }

        File.Delete(Path.Combine(directory, AeronDirectory.CncFileName));
        File.Delete(Path.Combine(directory, AeronDirectory.LossReportFileName));
        foreach (string folder in (string[])[AeronDirectory.PublicationsFolder, AeronDirectory.ImagesFolder])
        {
            string path = Path.Combine(directory, folder);
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
        }
    }
}
