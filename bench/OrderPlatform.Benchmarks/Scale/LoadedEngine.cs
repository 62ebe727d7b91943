using System.Diagnostics;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Benchmarks.Scale;

/// <summary>
/// An engine that holds a lot: instruments with marks, open positions, resting orders, every limit set. The benchmark plays market and venue. Signals and fills
/// are of the first instruments in turn, quotes of all.
/// </summary>
internal sealed class LoadedEngine
{
    private const uint StrategyId = 1;
    private const int TradedMax = 64;
    private const long StepNanos = 1_000;
    private const long PriceUnits = 50_000;

    private static readonly Quantity Size = new(FixedPoint.One / 10);
    private static readonly Ratio Fee = new(FixedPoint.One / 1_000);

    private readonly byte[] _message = new byte[256];
    private readonly uint _instruments;
    private readonly uint _traded;
    private long _nowNanos = 1_700_000_000_000_000_000;
    private ulong _signalId;
    private ulong _tradeId;
    private ulong _requestId;
    private uint _nextQuoted;
    private uint _nextTraded;
    private ulong _order;
    private Side _side;
    private Quantity _quantity;

    /// <summary>Inputs of <see cref="Mixed"/>.</summary>
    public const int MixedInputs = 60;

    /// <summary>Inputs of <see cref="OrderHeavy"/>.</summary>
    public const int OrderHeavyInputs = 20;

    /// <summary>An engine with a load.</summary>
    /// <param name="instruments">Instruments; each has a mark.</param>
    /// <param name="positions">How many of them are held, by orders of a request each.</param>
    /// <param name="openOrders">Limit orders that rest far from the market, spread over the instruments.</param>
    public LoadedEngine(int instruments, int positions, int openOrders)
    {
        _instruments = (uint)instruments;
        _traded = (uint)Math.Min(instruments, TradedMax);
        foreach (byte[] record in SetupMessages.Encode(Setup(instruments, openOrders), _nowNanos))
            Put(record);

        for (uint instrument = 1; instrument <= instruments; instrument++)
            Quote(instrument);
        for (int position = 0; position < positions; position++)
            Hold((uint)(position % instruments) + 1);
        for (int order = 0; order < openOrders; order++)
            Rest((uint)(order % instruments) + 1);

        if (Engine.State.Orders.OpenCount != openOrders)
            throw new InvalidOperationException($"{Engine.State.Orders.OpenCount} orders are open instead of {openOrders}: the benchmark would measure another load");
    }

    public BusinessLogicProcessor Engine { get; } = new();

    /// <summary>A quote of the next instrument.</summary>
    public void Quote()
    {
        _nextQuoted = (_nextQuoted % _instruments) + 1;
        Quote(_nextQuoted);
    }

    /// <summary>A public trade of the next instrument.</summary>
    public void PublicTrade()
    {
        _nextQuoted = (_nextQuoted % _instruments) + 1;
        var e = MarketTradeEncoder.WrapForEncodeAndApplyHeader(_message);
        e.InstrumentId = _nextQuoted;
        e.Aggressor = AggressorSide.Buy;
        e.Price = PriceOf(_nextQuoted);
        e.Quantity = FixedPoint.One;
        e.TradeId = ++_tradeId;
        e.VenueTimeNanos = _nowNanos;
        Put(_message.AsSpan(0, MarketTradeEncoder.EncodedLength));
    }

    /// <summary>A signal of the next traded instrument, which turns its position round: it becomes an order.</summary>
    public void Signal()
    {
        _nextTraded = (_nextTraded % _traded) + 1;
        bool isLong = Engine.State.Positions.TryFind(0, (int)_nextTraded - 1, PositionLeg.Net, out int position)
            && Engine.State.Positions[position].Quantity.Raw > 0;
        var e = SignalEncoder.WrapForEncodeAndApplyHeader(_message);
        e.ClientId = 1;
        e.StrategyId = StrategyId;
        e.InstrumentId = _nextTraded;
        e.Direction = isLong ? Direction.Short : Direction.Long;
        e.SignalId = ++_signalId;
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
        TakeOrder();
    }

    /// <summary>The venue accepts the order of the last signal.</summary>
    public void Accept() => Report(_order, _side, _nextTraded, ExecutionKind.Accepted, Quantity.Zero, _quantity);

    /// <summary>The venue fills it.</summary>
    public void Fill() => Report(_order, _side, _nextTraded, ExecutionKind.Fill, _quantity, Quantity.Zero);

    /// <summary>Three inputs: a signal that becomes an order, accepted and filled.</summary>
    public void Cycle()
    {
        Signal();
        Accept();
        Fill();
    }

    /// <summary>The same, with the time of its parts in ticks of the clock.</summary>
    public (long Signal, long Reports) TimeOfCycle()
    {
        long began = Stopwatch.GetTimestamp();
        Signal();
        long ordered = Stopwatch.GetTimestamp();
        Accept();
        Fill();
        return (ordered - began, Stopwatch.GetTimestamp() - ordered);
    }

    /// <summary>
    /// Sixty inputs in the proportions of the README's sample, whose 91,069 inputs are 95 % market data, 1,645 signals and 3,017 reports: 47 quotes, 10 public
    /// trades, and a signal, its order accepted and filled. Half of the quotes move the mark.
    /// </summary>
    public void Mixed()
    {
        MarketData(quotes: 47, trades: 10);
        Cycle();
    }

    /// <summary>Twenty inputs, three times as many orders: fourteen quotes, three public trades, and a signal, its order accepted and filled.</summary>
    public void OrderHeavy()
    {
        MarketData(quotes: 14, trades: 3);
        Cycle();
    }

    private void MarketData(int quotes, int trades)
    {
        for (int quote = 0; quote < quotes; quote++)
            Quote();
        for (int trade = 0; trade < trades; trade++)
            PublicTrade();
    }

    internal static long PriceOf(uint instrument) => (PriceUnits + instrument) * FixedPoint.One;

    /// <summary>One strategy over many instruments, with every limit set.</summary>
    internal static PlatformSetup Setup(int instruments, int openOrders) => new(
        0, 1,
        [new VenueSetup(1, "bench", Fee, Fee)],
        [.. Enumerable.Range(1, instruments).Select(static id => new InstrumentSetup(
            (uint)id, 1, $"B{id}USDT", $"B{id}", "USDT", new Price(FixedPoint.One / 100), new Quantity(1_000)))],
        [new ClientSetup(1, "bench") { MaximumOrders = (uint)openOrders + 4_096, MaximumPositions = 20_000 }],
        [new AccountSetup(1, 1, 1, "main", "USDT", new Money(100_000_000 * FixedPoint.One), new Ratio(100 * FixedPoint.One))],
        [new StrategySetup(StrategyId, 1, 1, "bench", TradingMode.LongShort, EntryTiming.PreviousClose, NeutralSignal.Hold, SizingMode.FixedQuantity,
            OrderType.Market, TimeInForce.GoodTillCancelled, Size, null, null, new Ratio(FixedPoint.One / 50), new Ratio(FixedPoint.One / 20),
            new Ratio(FixedPoint.One / 2))],
        [Limits(Scope.Strategy), Limits(Scope.Client)],
        []);

    private static LimitSetup Limits(Scope scope) => new(
        scope, 1, MinimumOrderQuantity: new Quantity(1_000), MaximumOrderQuantity: new Quantity(10 * FixedPoint.One),
        MaximumOrderNotional: new Money(1_000_000 * FixedPoint.One), MaximumPositionQuantity: new Quantity(100_000 * FixedPoint.One),
        MaximumPositionNotional: new Money(10_000_000_000 * FixedPoint.One), MaximumPositionFraction: new Ratio(100 * FixedPoint.One),
        MaximumDailyLoss: new Money(40_000_000_000 * FixedPoint.One))
    {
        MaximumDailyLossFraction = new Ratio(500 * FixedPoint.One),
        MaximumDrawdown = new Money(40_000_000_000 * FixedPoint.One),
        MaximumPriceDeviation = new Ratio(FixedPoint.One),
        MaximumConcentration = new Ratio(500 * FixedPoint.One),
        MaximumLeverage = new Ratio(100 * FixedPoint.One),
        MaximumLossPerTrade = new Money(1_000_000 * FixedPoint.One),
        MaximumOpenOrders = 1_000_000,
        MaximumMessages = 1_000_000_000,
        MessageWindowNanos = 1_000_000_000,
        MaximumPriceAgeNanos = 365L * 86_400_000_000_000,
    };

    private void Quote(uint instrument)
    {
        var e = TopOfBookEncoder.WrapForEncodeAndApplyHeader(_message);
        e.InstrumentId = instrument;
        e.BidPrice = PriceOf(instrument);
        e.AskPrice = PriceOf(instrument) + (_nowNanos / StepNanos % 2 == 0 ? FixedPoint.One / 100 : FixedPoint.One / 50);
        e.BidQuantity = e.AskQuantity = FixedPoint.One;
        e.VenueTimeNanos = _nowNanos;
        Put(_message.AsSpan(0, TopOfBookEncoder.EncodedLength));
    }

    private void Hold(uint instrument)
    {
        Submit(instrument, OrderType.Market, 0);
        Report(_order, _side, instrument, ExecutionKind.Fill, _quantity, Quantity.Zero);
    }

    private void Rest(uint instrument)
    {
        Submit(instrument, OrderType.Limit, PriceOf(instrument) / 2 / 1_000_000 * 1_000_000);
        Report(_order, _side, instrument, ExecutionKind.Accepted, Quantity.Zero, _quantity);
    }

    private void Submit(uint instrument, OrderType type, long price)
    {
        var e = SubmitOrderEncoder.WrapForEncodeAndApplyHeader(_message);
        e.ClientId = 1;
        e.StrategyId = StrategyId;
        e.InstrumentId = instrument;
        e.Side = Side.Buy;
        e.OrderType = type;
        e.TimeInForce = TimeInForce.GoodTillCancelled;
        e.RequestId = ++_requestId;
        e.Quantity = Size.Raw;
        e.Price = price == 0 ? SubmitOrderDecoder.PriceNullValue : price;
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
        TakeOrder();
    }

    private void TakeOrder()
    {
        _order = ClientOrderId.Make(0, 1, Engine.State.Sequence, 0);
        if (!Engine.State.Orders.TryFind(_order, out int row))
            throw new InvalidOperationException($"input {Engine.State.Sequence} made no order: the benchmark would measure a refusal: {Said()}");
        _side = Engine.State.Orders[row].Side;
        _quantity = Engine.State.Orders[row].Quantity;
    }

    private string Said() => Engine.Outputs.Count == 0 ? "" : MessagesSchema.Describe(Engine.Outputs[Engine.Outputs.Count - 1]);

    private void Report(ulong order, Side side, uint instrument, ExecutionKind kind, Quantity filled, Quantity leaves)
    {
        var e = ExecutionReportEncoder.WrapForEncodeAndApplyHeader(_message);
        e.ClientOrderId = order;
        e.VenueOrderId = order;
        e.VenueTradeId = ++_tradeId;
        e.InstrumentId = instrument;
        e.VenueId = 1;
        e.Kind = kind;
        e.Side = side;
        e.Liquidity = Liquidity.Taker;
        e.FeeCurrency = FeeCurrency.Quote;
        e.Reason = ReasonCode.None;
        e.LastQuantity = filled.Raw;
        e.LastPrice = filled.IsZero ? 0 : PriceOf(instrument);
        e.Fee = filled.IsZero ? 0 : FixedPoint.One;
        e.CumulativeQuantity = filled.Raw;
        e.LeavesQuantity = leaves.Raw;
        e.Price = ExecutionReportDecoder.PriceNullValue;
        e.VenueTimeNanos = _nowNanos;
        e.SetFeeAsset("");
        e.RetryAfterNanos = ExecutionReportDecoder.RetryAfterNanosNullValue;
        e.AveragePrice = ExecutionReportDecoder.AveragePriceNullValue;
        Put(_message.AsSpan(0, ExecutionReportEncoder.EncodedLength));
    }

    private void Put(ReadOnlySpan<byte> message) => Engine.Process(Engine.State.Sequence + 1, _nowNanos += StepNanos, message);
}
