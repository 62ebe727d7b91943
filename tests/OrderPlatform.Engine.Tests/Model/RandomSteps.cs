using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>An input, as bytes for the engine and as a call for the model.</summary>
internal sealed record Step(byte[] Bytes, Action<NaiveEngine> Act);

/// <summary>Random inputs of every kind: sensible ones mostly, and wrong ones of every sort among them.</summary>
internal sealed class RandomSteps(Random random)
{
    private static readonly long[] Extremes = [long.MinValue, long.MinValue + 1, -1, 0, long.MaxValue, Bounds.PriceMax + 1, 1_000_000_000_000_000_001];

    private ulong _trades;
    private ulong _signals;

    /// <summary>The next input, given the orders that the venue knows of.</summary>
    public Step Next(IReadOnlyList<Sent> orders) => random.Next(20) switch
    {
        < 4 => Price(),
        < 7 => Signal(),
        < 9 => Submit(),
        9 => Cancel(orders),
        10 => Command(),
        11 => Malformed(),
        _ => Report(orders),
    };

    private Step Price()
    {
        uint instrument = Often(1, 2, 9);
        long price = random.Next(50) == 0 ? Extremes[random.Next(Extremes.Length)] : Money(random.Next(9_700, 10_300));
        decimal at = Scaled.Of(price);
        bool sane = Bounds.IsPrice(price);
        long span = Money(random.Next(0, 150));
        switch (random.Next(4))
        {
            case 0:
                return new Step(InputBytes.Trade(instrument, price), model => model.Price(instrument, at, at, at, sane));
            case 1 when sane:
                decimal middle = Scaled.Of((price + price + span + 1) / 2);
                return new Step(InputBytes.Quote(instrument, price, price + span), model => model.Price(instrument, middle, at, Scaled.Of(price + span), true, isQuote: true));
            case 2 when sane:
                bool turned = random.Next(10) == 0;
                return new Step(
                    InputBytes.Bar(instrument, BarPhase.Closed, price, turned ? price - span : price + span, turned ? price + span : price - span, price),
                    model => model.Price(instrument, at, Scaled.Of(price - span), Scaled.Of(price + span), !turned || span == 0));
            default:
                return new Step(InputBytes.Bar(instrument, BarPhase.Opened, price, price, price, price), model =>
                    model.Price(instrument, at, at, at, sane, barOpened: true));
        }
    }

    private Step Signal()
    {
        uint strategy = (uint)random.Next(1, 5);
        uint client = random.Next(20) == 0 ? Often(1, 2, 9) : strategy < 3 ? 1u : 2u;
        strategy = random.Next(40) == 0 ? 77 : strategy;
        uint instrument = Often(1, 2, 9);
        var direction = (Direction)(random.Next(40) == 0 ? random.Next(-128, 128) : random.Next(-1, 2));
        decimal? confidence = random.Next(4) == 0 ? null : random.Next(40, 101) / 100m;
        long? until = random.Next(10) == 0 ? EngineHarness.StartNanos + (random.Next(2) * 1_000 * EngineHarness.DayNanos) : null;
        return new Step(
            InputBytes.Signal(client, strategy, instrument, direction, ++_signals, Scaled.OrNull(confidence), until ?? long.MinValue),
            model => model.Signal(client, strategy, instrument, direction, confidence, until));
    }

    private Step Submit()
    {
        uint strategy = (uint)random.Next(1, 5);
        uint client = random.Next(20) == 0 ? Often(1, 2, 9) : strategy < 3 ? 1u : 2u;
        uint instrument = Often(1, 2, 9);
        var side = (Side)(random.Next(40) == 0 ? random.Next(256) : random.Next(1, 3));
        var type = (OrderType)(random.Next(40) == 0 ? random.Next(256) : random.Next(1, 3));
        long quantity = random.Next(40) == 0 ? Extremes[random.Next(Extremes.Length)] : random.Next(1, 60) * (random.Next(10) == 0 ? 150_000L : 10_000_000L);
        long price = random.Next(40) == 0 ? Extremes[random.Next(Extremes.Length)] : Money(random.Next(1_940, 2_060) * 5);
        return new Step(
            InputBytes.Submit(client, strategy, instrument, side, type, quantity, price),
            model => model.Submit(client, strategy, instrument, side, type, Scaled.Of(quantity), price == long.MinValue ? null : Scaled.Of(price)));
    }

    private Step Cancel(IReadOnlyList<Sent> orders)
    {
        ulong id = Some(orders)?.Id ?? 5;
        uint client = Often(1, 2, 9);
        return new Step(InputBytes.Cancel(id, client), model => model.Cancel(id, client));
    }

    private Step Command()
    {
        // Halts are rarer than resumes, or nothing would trade.
        OperatorAction action = random.Next(6) switch { 0 => OperatorAction.Halt, 1 => OperatorAction.Flatten, _ => OperatorAction.Resume };
        var scope = (Scope)random.Next(1, 4);
        uint id = (uint)random.Next(1, 6);
        return new Step(InputBytes.Command(action, scope, id), model => model.Command(action, scope, id));
    }

    private Step Report(IReadOnlyList<Sent> orders)
    {
        Sent? order = Some(orders);
        bool fill = random.Next(3) > 0;
        long quantity = random.Next(60) == 0 ? Extremes[random.Next(Extremes.Length)] : random.Next(1, 40) * 10_000_000L;
        var report = new Report
        {
            Order = order?.Id ?? (ulong)random.NextInt64(),
            Kind = fill ? ExecutionKind.Fill : (ExecutionKind)(random.Next(30) == 0 ? random.Next(12, 256) : new[] { 1, 2, 4, 5, 7, 8 }[random.Next(6)]),
            Side = random.Next(40) == 0 ? (Side)random.Next(256) : order?.Side ?? Side.Buy,
            TradeId = random.Next(15) == 0 ? (ulong)random.NextInt64((long)_trades + 1) : ++_trades,
            Quantity = fill && order is not null && random.Next(2) == 0 ? Scaled.Raw(order.Quantity) : quantity,
            Price = random.Next(60) == 0 ? Extremes[random.Next(Extremes.Length)] : Money(random.Next(9_700, 10_300)),
            Fee = random.Next(60) == 0 ? Extremes[random.Next(Extremes.Length)] : random.Next(-10_000, 1_000_000),
            FeeCurrency = (FeeCurrency)(random.Next(60) == 0 ? random.Next(256) : random.Next(8) switch { 0 => 1, 1 => 2, _ => 0 }),
            Cumulative = random.Next(1, 40) * 10_000_000L,
        };
        return new Step(report.Encode(), model => model.Report(report));
    }

    private Step Malformed()
    {
        byte[] whole = InputBytes.Signal(1, 1, 1, Direction.Long, 1);
        byte[] bytes = random.Next(4) switch
        {
            0 => whole[..random.Next(whole.Length)],
            1 => RandomBytes(random.Next(8)),
            2 => WithTemplate(whole, (ushort)random.Next(300, ushort.MaxValue)),
            _ => WithTemplate(RandomBytes(random.Next(8, 200)), 999),
        };
        return new Step(bytes, model => model.Malformed());
    }

    private byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] WithTemplate(byte[] bytes, ushort template)
    {
        BitConverter.TryWriteBytes(bytes.AsSpan(2), template);
        return bytes;
    }

    private Sent? Some(IReadOnlyList<Sent> orders) => orders.Count == 0 || random.Next(30) == 0 ? null : orders[Math.Max(0, orders.Count - random.Next(1, 10))];

    private uint Often(uint usual, uint second, uint rare) => random.Next(30) == 0 ? rare : random.Next(2) == 0 ? usual : second;

    private static long Money(int cents) => cents * (FixedPoint.One / 100);
}
