using System.Runtime.InteropServices;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>What a log says of itself, once, when it is made. Lengths in bytes, times in nanoseconds; -1 is "none" for ids.</summary>
public readonly record struct LogMetaData
{
    /// <summary>0 concurrent publication, 1 exclusive publication, 2 image.</summary>
    public byte Type { get; init; }
    public long CorrelationId { get; init; }
    public int SessionId { get; init; }
    public int StreamId { get; init; }
    public int InitialTermId { get; init; }

    /// <summary>The term of the first byte; <see cref="InitialTermId"/> unless the log begins further on.</summary>
    public int StartTermId { get; init; }

    /// <summary>The offset of the first byte in its term.</summary>
    public int StartTermOffset { get; init; }
    public int TermLength { get; init; }
    public int PageSize { get; init; }
    public int MtuLength { get; init; }
    public int PublicationWindowLength { get; init; }
    public int ReceiverWindowLength { get; init; }
    public int SocketSendBufferLength { get; init; }
    public int OsDefaultSendBufferLength { get; init; }
    public int OsMaxSendBufferLength { get; init; }
    public int SocketReceiveBufferLength { get; init; }
    public int OsDefaultReceiveBufferLength { get; init; }
    public int OsMaxReceiveBufferLength { get; init; }
    public int MaxResend { get; init; }
    public long EntityTag { get; init; }
    public long ResponseCorrelationId { get; init; }
    public long LingerTimeoutNs { get; init; }
    public long UntetheredWindowLimitTimeoutNs { get; init; }
    public long UntetheredRestingTimeoutNs { get; init; }
    public long UntetheredLingerTimeoutNs { get; init; }
    public bool IsGroup { get; init; }
    public bool IsResponse { get; init; }
    public bool Rejoin { get; init; }
    public bool IsReliable { get; init; }
    public bool IsSparse { get; init; }
    public bool SignalEndOfStream { get; init; }
    public bool SpiesSimulateConnection { get; init; }
    public bool Tether { get; init; }

    /// <summary>Writes all of it, tails and the default frame header too, over zeroed metadata.</summary>
    public void WriteTo(UnsafeBuffer metaData)
    {
        WriteTails(metaData);
        WriteLengths(metaData);
        WriteBehaviour(metaData);
        var header = new DataHeader
        {
            Frame = new FrameHeader { Flags = FrameFlags.Unfragmented, Type = FrameType.Data },
            SessionId = SessionId,
            StreamId = StreamId,
            TermId = InitialTermId,
        };
        MemoryMarshal.Write(metaData.AsSpan(LogBufferDescriptor.DefaultFrameHeaderOffset, DataHeader.LengthBytes), in header);
    }

    private void WriteTails(UnsafeBuffer metaData)
    {
        int termCount = unchecked(StartTermId - InitialTermId);
        int active = termCount % LogBufferDescriptor.PartitionCount;
        metaData.PutLong(LogBufferDescriptor.TermTailCountersOffset + (active * sizeof(long)), ((long)StartTermId << 32) | (uint)StartTermOffset);
        for (int ahead = 1; ahead < LogBufferDescriptor.PartitionCount; ahead++)
        {
            // A partition says which term was in it before the one that comes: three terms earlier.
            int partition = (active + ahead) % LogBufferDescriptor.PartitionCount;
            int previous = unchecked(StartTermId + ahead - LogBufferDescriptor.PartitionCount);
            metaData.PutLong(LogBufferDescriptor.TermTailCountersOffset + (partition * sizeof(long)), (long)previous << 32);
        }

        metaData.PutInt(LogBufferDescriptor.ActiveTermCountOffset, termCount);
    }

    private void WriteLengths(UnsafeBuffer metaData)
    {
        metaData.PutLong(LogBufferDescriptor.EndOfStreamPositionOffset, long.MaxValue);
        metaData.PutLong(LogBufferDescriptor.CorrelationIdOffset, CorrelationId);
        metaData.PutInt(LogBufferDescriptor.InitialTermIdOffset, InitialTermId);
        metaData.PutInt(LogBufferDescriptor.DefaultFrameHeaderLengthOffset, DataHeader.LengthBytes);
        metaData.PutInt(LogBufferDescriptor.MtuLengthOffset, MtuLength);
        metaData.PutInt(LogBufferDescriptor.TermLengthOffset, TermLength);
        metaData.PutInt(LogBufferDescriptor.PageSizeOffset, PageSize);
        metaData.PutInt(LogBufferDescriptor.PublicationWindowLengthOffset, PublicationWindowLength);
        metaData.PutInt(LogBufferDescriptor.ReceiverWindowLengthOffset, ReceiverWindowLength);
        metaData.PutInt(LogBufferDescriptor.SocketSendBufferLengthOffset, SocketSendBufferLength);
        metaData.PutInt(LogBufferDescriptor.OsDefaultSendBufferLengthOffset, OsDefaultSendBufferLength);
        metaData.PutInt(LogBufferDescriptor.OsMaxSendBufferLengthOffset, OsMaxSendBufferLength);
        metaData.PutInt(LogBufferDescriptor.SocketReceiveBufferLengthOffset, SocketReceiveBufferLength);
        metaData.PutInt(LogBufferDescriptor.OsDefaultReceiveBufferLengthOffset, OsDefaultReceiveBufferLength);
        metaData.PutInt(LogBufferDescriptor.OsMaxReceiveBufferLengthOffset, OsMaxReceiveBufferLength);
        metaData.PutInt(LogBufferDescriptor.MaxResendOffset, MaxResend);
    }

    private void WriteBehaviour(UnsafeBuffer metaData)
    {
        metaData.PutLong(LogBufferDescriptor.EntityTagOffset, EntityTag);
        metaData.PutLong(LogBufferDescriptor.ResponseCorrelationIdOffset, ResponseCorrelationId);
        metaData.PutLong(LogBufferDescriptor.LingerTimeoutNsOffset, LingerTimeoutNs);
        metaData.PutLong(LogBufferDescriptor.UntetheredWindowLimitTimeoutNsOffset, UntetheredWindowLimitTimeoutNs);
        metaData.PutLong(LogBufferDescriptor.UntetheredRestingTimeoutNsOffset, UntetheredRestingTimeoutNs);
        metaData.PutLong(LogBufferDescriptor.UntetheredLingerTimeoutNsOffset, UntetheredLingerTimeoutNs);
        metaData.PutByte(LogBufferDescriptor.GroupOffset, Flag(IsGroup));
        metaData.PutByte(LogBufferDescriptor.IsResponseOffset, Flag(IsResponse));
        metaData.PutByte(LogBufferDescriptor.RejoinOffset, Flag(Rejoin));
        metaData.PutByte(LogBufferDescriptor.ReliableOffset, Flag(IsReliable));
        metaData.PutByte(LogBufferDescriptor.SparseOffset, Flag(IsSparse));
        metaData.PutByte(LogBufferDescriptor.SignalEndOfStreamOffset, Flag(SignalEndOfStream));
        metaData.PutByte(LogBufferDescriptor.SpiesSimulateConnectionOffset, Flag(SpiesSimulateConnection));
        metaData.PutByte(LogBufferDescriptor.TetherOffset, Flag(Tether));
        metaData.PutByte(LogBufferDescriptor.TypeOffset, Type);
    }

    private static byte Flag(bool value) => value ? (byte)1 : (byte)0;
}
