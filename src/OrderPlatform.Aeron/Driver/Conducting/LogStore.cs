using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>
/// Makes and removes log files under the driver's directory, within its limit of memory and the room that the file system has. The room is
/// asked for first, since a mapped file that grows into a full file system kills the process.
/// </summary>
internal sealed class LogStore(
    string directory, long bytesMax, Func<string, long> usableSpace, AtomicCounter bytesMapped, AtomicCounter freeFails, IErrorLog errorLog)
{
    private long _bytes;

    /// <exception cref="ControlProtocolException">There is no room: STORAGE_SPACE.</exception>
    public LogBuffer CreatePublication(in LogMetaData metaData) => Create(AeronDirectory.PublicationLog(directory, metaData.CorrelationId), metaData);

    /// <inheritdoc cref="CreatePublication"/>
    public LogBuffer CreateImage(in LogMetaData metaData) => Create(AeronDirectory.ImageLog(directory, metaData.CorrelationId), metaData);

    /// <summary>Takes the mapping away and removes the file. Clients that have it mapped keep their mapping.</summary>
    public void Free(LogBuffer log)
    {
        long length = log.LengthBytes;
        log.Dispose();
        _bytes -= length;
        bytesMapped.GetAndAdd(-length);
        try
        {
            File.Delete(log.Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            freeFails.Increment();
            errorLog.Record(failure);
        }
    }

    private LogBuffer Create(string path, in LogMetaData metaData)
    {
        long length = LogBufferDescriptor.LogLength(metaData.TermLength, metaData.PageSize);
        if (length > bytesMax - _bytes)
        {
            throw new ControlProtocolException(
                ErrorCode.StorageSpace,
                $"a log of {length} bytes is more than the driver's limit leaves: {_bytes} of {bytesMax} are used; take a shorter term-length or raise "
                    + "LogBufferBytesMax");
        }

        long free = usableSpace(directory);
        if (length > free)
        {
            throw new ControlProtocolException(
                ErrorCode.StorageSpace,
                $"insufficient usable storage for a log of {length} bytes in {directory}: {free} are free; take a shorter term-length or make room");
        }

        try
        {
            var log = LogBuffer.Create(path, metaData);
            _bytes += length;
            bytesMapped.GetAndAdd(length);
            if (!metaData.IsSparse)
                log.Populate();
            return log;
        }
        catch (IOException failure)
        {
            throw new ControlProtocolException(ErrorCode.StorageSpace, $"log '{path}' cannot be made: {failure.Message}", failure);
        }
    }
}
