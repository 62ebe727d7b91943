using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Driver.Sending;
using OrderPlatform.Aeron.Driver.Sending.FlowControl;
using OrderPlatform.Aeron.Driver.Subscribers;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;
using OrderPlatform.Aeron.Tests.LogBuffers;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>How the publication of a <see cref="SendingBench"/> is made.</summary>
internal sealed record BenchSettings
{
    public const string Unicast = "aeron:udp?endpoint=127.0.0.1:40123";
    public const string Dynamic = "aeron:udp?control=127.0.0.1:40456|control-mode=dynamic";
    public const string Response = "aeron:udp?control=127.0.0.1:20126|control-mode=response";
    public const string Manual = "aeron:udp?control-mode=manual";

    public string Uri { get; init; } = Unicast;
    public int SessionId { get; init; } = MemoryLog.SessionId;
    public int StreamId { get; init; } = MemoryLog.StreamId;
    public int InitialTermId { get; init; } = 7;
    public int StartTermId { get; init; } = 7;
    public int StartTermOffset { get; init; }
    public int TermLength { get; init; } = LogBufferDescriptor.TermLengthMin;
    public bool IsExclusive { get; init; }
    public bool SpiesSimulateConnection { get; init; }
    public bool IsResponse { get; init; }
    public bool SendResponseSetup { get; init; }
    public long ResponseCorrelationId { get; init; } = -1;
    public bool SignalEndOfStream { get; init; } = true;
    public Func<MediaDriverContext, MediaDriverContext> Context { get; init; } = static context => context;
}

/// <summary>One publication with its endpoint and a sender, all in memory and moved by hand.</summary>
internal sealed class SendingBench : IDisposable
{
    private const int CounterCount = SystemCounters.Count + 32;

    private readonly NativeBlock _counterValues = new(CounterCount * CountersDescriptor.ValueRecordLength);
    private readonly MemoryLog _memory;
    private int _nextCounterId = SystemCounters.Count;

    public SendingBench(BenchSettings? given = null, ManualClock? clock = null)
    {
        BenchSettings settings = given ?? new BenchSettings();
        Clock = clock ?? new ManualClock();
        Context = settings.Context(new MediaDriverContext { Clock = Clock });
        Counters = new SystemCounters(_counterValues.Buffer);
        Channel = UdpChannel.Parse(ChannelUri.Parse(settings.Uri), new FakeResolver());
        Transport = new FakeTransport();
        Endpoint = new SendChannelEndpoint(Channel, Transport, NewCounter(), Context, Counters, Conductor, Conductor);
        if (Endpoint.IsMultiDestination)
            Endpoint.MdcDestinations = NewCounter();
        _memory = new MemoryLog(
            settings.InitialTermId, settings.StartTermId, settings.StartTermOffset, settings.SessionId, settings.StreamId, settings.TermLength);
        FlowControlReceivers = NewCounter();
        Publication = new NetworkPublication(Parameters(settings));
        Appender = new Appender(Log, settings.IsExclusive);
        Sender = new Sender(Context, Counters, Conductor);
        Sender.RegisterEndpoint(Endpoint);
        Sender.AddPublication(Publication);
    }

    public ManualClock Clock { get; }

    public MediaDriverContext Context { get; }

    public FakeConductor Conductor { get; } = new();

    public SystemCounters Counters { get; }

    public UdpChannel Channel { get; }

    public FakeTransport Transport { get; }

    public SendChannelEndpoint Endpoint { get; }

    public AtomicCounter FlowControlReceivers { get; }

    public NetworkPublication Publication { get; }

    public Sender Sender { get; }

    public Appender Appender { get; }

    public LogBuffer Log => _memory.Log;

    public AtomicCounter PublisherLimit { get; private set; } = null!;

    public AtomicCounter PublisherPosition { get; private set; } = null!;

    public AtomicCounter SenderPosition { get; private set; } = null!;

    public AtomicCounter SenderLimit { get; private set; } = null!;

    public AtomicCounter BackPressureEvents { get; private set; } = null!;

    public AtomicCounter NaksReceived { get; private set; } = null!;

    public UdpAddress Receiver { get; } = FakeTransport.Address("127.0.0.1:40123");

    public List<(byte[] Bytes, UdpAddress? Destination)> Sent => Transport.Sent;

    public bool IsConnectedInLog => Log.MetaData.GetInt(LogBufferDescriptor.IsConnectedOffset) == 1;

    public AtomicCounter NewCounter() => new(_counterValues.Buffer, _nextCounterId++);

    public SubscriberPosition NewSpy(long position, bool isTether = true)
    {
        AtomicCounter counter = NewCounter();
        counter.SetRelease(position);
        return new SubscriberPosition(99, counter, isTether, isRejoin: true) { TimeOfLastUpdateNs = Clock.NanoTime };
    }

    /// <summary>Sender and conductor until neither has anything to do.</summary>
    public void Settle()
    {
        for (int cycle = 0; cycle < 1000; cycle++)
        {
            if (Sender.DoWork() + Publication.UpdatePublisherPositionAndLimit() == 0)
                return;
        }

        Assert.Fail("It does not come to rest.");
    }

    public void SettleAfter(TimeSpan time)
    {
        Clock.Advance(time);
        Settle();
    }

    /// <summary>A status message arrives; nothing is done yet.</summary>
    public void ArriveStatusMessage(
        long position, int window = 32768, long receiverId = 1, byte flags = 0, UdpAddress? source = null, long? groupTag = null)
    {
        int bits = LogPosition.PositionBitsToShift(Log.TermLength);
        int initialTermId = Log.MetaData.GetInt(LogBufferDescriptor.InitialTermIdOffset);
        var frame = new StatusMessageFrame
        {
            Frame = Header(FrameType.StatusMessage, groupTag is null ? StatusMessageFrame.LengthBytes : StatusMessageFrame.LengthWithGroupTagBytes, flags),
            SessionId = Publication.SessionId,
            StreamId = Publication.StreamId,
            ConsumptionTermId = LogPosition.TermId(position, bits, initialTermId),
            ConsumptionTermOffset = LogPosition.TermOffset(position, Log.TermLength),
            ReceiverWindow = window,
            ReceiverId = receiverId,
            GroupTag = groupTag ?? 0,
        };
        Arrive(frame, frame.Frame.FrameLength, source);
    }

    public void ArriveNak(int termId, int termOffset, int length) => Arrive(
        new NakFrame
        {
            Frame = Header(FrameType.Nak, NakFrame.LengthBytes, 0),
            SessionId = Publication.SessionId,
            StreamId = Publication.StreamId,
            TermId = termId,
            TermOffset = termOffset,
            Length = length,
        },
        NakFrame.LengthBytes);

    public void Arrive<T>(T frame, int length, UdpAddress? source = null)
        where T : unmanaged =>
        Transport.Arrive(MemoryMarshal.AsBytes(new Span<T>(ref frame))[..length].ToArray(), source ?? Receiver);

    /// <summary>Connects the first receiver and forgets what was sent for it.</summary>
    public void Connect(int window = 32768, UdpAddress? source = null)
    {
        Settle();
        ArriveStatusMessage(Publication.ConsumerPosition, window, source: source);
        Settle();
        Sent.Clear();
    }

    /// <summary>Offers messages of one length; returns the position after the last.</summary>
    public long Offer(int length, int count = 1)
    {
        long position = 0;
        for (int message = 0; message < count; message++)
        {
            position = Appender.OfferUntilTaken(MemoryLog.Payload(message, length), null);
        }

        return position;
    }

    public static DataHeader DataHeaderOf(byte[] datagram) => MemoryMarshal.Read<DataHeader>(datagram);

    public static FrameHeader Header(FrameType type, int length, byte flags) => new() { FrameLength = length, Flags = flags, Type = type };

    public void Dispose()
    {
        Sender.Dispose();
        _memory.Dispose();
        _counterValues.Dispose();
    }

    private NetworkPublicationParameters Parameters(BenchSettings settings)
    {
        PublisherPosition = NewCounter();
        PublisherLimit = NewCounter();
        SenderPosition = NewCounter();
        SenderLimit = NewCounter();
        BackPressureEvents = NewCounter();
        NaksReceived = NewCounter();
        return new NetworkPublicationParameters
        {
            RegistrationId = 17,
            SessionId = settings.SessionId,
            StreamId = settings.StreamId,
            Endpoint = Endpoint,
            Log = Log,
            InitialTermId = settings.InitialTermId,
            MtuLength = MemoryLog.MtuLength,
            StartPosition = LogPosition.Compute(
                settings.StartTermId, settings.StartTermOffset, LogPosition.PositionBitsToShift(settings.TermLength), settings.InitialTermId),
            PublisherPosition = PublisherPosition,
            PublisherLimit = PublisherLimit,
            SenderPosition = SenderPosition,
            SenderLimit = SenderLimit,
            SenderBackPressureEvents = BackPressureEvents,
            SenderNaksReceived = NaksReceived,
            IsExclusive = settings.IsExclusive,
            SignalEndOfStream = settings.SignalEndOfStream,
            SpiesSimulateConnection = settings.SpiesSimulateConnection,
            IsResponse = settings.IsResponse,
            SendResponseSetup = settings.SendResponseSetup,
            ResponseCorrelationId = settings.ResponseCorrelationId,
            LingerTimeoutNs = Context.PublicationLingerTimeoutNs,
            TermWindowLength = settings.TermLength / 2,
            FlowControl = FlowControlFactory.Create(Channel, Context, FlowControlReceivers),
            MaxResend = Context.MaxResend,
            Context = Context,
            SystemCounters = Counters,
            SubscriberEvents = Conductor,
            UntetheredWindowLimitTimeoutNs = Context.UntetheredWindowLimitTimeoutNs,
            UntetheredLingerTimeoutNs = Context.UntetheredLingerTimeoutNs,
            UntetheredRestingTimeoutNs = Context.UntetheredRestingTimeoutNs,
        };
    }

    /// <summary>Every name is the loopback.</summary>
    private sealed class FakeResolver : INameResolver
    {
        public IPAddress Resolve(string host, AddressFamily preferred) => IPAddress.Loopback;
    }
}
