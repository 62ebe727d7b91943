using System.Diagnostics;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Benchmarks.Scale;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Gateways.Sessions;
using OrderPlatform.Messages;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Benchmarks.Doors;

/// <summary>
/// Plays the gateway at the other end of the port: says hello, notes when each order arrives, and reports it filled, so that the next signal of the instrument
/// becomes an order too.
/// </summary>
internal sealed class GatewayEnd : IDisposable
{
    private const int FragmentLimit = 256;

    private static readonly long HeartbeatTicks = Stopwatch.Frequency / 10;

    private readonly Subscription _orders;
    private readonly ExclusivePublication _reports;
    private readonly OutsideMoments[] _moments;
    private readonly SignalOfOrder _signals;
    private readonly Queue<byte[]> _waiting = new(1_024);
    private readonly Stack<byte[]> _free = new(1_024);
    private readonly byte[] _inner = new byte[256];
    private readonly byte[] _small = new byte[256];
    private readonly byte[] _envelope = new byte[512];
    private Handler _handler;
    private ulong _handled;
    private ulong _report;
    private ulong _tradeId;
    private ushort _epoch;
    private long _saidTicks;

    public GatewayEnd(AeronClient aeron, DoorChannels channels, OutsideMoments[] moments, int instruments)
    {
        _moments = moments;
        _signals = new SignalOfOrder(instruments);
        _orders = aeron.AddSubscription(channels.Orders, LinkProtocol.OrdersStreamId);
        _reports = aeron.AddExclusivePublication(channels.Reports, LinkProtocol.ReportsStreamId);
        _handler = new Handler(this);
    }

    /// <summary>Whether the port has welcomed it.</summary>
    public bool IsWelcome { get; private set; }

    /// <summary>Whether reports wait for room in their stream.</summary>
    public bool IsHeldBack => _waiting.Count > 0;

    /// <summary>Orders that arrived.</summary>
    public int Count { get; private set; }

    public void Step()
    {
        _orders.Poll(ref _handler, FragmentLimit);
        while (_waiting.TryPeek(out byte[]? report) && _reports.Offer(report) > 0)
        {
            _free.Push(_waiting.Dequeue());
        }

        long now = Stopwatch.GetTimestamp();
        if (now - _saidTicks >= HeartbeatTicks && _reports.IsConnected)
        {
            _saidTicks = now;
            _reports.Offer(IsWelcome ? Heartbeat() : Hello());
        }
    }

    public void Dispose()
    {
        _reports.Dispose();
        _orders.Dispose();
    }

    private void OnMessage(ReadOnlySpan<byte> message)
    {
        if (GatewayWelcomeDecoder.TryWrap(message, out GatewayWelcomeDecoder welcome))
        {
            IsWelcome = welcome.Status == DoorStatus.Accepted;
            _epoch = welcome.Epoch;
            _handled = welcome.NextRequest - 1;
        }
        else if (GatewayRequestDecoder.TryWrap(message, out GatewayRequestDecoder request))
        {
            if (request.Number != _handled + 1)
                throw new InvalidOperationException($"request {request.Number} came behind {_handled}");
            _handled = request.Number;
            if (NewOrderDecoder.TryWrap(request.GetMessage(), out NewOrderDecoder order))
                OnOrder(order);
        }
    }

    private void OnOrder(in NewOrderDecoder order)
    {
        _moments[_signals.Of(order.InstrumentId)].Arrived = Stopwatch.GetTimestamp();
        Count++;
        Fill(order);
    }

    private void Fill(in NewOrderDecoder order)
    {
        var e = ExecutionReportEncoder.WrapForEncodeAndApplyHeader(_inner);
        e.ClientOrderId = order.ClientOrderId;
        e.VenueOrderId = order.ClientOrderId;
        e.VenueTradeId = ++_tradeId;
        e.InstrumentId = order.InstrumentId;
        e.VenueId = EngineSide.VenueId;
        e.Kind = ExecutionKind.Fill;
        e.Side = order.Side;
        e.Liquidity = Liquidity.Taker;
        e.FeeCurrency = FeeCurrency.Quote;
        e.Reason = ReasonCode.None;
        e.LastQuantity = order.Quantity;
        e.LastPrice = LoadedEngine.PriceOf(order.InstrumentId);
        e.Fee = FixedPoint.One / 1_000;
        e.CumulativeQuantity = order.Quantity;
        e.LeavesQuantity = 0;
        e.Price = ExecutionReportDecoder.PriceNullValue;
        e.SetFeeAsset("");
        e.RetryAfterNanos = ExecutionReportDecoder.RetryAfterNanosNullValue;
        e.AveragePrice = ExecutionReportDecoder.AveragePriceNullValue;
        var report = GatewayReportEncoder.WrapForEncodeAndApplyHeader(_envelope);
        report.Number = ++_report;
        report.RequestsHandled = _handled;
        report.VenueTimeNanos = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
        report.NextEventNanos = GatewayReportDecoder.NextEventNanosNullValue;
        report.SetMessage(_inner.AsSpan(0, ExecutionReportEncoder.EncodedLength));
        ReadOnlySpan<byte> bytes = _envelope.AsSpan(0, report.EncodedLengthSoFar);
        if (_waiting.Count == 0 && _reports.Offer(bytes) > 0)
            return;
        byte[] kept = _free.TryPop(out byte[]? free) ? free : new byte[bytes.Length];
        bytes.CopyTo(kept);
        _waiting.Enqueue(kept);
    }

    private ReadOnlySpan<byte> Hello()
    {
        var e = GatewayHelloEncoder.WrapForEncodeAndApplyHeader(_small);
        e.VenueId = EngineSide.VenueId;
        e.ProtocolVersion = LinkProtocol.Version;
        e.Kind = GatewayKind.Live;
        e.JournalId = 1;
        e.SetName("bench"u8);
        return _small.AsSpan(0, e.EncodedLengthSoFar);
    }

    private ReadOnlySpan<byte> Heartbeat()
    {
        var e = GatewayHeartbeatEncoder.WrapForEncodeAndApplyHeader(_small);
        e.Epoch = _epoch;
        e.Number = _handled;
        return _small.AsSpan(0, GatewayHeartbeatEncoder.EncodedLength);
    }

    private readonly struct Handler(GatewayEnd gateway) : IFragmentHandler
    {
        public void OnFragment(ReadOnlySpan<byte> buffer, in Header header) => gateway.OnMessage(buffer);
    }
}
