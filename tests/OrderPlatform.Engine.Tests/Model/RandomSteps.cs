using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>An input, as bytes for the engine and as a call for the model.</summary>
internal sealed record Step(byte[] Bytes, Action<NaiveEngine> Act);

/// <summary>Random inputs of every kind: sensible ones mostly, and wrong ones of every sort among them.</summary>
internal sealed partial class RandomSteps(Random random)
{
    private static readonly long[] Extremes = [long.MinValue, long.MinValue + 1, -1, 0, long.MaxValue, Bounds.PriceMax + 1, 1_000_000_000_000_000_001];

    /// <summary>The smallest and the largest of what a number may be.</summary>
    private static readonly long[] Largest = [1, 12_345, Bounds.PriceMax - 1, Bounds.PriceMax];

    /// <summary>In some sequences prices and quantities go as far as they may.</summary>
    private readonly bool _isWild = random.Next(8) == 0;

    private ulong _trades;
    private ulong _signals;
    private ulong _movements;
    private long _fundings;

    /// <summary>The next input, given the orders that the venue knows of.</summary>
    public Step Next(IReadOnlyList<Sent> orders) => _steps++ < 3 ? Price() : random.Next(40) switch
    {
        < 8 => Price(),
        < 14 => Signal(),
        < 18 => Submit(),
        18 => Cancel(orders),
        19 => random.Next(2) == 0 ? Command() : Rules(),
        20 => Malformed(orders),
        < 24 => Money(),
        < 35 => Likely(orders),
        _ => Report(orders),
    };

    private Step Price()
    {
        uint instrument = Instrument();
        bool isWild = _isWild && random.Next(6) == 0;
        long price = random.Next(50) == 0 ? Extremes[random.Next(Extremes.Length)] : isWild ? One(Largest) : Fine(Cents(random.Next(9_700, 10_300)));
        decimal at = Scaled.Of(price);
        bool sane = Bounds.IsPrice(price);
        long span = isWild ? 0 : Cents(random.Next(0, 150));
        switch (random.Next(6))
        {
            case 0:
                return new Step(InputBytes.Trade(instrument, price), model => model.Price(instrument, at, at, at, sane));
            case 1 when sane:
                decimal middle = Scaled.Of((price + price + span + 1) / 2);
                return new Step(
                    InputBytes.Quote(instrument, price, price + span),
                    model => model.Price(instrument, middle, at, Scaled.Of(price + span), true, isQuote: true));
            case 2 or 3 or 4 when sane:
                bool turned = random.Next(10) == 0;
                return new Step(
                    InputBytes.Bar(instrument, BarPhase.Closed, price, turned ? price - span : price + span, turned ? price + span : price - span, price),
                    model => model.Price(instrument, at, Scaled.Of(price - span), Scaled.Of(price + span), !turned || span == 0, barClosed: true));
            default:
                return new Step(InputBytes.Bar(instrument, BarPhase.Opened, price, price, price, price), model =>
                    model.Price(instrument, at, at, at, sane, barOpened: true));
        }
    }

    private Step Submit()
    {
        uint strategy = (uint)random.Next(1, 6);
        uint client = ClientOf(strategy);
        uint instrument = InstrumentOf(strategy);
        PositionLeg leg = random.Next(3) == 0 ? One(PositionLeg.Long, PositionLeg.Short, PositionLeg.Net, (PositionLeg)9) : PositionLeg.NULL_VALUE;
        var side = (Side)(random.Next(40) == 0 ? random.Next(256) : random.Next(1, 3));
        var type = (OrderType)(random.Next(40) == 0 ? random.Next(256) : random.Next(1, 3));
        long quantity = random.Next(40) == 0 ? Extremes[random.Next(Extremes.Length)] : random.Next(1, 60) * (random.Next(10) == 0 ? 150_000L : 10_000_000L);
        long price = random.Next(40) == 0 ? Extremes[random.Next(Extremes.Length)] : Cents(random.Next(1_940, 2_060) * 5);
        return new Step(
            InputBytes.Submit(client, strategy, instrument, side, type, quantity, price, leg: leg),
            model => model.Submit(client, strategy, instrument, side, type, Scaled.Of(quantity), price == long.MinValue ? null : Scaled.Of(price), leg));
    }

    private Step Cancel(IReadOnlyList<Sent> orders)
    {
        ulong id = Some(orders)?.Id ?? 5;
        uint client = Often(1, 2, 9);
        return new Step(InputBytes.Cancel(id, client), model => model.Cancel(id, client));
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
            Quantity = fill && order is not null && random.Next(2) == 0 ? Scaled.Raw(order.Quantity) : _isWild && random.Next(4) == 0 ? One(Largest) : quantity,
            Price = random.Next(60) == 0 ? Extremes[random.Next(Extremes.Length)]
                : _isWild && random.Next(4) == 0 ? One(Largest)
                : Fine(Cents(random.Next(9_700, 10_300))),
            Fee = random.Next(60) == 0 ? Extremes[random.Next(Extremes.Length)] : random.Next(8) == 0 ? 0 : random.Next(-10_000, 1_000_000),
            FeeCurrency = (FeeCurrency)(random.Next(60) == 0 ? random.Next(256) : random.Next(8) switch { 0 or 1 => 1, 2 or 3 => 2, _ => 0 }),
            FeeAsset = random.Next(3) == 0 ? null : One("BNB", "BTC", "USDT", "OKB", "ETH", "KCS"),
            Cumulative = random.Next(1, 40) * 10_000_000L,
        };
        return new Step(report.Encode(), model => model.Report(report));
    }

    /// <summary>A beginning of any input, random bytes, or a template that is none.</summary>
    private Step Malformed(IReadOnlyList<Sent> orders)
    {
        byte[] whole = Whole(orders);

        // The text behind a command's block is not the engine's to read.
        int needed = OperatorInputs.NeededLength(whole);
        byte[] bytes = random.Next(6) switch
        {
            0 => RandomBytes(random.Next(8)),
            1 => WithTemplate(whole, (ushort)random.Next(300, ushort.MaxValue)),
            2 => WithTemplate(RandomBytes(random.Next(8, 200)), 999),
            _ => whole[..random.Next(needed)],
        };
        return new Step(bytes, model => model.Malformed());
    }

    private byte[] Whole(IReadOnlyList<Sent> orders) => random.Next(8) switch
    {
        0 => Price().Bytes,
        1 => Signal().Bytes,
        2 => Submit().Bytes,
        3 => Cancel(orders).Bytes,
        4 => Command().Bytes,
        5 => Money().Bytes,
        6 => Rules().Bytes,
        _ => Report(orders).Bytes,
    };

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

    private uint Instrument() => random.Next(30) == 0 ? 9 : (uint)random.Next(1, 4);

    /// <summary>Mostly one that settles in the currency of the strategy's account.</summary>
    private uint InstrumentOf(uint strategy) => random.Next(20) == 0 ? Instrument() : strategy == 5 ? 3u : (uint)random.Next(1, 3);

    private uint ClientOf(uint strategy) => random.Next(20) == 0 ? Often(1, 2, 9) : strategy < 3 ? 1u : 2u;

    private T One<T>(params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    private uint Often(uint usual, uint second, uint rare) => random.Next(30) == 0 ? rare : random.Next(2) == 0 ? usual : second;

    private static long Cents(int cents) => cents * (FixedPoint.One / 100);

    /// <summary>Half of the numbers have all eight places: fills and marks lie on no grid of ours.</summary>
    private long Fine(long raw) => random.Next(2) == 0 ? raw : raw + random.Next(1_000_000);
}
