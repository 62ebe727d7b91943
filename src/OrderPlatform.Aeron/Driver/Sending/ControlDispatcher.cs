using System.Runtime.InteropServices;
using System.Text;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Limits;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>Reads what receivers send to an endpoint, checks it and hands it to the publication that it is about. The sender's thread.</summary>
internal sealed class ControlDispatcher(Refusals refusals, Destinations? destinations, SystemCounters counters)
{
    private readonly Dictionary<long, NetworkPublication> _publications = [];
    private readonly AtomicCounter _statusMessagesReceived = counters[SystemCounterId.StatusMessagesReceived];
    private readonly AtomicCounter _statusMessagesRejected = counters[SystemCounterId.StatusMessagesRejected];
    private readonly AtomicCounter _naksReceived = counters[SystemCounterId.NaksReceived];
    private readonly AtomicCounter _errorsReceived = counters[SystemCounterId.ErrorFramesReceived];

    /// <summary>When a receiver of one of the publications spoke last.</summary>
    public long TimeOfLastStatusMessageNs { get; set; }

    public void Add(NetworkPublication publication) => _publications[Key(publication.SessionId, publication.StreamId)] = publication;

    public void Remove(NetworkPublication publication) => _publications.Remove(Key(publication.SessionId, publication.StreamId));

    /// <summary>One datagram. A frame of a kind that is not for a sender is ignored.</summary>
    public void Dispatch(ReadOnlySpan<byte> datagram, in UdpAddress source, long nowNs)
    {
        if (datagram.Length < FrameHeader.LengthBytes)
        {
            refusals.Count(Refusal.TooShort, source);
            return;
        }

        ref readonly FrameHeader header = ref MemoryMarshal.AsRef<FrameHeader>(datagram);
        if (header.Version != FrameHeader.CurrentVersion)
        {
            refusals.Count(Refusal.WrongVersion, source);
            return;
        }

        int leastLength = LeastLength(header.Type);
        if (leastLength == 0)
            return;
        if (datagram.Length < leastLength)
        {
            refusals.Count(Refusal.TooShort, source);
            return;
        }

        if (header.FrameLength < leastLength || header.FrameLength > datagram.Length)
        {
            refusals.Count(Refusal.WrongFrameLength, source);
            return;
        }

        DispatchChecked(datagram[..header.FrameLength], header.Type, source, nowNs);
    }

    private static long Key(int sessionId, int streamId) => ((long)streamId << 32) | (uint)sessionId;

    private static int LeastLength(FrameType type) => type switch
    {
        FrameType.StatusMessage => StatusMessageFrame.LengthBytes,
        FrameType.Nak => NakFrame.LengthBytes,
        FrameType.RttMeasurement => RttMeasurementFrame.LengthBytes,
        FrameType.Error => ErrorFrame.LengthBytes,
        FrameType.ResponseSetup => ResponseSetupFrame.LengthBytes,
        _ => 0,
    };

    private void DispatchChecked(ReadOnlySpan<byte> frame, FrameType type, in UdpAddress source, long nowNs)
    {
        switch (type)
        {
            case FrameType.StatusMessage:
                OnStatusMessage(frame, source, nowNs);
                break;

            case FrameType.Nak:
                OnNak(MemoryMarshal.AsRef<NakFrame>(frame), source, nowNs);
                break;

            case FrameType.RttMeasurement:
                ref readonly RttMeasurementFrame rtt = ref MemoryMarshal.AsRef<RttMeasurementFrame>(frame);
                if (Find(rtt.SessionId, rtt.StreamId) is { } measured)
                    measured.OnRttMeasurement(rtt, nowNs);
                break;

            case FrameType.Error:
                OnError(frame, source);
                break;

            case FrameType.ResponseSetup:
                ref readonly ResponseSetupFrame setup = ref MemoryMarshal.AsRef<ResponseSetupFrame>(frame);
                Find(setup.SessionId, setup.StreamId)?.OnResponseSetup(setup.ResponseSessionId);
                break;
        }
    }

    private NetworkPublication? Find(int sessionId, int streamId) => _publications.GetValueOrDefault(Key(sessionId, streamId));

    private void OnStatusMessage(ReadOnlySpan<byte> frame, in UdpAddress source, long nowNs)
    {
        _statusMessagesReceived.AddRelease(1);
        var read = default(StatusMessageFrame);
        bool hasGroupTag = frame.Length == StatusMessageFrame.LengthWithGroupTagBytes;
        int length = hasGroupTag ? StatusMessageFrame.LengthWithGroupTagBytes : StatusMessageFrame.LengthBytes;
        frame[..length].CopyTo(MemoryMarshal.AsBytes(new Span<StatusMessageFrame>(ref read)));
        bool isSetupElicited = (read.Frame.Flags & FrameFlags.StatusSendSetup) != 0;
        NetworkPublication? publication = Find(read.SessionId, read.StreamId);
        StatusMessage statusMessage = publication?.Decode(read, hasGroupTag) ?? default;
        if (publication is not null && !isSetupElicited && !publication.IsValid(statusMessage))
        {
            _statusMessagesRejected.AddRelease(1);
            return;
        }

        if (destinations is not null && !destinations.OnStatusMessage(read.ReceiverId, source, nowNs))
        {
            refusals.Count(Refusal.TooManyReceivers, source);
            return;
        }

        if (publication is null)
            return;
        TimeOfLastStatusMessageNs = nowNs;
        if (isSetupElicited)
            publication.OnSetupElicited(statusMessage, source);
        else if (!publication.OnStatusMessage(statusMessage, nowNs))
            refusals.Count(Refusal.TooManyReceivers, source);
    }

    private void OnNak(in NakFrame nak, in UdpAddress source, long nowNs)
    {
        _naksReceived.AddRelease(1);
        if (Find(nak.SessionId, nak.StreamId) is { } publication && !publication.OnNak(nak.TermId, nak.TermOffset, nak.Length, nowNs))
            refusals.Count(Refusal.WrongNak, source);
    }

    private void OnError(ReadOnlySpan<byte> frame, in UdpAddress source)
    {
        _errorsReceived.AddRelease(1);
        ref readonly ErrorFrame error = ref MemoryMarshal.AsRef<ErrorFrame>(frame);
        if (error.ErrorLength is < 0 or > ErrorFrame.TextMaxBytes || error.ErrorLength > frame.Length - ErrorFrame.LengthBytes)
        {
            refusals.Count(Refusal.WrongFrameLength, source);
            return;
        }

        if (Find(error.SessionId, error.StreamId) is not { } publication || !publication.IsReceiver(error.ReceiverId))
            return;
        string message = Encoding.UTF8.GetString(frame.Slice(ErrorFrame.LengthBytes, error.ErrorLength));
        publication.OnError(error, message, destinations?.RegistrationIdOf(error.ReceiverId, source) ?? -1, source);
    }
}
