using System.Runtime.InteropServices;
using System.Text;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Driver.Receiving;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>
/// Gives our receiver what the reference's receiver got, at the same times, and steps it at each of them. What an application did is done when
/// the recorded frames show it: messages read up to the position of a status message, an image rejected, an answer announced.
/// </summary>
internal sealed class GoldenReplay : IDisposable
{
    private const long TimerNs = 1_000_000_000;
    private const int EchoTimestampOffset = 16;

    /// <summary>What arrives so soon after another is taken in by the same call.</summary>
    private const long TogetherNs = 100_000;

    private readonly GoldenCapture.Datagram[] _datagrams;
    private readonly ReceiverWorld _world;
    private readonly FakeTransport _transport;
    private readonly ReceiveChannelEndpoint _endpoint;
    private readonly int _streamId;
    private readonly long _beginNs;
    private readonly List<(long TimeNs, UdpAddress Destination, byte[] Bytes)> _sent = [];
    private long _nextTimerNs;

    /// <param name="capture">The recorded run.</param>
    /// <param name="channel">The subscription's channel; its endpoint picks the datagrams.</param>
    /// <param name="settings">The driver's settings, where the recorded driver had others than the defaults.</param>
    /// <param name="isReliable">The subscription's.</param>
    /// <param name="feedbackDelay">The subscription's.</param>
    /// <param name="receiver">Which receiver, when there were several one after the other.</param>
    public GoldenReplay(
        GoldenCapture capture,
        string channel,
        Func<MediaDriverContext, MediaDriverContext>? settings = null,
        bool isReliable = true,
        IFeedbackDelay? feedbackDelay = null,
        int receiver = 0)
    {
        _world = new ReceiverWorld(settings)
        {
            IsReliable = isReliable,
            FeedbackDelay = feedbackDelay ?? new StaticFeedbackDelay(1_000, 100_000),
            CongestionControl = Aeron.Channels.ChannelUri.Parse(channel).Get("cc"),
        };
        UdpAddress local = ReceiverWorld.Address(Aeron.Channels.ChannelUri.Parse(channel).Get("endpoint")!);
        _datagrams = Part([.. capture.Datagrams.Where(datagram => datagram.Source == local || datagram.Destination == local)], receiver, out long receiverId);
        _beginNs = _world.Clock.NanoTime;
        long? groupTag = Aeron.Channels.ChannelUri.Parse(channel).GetLong("gtag");
        Wait(_datagrams[0].TimeNs);
        _endpoint = _world.AddEndpoint(out _transport, channel, receiverId, groupTag);
        _streamId = Frame.As<DataHeader>(_datagrams.First(static datagram => datagram.IsFromPublisher).Bytes).StreamId;
        _world.Receiver.AddSubscription(_endpoint, _streamId);
        Collect(_datagrams[0].TimeNs);
    }

    public ImageUnderTest Image => _world.Images[^1];

    public ReceiverWorld World => _world;

    /// <summary>What the reference's receiver sent.</summary>
    public IReadOnlyList<GoldenCapture.Datagram> Expected => [.. _datagrams.Where(static datagram => !datagram.IsFromPublisher)];

    /// <summary>What ours sent.</summary>
    public IReadOnlyList<(long TimeNs, UdpAddress Destination, byte[] Bytes)> Sent => _sent;

    /// <summary>Says of the n-th time (from 0) that a term offset arrives whether it is lost.</summary>
    public Func<DataHeader, int, bool> IsLost { get; init; } = static (_, _) => false;

    /// <summary>How long to go on after the last datagram.</summary>
    public long AfterNs { get; init; }

    public void Run()
    {
        _nextTimerNs = TimerPhase();
        Dictionary<(int TermId, int TermOffset), int> arrivals = [];
        for (int index = 0; index < _datagrams.Length; index++)
        {
            GoldenCapture.Datagram datagram = _datagrams[index];
            Wait(datagram.TimeNs);
            RunTimer(datagram.TimeNs);
            if (!datagram.IsFromPublisher)
                Imitate(datagram.Bytes);
            else
                Arrive(datagram, arrivals);
            bool isTogether = datagram.IsFromPublisher && index + 1 < _datagrams.Length && _datagrams[index + 1].IsFromPublisher
                && _datagrams[index + 1].TimeNs - datagram.TimeNs < TogetherNs;
            if (isTogether)
                continue;
            do
            {
                _world.Step();
            }
            while (_transport.HasArrived);
            _world.Step();
            Collect(datagram.TimeNs);
            if (datagram.Type == FrameType.ResponseSetup)
                Image.Image.RemoveResponseSessionId();
        }

        if (AfterNs > 0)
        {
            Wait(_datagrams[^1].TimeNs + AfterNs);
            _world.Step();
            Collect(_datagrams[^1].TimeNs + AfterNs);
        }

        if (_world.Images.Count > 0)
            Image.Consume();
    }

    public void Dispose() => _world.Dispose();

    private static bool IsEndOfStreamStatus(byte[] bytes) =>
        Frame.TypeOf(bytes) == FrameType.StatusMessage && (Frame.As<FrameHeader>(bytes).Flags & FrameFlags.StatusEndOfStream) != 0;

    /// <summary>
    /// When the recorded conductor's timer ticked is not recorded, but before its first status message with EOS, and after both the publisher's EOS
    /// and the last status message without.
    /// </summary>
    private long TimerPhase()
    {
        int first = Array.FindIndex(_datagrams, static datagram => IsEndOfStreamStatus(datagram.Bytes));
        if (first < 0)
            return long.MaxValue;
        int last = Array.FindLastIndex(_datagrams, first - 1, static datagram => datagram.Type == FrameType.StatusMessage);
        int end = Array.FindIndex(_datagrams, static datagram =>
            datagram.Type == FrameType.Data && (Frame.As<FrameHeader>(datagram.Bytes).Flags & FrameFlags.EndOfStream) != 0);
        return (_datagrams[Math.Max(last, end)].TimeNs + 1) % TimerNs;
    }

    private void RunTimer(long timeNs)
    {
        for (; _nextTimerNs <= timeNs; _nextTimerNs += TimerNs)
        {
            _world.OnTimer();
        }
    }

    /// <summary>A receiver begins with its own first frame, or with what made the publisher's first frame reach it.</summary>
    private static GoldenCapture.Datagram[] Part(GoldenCapture.Datagram[] datagrams, int receiver, out long receiverId)
    {
        long[] ids = [.. datagrams.Where(static datagram => datagram.Type == FrameType.StatusMessage)
            .Select(static datagram => Frame.As<StatusMessageFrame>(datagram.Bytes).ReceiverId).Distinct()];
        receiverId = ids[receiver];
        int begin = Begin(datagrams, receiverId);
        long id = receiverId;
        int end = receiver + 1 == ids.Length ? datagrams.Length : 1 + Array.FindLastIndex(datagrams, datagram =>
            datagram.Type == FrameType.StatusMessage && Frame.As<StatusMessageFrame>(datagram.Bytes).ReceiverId == id);
        return datagrams[begin..end];
    }

    private static int Begin(GoldenCapture.Datagram[] datagrams, long receiverId)
    {
        int first = Array.FindIndex(datagrams, datagram =>
            datagram.Type == FrameType.StatusMessage && Frame.As<StatusMessageFrame>(datagram.Bytes).ReceiverId == receiverId);
        return Frame.As<StatusMessageFrame>(datagrams[first].Bytes).SessionId == 0 ? first : first - 1;
    }

    private void Wait(long timeNs) => _world.Clock.NanoTime = _beginNs + timeNs;

    private void Arrive(GoldenCapture.Datagram datagram, Dictionary<(int TermId, int TermOffset), int> arrivals)
    {
        byte[] bytes = datagram.Bytes;
        if (datagram.Type == FrameType.RttMeasurement)
            bytes = WithOurEcho(bytes);
        DataHeader header = Frame.As<DataHeader>(bytes);
        if (datagram.Type == FrameType.Data && header.Frame.FrameLength > 0)
        {
            ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(arrivals, (header.TermId, header.TermOffset), out _);
            if (IsLost(header, count++))
                return;
        }

        _transport.Arrive(bytes, datagram.Source);
    }

    private byte[] WithOurEcho(byte[] reply)
    {
        byte[] ours = _sent.Last(static sent => Frame.TypeOf(sent.Bytes) == FrameType.RttMeasurement).Bytes;
        byte[] bytes = [.. reply];
        ours.AsSpan(EchoTimestampOffset, sizeof(long)).CopyTo(bytes.AsSpan(EchoTimestampOffset));
        return bytes;
    }

    private void Imitate(byte[] bytes)
    {
        switch (Frame.TypeOf(bytes))
        {
            case FrameType.StatusMessage:
                ImitateStatusMessage(Frame.As<StatusMessageFrame>(bytes));
                break;

            case FrameType.Error:
                Image.Image.Reject(Encoding.UTF8.GetString(bytes.AsSpan(ErrorFrame.LengthBytes)));
                break;

            case FrameType.ResponseSetup:
                Image.Image.SetResponseSessionId(Frame.As<ResponseSetupFrame>(bytes).ResponseSessionId);
                break;
        }
    }

    private void ImitateStatusMessage(in StatusMessageFrame frame)
    {
        bool isRequest = (frame.Frame.Flags & FrameFlags.StatusSendSetup) != 0;
        if (isRequest && frame.SessionId != 0 && _endpoint.Channel.HasExplicitControl)
            _world.Receiver.AddSubscription(_endpoint, _streamId, frame.SessionId);
        if (isRequest || _world.Images.Count == 0)
            return;
        PublicationImage image = Image.Image;
        int bits = PositionBits(image);
        Image.Consume(Aeron.LogBuffers.LogPosition.Compute(frame.ConsumptionTermId, frame.ConsumptionTermOffset, bits, image.InitialTermId));
    }

    private static int PositionBits(PublicationImage image) => Aeron.LogBuffers.LogPosition.PositionBitsToShift(image.TermLength);

    private void Collect(long timeNs)
    {
        _sent.AddRange(_transport.Sent.Select(sent => (timeNs, sent.Destination, sent.Bytes)));
        _transport.Sent.Clear();
    }
}
