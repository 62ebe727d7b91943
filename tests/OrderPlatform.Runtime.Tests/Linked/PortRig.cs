using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Tests.Whole;
using OrderPlatform.Disruptor;
using OrderPlatform.Gateways.Tests.Links;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Links;
using OrderPlatform.Runtime.Live;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Runtime.Tests.Linked;

/// <summary>A port, its input ring, and a gateway that a test scripts, over the shared memory of one driver.</summary>
internal sealed class PortRig : IDisposable
{
    public const string Reports = "aeron:ipc?alias=reports";

    private const string Orders = "aeron:ipc?alias=orders";

    private readonly AeronNode _node;
    private readonly RingBuffer<InputSlot> _ring;
    private readonly EventPoller<InputSlot> _poller;
    private readonly ExclusivePublication _reports;
    private readonly Subscription _orders;
    private readonly byte[] _buffer = new byte[512];
    private readonly byte[] _report = new byte[ExecutionReportEncoder.EncodedLength];
    private readonly List<byte[]> _welcomes = [];
    private ulong _reported;
    private Handler _handler;

    public PortRig(ulong lastReport = 0, int ringLength = 1_024)
    {
        _node = World.Add(1);
        _ring = RingBuffer<InputSlot>.CreateMultiProducer(ringLength);
        _poller = _ring.NewPoller();
        Port = new GatewayPort(new GatewayPortOptions(1, "simulated", Orders, Reports) { ShardId = 3 }, _node.Client, new WorldTime(World.Clock), News.Add);
        Port.Connect(new InputPublisher(_ring, new Sequence()), static () => long.MaxValue, 2, lastReport, isDown: false);
        _reports = _node.Client.AddExclusivePublication(Reports, 2002);
        _orders = _node.Client.AddSubscription(Orders, 2001);
        _handler = new Handler(this);
        World.StepUntil(() => _reports.IsConnected && _orders.IsConnected, TimeSpan.FromSeconds(5), "connected");
    }

    public AeronWorld World { get; } = new();

    public AeronClient Client => _node.Client;

    public GatewayPort Port { get; }

    public List<string> News { get; } = [];

    public List<byte[]> Inputs { get; } = [];

    /// <summary>Nobody takes inputs.</summary>
    public bool KeepsRingFull { get; set; }

    public static OutputSlot NewOrder()
    {
        var slot = new OutputSlot { MessageLength = NewOrderEncoder.EncodedLength, InputSequence = 7 };
        var e = NewOrderEncoder.WrapForEncodeAndApplyHeader(slot.Payload);
        e.VenueId = 1;
        return slot;
    }

    public void Hello(
        ushort venue = 1, ushort version = 1, ushort shard = 3, ushort epoch = 0, ulong lastRequest = 0, ulong lastReport = 0, ulong journal = 5,
        ExclusivePublication? on = null)
    {
        var e = GatewayHelloEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.VenueId = venue;
        e.ProtocolVersion = version;
        e.Kind = GatewayKind.Live;
        e.ShardId = shard;
        e.Epoch = epoch;
        e.JournalId = journal;
        e.LastRequest = lastRequest;
        e.LastReport = lastReport;
        e.SetName("test"u8);
        Say(on ?? _reports, e.EncodedLengthSoFar);
    }

    /// <summary>Says hello and is welcome.</summary>
    public void Welcome()
    {
        Hello(lastReport: _reported);
        Assert.That(AwaitWelcome().Status, Is.EqualTo(DoorStatus.Accepted), string.Join('\n', News));
        StepUntil(() => Port.State == PortState.Connected, "connected");
    }

    public GatewayWelcomeDecoder AwaitWelcome()
    {
        StepUntil(() => _welcomes.Count > 0, "a welcome");
        byte[] welcome = _welcomes[^1];
        _welcomes.Clear();
        return GatewayWelcomeDecoder.WrapForDecodeAndApplyHeader(welcome);
    }

    public void Report() => Report(++_reported);

    public void Report(ulong number, ushort venue = 1)
    {
        Span<byte> report = _report;
        var inner = ExecutionReportEncoder.WrapForEncodeAndApplyHeader(report);
        inner.VenueId = venue;
        inner.Kind = ExecutionKind.Accepted;
        var e = GatewayReportEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.Number = number;
        e.RequestsHandled = Port.LastRequest;
        e.SetMessage(report);
        Say(_reports, e.EncodedLengthSoFar);
    }

    public void Step()
    {
        World.Step();
        Port.DoWork();
        Drain();
        for (int i = 0; i < 4 && !KeepsRingFull; i++)
        {
            var taker = new Taker(Inputs);
            _poller.Poll(ref taker, 64);
        }
    }

    public void StepUntil(Func<bool> condition, string what, double seconds = 5)
    {
        long deadline = World.Clock.NanoTime + (long)(seconds * 1e9);
        while (!condition())
        {
            Assert.That(World.Clock.NanoTime, Is.LessThan(deadline), $"{what}\n{string.Join('\n', News)}");
            Step();
        }
    }

    /// <summary>Takes what the port sent, and empties the ring.</summary>
    public void Drain()
    {
        _orders.Poll(ref _handler, 64);
        if (!KeepsRingFull)
        {
            var taker = new Taker(Inputs);
            _poller.Poll(ref taker, 64);
        }
    }

    public void Dispose()
    {
        Port.Dispose();
        World.Dispose();
        _ring.Dispose();
    }

    // A term that ends takes another try.
    private void Say(ExclusivePublication publication, int length)
    {
        long result = publication.Offer(_buffer.AsSpan(0, length));
        result = result == Publication.AdminAction ? publication.Offer(_buffer.AsSpan(0, length)) : result;
        Assert.That(result, Is.GreaterThan(0));
    }

    private readonly struct Handler(PortRig rig) : IFragmentHandler
    {
        public void OnFragment(ReadOnlySpan<byte> buffer, in Header header)
        {
            if (GatewayWelcomeDecoder.TryWrap(buffer, out _))
            {
                rig._welcomes.Add(buffer.ToArray());
            }
        }
    }

    private readonly struct Taker(List<byte[]> inputs) : IEventHandler<InputSlot>
    {
        public void OnEvent(ref InputSlot data, long sequence, bool endOfBatch)
        {
            // The allocation test's reports are counted, not kept.
            if (inputs.Count < 64)
            {
                inputs.Add(data.Message.ToArray());
            }
        }
    }
}
