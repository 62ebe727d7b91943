using System.Buffers.Binary;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Risk;

/// <summary>
/// Clients are isolated (R26, R27, R29): what one's inputs cause does not depend on another's inputs, be they a flood, a row of failures or nonsense. Each
/// random stream runs twice, once with the second client's inputs replaced by ticks of the same times, and all outputs of the first client must be the same.
/// Order ids hold the number of an order among all of one input, so each client's are compared by their own order. Market data and time are everybody's.
/// </summary>
internal sealed class IsolationTests
{
    private const int Steps = 900;
    private const uint First = 1;
    private const uint Second = 2;

    /// <summary>Ids of shard 3 and epoch 1; sequence and place of a short stream take the lowest 16 bits.</summary>
    private const ulong IdBegin = (3UL << 58) | (1UL << 46);

    private static readonly ExecutionKind[] Kinds =
    [
        ExecutionKind.Accepted, ExecutionKind.Rejected, ExecutionKind.Cancelled, ExecutionKind.Expired, ExecutionKind.Accepted, ExecutionKind.Cancelled,
        ExecutionKind.CancelRejected, ExecutionKind.AmendRejected, ExecutionKind.Unknown,
    ];

    private static readonly int ParentIdInOrderEvent = FindParentId();

    private static readonly EngineLimits Limits = new(
        Venues: 1, Instruments: 2, Clients: 2, Accounts: 2, Strategies: 4, Positions: 8, Orders: 64, Budgets: 4, ClientOrders: 32, ClientPositions: 4);

    private static readonly byte[][] Setup =
    [
        InputBytes.EpochStart(1), new VenueRecord { TakerFee = 0.001m }.Encode(), new InstrumentRecord { MinimumNotional = 5 }.Encode(),
        new InstrumentRecord { Id = 2, QuantityStep = 0.1m }.Encode(), InputBytes.Client(1), RiskInputs.Client(2, SelfTradePrevention.ExpireTaker),
        new AccountRecord { Cash = 10_000, Leverage = 3 }.Encode(), new AccountRecord { Id = 2, Client = 2, Cash = 3_000, Leverage = 2 }.Encode(),
        new StrategyRecord { Quantity = 3, StopLoss = 0.01m, TakeProfit = 0.02m }.Encode(),
        new StrategyRecord { Id = 2, Client = 2, Account = 2, Quantity = 2, StopLoss = 0.01m }.Encode(),
        new StrategyRecord { Id = 3, Type = OrderType.Limit, LimitOffset = 0.002m, EquityFraction = 0.2m, Timing = EntryTiming.CurrentOpen }.Encode(),
        new StrategyRecord { Id = 4, Client = 2, Account = 2, EquityFraction = 0.3m }.Encode(),
        .. LimitsOf(1), .. LimitsOf(2),
        RiskInputs.Breaker(Scope.Client, 1, rejects: 4, losses: 6), RiskInputs.Breaker(Scope.Client, 2, rejects: 3, losses: 4),
        RiskInputs.Breaker(Scope.Strategy, 1, rejects: 3), RiskInputs.Breaker(Scope.Strategy, 4, rejects: 2),
    ];

    [Test]
    [Description("R26, R27, R29")]
    public void What_a_client_gets_does_not_depend_on_another_clients_inputs([Range(1, 40)] int seed)
    {
        (List<Input> inputs, long sentBySecond) = Record(seed, Setup);
        List<string> together = Outputs(inputs, keepsSecond: true);
        int place = FirstDifference(together, Outputs(inputs, keepsSecond: false));
        Assert.That(place, Is.EqualTo(-1), $"seed {seed}: output {place} of the first client");
        Assert.That(together.Count > 100 && sentBySecond > 10, Is.True, $"seed {seed}: too little happened: {together.Count} outputs, {sentBySecond} orders");
    }

    [Test]
    [Description("the comparison sees a dependence where there is one: a venue's breaker is shared on purpose")]
    public void A_venues_breaker_is_shared_and_the_comparison_sees_it()
    {
        byte[][] shared = [.. Setup, RiskInputs.Breaker(Scope.Venue, 1, rejects: 2, windowNanos: EngineHarness.DayNanos,
            cooldownNanos: EngineHarness.DayNanos)];
        int differing = 0;
        for (int seed = 1; seed <= 10; seed++)
        {
            (List<Input> inputs, _) = Record(seed, shared);
            differing += FirstDifference(Outputs(inputs, keepsSecond: true), Outputs(inputs, keepsSecond: false)) < 0 ? 0 : 1;
        }

        Assert.That(differing, Is.GreaterThan(0));
    }

    private static int FirstDifference(List<string> together, List<string> alone)
    {
        for (int i = 0; i < Math.Max(together.Count, alone.Count); i++)
        {
            string one = i < together.Count ? together[i] : "(nothing)";
            string other = i < alone.Count ? alone[i] : "(nothing)";
            if (one != other)
            {
                TestContext.Out.WriteLine($"together {one}\nalone    {other}");
                return i;
            }
        }

        return -1;
    }

    private static IEnumerable<byte[]> LimitsOf(uint client) =>
    [
        new LimitsRecord
        {
            Scope = Scope.Client, Id = client, MaximumDailyLoss = 300, MaximumDrawdownFraction = 0.2m, MaximumLeverage = 2.5m, MaximumConcentration = 2,
            MaximumOpenOrders = 12, MaximumMessages = 30, MessageWindowNanos = 20 * EngineHarness.SecondNanos, ReduceOnBreach = true,
        }.Encode(),
        new LimitsRecord { Id = client, MaximumPositionQuantity = 9, MaximumOrderNotional = 700, MaximumPriceDeviation = 0.05m }.Encode(),
    ];

    /// <summary>Writes a stream while an engine runs, so that reports are of orders that exist.</summary>
    private static (List<Input> Inputs, long SentBySecond) Record(int seed, byte[][] setup)
    {
        var random = new Random(seed);
        var run = new Run();
        var inputs = new List<Input>();
        long now = EngineHarness.StartNanos;
        foreach (byte[] record in setup)
        {
            Add(run, inputs, new Input(now, 0, 0, _ => record));
        }

        int flood = 0;
        for (int i = 0; i < Steps; i++)
        {
            now += random.Next(60) == 0 ? EngineHarness.DayNanos / 3 : EngineHarness.SecondNanos;
            flood = flood > 0 ? flood - 1 : random.Next(60) == 0 ? 40 : 0;
            uint client = flood > 0 ? Second : (uint)random.Next(0, 3);
            List<Sent> orders = run.Sent(client);
            int order = orders.Count == 0 ? -1 : orders.Count - Math.Min(orders.Count, random.Next(1, 8));
            byte[] market = Market(random);
            Func<ulong, byte[]> encode = client == 0 ? _ => market : OfClient(random, client, order < 0 ? null : orders[order], (ulong)i, isFlood: flood > 0);
            Add(run, inputs, new Input(now, client, order, encode));
        }

        return (inputs, run.Sent(Second).Count);
    }

    private static void Add(Run run, List<Input> inputs, Input input)
    {
        inputs.Add(input);
        run.Process(input.Nanos, run.Encode(input));
    }

    private static byte[] Market(Random random)
    {
        uint instrument = (uint)random.Next(1, 3);
        long price = Price(random);
        return random.Next(3) switch
        {
            0 => InputBytes.Trade(instrument, price),
            1 => InputBytes.Quote(instrument, price, price + (random.Next(50) * 1_000_000L)),
            _ => InputBytes.Bar(instrument, (BarPhase)random.Next(1, 3), price, price, price, price),
        };
    }

    private static Func<ulong, byte[]> OfClient(Random random, uint client, Sent? order, ulong number, bool isFlood)
    {
        uint strategy = client + (random.Next(2) == 0 ? 0u : 2u);
        uint instrument = (uint)random.Next(1, 3);
        var side = (Side)random.Next(1, 3);
        long quantity = random.Next(1, 30) * 10_000_000L;
        long price = Price(random);
        var type = (OrderType)random.Next(1, 3);
        if (isFlood && random.Next(2) == 0)
        {
            return _ => InputBytes.Submit(client, strategy, instrument, side, OrderType.Limit, quantity, price);
        }

        OperatorAction action = random.Next(3) > 0 ? OperatorAction.Resume : (OperatorAction)random.Next(1, 10);
        Scope scope = action == OperatorAction.Resume && random.Next(2) == 0 ? Scope.Strategy : Scope.Client;
        var direction = (Direction)random.Next(-1, 2);
        bool connected = random.Next(3) > 0;
        int most = random.Next(50, 900);
        switch (random.Next(order is null ? 6 : 16))
        {
            case 0 or 1:
                return _ => InputBytes.Signal(client, strategy, instrument, direction, number);
            case 2 or 3:
                return _ => InputBytes.Submit(client, strategy, instrument, side, type, quantity, price);
            case 4:
                return _ => InputBytes.Command(action, scope, scope == Scope.Client ? client : strategy);
            case 5:
                return _ => connected
                    ? RiskInputs.VenueStatus(1, true, account: client)
                    : new LimitsRecord { Id = strategy, MaximumOrderNotional = most, MaximumDailyLoss = most / 2 }.Encode();
            case 6:
                return id => InputBytes.Cancel(id, client);
            case 7:
                return id => InputBytes.Amend(id, client, quantity, price);
            case 8:
                return _ => RiskInputs.VenueStatus(1, connected, account: client);
            case 9:
                var known = (VenueOrderState)random.Next(1, 5);
                long done = Scaled.Raw(order!.Quantity) / 2;
                return id => InputBytes.Status(id, known, done, done, price);
            default:
                Report report = Report(random, order!, number);
                return id => (report with { Order = id }).Encode();
        }
    }

    private static Report Report(Random random, Sent order, ulong number) => new()
    {
        Kind = random.Next(2) == 0 ? ExecutionKind.Fill
            : Kinds[random.Next(Kinds.Length)],
        Side = order.Side,
        TradeId = number,
        Quantity = Scaled.Raw(random.Next(3) == 0 ? order.Quantity : Math.Max(0.001m, decimal.Round(order.Quantity / 2, 3))),
        Price = Price(random),
        Fee = random.Next(0, 1_000_000),
        Cumulative = Scaled.Raw(order.Quantity),
    };

    private static long Price(Random random) => random.Next(9_600, 10_400) * 1_000_000L;

    /// <summary>The first client's outputs as text.</summary>
    private static List<string> Outputs(List<Input> inputs, bool keepsSecond)
    {
        var run = new Run();
        var mine = new List<string>();
        var numbers = new Dictionary<ulong, ulong>();
        foreach (Input input in inputs)
        {
            run.Process(input.Nanos, keepsSecond || input.Client != Second ? run.Encode(input) : InputBytes.Tick(input.Nanos));
            for (int output = 0; output < run.Engine.Outputs.Count; output++)
            {
                if (Of(run.Engine, run.Engine.Outputs[output], input.Client) == First)
                {
                    mine.Add(Text(run.Engine.Outputs[output].ToArray(), numbers));
                }
            }
        }

        return mine;
    }

    /// <summary>Whose an output is: by its client or account, by its order, and an alert that names neither by the input that caused it.</summary>
    private static uint Of(BusinessLogicProcessor engine, ReadOnlySpan<byte> bytes, uint inputOf)
    {
        MessageHeader.TryRead(bytes, out MessageHeader header);
        return header.TemplateId switch
        {
            NewOrderDecoder.TemplateId => NewOrderDecoder.WrapForDecodeAndApplyHeader(bytes).AccountId,
            OrderCancelRequestDecoder.TemplateId => OfOrder(engine, OrderCancelRequestDecoder.WrapForDecodeAndApplyHeader(bytes).ClientOrderId),
            OrderAmendRequestDecoder.TemplateId => OfOrder(engine, OrderAmendRequestDecoder.WrapForDecodeAndApplyHeader(bytes).ClientOrderId),
            OrderStatusRequestDecoder.TemplateId => OfOrder(engine, OrderStatusRequestDecoder.WrapForDecodeAndApplyHeader(bytes).ClientOrderId),
            DecisionEventDecoder.TemplateId => DecisionEventDecoder.WrapForDecodeAndApplyHeader(bytes).ClientId,
            OrderEventDecoder.TemplateId => OrderEventDecoder.WrapForDecodeAndApplyHeader(bytes).ClientId,
            PositionEventDecoder.TemplateId => PositionEventDecoder.WrapForDecodeAndApplyHeader(bytes).ClientId,
            TradeEventDecoder.TemplateId => TradeEventDecoder.WrapForDecodeAndApplyHeader(bytes).ClientId,
            RiskEventDecoder.TemplateId => RiskEventDecoder.WrapForDecodeAndApplyHeader(bytes).ClientId,
            CheckEventDecoder.TemplateId => CheckEventDecoder.WrapForDecodeAndApplyHeader(bytes).ClientId,
            SizingEventDecoder.TemplateId => SizingEventDecoder.WrapForDecodeAndApplyHeader(bytes).ClientId,
            VoteEventDecoder.TemplateId => VoteEventDecoder.WrapForDecodeAndApplyHeader(bytes).ClientId,
            ParentEventDecoder.TemplateId => ParentEventDecoder.WrapForDecodeAndApplyHeader(bytes).ClientId,
            ProtectionEventDecoder.TemplateId => ProtectionEventDecoder.WrapForDecodeAndApplyHeader(bytes).ClientId,
            FundingEventDecoder.TemplateId => FundingEventDecoder.WrapForDecodeAndApplyHeader(bytes).ClientId,
            CashEventDecoder.TemplateId => CashEventDecoder.WrapForDecodeAndApplyHeader(bytes).ClientId,
            BreakerEventDecoder.TemplateId => OfScope(BreakerEventDecoder.WrapForDecodeAndApplyHeader(bytes).ScopeId),
            TradingStateEventDecoder.TemplateId => OfScope(TradingStateEventDecoder.WrapForDecodeAndApplyHeader(bytes).ScopeId),
            AlertEventDecoder.TemplateId => OfAlert(engine, AlertEventDecoder.WrapForDecodeAndApplyHeader(bytes), inputOf),
            _ => throw new InvalidOperationException($"output of template {header.TemplateId}: whose is it?"),
        };
    }

    // Strategies 1 and 3 are the first client's, 2 and 4 the second's; and clients and accounts are 1 and 2.
    private static uint OfScope(uint id) => id % 2 == 1 ? First : Second;

    // An alert of a timer comes with whatever input moved the time.
    private static uint OfAlert(BusinessLogicProcessor engine, AlertEventDecoder alert, uint inputOf) =>
        OfOrder(engine, alert.SubjectId) is not 0 and uint owner ? owner : inputOf != 0 ? inputOf : OfScope((uint)alert.SubjectId);

    private static uint OfOrder(BusinessLogicProcessor engine, ulong id) =>
        engine.State.Orders.TryFind(id, out int row)
            ? engine.State.Clients[engine.State.Strategies[engine.State.Positions[engine.State.Orders[row].Position].Strategy].Client].Id : 0;

    /// <summary>The bytes, with each id that is made of an input's sequence and a place in it replaced by its number in order of first appearance.</summary>
    private static string Text(byte[] bytes, Dictionary<ulong, ulong> numbers)
    {
        for (int at = 8; at + sizeof(ulong) <= bytes.Length; at++)
        {
            ulong id = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            if (id >> 16 is >= IdBegin >> 16 and < (IdBegin >> 16) + 1)
            {
                Replace(bytes, at, id, numbers);
                at += sizeof(ulong) - 1;
            }
        }

        int parent = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2)) switch
        {
            OrderEventDecoder.TemplateId => ParentIdInOrderEvent,
            ParentEventDecoder.TemplateId => 8,
            _ => -1,
        };
        if (parent >= 0)
        {
            ulong id = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(parent));
            Replace(bytes, parent, id, numbers);
        }

        return $"{BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2))}: {Convert.ToHexString(bytes)}";
    }

    private static void Replace(byte[] bytes, int at, ulong id, Dictionary<ulong, ulong> numbers)
    {
        numbers.TryAdd(id, (ulong)numbers.Count);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), numbers[id]);
    }

    private static int FindParentId()
    {
        const ulong Marker = 0x0102030405060708;
        var bytes = new byte[OrderEventEncoder.EncodedLength];
        var e = OrderEventEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ParentId = Marker;
        return bytes.AsSpan().IndexOf(BitConverter.GetBytes(Marker));
    }

    /// <summary>An input; what refers to an order of its client does so by the order's number among that client's.</summary>
    private sealed record Input(long Nanos, uint Client, int Order, Func<ulong, byte[]> Encode);

    /// <summary>An engine and the orders that each client's accounts sent.</summary>
    private sealed class Run
    {
        private readonly List<Sent>[] _sent = [[], [], []];

        public BusinessLogicProcessor Engine { get; } = new(Limits);

        public List<Sent> Sent(uint client) => _sent[client];

        public byte[] Encode(Input input) => input.Encode(input.Order >= 0 && input.Order < _sent[input.Client].Count ? _sent[input.Client][input.Order].Id
            : 0);

        public void Process(long nanos, byte[] bytes)
        {
            Engine.Process(Engine.State.Sequence + 1, nanos, bytes);
            for (int i = 0; i < Engine.Outputs.Count; i++)
            {
                MessageHeader.TryRead(Engine.Outputs[i], out MessageHeader header);
                if (header.TemplateId == NewOrderDecoder.TemplateId)
                {
                    var sent = (Sent)OutputDecoding.Decode(Engine.Outputs[i]);
                    _sent[sent.Account].Add(sent);
                }
            }
        }
    }
}
