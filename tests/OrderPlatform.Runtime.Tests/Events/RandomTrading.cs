using OrderPlatform.Engine;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Runtime.Tests.EventStreams;

/// <summary>
/// A journal that grows by random trading of three clients in four instruments: prices, signals, orders, cancels, the reports of a fickle venue, cash,
/// commands of an operator, and inputs that nobody should have sent. The same seed makes the same journal.
/// </summary>
internal sealed class RandomTrading
{
    public const int Clients = 3;

    private const int Instruments = 4;
    private const long StepNanos = 250_000_000;

    private readonly Random _random;
    private readonly JournalWriter _journal;
    private readonly byte[] _message = new byte[512];
    private readonly List<VenueOrder> _venue = [];
    private readonly List<ulong> _ids = [];
    private long _nowNanos = 1_700_000_000_000_000_000;
    private ulong _number;

    public RandomTrading(int seed, JournalWriter journal)
    {
        _random = new Random(seed);
        _journal = journal;
        foreach (byte[] record in SetupMessages.Encode(Setup(), _nowNanos))
        {
            Put(record);
        }

        for (uint instrument = 1; instrument <= Instruments; instrument++)
        {
            Quote(instrument);
        }
    }

    /// <summary>The live engine.</summary>
    public BusinessLogicProcessor Engine { get; } = new();

    /// <summary>Orders that are at the venue.</summary>
    public int VenueOrders => _venue.Count;

    /// <summary>One random input.</summary>
    public void Step()
    {
        uint instrument = (uint)_random.Next(1, Instruments + 1);
        switch (_random.Next(100))
        {
            case < 25:
                Quote(instrument);
                break;
            case < 35:
                Trade(instrument, PriceOf(instrument));
                break;
            case < 40:
                Bar(instrument);
                break;
            case < 52:
                Signal(instrument);
                break;
            case < 66:
                Submit(instrument);
                break;
            case < 72:
                Cancel();
                break;
            case < 94:
                Report();
                break;
            case < 96:
                Cash();
                break;
            case < 98:
                Command();
                break;
            default:
                Nonsense(instrument);
                break;
        }
    }

    private long PriceOf(uint instrument) => ((100 * instrument) + _random.Next(-5, 6)) * FixedPoint.One;

    private void Quote(uint instrument) => Quote(instrument, PriceOf(instrument), FixedPoint.One / 50);

    private void Quote(uint instrument, long bid, long spread)
    {
        var e = TopOfBookEncoder.WrapForEncodeAndApplyHeader(_message);
        e.InstrumentId = instrument;
        e.BidPrice = bid;
        e.AskPrice = bid + spread;
        e.BidQuantity = e.AskQuantity = FixedPoint.One;
        e.VenueTimeNanos = _nowNanos;
        Put(_message.AsSpan(0, TopOfBookEncoder.EncodedLength));
    }

    private void Trade(uint instrument, long price)
    {
        var e = MarketTradeEncoder.WrapForEncodeAndApplyHeader(_message);
        e.InstrumentId = instrument;
        e.Aggressor = AggressorSide.Buy;
        e.Price = price;
        e.Quantity = FixedPoint.One;
        e.TradeId = ++_number;
        e.VenueTimeNanos = _nowNanos;
        Put(_message.AsSpan(0, MarketTradeEncoder.EncodedLength));
    }

    private void Bar(uint instrument)
    {
        var e = BarEncoder.WrapForEncodeAndApplyHeader(_message);
        e.InstrumentId = instrument;
        e.Phase = BarPhase.Closed;
        e.OpenTimeNanos = _nowNanos - 60_000_000_000;
        e.CloseTimeNanos = _nowNanos;
        e.Open = e.High = e.Low = e.Close = PriceOf(instrument);
        e.Volume = FixedPoint.One;
        Put(_message.AsSpan(0, BarEncoder.EncodedLength));
    }

    private void Signal(uint instrument)
    {
        uint strategy = (uint)_random.Next(1, Clients + 1);
        var e = SignalEncoder.WrapForEncodeAndApplyHeader(_message);
        e.ClientId = strategy;
        e.StrategyId = strategy;
        e.InstrumentId = instrument;
        e.Direction = (Direction)_random.Next(-1, 2);
        e.SignalId = ++_number;
        e.Confidence = FixedPoint.One;
        e.ExpectedReturn = SignalDecoder.ExpectedReturnNullValue;
        e.RiskScore = SignalDecoder.RiskScoreNullValue;
        e.Volatility = SignalDecoder.VolatilityNullValue;
        e.Price = SignalDecoder.PriceNullValue;
        e.GeneratedAtNanos = _nowNanos;
        e.ValidUntilNanos = SignalDecoder.ValidUntilNanosNullValue;
        e.Role = SignalRole.NULL_VALUE;
        e.ModelId = SignalDecoder.ModelIdNullValue;
        e.ExecuteAtNanos = SignalDecoder.ExecuteAtNanosNullValue;
        Put(_message.AsSpan(0, SignalEncoder.EncodedLength));
    }

    private void Submit(uint instrument)
    {
        uint client = (uint)_random.Next(1, Clients + 1);
        bool isLimit = _random.Next(3) > 0;
        var e = SubmitOrderEncoder.WrapForEncodeAndApplyHeader(_message);
        e.ClientId = client;
        e.StrategyId = client;
        e.InstrumentId = instrument;
        e.Side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
        e.OrderType = isLimit ? OrderType.Limit : OrderType.Market;
        e.TimeInForce = TimeInForce.GoodTillCancelled;
        e.RequestId = ++_number;
        e.Quantity = FixedPoint.One / 10 * _random.Next(1, 4);
        e.Price = isLimit ? PriceOf(instrument) : SubmitOrderDecoder.PriceNullValue;
        e.TriggerPrice = SubmitOrderDecoder.TriggerPriceNullValue;
        e.TrailingOffset = SubmitOrderDecoder.TrailingOffsetNullValue;
        e.ExpireAtNanos = SubmitOrderDecoder.ExpireAtNanosNullValue;
        e.DisplayQuantity = SubmitOrderDecoder.DisplayQuantityNullValue;
        e.PostOnly = YesNo.NULL_VALUE;
        e.ReduceOnly = YesNo.NULL_VALUE;
        e.Leg = PositionLeg.NULL_VALUE;
        e.LinkId = SubmitOrderDecoder.LinkIdNullValue;
        e.LinkRole = LinkRole.NULL_VALUE;
        e.Algorithm = ExecutionAlgorithm.NULL_VALUE;
        Put(_message.AsSpan(0, SubmitOrderEncoder.EncodedLength));
    }

    private void Cancel()
    {
        if (_ids.Count == 0)
        {
            return;
        }

        ulong id = _ids[_random.Next(_ids.Count)];
        var e = CancelOrderEncoder.WrapForEncodeAndApplyHeader(_message);
        e.ClientOrderId = id;
        e.ClientId = (uint)_random.Next(1, Clients + 1);
        e.RequestId = ++_number;
        Put(_message.AsSpan(0, CancelOrderEncoder.EncodedLength));
    }

    private void Report()
    {
        if (_venue.Count == 0)
        {
            return;
        }

        int at = _random.Next(_venue.Count);
        VenueOrder order = _venue[at];
        ExecutionKind kind = !order.IsAccepted ? _random.Next(8) == 0 ? ExecutionKind.Rejected : ExecutionKind.Accepted
            : order.IsToCancel && _random.Next(2) == 0 ? ExecutionKind.Cancelled
            : _random.Next(12) == 0 ? ExecutionKind.Cancelled
            : ExecutionKind.Fill;
        long filled = kind == ExecutionKind.Fill ? _random.Next(2) == 0 ? order.Leaves : Math.Min(order.Leaves, FixedPoint.One / 20) : 0;
        order = order with { IsAccepted = true, Executed = order.Executed + filled };
        bool hasEnded = kind is ExecutionKind.Rejected or ExecutionKind.Cancelled || order.Leaves == 0;
        if (hasEnded)
        {
            _venue.RemoveAt(at);
        }
        else
        {
            _venue[at] = order;
        }

        Report(order, kind, filled, hasEnded ? 0 : order.Leaves);
    }

    private void Report(in VenueOrder order, ExecutionKind kind, long filled, long leaves)
    {
        var e = ExecutionReportEncoder.WrapForEncodeAndApplyHeader(_message);
        e.ClientOrderId = order.Id;
        e.VenueOrderId = order.Id;
        e.VenueTradeId = kind == ExecutionKind.Fill ? ++_number : 0;
        e.InstrumentId = order.Instrument;
        e.VenueId = 1;
        e.Kind = kind;
        e.Side = order.Side;
        e.Liquidity = Liquidity.Taker;
        e.FeeCurrency = FeeCurrency.Quote;
        e.Reason = kind == ExecutionKind.Rejected ? ReasonCode.RejectedByVenue : ReasonCode.None;
        e.LastQuantity = filled;
        e.LastPrice = filled == 0 ? 0 : PriceOf(order.Instrument);
        e.Fee = filled == 0 ? 0 : FixedPoint.One / 100;
        e.CumulativeQuantity = order.Executed;
        e.LeavesQuantity = leaves;
        e.Price = ExecutionReportDecoder.PriceNullValue;
        e.VenueTimeNanos = _nowNanos;
        e.SetFeeAsset("");
        e.RetryAfterNanos = ExecutionReportDecoder.RetryAfterNanosNullValue;
        e.AveragePrice = ExecutionReportDecoder.AveragePriceNullValue;
        Put(_message.AsSpan(0, ExecutionReportEncoder.EncodedLength));
    }

    private void Cash()
    {
        var e = CashMovementEncoder.WrapForEncodeAndApplyHeader(_message);
        e.AccountId = (uint)_random.Next(1, Clients + 1);
        e.Kind = CashKind.Adjustment;
        e.Amount = _random.Next(-1_000, 1_000) * FixedPoint.One / 10;
        e.MovementId = ++_number;
        Put(_message.AsSpan(0, CashMovementEncoder.EncodedLength));
    }

    private void Command()
    {
        var e = OperatorCommandEncoder.WrapForEncodeAndApplyHeader(_message);
        e.Action = _random.Next(4) switch
        {
            0 => OperatorAction.Halt,
            1 => OperatorAction.CancelAll,
            _ => OperatorAction.Resume,
        };
        e.Scope = (Scope)_random.Next(1, 4);
        e.ScopeId = e.Scope == Scope.Shard ? 0 : (uint)_random.Next(1, Clients + 1);
        e.SetOperatorName("somebody");
        e.SetReason("a test"u8);
        Put(_message.AsSpan(0, e.EncodedLengthSoFar));
    }

    // Crossed prices, an instrument that nobody knows, no message at all.
    private void Nonsense(uint instrument)
    {
        switch (_random.Next(4))
        {
            case 0:
                Quote(instrument, PriceOf(instrument), -FixedPoint.One);
                break;
            case 1:
                Quote(99, PriceOf(instrument), FixedPoint.One);
                break;
            case 2:
                Trade(instrument, -1);
                break;
            default:
                _random.NextBytes(_message.AsSpan(0, 40));
                Put(_message.AsSpan(0, 40));
                break;
        }
    }

    /// <summary>An input that the random ones do not have.</summary>
    public void Put(ReadOnlySpan<byte> message)
    {
        long sequence = Engine.State.Sequence + 1;
        _nowNanos += StepNanos;
        MessageHeader.TryRead(message, out MessageHeader header);
        _journal.Append(sequence, _nowNanos, header.TemplateId, 0, message);
        Engine.Process(sequence, _nowNanos, message);
        for (int index = 0; index < Engine.Outputs.Count; index++)
        {
            TakeRequest(Engine.Outputs[index]);
        }
    }

    private void TakeRequest(ReadOnlySpan<byte> output)
    {
        if (NewOrderDecoder.TryWrap(output, out NewOrderDecoder order))
        {
            _venue.Add(new VenueOrder(order.ClientOrderId, order.InstrumentId, order.Side, order.Quantity));
            _ids.Add(order.ClientOrderId);
        }
        else if (OrderCancelRequestDecoder.TryWrap(output, out OrderCancelRequestDecoder cancel))
        {
            ulong id = cancel.ClientOrderId;
            int at = _venue.FindIndex(known => known.Id == id);
            if (at >= 0)
            {
                _venue[at] = _venue[at] with { IsToCancel = true };
            }
        }
    }

    private static PlatformSetup Setup() => new(
        0, 1,
        [new VenueSetup(1, "random", new Ratio(FixedPoint.One / 1_000), new Ratio(FixedPoint.One / 1_000))],
        [.. Enumerable.Range(1, Instruments).Select(static id => new InstrumentSetup(
            (uint)id, 1, $"B{id}USDT", $"B{id}", "USDT", new Price(FixedPoint.One / 100), new Quantity(1_000)))],
        [.. Enumerable.Range(1, Clients).Select(static id => new ClientSetup((uint)id, $"client {id}"))],
        [.. Enumerable.Range(1, Clients).Select(static id => new AccountSetup(
            (uint)id, (uint)id, 1, "main", "USDT", new Money(100_000 * FixedPoint.One), new Ratio(10 * FixedPoint.One)))],
        [.. Enumerable.Range(1, Clients).Select(static id => new StrategySetup(
            (uint)id, (uint)id, (uint)id, "random", TradingMode.LongShort, EntryTiming.PreviousClose, NeutralSignal.Flatten, SizingMode.FixedQuantity,
            OrderType.Market, TimeInForce.GoodTillCancelled, new Quantity(FixedPoint.One / 5), null, null, new Ratio(FixedPoint.One / 50),
            new Ratio(FixedPoint.One / 20), null))],
        [.. Enumerable.Range(1, Clients).Select(static id => new LimitSetup(
            Scope.Strategy, (uint)id, MaximumPositionQuantity: new Quantity(2 * FixedPoint.One)))],
        []);

    private readonly record struct VenueOrder(ulong Id, uint Instrument, Side Side, long Quantity)
    {
        public long Executed { get; init; }

        public bool IsAccepted { get; init; }

        public bool IsToCancel { get; init; }

        public long Leaves => Quantity - Executed;
    }
}
