using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Determinism;

/// <summary>A seeded stream of inputs of every kind that runs through a day: prices, signals, and reports of its own orders.</summary>
internal static class MixedInputs
{
    public static readonly byte[][] Setup =
    [
        InputBytes.EpochStart(1, 0), new VenueRecord { TakerFee = 0.001m }.Encode(), new InstrumentRecord().Encode(), new InstrumentRecord { Id = 2 }.Encode(),
        InputBytes.Client(1), new AccountRecord { Cash = 10_000_000m }.Encode(),
        new StrategyRecord { StopLoss = 0.01m, TakeProfit = 0.01m }.Encode(),
        new StrategyRecord { Id = 2, Type = OrderType.Limit, LimitOffset = 0.001m, EquityFraction = 0.01m, Timing = EntryTiming.CurrentOpen }.Encode(),
    ];

    public static readonly EngineLimits Limits = new(
        Venues: 1, Instruments: 2, Clients: 1, Accounts: 1, Strategies: 2, Positions: 4, Orders: 64, Budgets: 4, ClientOrders: 64, ClientPositions: 4);

    /// <summary>The setup and <paramref name="count"/> inputs after it, written while an engine runs so that most reports are of orders that exist.</summary>
    public static List<byte[]> Make(int seed, int count)
    {
        var random = new Random(seed);
        var engine = new BusinessLogicProcessor(Limits);
        var inputs = new List<byte[]>();
        var orders = new List<(ulong Id, Side Side)> { (99, Side.Buy) };
        foreach (byte[] input in Setup)
        {
            Add(engine, inputs, input, orders);
        }

        for (int i = 0; i < count; i++)
        {
            if (orders.Count > 12)
            {
                orders.RemoveAt(0);
            }

            // Nothing rests for ever: the table would fill with orders that no report ends.
            int row = i % Math.Max(1, engine.State.Orders.Rows.Length);
            bool stale = engine.State.Orders.OpenCount > 40 && engine.State.Orders[row].IsOpen;
            Add(engine, inputs, stale
                ? new Report { Order = engine.State.Orders[row].ClientOrderId, Kind = ExecutionKind.Expired }.Encode()
                : Next(random, orders, (ulong)i), orders);
        }

        return inputs;
    }

    private static void Add(BusinessLogicProcessor engine, List<byte[]> inputs, byte[] input, List<(ulong Id, Side Side)> orders)
    {
        inputs.Add(input);
        engine.Process(inputs.Count, EngineHarness.StartNanos + ((inputs.Count - 1) * EngineHarness.SecondNanos), input);
        for (int i = 0; i < engine.Outputs.Count; i++)
        {
            if (NewOrderDecoder.TryWrap(engine.Outputs[i], out NewOrderDecoder order))
            {
                orders.Add((order.ClientOrderId, order.Side));
            }
        }
    }

    private static byte[] Next(Random random, List<(ulong Id, Side Side)> orders, ulong number)
    {
        uint instrument = (uint)random.Next(1, 3);
        long price = random.Next(9_800, 10_200) * (FixedPoint.One / 100);
        long span = random.Next(0, 100) * (FixedPoint.One / 100);
        if (random.Next(400) == 0)
        {
            return random.Next(3) == 0 ? InputBytes.EpochStart((ushort)Math.Min(4_095, 2 + number)) : InputBytes.ReconciliationStart(EngineHarness.SecondNanos * 10);
        }

        return random.Next(16) switch
        {
            0 => InputBytes.Trade(instrument, price),
            1 => InputBytes.Quote(instrument, price - span, price + span),
            2 => InputBytes.Bar(instrument, BarPhase.Opened, price, price, price, price),
            3 => InputBytes.Bar(instrument, BarPhase.Closed, price, price + span, price - span, price),
            4 or 5 => InputBytes.Signal(1, (uint)random.Next(1, 3), instrument, (Direction)random.Next(-1, 2), number),
            6 => InputBytes.Submit(1, (uint)random.Next(1, 3), instrument, (Side)random.Next(1, 3), OrderType.Limit, random.Next(1, 2_000) * 100_000L, price),
            7 => InputBytes.Cancel(orders[random.Next(orders.Count)].Id, 1),
            8 => InputBytes.Amend(orders[random.Next(orders.Count)].Id, 1, random.Next(1, 2_000) * 100_000L, price),
            9 or 10 => InputBytes.Status(orders[random.Next(orders.Count)].Id, (VenueOrderState)random.Next(1, 5), random.Next(2) * 100_000L, random.Next(1_000) * 100_000L, price),
            11 => Operator(random, orders),
            _ => RandomReport(random, orders[random.Next(orders.Count)], number, price),
        };
    }

    private static byte[] Operator(Random random, List<(ulong Id, Side Side)> orders) => random.Next(4) switch
    {
        0 => OperatorInputs.Limit((Scope)random.Next(2, 4), (uint)random.Next(1, 3), (LimitKind)random.Next(3, 20), random.Next(3) == 0
            ? OperatorLimitDecoder.ValueNullValue
            : random.NextInt64(FixedPoint.One, 1_000_000 * FixedPoint.One)),
        1 => OperatorInputs.Order((OperatorOrderAction)random.Next(1, 3), orders[random.Next(orders.Count)].Id, (VenueOrderState)random.Next(1, 5),
            random.Next(2_000) * 100_000L, random.Next(9_800, 10_200) * (FixedPoint.One / 100)),
        _ => InputBytes.Command(random.Next(3) > 0 ? OperatorAction.EndDoubt : OperatorAction.Resume, Scope.Shard, 0),
    };

    private static byte[] RandomReport(Random random, (ulong Id, Side Side) order, ulong number, long price) => new Report
    {
        Order = order.Id,
        Kind = random.Next(2) == 0 ? ExecutionKind.Fill : (ExecutionKind)random.Next(1, 9),
        Side = order.Side,
        TradeId = random.Next(20) == 0 ? number / 2 : number,
        Quantity = random.Next(1, 1_000) * 100_000L,
        Price = price,
        Fee = random.Next(0, 10_000),
        FeeCurrency = (FeeCurrency)random.Next(3),
        Cumulative = random.Next(1, 1_000) * 100_000L,
        Leaves = random.Next(0, 1_000) * 100_000L,
    }.Encode();
}
