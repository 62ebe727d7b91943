using System.Diagnostics;
using OrderPlatform.Benchmarks.Scale;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Benchmarks.Doors;

/// <summary>
/// Publisher and gateway, on the caller's thread with a media driver of their own: signals leave by a schedule that does not wait for anybody (open loop), and
/// arriving orders are noted. Who is late sends at once and keeps the time at which the signal was due.
/// </summary>
internal sealed class Outside : IDisposable
{
    private const int SignalsAtOnce = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SteppedTransport _transport = new();
    private readonly PublisherClient _signals;
    private readonly PublisherClient _market;
    private readonly GatewayEnd _gateway;
    private readonly EngineSide _engine;
    private readonly OutsideMoments[] _moments;
    private readonly int _instruments;
    private readonly byte[] _message = new byte[256];
    private long _refused;
    private int _published;

    public Outside(DoorChannels channels, EngineSide engine, OutsideMoments[] moments, int instruments)
    {
        _engine = engine;
        _moments = moments;
        _instruments = instruments;
        var options = new PublisherOptions { Channel = channels.Door, PublisherId = EngineSide.PublisherId };
        _signals = new PublisherClient(options, _transport.Client, TimeProvider.System) { OnAcknowledged = Note };
        options = options with { StreamId = DoorProtocol.MarketDataStreamId, ResponseStreamId = DoorProtocol.ResponseStreamId + 1 };
        _market = new PublisherClient(options, _transport.Client, TimeProvider.System) { OnAcknowledged = Note };
        _gateway = new GatewayEnd(_transport.Client, channels, moments, instruments);
    }

    /// <summary>Signals published so far.</summary>
    public int Published => _published;

    /// <summary>Connects all, and gives each instrument a price.</summary>
    public void Prepare()
    {
        StepUntil(() => _signals.IsConnected && _market.IsConnected && _gateway.IsWelcome, "everybody is connected");
        for (uint instrument = 1; instrument <= _instruments; instrument++)
        {
            int length = EncodeQuote(instrument);
            while (!_market.TryPublish(_message.AsSpan(0, length), 0, out _))
                Step();
        }

        StepUntil(() => _market.Outstanding == 0, "prices are taken");
    }

    /// <summary>Publishes so many signals as fast as the answers to them and their orders come.</summary>
    public void Run(int count)
    {
        for (int number = 0; number < count; number++)
        {
            while (_published - _gateway.Count > DoorProtocol.WindowMax || _gateway.IsHeldBack)
                Step();
            Publish(Stopwatch.GetTimestamp(), EncodeSignal(_published));
        }

        AwaitOrders();
    }

    /// <summary>Publishes so many signals at a rate, and waits for their orders.</summary>
    public void Run(int rate, int count)
    {
        long began = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 1_000);
        for (int number = 0; number < count; number++)
        {
            long due = began + (long)((Int128)number * Stopwatch.Frequency / rate);
            int length = EncodeSignal(_published);
            while (Stopwatch.GetTimestamp() < due)
                Step();
            Publish(due, length);
        }

        AwaitOrders();
    }

    public void Dispose()
    {
        _signals.Dispose();
        _market.Dispose();
        _gateway.Dispose();
        _transport.Dispose();
    }

    private void Publish(long due, int length)
    {
        _moments[_published].Due = due;
        while (!_signals.TryPublish(_message.AsSpan(0, length), 0, out _))
            Step();
        _moments[_published].Published = Stopwatch.GetTimestamp();
        _published++;

        // Those that are due already leave together, but the driver and the gateway have their turns between them.
        if (_published % SignalsAtOnce == 0)
            Step();
    }

    private void AwaitOrders()
    {
        StepUntil(() => _gateway.Count == _published && _signals.Outstanding == 0, "all orders have arrived");
        if (_refused > 0)
            throw new InvalidOperationException($"{_refused} submissions were refused");
    }

    private void Note(in Acknowledgement acknowledgement) => _refused += acknowledgement.Status == DoorStatus.Accepted ? 0 : 1;

    private void Step()
    {
        _engine.StepWorld();
        _transport.Step();
        _gateway.Step();
        _signals.DoWork();
        if (_published == 0)
            _market.DoWork();
    }

    private void StepUntil(Func<bool> condition, string what)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Step();
            _engine.Check();
            if (Stopwatch.GetElapsedTime(begin) > Patience)
            {
                throw new TimeoutException(
                    $"not within {Patience.TotalSeconds} s: {what}; {_gateway.Count} orders of {_published} signals, {_signals.Outstanding} without an answer; "
                    + $"the engine's last word: {_engine.Said()}");
            }
        }
    }

    private int EncodeQuote(uint instrument)
    {
        var e = TopOfBookEncoder.WrapForEncodeAndApplyHeader(_message);
        e.InstrumentId = instrument;
        e.BidPrice = LoadedEngine.PriceOf(instrument);
        e.AskPrice = LoadedEngine.PriceOf(instrument) + (FixedPoint.One / 100);
        e.BidQuantity = e.AskQuantity = FixedPoint.One;
        return TopOfBookEncoder.EncodedLength;
    }

    // Each turns the position of its instrument round: it becomes an order.
    private int EncodeSignal(int number)
    {
        var e = SignalEncoder.WrapForEncodeAndApplyHeader(_message);
        e.ClientId = 1;
        e.StrategyId = 1;
        e.InstrumentId = (uint)(number % _instruments) + 1;
        e.Direction = number / _instruments % 2 == 0 ? Direction.Long : Direction.Short;
        e.SignalId = (ulong)number + 1;
        e.Confidence = FixedPoint.One;
        e.ExpectedReturn = SignalDecoder.ExpectedReturnNullValue;
        e.RiskScore = SignalDecoder.RiskScoreNullValue;
        e.Volatility = SignalDecoder.VolatilityNullValue;
        e.Price = SignalDecoder.PriceNullValue;
        e.GeneratedAtNanos = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
        e.ValidUntilNanos = SignalDecoder.ValidUntilNanosNullValue;
        e.Role = SignalRole.NULL_VALUE;
        e.ModelId = SignalDecoder.ModelIdNullValue;
        e.ExecuteAtNanos = SignalDecoder.ExecuteAtNanosNullValue;
        return SignalEncoder.EncodedLength;
    }
}
