using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Driver.Receiving;
using OrderPlatform.Aeron.Driver.Subscribers;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>
/// A receiver with what it needs around it: a clock moved by hand, sockets of the test, and a conductor that makes an image for every request, puts
/// one subscriber on it and steps it. One thread.
/// </summary>
internal sealed class ReceiverWorld : IDriverConductorProxy, ISubscriberEvents, IDisposable
{
    private const int CountersMax = 4096;
    private const int GuardBytes = 64 * 1024;
    private const byte GuardByte = 0xA5;

    public static readonly UdpAddress Publisher = Address("127.0.0.1:40456");

    private readonly NativeBlock _counterMemory = new((long)CountersMax * CountersDescriptor.ValueRecordLength);
    private readonly List<NativeBlock> _logMemory = [];
    private readonly Queue<ImageRequest> _requests = new();
    private int _nextCounterId = SystemCounters.Count;
    private long _nextCorrelationId = 1000;

    public ReceiverWorld(Func<MediaDriverContext, MediaDriverContext>? settings = null)
    {
        var context = new MediaDriverContext { Clock = Clock };
        Context = settings?.Invoke(context) ?? context;
        SystemCounters = new SystemCounters(_counterMemory.Buffer);
        Receiver = new Receiver(Context, SystemCounters);
    }

    public ManualClock Clock { get; } = new();

    public MediaDriverContext Context { get; }

    public SystemCounters SystemCounters { get; }

    public RecordingErrorLog ErrorLog { get; } = new();

    public Receiver Receiver { get; }

    public List<ImageUnderTest> Images { get; } = [];

    public List<ImageRequest> Requests { get; } = [];

    public List<ReResolution> ReResolutions { get; } = [];

    public List<string> EndpointErrors { get; } = [];

    public List<SubscriberPosition> Unavailable { get; } = [];

    public bool IsReliable { get; init; } = true;

    public bool TakesRequests { get; set; } = true;

    public string? CongestionControl { get; init; }

    public IFeedbackDelay FeedbackDelay { get; init; } = new StaticFeedbackDelay(1_000, 100_000);

    public static UdpAddress Address(string text) => UdpAddress.From(System.Net.IPEndPoint.Parse(text));

    public long Counter(SystemCounterId id) => SystemCounters[id].Get();

    public ReceiveChannelEndpoint AddEndpoint(
        out FakeTransport transport, string channel = "aeron:udp?endpoint=127.0.0.1:40123", long receiverId = 4711, long? groupTag = null)
    {
        UdpChannel udpChannel = UdpChannel.Parse(ChannelUri.Parse(channel), SystemNameResolver.Instance);
        transport = new FakeTransport(udpChannel.RemoteData);
        var endpoint = new ReceiveChannelEndpoint(new ReceiveChannelEndpointParameters
        {
            Channel = udpChannel,
            Transport = udpChannel.ControlMode == ControlMode.Manual ? null : transport,
            ChannelStatus = NewCounter(),
            ReceiverId = receiverId,
            GroupTag = groupTag,
            ReceiveTimestamp = TimestampOffset.Read(udpChannel.Uri, ChannelKeys.ChannelReceiveTimestampOffset),
            Context = Context,
            SystemCounters = SystemCounters,
            ErrorLog = ErrorLog,
            Conductor = this,
        });
        Receiver.RegisterEndpoint(endpoint);
        return endpoint;
    }

    /// <summary>An endpoint with a subscription to the stream, and an image in it.</summary>
    public ImageUnderTest AddImage(out FakeTransport transport, byte[]? setup = null)
    {
        ReceiveChannelEndpoint endpoint = AddEndpoint(out transport);
        Receiver.AddSubscription(endpoint, Frame.StreamId);
        transport.Arrive(setup ?? Frame.Setup(), Publisher);
        Step();
        Step();
        return Images[^1];
    }

    /// <summary>A cycle of the conductor, of the receiver and of the conductor again, at one time.</summary>
    public void Step()
    {
        Conduct();
        Receiver.DoWork();
        Conduct();
    }

    public void Step(TimeSpan later)
    {
        Clock.Advance(later);
        Step();
    }

    /// <summary>The conductor's timer.</summary>
    public void OnTimer()
    {
        foreach (ImageUnderTest image in Images)
        {
            ImageState before = image.Image.State;
            if (image.Image.OnTimeEvent(Clock.NanoTime) == ImageState.Linger && before != ImageState.Linger)
                Receiver.Commands.Offer(() => Receiver.RemoveImage(image.Image.Endpoint, image.Image));
        }
    }

    public AtomicCounter NewCounter() => new(_counterMemory.Buffer, _nextCounterId++);

    public bool CreatePublicationImage(in ImageRequest request)
    {
        if (!TakesRequests)
            return false;
        Requests.Add(request);
        _requests.Enqueue(request);
        return true;
    }

    public bool OnChannelEndpointError(int channelStatusCounterId, string message)
    {
        EndpointErrors.Add(message);
        return true;
    }

    public bool OnPublicationError(in PublicationErrorNotice notice) => throw new NotSupportedException("A sender's.");

    public bool OnResponseSetup(long responseCorrelationId, int responseSessionId) => throw new NotSupportedException("A sender's.");

    public bool OnResponseConnected(long responseCorrelationId) => throw new NotSupportedException("A sender's.");

    public bool ReResolve(ReResolution request)
    {
        ReResolutions.Add(request);
        return true;
    }

    public void OnSubscriberUnavailable(SubscriberPosition subscriber) => Unavailable.Add(subscriber);

    public void OnSubscriberAvailableAgain(SubscriberPosition subscriber, long joinPosition)
    {
        AtomicCounter position = NewCounter();
        position.SetRelease(joinPosition);
        subscriber.Renew(position);
    }

    public void Dispose()
    {
        Receiver.Dispose();
        _logMemory.ForEach(static memory => memory.Dispose());
        _counterMemory.Dispose();
    }

    /// <summary>Nothing was written before or after any log.</summary>
    public void AssertGuardsAreIntact()
    {
        foreach (NativeBlock memory in _logMemory)
        {
            Assert.That(Guard(memory, 0).ContainsAnyExcept(GuardByte), Is.False, "written before the log");
            Assert.That(Guard(memory, memory.Buffer.CapacityBytes - GuardBytes).ContainsAnyExcept(GuardByte), Is.False, "written after the log");
        }
    }

    private static Span<byte> Guard(NativeBlock memory, long offset) => memory.Buffer.AsSpan(offset, GuardBytes);

    private void Conduct()
    {
        while (_requests.TryDequeue(out ImageRequest request))
        {
            ImageUnderTest made = Make(request);
            Images.Add(made);
            Receiver.Commands.Offer(() => Receiver.AddImage(made.Image.Endpoint, made.Image));
        }

        foreach (ImageUnderTest image in Images)
        {
            image.Image.TrackRebuild(Clock.NanoTime);
        }
    }

    private ImageUnderTest Make(in ImageRequest request)
    {
        long logLength = LogBufferDescriptor.LogLength(request.TermLength, LogBufferDescriptor.PageLengthMin);
        var memory = new NativeBlock(logLength + (2 * GuardBytes));
        _logMemory.Add(memory);
        Guard(memory, 0).Fill(GuardByte);
        Guard(memory, logLength + GuardBytes).Fill(GuardByte);
        var metaData = new LogMetaData
        {
            Type = 2,
            SessionId = request.SessionId,
            StreamId = request.StreamId,
            InitialTermId = request.InitialTermId,
            StartTermId = request.ActiveTermId,
            StartTermOffset = request.TermOffset,
            TermLength = request.TermLength,
            PageSize = LogBufferDescriptor.PageLengthMin,
            MtuLength = request.Mtu,
        };
        var losses = new RecordingLossReport();
        AtomicCounter naks = NewCounter();
        var image = new PublicationImage(new PublicationImageParameters
        {
            CorrelationId = _nextCorrelationId++,
            SessionId = request.SessionId,
            StreamId = request.StreamId,
            Endpoint = request.Endpoint,
            TransportIndex = request.TransportIndex,
            ControlAddress = request.ControlAddress,
            SourceAddress = request.SourceAddress,
            Log = LogBuffer.Over(memory.Buffer.Slice(GuardBytes, logLength), metaData),
            InitialTermId = request.InitialTermId,
            ActiveTermId = request.ActiveTermId,
            TermOffset = request.TermOffset,
            MtuLength = request.Mtu,
            ReceiverHighWaterMark = NewCounter(),
            ReceiverPosition = NewCounter(),
            NaksSent = naks,
            CongestionControl = CongestionControlFactory.Create(
                CongestionControl, request.TermLength, request.Mtu, request.Endpoint.Channel.ReceiverWindowLength, Context, Clock.NanoTime),
            FeedbackDelay = FeedbackDelay,
            IsReliable = IsReliable,
            LossReport = losses,
            SubscriberEvents = this,
            UntetheredWindowLimitTimeoutNs = Context.UntetheredWindowLimitTimeoutNs,
            UntetheredLingerTimeoutNs = Context.UntetheredLingerTimeoutNs,
            UntetheredRestingTimeoutNs = Context.UntetheredRestingTimeoutNs,
            Context = Context,
            SystemCounters = SystemCounters,
            NowNs = Clock.NanoTime,
        });
        return new ImageUnderTest(image, losses, naks, this);
    }
}
