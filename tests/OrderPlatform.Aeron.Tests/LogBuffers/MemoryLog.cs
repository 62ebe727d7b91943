using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.LogBuffers;

/// <summary>A log in memory, with what tests ask of it.</summary>
internal sealed class MemoryLog : IDisposable
{
    public const int SessionId = 42;
    public const int StreamId = 1001;
    public const int MtuLength = 1408;

    private readonly NativeBlock _memory;

    public MemoryLog(
        int initialTermId = 7,
        int? startTermId = null,
        int startTermOffset = 0,
        int sessionId = SessionId,
        int streamId = StreamId,
        int termLength = LogBufferDescriptor.TermLengthMin)
    {
        _memory = new NativeBlock(LogBufferDescriptor.LogLength(termLength, LogBufferDescriptor.PageLengthMin));
        Log = LogBuffer.Over(_memory.Buffer, new LogMetaData
        {
            SessionId = sessionId,
            StreamId = streamId,
            InitialTermId = initialTermId,
            StartTermId = startTermId ?? initialTermId,
            StartTermOffset = startTermOffset,
            TermLength = termLength,
            PageSize = LogBufferDescriptor.PageLengthMin,
            MtuLength = MtuLength,
        });
    }

    public LogBuffer Log { get; }

    public UnsafeBuffer MetaData => Log.MetaData;

    public int TermLength => Log.TermLength;

    public DataHeader Header(int partition, int offset) =>
        System.Runtime.InteropServices.MemoryMarshal.Read<DataHeader>(Log.Terms[partition].AsSpan(offset, DataHeader.LengthBytes));

    public byte[] Bytes(int partition, int offset, int length) => Log.Terms[partition].AsSpan(offset, length).ToArray();

    /// <summary>The payload of the reference's captures: byte k of message n is n * 31 + k.</summary>
    public static byte[] Payload(int message, int length)
    {
        var payload = new byte[length];
        for (int index = 0; index < length; index++)
        {
            payload[index] = unchecked((byte)((message * 31) + index));
        }

        return payload;
    }

    public void Dispose() => _memory.Dispose();
}
