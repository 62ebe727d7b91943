using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>What the log of a publication says of itself.</summary>
internal static class PublicationLogs
{
    public static long StartPosition(PublicationParameters parameters) => parameters.Start is StartPosition start
        ? LogPosition.Compute(start.TermId, start.TermOffset, LogPosition.PositionBitsToShift(parameters.TermLength), start.InitialTermId)
        : 0;

    public static LogMetaData MetaData(
        MediaDriverContext context,
        PublicationParameters parameters,
        long correlationId,
        int sessionId,
        int streamId,
        int initialTermId,
        bool isExclusive,
        bool isGroup) => new()
        {
            Type = isExclusive ? (byte)1 : (byte)0,
            CorrelationId = correlationId,
            SessionId = sessionId,
            StreamId = streamId,
            InitialTermId = initialTermId,
            StartTermId = parameters.Start?.TermId ?? initialTermId,
            StartTermOffset = parameters.Start?.TermOffset ?? 0,
            TermLength = parameters.TermLength,
            PageSize = context.FilePageSize,
            MtuLength = parameters.MtuLength,
            PublicationWindowLength = parameters.PublicationWindowLength,
            SocketSendBufferLength = context.SocketSendBufferLength,
            OsDefaultSendBufferLength = SystemSocketBuffers.DefaultSend,
            OsDefaultReceiveBufferLength = SystemSocketBuffers.DefaultReceive,
            EntityTag = parameters.EntityTag ?? -1,
            ResponseCorrelationId = parameters.ResponseCorrelationId,
            LingerTimeoutNs = parameters.LingerTimeoutNs,
            UntetheredWindowLimitTimeoutNs = parameters.UntetheredWindowLimitTimeoutNs,
            UntetheredLingerTimeoutNs = parameters.UntetheredLingerTimeoutNs,
            UntetheredRestingTimeoutNs = parameters.UntetheredRestingTimeoutNs,
            IsGroup = isGroup,
            IsResponse = parameters.IsResponse,
            IsSparse = parameters.IsSparse,
            SignalEndOfStream = parameters.SignalEndOfStream,
            SpiesSimulateConnection = parameters.SpiesSimulateConnection,
        };
}
