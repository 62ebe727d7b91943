using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Determinism;

/// <summary>A seeded stream of inputs of every kind that runs through a day: prices, signals, and reports of orders whose ids follow from the decision.</summary>
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
        Venues: 1, Instruments: 2, Clients: 1, Accounts: 1, Strategies: 2, Positions: 4, Orders: 64, RememberedFills: 256);

    /// <summary>The setup and <paramref name="count"/> inputs after it.</summary>
    public static List<byte[]> Make(int seed, int count)
    {
        var random = new Random(seed);
        var inputs = new List<byte[]>(Setup);
        var recent = new List<ulong>();
        for (int i = 0; i < count; i++)
        {
            // Orders are named by the sequence of the input that decided them, so a report can be written before the engine runs.
            recent.Add(ClientOrderId.Make(0, 1, inputs.Count + 1, 0));
            if (recent.Count > 40)
            {
                recent.RemoveAt(0);
            }

            inputs.Add(Next(random, recent, (ulong)i));
        }

        return inputs;
    }

    private static byte[] Next(Random random, List<ulong> recent, ulong number)
    {
        uint instrument = (uint)random.Next(1, 3);
        long price = random.Next(9_800, 10_200) * (FixedPoint.One / 100);
        long span = random.Next(0, 100) * (FixedPoint.One / 100);
        return random.Next(12) switch
        {
            0 => InputBytes.Trade(instrument, price),
            1 => InputBytes.Quote(instrument, price - span, price + span),
            2 => InputBytes.Bar(instrument, BarPhase.Opened, price, price, price, price),
            3 => InputBytes.Bar(instrument, BarPhase.Closed, price, price + span, price - span, price),
            4 or 5 => InputBytes.Signal(1, (uint)random.Next(1, 3), instrument, (Direction)random.Next(-1, 2), number),
            6 => InputBytes.Submit(1, (uint)random.Next(1, 3), instrument, (Side)random.Next(1, 3), OrderType.Limit, random.Next(1, 2_000) * 100_000L, price),
            7 => InputBytes.Cancel(recent[random.Next(recent.Count)], 1),
            _ => RandomReport(random, recent, number, price),
        };
    }

    private static byte[] RandomReport(Random random, List<ulong> recent, ulong number, long price)
    {
        int kind = random.Next(10);
        return new Report
        {
            Order = recent[random.Next(recent.Count)],
            Kind = kind < 5 ? ExecutionKind.Fill : (ExecutionKind)random.Next(1, 9),
            Side = (Side)random.Next(1, 3),
            TradeId = number / 3,
            Quantity = random.Next(1, 1_000) * 100_000L,
            Price = price,
            Fee = random.Next(0, 10_000),
            FeeCurrency = (FeeCurrency)random.Next(3),
            Cumulative = random.Next(1, 1_000) * 100_000L,
            Leaves = random.Next(0, 1_000) * 100_000L,
        }.Encode();
    }
}
