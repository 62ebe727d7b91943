using System.Net.Sockets;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Receiving;

// What goes back to publishers: each frame is made in the same memory and handed to the socket.
internal sealed unsafe partial class ReceiveChannelEndpoint
{
    private const int FrameMemoryBytes = 2048;
    private const long NoGroupTag = -1;

    public void SendStatusMessage(
        ReceiveDestination destination, in UdpAddress control, int streamId, int sessionId, int termId, int termOffset, int windowLength, byte flags)
    {
        int length = GroupTag.HasValue ? StatusMessageFrame.LengthWithGroupTagBytes : StatusMessageFrame.LengthBytes;
        *(StatusMessageFrame*)_frameMemory.Buffer.Address = new StatusMessageFrame
        {
            Frame = new FrameHeader { FrameLength = length, Flags = flags, Type = FrameType.StatusMessage },
            SessionId = sessionId,
            StreamId = streamId,
            ConsumptionTermId = termId,
            ConsumptionTermOffset = termOffset,
            ReceiverWindow = windowLength,
            ReceiverId = ReceiverId,
            GroupTag = GroupTag ?? 0,
        };
        if (TrySend(destination, control, length))
            _systemCounters[SystemCounterId.StatusMessagesSent].AddRelease(1);
    }

    public void SendNak(ReceiveDestination destination, in UdpAddress control, int streamId, int sessionId, in LossGap gap)
    {
        *(NakFrame*)_frameMemory.Buffer.Address = new NakFrame
        {
            Frame = new FrameHeader { FrameLength = NakFrame.LengthBytes, Type = FrameType.Nak },
            SessionId = sessionId,
            StreamId = streamId,
            TermId = gap.TermId,
            TermOffset = gap.TermOffset,
            Length = gap.LengthBytes,
        };
        if (TrySend(destination, control, NakFrame.LengthBytes))
            _systemCounters[SystemCounterId.NaksSent].AddRelease(1);
    }

    public void SendRttMeasurement(
        ReceiveDestination destination, in UdpAddress control, int streamId, int sessionId, long echoTimestampNs, bool isReplyWanted)
    {
        byte flags = isReplyWanted ? FrameFlags.RttReply : (byte)0;
        *(RttMeasurementFrame*)_frameMemory.Buffer.Address = new RttMeasurementFrame
        {
            Frame = new FrameHeader { FrameLength = RttMeasurementFrame.LengthBytes, Flags = flags, Type = FrameType.RttMeasurement },
            SessionId = sessionId,
            StreamId = streamId,
            EchoTimestampNs = echoTimestampNs,
            ReceiverId = ReceiverId,
        };
        TrySend(destination, control, RttMeasurementFrame.LengthBytes);
    }

    /// <param name="destination">The socket to send by.</param>
    /// <param name="control">Where to.</param>
    /// <param name="streamId">Of the stream.</param>
    /// <param name="sessionId">Of the stream.</param>
    /// <param name="code">What is wrong.</param>
    /// <param name="text">Why, at most <see cref="ErrorFrame.TextMaxBytes"/> bytes of UTF-8.</param>
    public void SendError(ReceiveDestination destination, in UdpAddress control, int streamId, int sessionId, ErrorCode code, ReadOnlySpan<byte> text)
    {
        int length = ErrorFrame.LengthBytes + text.Length;
        byte flags = GroupTag.HasValue ? FrameFlags.ErrorHasGroupTag : (byte)0;
        *(ErrorFrame*)_frameMemory.Buffer.Address = new ErrorFrame
        {
            Frame = new FrameHeader { FrameLength = length, Flags = flags, Type = FrameType.Error },
            SessionId = sessionId,
            StreamId = streamId,
            ReceiverId = ReceiverId,
            GroupTag = GroupTag ?? NoGroupTag,
            ErrorCode = (int)code,
            ErrorLength = text.Length,
        };
        text.CopyTo(_frameMemory.Buffer.AsSpan(ErrorFrame.LengthBytes, text.Length));
        if (TrySend(destination, control, length))
            _systemCounters[SystemCounterId.ErrorFramesSent].AddRelease(1);
    }

    public void SendResponseSetup(ReceiveDestination destination, in UdpAddress control, int streamId, int sessionId, int responseSessionId)
    {
        *(ResponseSetupFrame*)_frameMemory.Buffer.Address = new ResponseSetupFrame
        {
            Frame = new FrameHeader { FrameLength = ResponseSetupFrame.LengthBytes, Type = FrameType.ResponseSetup },
            SessionId = sessionId,
            StreamId = streamId,
            ResponseSessionId = responseSessionId,
        };
        TrySend(destination, control, ResponseSetupFrame.LengthBytes);
    }

    private bool TrySend(ReceiveDestination destination, in UdpAddress control, int lengthBytes)
    {
        if (destination.FailedUntilNs is { } until && _context.Clock.NanoTime - until < 0)
            return false;
        var datagram = new OutgoingDatagram(_frameMemory.Buffer.Address, lengthBytes);
        try
        {
            if (destination.Transport.Send(new ReadOnlySpan<OutgoingDatagram>(in datagram), control) == 1)
            {
                _systemCounters[SystemCounterId.BytesSent].GetAndAdd(lengthBytes);
                return true;
            }

            _systemCounters[SystemCounterId.ShortSends].Increment();
        }
        catch (SocketException failure)
        {
            OnTransportFailure(destination, failure, $"send to {control}");
        }

        return false;
    }
}
