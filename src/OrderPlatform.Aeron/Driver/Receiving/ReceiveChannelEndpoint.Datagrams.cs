using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Limits;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Receiving;

// What becomes of a datagram. Nothing of it is believed before it is checked; what is refused is refused whole and counted.
internal sealed unsafe partial class ReceiveChannelEndpoint
{
    /// <summary>One datagram; aligned to 8, at least a header's length is readable.</summary>
    public void OnDatagram(ReceiveDestination destination, int destinationIndex, byte* datagram, int lengthBytes, in UdpAddress source, long nowNs)
    {
        var header = (FrameHeader*)datagram;
        if (lengthBytes < FrameHeader.LengthBytes)
            _refusals.Count(Refusal.TooShort, source);
        else if (header->Version != FrameHeader.CurrentVersion)
            _refusals.Count(Refusal.WrongVersion, source);
        else if (lengthBytes > LogBufferDescriptor.MtuMax)
            _refusals.Count(Refusal.TooLong, source);
        else if (destination.Sources is { } sources && !sources.Allows(source))
            _refusals.Count(Refusal.SourceNotAllowed, source);
        else
            OnFrame(destination, destinationIndex, datagram, lengthBytes, source, nowNs);
    }

    private void OnFrame(ReceiveDestination destination, int destinationIndex, byte* datagram, int lengthBytes, in UdpAddress source, long nowNs)
    {
        // Other types are for publishers, or for versions to come.
        switch (((FrameHeader*)datagram)->Type)
        {
            case FrameType.Data:
            case FrameType.Pad:
                if (HasLength(DataHeader.LengthBytes, lengthBytes, source))
                    OnData(destination, datagram, lengthBytes, source, nowNs);
                break;

            case FrameType.Setup:
                if (HasWholeFrame(datagram, SetupFrame.LengthBytes, lengthBytes, source))
                    OnSetup(destination, destinationIndex, *(SetupFrame*)datagram, source, nowNs);
                break;

            case FrameType.RttMeasurement:
                if (HasWholeFrame(datagram, RttMeasurementFrame.LengthBytes, lengthBytes, source))
                    OnRttMeasurement(destination, *(RttMeasurementFrame*)datagram, source, nowNs);
                break;
        }
    }

    private bool HasLength(int needed, int lengthBytes, in UdpAddress source)
    {
        if (lengthBytes >= needed)
            return true;
        _refusals.Count(Refusal.TooShort, source);
        return false;
    }

    private bool HasWholeFrame(byte* datagram, int needed, int lengthBytes, in UdpAddress source)
    {
        if (!HasLength(needed, lengthBytes, source))
            return false;
        int frameLength = ((FrameHeader*)datagram)->FrameLength;
        if (frameLength >= needed && frameLength <= lengthBytes)
            return true;
        _refusals.Count(Refusal.WrongFrameLength, source);
        return false;
    }

    private void OnData(ReceiveDestination destination, byte* datagram, int lengthBytes, in UdpAddress source, long nowNs)
    {
        var header = (DataHeader*)datagram;
        PublicationImage? image = _dispatcher.FindImage(header->StreamId, header->SessionId);
        if (image is null)
        {
            OnDataWithoutImage(destination, datagram, lengthBytes, source, nowNs);
            return;
        }

        if (!DataDatagram.TryCheck(datagram, lengthBytes, image.TermLength, out int span, out Refusal refusal))
        {
            _refusals.Count(refusal, source);
            return;
        }

        if (_receiveTimestamp is { } place && span > 0)
            ReceiveTimestamp.Write(datagram, lengthBytes, place, _context.Clock.EpochNanos);
        if (!image.TryInsert(destination, datagram, lengthBytes, span, source, nowNs, out refusal))
            _refusals.Count(refusal, source);
    }

    private void OnDataWithoutImage(ReceiveDestination destination, byte* datagram, int lengthBytes, in UdpAddress source, long nowNs)
    {
        var header = (DataHeader*)datagram;
        StreamInterest? interest = _dispatcher.FindInterest(header->StreamId);
        if (interest is null)
            return;
        if (!DataDatagram.TryCheck(datagram, lengthBytes, LogBufferDescriptor.TermLengthMax, out _, out Refusal refusal))
        {
            _refusals.Count(refusal, source);
            return;
        }

        // A stream that is over is not joined; only a session of which nothing is known yet is asked for its SETUP.
        bool isEndOfStream = (header->Frame.Flags & FrameFlags.EndOfStream) != 0;
        if (isEndOfStream || DataPacketDispatcher.StateOf(interest, header->SessionId) != SessionState.Unknown)
            return;
        if (interest.Wants(header->SessionId))
            ElicitSetup(destination, interest, header->SessionId, source, nowNs);
        else
            _dispatcher.MarkNoInterest(interest, header->SessionId);
    }

    private void OnSetup(ReceiveDestination destination, int destinationIndex, in SetupFrame setup, in UdpAddress source, long nowNs)
    {
        StreamInterest? interest = _dispatcher.FindInterest(setup.StreamId);
        if (interest is null)
            return;
        Refusal refusal;
        if (!SetupCheck.IsPossible(setup, _context.ImageTermLengthMax, _mtuMax, out refusal))
        {
            _refusals.Count(refusal, source);
            return;
        }

        if (_dispatcher.FindImage(setup.StreamId, setup.SessionId) is { } image)
        {
            if (!image.TryOnSetup(destination, setup, source, nowNs, out refusal))
                _refusals.Count(refusal, source);
            return;
        }

        SessionState state = DataPacketDispatcher.StateOf(interest, setup.SessionId);
        if (state is not (SessionState.Unknown or SessionState.PendingSetup))
            return;
        if (interest.Wants(setup.SessionId))
            RequestImage(destination, destinationIndex, interest, setup, source);
        else if (state == SessionState.Unknown)
            _dispatcher.MarkNoInterest(interest, setup.SessionId);
    }

    private void RequestImage(ReceiveDestination destination, int destinationIndex, StreamInterest interest, in SetupFrame setup, in UdpAddress source)
    {
        if (destination.Channel.IsMulticast && destination.Channel.MulticastTtl < setup.Ttl)
            _systemCounters[SystemCounterId.PossibleTtlAsymmetry].Increment();
        if (!_dispatcher.TryMarkInProgress(interest, setup.SessionId, source, out Refusal refusal))
        {
            _refusals.Count(refusal, source);
            return;
        }

        var request = new ImageRequest(
            this,
            destinationIndex,
            setup.SessionId,
            setup.StreamId,
            setup.InitialTermId,
            setup.ActiveTermId,
            setup.TermOffset,
            setup.TermLength,
            setup.Mtu,
            setup.Frame.Flags,
            destination.ControlAddressFor(source),
            source);
        // A full queue: the publisher sends its SETUP again.
        if (!_conductor.CreatePublicationImage(request))
            _dispatcher.RemoveImageInProgress(setup.StreamId, setup.SessionId);
    }

    private void OnRttMeasurement(ReceiveDestination destination, in RttMeasurementFrame frame, in UdpAddress source, long nowNs)
    {
        if (_dispatcher.FindImage(frame.StreamId, frame.SessionId) is not { } image)
            return;
        if ((frame.Frame.Flags & FrameFlags.RttReply) != 0)
            SendRttMeasurement(destination, destination.ControlAddressFor(source), frame.StreamId, frame.SessionId, frame.EchoTimestampNs, false);
        else if (frame.ReceiverId == ReceiverId || frame.ReceiverId == 0)
            image.OnRttMeasurement(frame, nowNs);
    }
}
