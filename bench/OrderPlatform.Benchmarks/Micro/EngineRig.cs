using OrderPlatform.Engine;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Benchmarks.Micro;

/// <summary>An engine with one strategy, driven by hand: the benchmark plays the venue.</summary>
internal sealed class EngineRig
{
    private static readonly Quantity Size = new(FixedPoint.One / 10);
    private static readonly Ratio Fee = new(FixedPoint.One / 1_000);

    private long _nowNanos = 1_700_000_000_000_000_000;
    private ulong _signalId;
    private ulong _tradeId;

    public EngineRig()
    {
        var setup = new PlatformSetup(
            0, 1,
            [new VenueSetup(1, "bench", Fee, Fee)],
            [new InstrumentSetup(1, 1, "BTCUSDT", "BTC", "USDT", new Price(FixedPoint.One / 100), new Quantity(1_000))],
            [new ClientSetup(1, "bench")],
            [new AccountSetup(1, 1, 1, "main", "USDT", new Money(1_000_000_000 * FixedPoint.One), new Ratio(FixedPoint.One))],
            [new StrategySetup(1, 1, 1, "bench", TradingMode.LongShort, EntryTiming.PreviousClose, NeutralSignal.Hold, SizingMode.FixedQuantity, OrderType.Market,
                TimeInForce.GoodTillCancelled, Size, null, null, new Ratio(FixedPoint.One / 50), new Ratio(FixedPoint.One / 20), null)],
            [new LimitSetup(Scope.Strategy, 1, MaximumOrderNotional: new Money(1_000_000 * FixedPoint.One), MaximumPositionQuantity: new Quantity(FixedPoint.One),
                MaximumPositionFraction: new Ratio(FixedPoint.One), MaximumDailyLoss: new Money(900_000_000 * FixedPoint.One))],
            []);
        foreach (byte[] message in SetupMessages.Encode(setup, _nowNanos))
        {
            Put(message);
        }
    }

    public BusinessLogicProcessor Engine { get; } = new();

    public static void EncodeBar(Span<byte> buffer, long price)
    {
        var e = BarEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.InstrumentId = 1;
        e.Phase = BarPhase.Closed;
        e.OpenTimeNanos = 1;
        e.CloseTimeNanos = 2;
        e.Open = e.High = e.Low = e.Close = price * FixedPoint.One;
        e.Volume = FixedPoint.One;
    }

    public static void EncodeBook(Span<byte> buffer, long price)
    {
        var e = TopOfBookEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.InstrumentId = 1;
        e.BidPrice = price * FixedPoint.One;
        e.AskPrice = (price + 1) * FixedPoint.One;
        e.BidQuantity = e.AskQuantity = FixedPoint.One;
    }

    /// <summary>Puts an input in a microsecond after the last and tells how many outputs it made.</summary>
    public int Put(ReadOnlySpan<byte> message)
    {
        Engine.Process(Engine.State.Sequence + 1, _nowNanos += 1_000, message);
        return Engine.Outputs.Count;
    }

    /// <summary>A signal, its order accepted and its order filled; tells how many outputs the three made.</summary>
    public int Cycle(Direction direction, Span<byte> buffer)
    {
        var signal = SignalEncoder.WrapForEncodeAndApplyHeader(buffer);
        signal.ClientId = 1;
        signal.StrategyId = 1;
        signal.InstrumentId = 1;
        signal.Direction = direction;
        signal.SignalId = ++_signalId;
        signal.GeneratedAtNanos = _nowNanos;
        int outputs = Put(buffer[..SignalEncoder.EncodedLength]);

        ulong order = ClientOrderId.Make(0, 1, Engine.State.Sequence, 0);
        Quantity quantity = Engine.State.Orders.TryFind(order, out int row) ? Engine.State.Orders[row].Quantity : Quantity.Zero;
        outputs += Report(buffer, order, direction, ExecutionKind.Accepted, Quantity.Zero, quantity);
        return outputs + Report(buffer, order, direction, ExecutionKind.Fill, quantity, Quantity.Zero);
    }

    private int Report(Span<byte> buffer, ulong order, Direction direction, ExecutionKind kind, Quantity filled, Quantity leaves)
    {
        var e = ExecutionReportEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.ClientOrderId = order;
        e.VenueTradeId = ++_tradeId;
        e.InstrumentId = 1;
        e.VenueId = 1;
        e.Kind = kind;
        e.Side = direction == Direction.Long ? Side.Buy : Side.Sell;
        e.Liquidity = Liquidity.Taker;
        e.LastQuantity = filled.Raw;
        e.LastPrice = filled.IsZero ? 0 : 50_000 * FixedPoint.One;
        e.Fee = FixedPoint.One;
        e.CumulativeQuantity = filled.Raw;
        e.LeavesQuantity = leaves.Raw;
        return Put(buffer[..ExecutionReportEncoder.EncodedLength]);
    }
}
