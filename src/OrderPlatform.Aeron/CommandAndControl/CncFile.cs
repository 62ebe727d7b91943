using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>
/// The file through which a driver and its clients meet, mapped: commands, events, counters and errors. A driver creates it and, when all is
/// set up, makes it ready; a client tries to open it until it is. Layout: <see cref="CncFileDescriptor"/>.
/// </summary>
public sealed class CncFile : IDisposable
{
    private readonly MappedFile _file;

    private CncFile(MappedFile file)
    {
        _file = file;
        UnsafeBuffer whole = file.Buffer;
        long offset = CncFileDescriptor.HeaderLength;
        ToDriver = Section(CncFileDescriptor.ToDriverBufferLengthOffset);
        ToClients = Section(CncFileDescriptor.ToClientsBufferLengthOffset);
        CountersMetaData = Section(CncFileDescriptor.CountersMetaDataBufferLengthOffset);
        CountersValues = Section(CncFileDescriptor.CountersValuesBufferLengthOffset);
        ErrorLog = Section(CncFileDescriptor.ErrorLogBufferLengthOffset);
        ClientLivenessTimeoutNs = whole.GetLong(CncFileDescriptor.ClientLivenessTimeoutNsOffset);
        StartTimestampMs = whole.GetLong(CncFileDescriptor.StartTimestampMsOffset);
        Pid = whole.GetLong(CncFileDescriptor.PidOffset);
        FilePageSize = whole.GetInt(CncFileDescriptor.FilePageSizeOffset);

        UnsafeBuffer Section(int lengthOffset)
        {
            int length = whole.GetInt(lengthOffset);
            UnsafeBuffer section = whole.Slice(offset, length);
            offset += length;
            return section;
        }
    }

    /// <summary>Where the file is.</summary>
    public string Path => _file.Path;

    /// <summary>Commands: a <see cref="ManyToOneRingBuffer"/>.</summary>
    public UnsafeBuffer ToDriver { get; }

    /// <summary>Events: a broadcast.</summary>
    public UnsafeBuffer ToClients { get; }

    /// <summary>A record of metadata per counter.</summary>
    public UnsafeBuffer CountersMetaData { get; }

    /// <summary>A record of values per counter.</summary>
    public UnsafeBuffer CountersValues { get; }

    /// <summary>Errors of the driver, distinct ones with a count.</summary>
    public UnsafeBuffer ErrorLog { get; }

    /// <summary>After how long without a sign of life the driver takes a client for dead.</summary>
    public long ClientLivenessTimeoutNs { get; }

    /// <summary>When the driver started, in milliseconds since the epoch.</summary>
    public long StartTimestampMs { get; }

    /// <summary>The driver's process.</summary>
    public long Pid { get; }

    /// <summary>What the driver rounds lengths of files up to.</summary>
    public int FilePageSize { get; }

    /// <summary>The version of the layout; zero until the driver has made it ready.</summary>
    public int Version => _file.Buffer.GetIntVolatile(CncFileDescriptor.VersionOffset);

    /// <summary>The length of the file.</summary>
    public long LengthBytes => _file.Buffer.CapacityBytes;

    /// <summary>The path of the file of a driver's directory.</summary>
    public static string PathOf(string directory) => System.IO.Path.Combine(directory, AeronDirectory.CncFileName);

    /// <summary>Makes the file of a driver, in a directory that is there; all zeros but for the header and the first correlation id, which is taken.</summary>
    /// <exception cref="ArgumentException">A length cannot be; the message says which.</exception>
    /// <exception cref="IOException">The file is there already or cannot be made.</exception>
    public static CncFile Create(string directory, CncFileParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.Check();
        MappedFile file = MappedFile.CreateNew(PathOf(directory), CncFileDescriptor.FileLength(parameters));
        UnsafeBuffer header = file.Buffer;
        int valuesLength = parameters.CountersValuesBufferLength;
        header.PutInt(CncFileDescriptor.ToDriverBufferLengthOffset, parameters.ToDriverBufferLength + ManyToOneRingBuffer.TrailerLength);
        header.PutInt(CncFileDescriptor.ToClientsBufferLengthOffset, parameters.ToClientsBufferLength + BroadcastDescriptor.TrailerLength);
        header.PutInt(CncFileDescriptor.CountersMetaDataBufferLengthOffset, valuesLength * CncFileDescriptor.MetaDataPerValues);
        header.PutInt(CncFileDescriptor.CountersValuesBufferLengthOffset, valuesLength);
        header.PutInt(CncFileDescriptor.ErrorLogBufferLengthOffset, parameters.ErrorLogBufferLength);
        header.PutLong(CncFileDescriptor.ClientLivenessTimeoutNsOffset, parameters.ClientLivenessTimeoutNs);
        header.PutLong(CncFileDescriptor.StartTimestampMsOffset, parameters.StartTimestampMs);
        header.PutLong(CncFileDescriptor.PidOffset, parameters.Pid);
        header.PutInt(CncFileDescriptor.FilePageSizeOffset, parameters.FilePageSize);
        var created = new CncFile(file);
        // Zero is what clients that do not care write; no answer may ever be taken for one to it.
        new ManyToOneRingBuffer(created.ToDriver).NextCorrelationId();
        return created;
    }

    /// <summary>Opens the file of a driver, if it is there and ready; a client that waits for a driver calls this again and again.</summary>
    /// <param name="directory">The driver's directory.</param>
    /// <param name="state">Whether it was opened, and if not, why not yet.</param>
    /// <param name="isWritable">False for looking only: commands cannot be sent then.</param>
    /// <returns>The file; null if <paramref name="state"/> says that it cannot be opened yet.</returns>
    /// <exception cref="InvalidDataException">It cannot be opened ever: the version or a length is not one that this client knows.</exception>
    /// <exception cref="IOException">The system refuses it.</exception>
    public static CncFile? TryOpen(string directory, out CncFileState state, bool isWritable = true)
    {
        string path = PathOf(directory);
        state = StateByLength(path);
        if (state != CncFileState.Ready)
            return null;

        MappedFile file;
        try
        {
            file = MappedFile.OpenExisting(path, isWritable);
        }
        catch (IOException)
        {
            // A driver that starts anew may have taken the file away, or just made it, since the look above.
            state = StateByLength(path);
            if (state != CncFileState.Ready)
                return null;
            throw;
        }

        try
        {
            if (file.Buffer.CapacityBytes <= CncFileDescriptor.HeaderLength || file.Buffer.GetIntVolatile(CncFileDescriptor.VersionOffset) == 0)
            {
                file.Dispose();
                state = CncFileState.BeingMade;
                return null;
            }

            Check(path, file.Buffer);
            state = CncFileState.Ready;
            return new CncFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens the file of a driver that must be there and ready.</summary>
    /// <inheritdoc cref="TryOpen" path="/param"/>
    /// <inheritdoc cref="TryOpen" path="/exception"/>
    public static CncFile Open(string directory, bool isWritable = true) => TryOpen(directory, out CncFileState state, isWritable)
        ?? throw new IOException(state == CncFileState.Missing
            ? $"There is no '{PathOf(directory)}': no driver runs with that directory."
            : $"'{PathOf(directory)}' is not ready: a driver is starting, or died while it did.");

    /// <summary>True if a driver uses the directory: its heartbeat is younger than the timeout.</summary>
    /// <param name="directory">A driver's directory, or none.</param>
    /// <param name="nowMs">Milliseconds since the epoch.</param>
    /// <param name="timeoutMs">The reference takes ten seconds.</param>
    public static bool IsDriverActive(string directory, long nowMs, long timeoutMs)
    {
        try
        {
            using CncFile? file = TryOpen(directory, out _, isWritable: false);
            if (file is null)
                return false;
            long heartbeat = new ManyToOneRingBuffer(file.ToDriver).ConsumerHeartbeatTime;
            return heartbeat > 0 && nowMs - heartbeat <= timeoutMs;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Lets clients in: the last step of a driver's start, after the heartbeat was set and the counters were made.</summary>
    public void SetReady() => _file.Buffer.PutIntRelease(CncFileDescriptor.VersionOffset, CncFileDescriptor.Version);

    /// <summary>Takes the mapping away; the file stays. Nothing of it may be used after.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>What can be said without opening the file; <see cref="CncFileState.Ready"/> if it is long enough for a header.</summary>
    private static CncFileState StateByLength(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
            return CncFileState.Missing;
        return info.Length > CncFileDescriptor.HeaderLength ? CncFileState.Ready : CncFileState.BeingMade;
    }

    private static void Check(string path, UnsafeBuffer header)
    {
        int version = header.GetInt(CncFileDescriptor.VersionOffset);
        if (CncFileDescriptor.MajorVersion(version) != CncFileDescriptor.MajorVersion(CncFileDescriptor.Version))
        {
            throw new InvalidDataException(
                $"'{path}' is of version {CncFileDescriptor.VersionText(version)}, and {CncFileDescriptor.VersionText(CncFileDescriptor.Version)} is needed: "
                    + "the driver is of another release.");
        }

        int toDriver = header.GetInt(CncFileDescriptor.ToDriverBufferLengthOffset);
        int toClients = header.GetInt(CncFileDescriptor.ToClientsBufferLengthOffset);
        int metaData = header.GetInt(CncFileDescriptor.CountersMetaDataBufferLengthOffset);
        int values = header.GetInt(CncFileDescriptor.CountersValuesBufferLengthOffset);
        int errorLog = header.GetInt(CncFileDescriptor.ErrorLogBufferLengthOffset);
        try
        {
            ManyToOneRingBuffer.CheckLength(toDriver);
            BroadcastDescriptor.CheckLength(toClients);
        }
        catch (ArgumentException wrong)
        {
            throw new InvalidDataException($"'{path}' is not a CnC file: {wrong.Message}", wrong);
        }

        if (metaData < 0 || values < 0 || errorLog < 0 || metaData % CountersDescriptor.MetaDataRecordLength != 0
            || values % CountersDescriptor.ValueRecordLength != 0)
        {
            throw new InvalidDataException($"'{path}' is not a CnC file: its counters take {metaData} and {values} bytes, its error log {errorLog}.");
        }

        long needed = (long)CncFileDescriptor.HeaderLength + toDriver + toClients + metaData + values + errorLog;
        if (needed > header.CapacityBytes)
            throw new InvalidDataException($"'{path}' has {header.CapacityBytes} bytes, its header says {needed}: it was cut, or is being made anew.");
    }
}

/// <summary>How far a driver has come with its CnC file.</summary>
public enum CncFileState
{
    /// <summary>There is none.</summary>
    Missing,

    /// <summary>There is one that is not ready yet.</summary>
    BeingMade,

    /// <summary>Clients may use it.</summary>
    Ready,
}
