using OrderPlatform.Engine;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Journal;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Tests.EventStreams;

/// <summary>
/// Random trading with what a plain one lacks: stops, brackets, slices, amends, ensembles, limits that break and reduce, flattens, disconnected accounts, and requests
/// for what is another client's. The same seed makes the same journal.
/// </summary>
internal sealed class RichTrading
{
    private readonly Random _random;
    private readonly RandomTrading _trading;
    private readonly byte[] _message = new byte[512];
    private ulong _number = 1_000_000;

    public RichTrading(int seed, JournalWriter journal)
    {
        _random = new Random(seed);
        _trading = new RandomTrading(seed, journal);
        Slices(strategy: 2);
        Ensemble(strategy: 3);
        Limits(client: 1);
        Breaker(strategy: 2);
    }

    public BusinessLogicProcessor Engine => _trading.Engine;

    public static void Record(int seed, JournalWriter journal, int steps)
    {
        var trading = new RichTrading(seed, journal);
        for (int step = 0; step < steps; step++)
        {
            trading.Step();
        }
    }

    private void Step()
    {
        _trading.Step();
        switch (_random.Next(60))
        {
            case < 4:
                Submit(Conditional());
                break;
            case < 6:
                Bracket();
                break;
            case < 8:
                Submit(Wanted() with { Algorithm = _random.Next(2) == 0 ? ExecutionAlgorithm.Twap : ExecutionAlgorithm.Iceberg });
                break;
            case < 11:
                Amend();
                break;
            case < 15:
                Vote();
                break;
            case 15:
                Command();
                break;
            case 16:
                Disconnect();
                break;
            case 17:
                Submit(Wanted() with { Client = 1, Strategy = 2 });
                break;
            case 18:
                ForeignSignal();
                break;
        }
    }

    private Order Wanted()
    {
        uint client = (uint)_random.Next(1, RandomTrading.Clients + 1);
        uint instrument = (uint)_random.Next(1, 5);
        return new Order(client, client, instrument, _random.Next(2) == 0 ? Side.Buy : Side.Sell, OrderType.Market, FixedPoint.One / 10 * _random.Next(1, 4));
    }

    private Order Conditional()
    {
        Order order = Wanted();
        long price = 100 * order.Instrument * FixedPoint.One;
        return _random.Next(3) switch
        {
            0 => order with { Type = OrderType.TrailingStop, Trailing = FixedPoint.One / 50 },
            1 => order with { Type = OrderType.Limit, Price = price, ReduceOnly = YesNo.Yes },
            _ => order with { Type = OrderType.Stop, Trigger = price + ((order.Side == Side.Buy ? 3 : -3) * FixedPoint.One) },
        };
    }

    private void Bracket()
    {
        Order primary = Wanted() with { Link = ++_number };
        long price = 100 * primary.Instrument * FixedPoint.One;
        Side other = primary.Side == Side.Buy ? Side.Sell : Side.Buy;
        int sign = primary.Side == Side.Buy ? 1 : -1;
        Submit(primary with { Type = OrderType.Limit, Price = price, Role = LinkRole.Primary });
        Submit(primary with { Side = other, Type = OrderType.Limit, Price = price + (4 * sign * FixedPoint.One), Role = LinkRole.Secondary, ReduceOnly = YesNo.Yes });
        Submit(primary with { Side = other, Type = OrderType.Stop, Trigger = price - (4 * sign * FixedPoint.One), Role = LinkRole.Secondary, ReduceOnly = YesNo.Yes });
    }

    private void Submit(in Order order)
    {
        var e = SubmitOrderEncoder.WrapForEncodeAndApplyHeader(_message);
        e.ClientId = order.Client;
        e.StrategyId = order.Strategy;
        e.InstrumentId = order.Instrument;
        e.Side = order.Side;
        e.OrderType = order.Type;
        e.TimeInForce = TimeInForce.GoodTillCancelled;
        e.RequestId = ++_number;
        e.Quantity = order.Quantity;
        e.Price = order.Price == 0 ? SubmitOrderDecoder.PriceNullValue : order.Price;
        e.TriggerPrice = order.Trigger == 0 ? SubmitOrderDecoder.TriggerPriceNullValue : order.Trigger;
        e.TrailingOffset = order.Trailing == 0 ? SubmitOrderDecoder.TrailingOffsetNullValue : order.Trailing;
        e.ExpireAtNanos = SubmitOrderDecoder.ExpireAtNanosNullValue;
        e.DisplayQuantity = SubmitOrderDecoder.DisplayQuantityNullValue;
        e.PostOnly = YesNo.NULL_VALUE;
        e.ReduceOnly = order.ReduceOnly;
        e.Leg = PositionLeg.NULL_VALUE;
        e.LinkId = order.Link == 0 ? SubmitOrderDecoder.LinkIdNullValue : order.Link;
        e.LinkRole = order.Role;
        e.Algorithm = order.Algorithm;
        _trading.Put(_message.AsSpan(0, SubmitOrderEncoder.EncodedLength));
    }

    private void Amend()
    {
        List<Engine.Orders.Order> open = [];
        foreach (ref readonly Engine.Orders.Order order in Engine.State.Orders.Rows)
        {
            if (order.IsOpen)
            {
                open.Add(order);
            }
        }

        if (open.Count == 0)
        {
            return;
        }

        Engine.Orders.Order chosen = open[_random.Next(open.Count)];
        int strategy = Engine.State.Positions[chosen.Position].Strategy;
        var e = AmendOrderEncoder.WrapForEncodeAndApplyHeader(_message);
        e.ClientOrderId = chosen.ClientOrderId;
        e.ClientId = _random.Next(6) == 0 ? 1 : Engine.State.Clients[Engine.State.Strategies[strategy].Client].Id;
        e.RequestId = ++_number;
        e.Quantity = chosen.Quantity.Raw + (FixedPoint.One / 10);
        e.Price = AmendOrderDecoder.PriceNullValue;
        e.TriggerPrice = AmendOrderDecoder.TriggerPriceNullValue;
        _trading.Put(_message.AsSpan(0, AmendOrderEncoder.EncodedLength));
    }

    private void Vote() => Signal(client: 3, strategy: 3, (SignalRole)_random.Next(0, 5));

    private void ForeignSignal() => Signal(client: 1, strategy: 2, SignalRole.NULL_VALUE);

    private void Signal(uint client, uint strategy, SignalRole role)
    {
        var e = SignalEncoder.WrapForEncodeAndApplyHeader(_message);
        e.ClientId = client;
        e.StrategyId = strategy;
        e.InstrumentId = (uint)_random.Next(1, 5);
        e.Direction = (Direction)_random.Next(-1, 2);
        e.SignalId = ++_number;
        e.Confidence = FixedPoint.One / 10 * _random.Next(5, 11);
        e.ExpectedReturn = SignalDecoder.ExpectedReturnNullValue;
        e.RiskScore = SignalDecoder.RiskScoreNullValue;
        e.Volatility = SignalDecoder.VolatilityNullValue;
        e.Price = SignalDecoder.PriceNullValue;
        e.GeneratedAtNanos = Engine.State.NowNanos;
        e.ValidUntilNanos = SignalDecoder.ValidUntilNanosNullValue;
        e.Role = role;
        e.ModelId = SignalDecoder.ModelIdNullValue;
        e.ExecuteAtNanos = SignalDecoder.ExecuteAtNanosNullValue;
        _trading.Put(_message.AsSpan(0, SignalEncoder.EncodedLength));
    }

    private void Command()
    {
        var e = OperatorCommandEncoder.WrapForEncodeAndApplyHeader(_message);
        e.Action = _random.Next(3) == 0 ? OperatorAction.KillAndFlatten : OperatorAction.Flatten;
        e.Scope = _random.Next(3) switch
        {
            0 => Scope.Strategy,
            1 => Scope.Client,
            _ => Scope.Shard,
        };
        e.ScopeId = e.Scope == Scope.Shard ? 0 : (uint)_random.Next(1, RandomTrading.Clients + 1);
        e.SetOperatorName("ada");
        e.SetReason(e.Scope == Scope.Shard ? "enough of client 2"u8 : "enough"u8);
        _trading.Put(_message.AsSpan(0, e.EncodedLengthSoFar));
        e = OperatorCommandEncoder.WrapForEncodeAndApplyHeader(_message);
        e.Action = OperatorAction.Resume;
        e.Scope = Scope.Shard;
        e.ScopeId = 0;
        e.SetOperatorName("ada");
        e.SetReason("on"u8);
        _trading.Put(_message.AsSpan(0, e.EncodedLengthSoFar));
    }

    private void Disconnect()
    {
        uint account = (uint)_random.Next(1, RandomTrading.Clients + 1);
        foreach (YesNo connected in (YesNo[])[YesNo.No, YesNo.Yes])
        {
            var e = VenueStatusEncoder.WrapForEncodeAndApplyHeader(_message);
            e.VenueId = 1;
            e.AccountId = account;
            e.Connected = connected;
            e.RetryAfterNanos = VenueStatusDecoder.RetryAfterNanosNullValue;
            e.BudgetId = VenueStatusDecoder.BudgetIdNullValue;
            e.Used = VenueStatusDecoder.UsedNullValue;
            _trading.Put(_message.AsSpan(0, VenueStatusEncoder.EncodedLength));
        }
    }

    private void Slices(uint strategy)
    {
        var e = ExecutionConfigurationEncoder.WrapForEncodeAndApplyHeader(_message);
        e.StrategyId = strategy;
        e.Algorithm = ExecutionAlgorithm.Twap;
        e.Routing = RoutingMode.Direct;
        e.DurationNanos = 5_000_000_000;
        e.Slices = 5;
        e.VisibleFraction = FixedPoint.One / 4;
        e.RefreshNanos = ExecutionConfigurationDecoder.RefreshNanosNullValue;
        e.Participation = ExecutionConfigurationDecoder.ParticipationNullValue;
        e.LimitTimeoutNanos = ExecutionConfigurationDecoder.LimitTimeoutNanosNullValue;
        e.FallbackToMarket = YesNo.No;
        e.UseLimitOrders = YesNo.No;
        e.PostOnly = YesNo.No;
        e.SplitOversized = YesNo.No;
        e.RetryAttempts = 2;
        e.RetryDelayNanos = 1_000_000_000;
        e.ExecutionTimeoutNanos = 0;
        e.MaximumVenueShare = ExecutionConfigurationDecoder.MaximumVenueShareNullValue;
        _trading.Put(_message.AsSpan(0, ExecutionConfigurationEncoder.EncodedLength));
    }

    private void Ensemble(uint strategy)
    {
        var e = SignalConfigurationEncoder.WrapForEncodeAndApplyHeader(_message);
        e.StrategyId = strategy;
        e.MomentumMinimum = SignalConfigurationDecoder.MomentumMinimumNullValue;
        e.MomentumWindowMinutes = SignalConfigurationDecoder.MomentumWindowMinutesNullValue;
        e.MaximumAgeNanos = 60_000_000_000;
        e.ReversalConfidence = SignalConfigurationDecoder.ReversalConfidenceNullValue;
        e.VotingMethod = VotingMethod.Majority;
        e.VotesMinimum = 1;
        e.VoteMaximumAgeNanos = 600_000_000_000;
        e.VoteThreshold = SignalConfigurationDecoder.VoteThresholdNullValue;
        e.EntryWeight = SignalConfigurationDecoder.EntryWeightNullValue;
        e.PositionWeight = SignalConfigurationDecoder.PositionWeightNullValue;
        e.ExitWeight = SignalConfigurationDecoder.ExitWeightNullValue;
        e.ProfitWeight = SignalConfigurationDecoder.ProfitWeightNullValue;
        _trading.Put(_message.AsSpan(0, SignalConfigurationEncoder.EncodedLength));
    }

    // A drawdown that breaks soon, and reduces then.
    private void Limits(uint client)
    {
        var e = RiskLimitsEncoder.WrapForEncodeAndApplyHeader(_message);
        e.Scope = Scope.Client;
        e.ScopeId = client;
        e.MinimumOrderQuantity = RiskLimitsDecoder.MinimumOrderQuantityNullValue;
        e.MaximumOrderQuantity = RiskLimitsDecoder.MaximumOrderQuantityNullValue;
        e.MaximumOrderNotional = RiskLimitsDecoder.MaximumOrderNotionalNullValue;
        e.MaximumPositionQuantity = RiskLimitsDecoder.MaximumPositionQuantityNullValue;
        e.MaximumPositionNotional = RiskLimitsDecoder.MaximumPositionNotionalNullValue;
        e.MaximumPositionFraction = RiskLimitsDecoder.MaximumPositionFractionNullValue;
        e.MaximumDailyLoss = RiskLimitsDecoder.MaximumDailyLossNullValue;
        e.MaximumDailyLossFraction = RiskLimitsDecoder.MaximumDailyLossFractionNullValue;
        e.MaximumDrawdown = 5 * FixedPoint.One;
        e.MaximumDrawdownFraction = RiskLimitsDecoder.MaximumDrawdownFractionNullValue;
        e.MaximumPriceDeviation = RiskLimitsDecoder.MaximumPriceDeviationNullValue;
        e.MaximumConcentration = RiskLimitsDecoder.MaximumConcentrationNullValue;
        e.MaximumLeverage = RiskLimitsDecoder.MaximumLeverageNullValue;
        e.MaximumLossPerTrade = RiskLimitsDecoder.MaximumLossPerTradeNullValue;
        e.MaximumOpenOrders = RiskLimitsDecoder.MaximumOpenOrdersNullValue;
        e.MaximumMessages = RiskLimitsDecoder.MaximumMessagesNullValue;
        e.MessageWindowNanos = RiskLimitsDecoder.MessageWindowNanosNullValue;
        e.MaximumPriceAgeNanos = RiskLimitsDecoder.MaximumPriceAgeNanosNullValue;
        e.ReduceOnBreach = YesNo.Yes;
        e.MaximumSlippage = RiskLimitsDecoder.MaximumSlippageNullValue;
        _trading.Put(_message.AsSpan(0, RiskLimitsEncoder.EncodedLength));
    }

    private void Breaker(uint strategy)
    {
        var e = BreakerConfigurationEncoder.WrapForEncodeAndApplyHeader(_message);
        e.Scope = Scope.Strategy;
        e.ScopeId = strategy;
        e.RejectsMaximum = 2;
        e.TimeoutsMaximum = 0;
        e.LossesMaximum = 3;
        e.WindowNanos = 60_000_000_000;
        e.CooldownNanos = 30_000_000_000;
        _trading.Put(_message.AsSpan(0, BreakerConfigurationEncoder.EncodedLength));
    }

    private readonly record struct Order(uint Client, uint Strategy, uint Instrument, Side Side, OrderType Type, long Quantity)
    {
        public long Price { get; init; }

        public long Trigger { get; init; }

        public long Trailing { get; init; }

        public ulong Link { get; init; }

        public LinkRole Role { get; init; } = LinkRole.NULL_VALUE;

        public YesNo ReduceOnly { get; init; } = YesNo.NULL_VALUE;

        public ExecutionAlgorithm Algorithm { get; init; } = ExecutionAlgorithm.NULL_VALUE;
    }
}
