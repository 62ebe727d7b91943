using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>
/// A small engine with one line an action. It starts with venue, instrument, client, account and strategy 1; records of the caller's
/// replace or add. Time moves by a second with each input unless a test moves it.
/// </summary>
internal sealed class EngineHarness
{
    /// <summary>2026-11-21T00:00:00Z.</summary>
    public const long StartNanos = 20_778L * DayNanos;

    public const long DayNanos = 86_400_000_000_000;

    public const long SecondNanos = 1_000_000_000;

    private static readonly EngineLimits Small = new(
        Venues: 4, Instruments: 4, Clients: 4, Accounts: 4, Strategies: 8, Positions: 64, Orders: 128, Budgets: 16, ClientOrders: 32, ClientPositions: 16);

    private ulong _signals;
    private ulong _trades;

    public EngineHarness(StrategyRecord? strategy = null, InstrumentRecord? instrument = null, AccountRecord? account = null, VenueRecord? venue = null,
        EngineLimits? limits = null)
    {
        Engine = new BusinessLogicProcessor(limits ?? Small);
        Send(InputBytes.EpochStart(1));
        Send((venue ?? new VenueRecord()).Encode());
        Send((instrument ?? new InstrumentRecord()).Encode());
        Send(InputBytes.Client(1));
        Send((account ?? new AccountRecord()).Encode());
        Send((strategy ?? new StrategyRecord()).Encode());
    }

    public BusinessLogicProcessor Engine { get; }

    public EngineState State => Engine.State;

    public long NowNanos { get; set; } = StartNanos;

    public ref Position Position => ref State.Positions[0];

    public ref Account Account => ref State.Accounts[0];

    public decimal Held => State.Positions.Count == 0 ? 0 : Of(Position.Quantity.Raw);

    public decimal Cash => Of(Account.Cash.Raw);

    /// <summary>Gives bytes to the engine as the next input.</summary>
    public Reply Send(ReadOnlySpan<byte> message)
    {
        NowNanos += SecondNanos;
        return SendAt(NowNanos, message);
    }

    /// <summary>Gives bytes to the engine with a time of their own.</summary>
    public Reply SendAt(long timestampNanos, ReadOnlySpan<byte> message)
    {
        Engine.Process(State.Sequence + 1, timestampNanos, message);
        var outputs = new List<object>();
        for (int i = 0; i < Engine.Outputs.Count; i++)
        {
            outputs.Add(OutputDecoding.Decode(Engine.Outputs[i]));
        }

        return new Reply(outputs);
    }

    public Reply Trade(decimal price, uint instrument = 1) => Send(InputBytes.Trade(instrument, Raw(price)));

    public Reply Quote(decimal bid, decimal ask, uint instrument = 1) => Send(InputBytes.Quote(instrument, Raw(bid), Raw(ask)));

    public Reply Bar(decimal open, decimal high, decimal low, decimal close, uint instrument = 1) =>
        Send(InputBytes.Bar(instrument, BarPhase.Closed, Raw(open), Raw(high), Raw(low), Raw(close)));

    public Reply BarOpened(decimal price, uint instrument = 1) =>
        Send(InputBytes.Bar(instrument, BarPhase.Opened, Raw(price), Raw(price), Raw(price), Raw(price)));

    public Reply Signal(Direction direction, decimal? confidence = null, uint strategy = 1, uint client = 1, uint instrument = 1,
        long? validUntilNanos = null) =>
        Send(InputBytes.Signal(client, strategy, instrument, direction, ++_signals, OrNull(confidence), validUntilNanos ?? long.MinValue));

    /// <summary>A signal of the caller's own making.</summary>
    public Reply Signal(SignalRecord signal) => Send(signal.Encode(signal.Id == 0 ? ++_signals : signal.Id));

    /// <summary>Which filter decided over the last signal, with which numbers.</summary>
    public Why Why => Harness.Why.Of(Engine);

    public ref Engine.Exits.Protection Protection => ref State.Positions.ProtectionOf(0);

    public Reply Submit(Side side, decimal quantity, decimal? limit = null, uint strategy = 1, uint client = 1, uint instrument = 1) =>
        Send(InputBytes.Submit(client, strategy, instrument, side, limit is null ? OrderType.Market : OrderType.Limit, Raw(quantity), OrNull(limit)));

    public Reply Cancel(ulong order, uint client = 1) => Send(InputBytes.Cancel(order, client));

    public Reply Amend(ulong order, decimal? quantity = null, decimal? price = null, uint client = 1) =>
        Send(InputBytes.Amend(order, client, OrNull(quantity), OrNull(price)));

    public Reply Command(OperatorAction action, Scope scope = Scope.Shard, uint id = 0) => Send(InputBytes.Command(action, scope, id));

    /// <summary>News that is no fill; the venue's sum is what is booked.</summary>
    public Reply News(ulong order, ExecutionKind kind, ReasonCode reason = ReasonCode.None)
    {
        Order known = Find(order);
        return Send(new Report
        {
            Order = order,
            Kind = kind,
            Side = known.Side,
            Reason = reason,
            Cumulative = known.Cumulative.Raw,
            Leaves = known.Leaves.Raw,
        }.Encode());
    }

    /// <summary>A fill of an order; the venue's sum agrees with what is booked.</summary>
    public Reply Fill(ulong order, decimal quantity, decimal price, decimal fee = 0, FeeCurrency currency = FeeCurrency.Quote, ulong? tradeId = null)
    {
        Order known = Find(order);
        long cumulative = known.Cumulative.Raw + Raw(quantity);
        return Send(new Report
        {
            Order = order,
            Kind = ExecutionKind.Fill,
            Side = known.Side,
            TradeId = tradeId ?? ++_trades,
            Quantity = Raw(quantity),
            Price = Raw(price),
            Fee = Raw(fee),
            FeeCurrency = currency,
            Cumulative = cumulative,
            Leaves = known.Quantity.Raw - cumulative,
        }.Encode());
    }

    /// <summary>Buys or sells by request and fills it whole; for tests that start from a position.</summary>
    public Reply Hold(decimal quantity, decimal price, decimal fee = 0, FeeCurrency currency = FeeCurrency.Quote)
    {
        Sent order = Submit(quantity > 0 ? Side.Buy : Side.Sell, Math.Abs(quantity), price).One<Sent>();
        return Fill(order.Id, Math.Abs(quantity), price, fee, currency);
    }

    public Order Find(ulong order) => State.Orders.TryFind(order, out int row) ? State.Orders[row] : throw new ArgumentException($"no order {order}");
}
