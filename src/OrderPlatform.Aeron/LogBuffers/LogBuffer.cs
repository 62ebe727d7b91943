using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>A log: three terms and their metadata, in a mapped file that driver and clients share.</summary>
public sealed class LogBuffer : IDisposable
{
    private readonly MappedFile? _file;
    private readonly UnsafeBuffer[] _terms;

    private LogBuffer(MappedFile? file, UnsafeBuffer whole, int termLength)
    {
        _file = file;
        TermLength = termLength;
        LengthBytes = whole.CapacityBytes;
        MetaData = whole.Slice(whole.CapacityBytes - LogBufferDescriptor.MetaDataLength, LogBufferDescriptor.MetaDataLength);
        _terms = new UnsafeBuffer[LogBufferDescriptor.PartitionCount];
        for (int index = 0; index < _terms.Length; index++)
        {
            _terms[index] = whole.Slice((long)index * termLength, termLength);
        }
    }

    /// <summary>Where the file is; empty for a log in memory.</summary>
    public string Path => _file?.Path ?? string.Empty;

    /// <summary>Bytes of a term.</summary>
    public int TermLength { get; }

    /// <summary>Bytes of the whole log. Not to be computed from the metadata, which clients may write.</summary>
    public long LengthBytes { get; }

    /// <summary>The metadata, by the offsets of <see cref="LogBufferDescriptor"/>.</summary>
    public UnsafeBuffer MetaData { get; }

    /// <summary>The three terms.</summary>
    public ReadOnlySpan<UnsafeBuffer> Terms => _terms;

    /// <summary>Makes a new log: zeros, but for the metadata.</summary>
    /// <exception cref="IOException">The file is there already or cannot be made.</exception>
    public static LogBuffer Create(string path, in LogMetaData metaData)
    {
        LogBufferDescriptor.CheckTermLength(metaData.TermLength);
        LogBufferDescriptor.CheckPageSize(metaData.PageSize);
        MappedFile file = MappedFile.CreateNew(path, LogBufferDescriptor.LogLength(metaData.TermLength, metaData.PageSize));
        var log = new LogBuffer(file, file.Buffer, metaData.TermLength);
        metaData.WriteTo(log.MetaData);
        return log;
    }

    /// <summary>A log over memory that the caller owns, for tests.</summary>
    /// <param name="memory">At least <see cref="LogBufferDescriptor.LogLength"/> zeroed bytes.</param>
    /// <param name="metaData">What it is to say of itself.</param>
    public static LogBuffer Over(UnsafeBuffer memory, in LogMetaData metaData)
    {
        LogBufferDescriptor.CheckTermLength(metaData.TermLength);
        var log = new LogBuffer(null, memory.Slice(0, LogBufferDescriptor.LogLength(metaData.TermLength, metaData.PageSize)), metaData.TermLength);
        metaData.WriteTo(log.MetaData);
        return log;
    }

    /// <summary>Maps a log that somebody else made, after checking what it says of itself against the file.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="InvalidDataException">Its metadata cannot be; the message names the file and the field.</exception>
    public static LogBuffer Open(string path)
    {
        MappedFile file = MappedFile.OpenExisting(path);
        try
        {
            return new LogBuffer(file, file.Buffer, CheckedTermLength(path, file.Buffer));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="MappedFile.Populate"/>
    public void Populate() => _file?.Populate();

    /// <summary>Takes the mapping away. Whoever still reads or writes then reads or writes nothing that exists: linger first.</summary>
    public void Dispose() => _file?.Dispose();

    private static int CheckedTermLength(string path, UnsafeBuffer whole)
    {
        if (whole.CapacityBytes < LogBufferDescriptor.LogLength(LogBufferDescriptor.TermLengthMin, LogBufferDescriptor.PageLengthMin))
            throw new InvalidDataException($"'{path}' has {whole.CapacityBytes} bytes: too few for a log buffer.");
        UnsafeBuffer metaData = whole.Slice(whole.CapacityBytes - LogBufferDescriptor.MetaDataLength, LogBufferDescriptor.MetaDataLength);
        int termLength = metaData.GetInt(LogBufferDescriptor.TermLengthOffset);
        int pageSize = metaData.GetInt(LogBufferDescriptor.PageSizeOffset);
        int mtuLength = metaData.GetInt(LogBufferDescriptor.MtuLengthOffset);
        try
        {
            LogBufferDescriptor.CheckTermLength(termLength);
            LogBufferDescriptor.CheckPageSize(pageSize);
        }
        catch (ArgumentException wrong)
        {
            throw new InvalidDataException($"'{path}' is not a log buffer: {wrong.Message}", wrong);
        }

        if (whole.CapacityBytes != LogBufferDescriptor.LogLength(termLength, pageSize))
            throw new InvalidDataException(
                $"'{path}' has {whole.CapacityBytes} bytes, its metadata says {LogBufferDescriptor.LogLength(termLength, pageSize)}.");
        if (mtuLength is <= Protocol.DataHeader.LengthBytes or > LogBufferDescriptor.MtuMax || mtuLength % LogBufferDescriptor.FrameAlignment != 0)
            throw new InvalidDataException($"'{path}' says an MTU of {mtuLength}: needed is a multiple of 32 from 64 to {LogBufferDescriptor.MtuMax}.");
        return termLength;
    }
}
