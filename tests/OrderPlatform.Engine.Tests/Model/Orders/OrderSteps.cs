using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <summary>An input, as bytes for the engine and as a call for the model.</summary>
internal sealed record OrderStep(byte[] Bytes, Action<NaiveOrders> Act, object? Request = null);

/// <summary>Random inputs: requests, what a venue may answer in any order, prices, time, and wrong ones of every sort among them.</summary>
internal sealed partial class OrderSteps(Random random, NaiveOrders model)
{
    private static readonly long[] Extremes = [long.MinValue, long.MinValue + 1, -1, 0, long.MaxValue, 1_000_000_000_000_000_001];

    private ulong _trades;

    /// <summary>How the time of the next input differs from the last one's.</summary>
    public long Pause() => random.Next(40) switch
    {
        0 => random.Next(20, 130) * EngineHarness.SecondNanos,
        1 when random.Next(10) == 0 => EngineHarness.DayNanos / 3,
        2 when random.Next(4) == 0 => -5,
        < 10 => 0,
        _ => random.Next(1, 4_000) * 1_000_000L,
    };

    public OrderStep Next()
    {
        if (model.Instruments.Values.Any(instrument => instrument.Mark == 0) && !Rarely(6))
        {
            return Price();
        }

        if (model.IsDown && Rarely(4))
        {
            return VenueStatus();
        }

        bool isQuiet = !model.Orders.Values.Any(order => order.IsOpen) && !Rarely(8);
        return random.Next(100) switch
        {
            < 14 => Price(),
            < 34 => Submit(),
            < 38 => isQuiet ? Submit() : Cancel(),
            < 43 => isQuiet ? Submit() : Amend(),
            < 78 => isQuiet ? Submit() : Report(),
            < 88 => isQuiet ? Price() : Status(),
            < 94 => new OrderStep(InputBytes.Tick(0), _ => { }),
            < 95 => VenueStatus(),
            < 96 => Rarely(3) ? Reconciliation() : Price(),
            < 97 => Rarely(2) ? Command() : Operator(),
            _ => Malformed(),
        };
    }

    private OrderStep Price()
    {
        uint instrument = Instrument();
        long raw = Rarely(40) ? Extreme() : Scaled.Raw(random.Next(1_940, 2_060) * 0.05m);
        if (Rarely(6) && raw is > 0 and < 1_000_000_000_000)
        {
            long high = raw + Scaled.Raw(random.Next(-1, 20) * 0.05m);
            long low = raw - Scaled.Raw(random.Next(-1, 20) * 0.05m);
            byte[] bar = InputBytes.Bar(instrument, Rarely(3) ? BarPhase.Opened : BarPhase.Closed, raw, high, low, raw);
            return new OrderStep(bar, model => model.OnBar(instrument, Scaled.Of(raw), Scaled.Of(high), Scaled.Of(low), Scaled.Of(raw)));
        }

        if (random.Next(2) == 0)
        {
            return new OrderStep(InputBytes.Trade(instrument, raw), model => model.OnTrade(instrument, Scaled.Of(raw)));
        }

        long ask = Rarely(40) ? Extreme() : raw + Scaled.Raw(random.Next(-1, 20) * 0.05m);
        return new OrderStep(InputBytes.Quote(instrument, raw, ask), model => model.OnQuote(instrument, Scaled.Of(raw), Scaled.Of(ask)));
    }

    private OrderStep Submit()
    {
        uint client = (uint)random.Next(1, 3);
        uint instrument = Instrument();
        NaiveInstrument? known = model.Instruments.GetValueOrDefault(instrument);
        decimal lot = known?.Rules.QuantityStep ?? 1;
        OrderType type = Rarely(80) ? (OrderType)random.Next(256)
            : random.Next(2) == 0 ? Pick(OrderType.Market, OrderType.Limit) : (OrderType)random.Next(1, 8);
        TimeInForce until = Rarely(80) ? (TimeInForce)random.Next(256)
            : random.Next(2) == 0 ? TimeInForce.GoodTillCancelled : (TimeInForce)random.Next(1, 6);
        Side side = Rarely(80) ? (Side)random.Next(256) : (Side)random.Next(1, 3);
        LinkRole role = Rarely(4) ? (LinkRole)random.Next(1, Rarely(20) ? 6 : 4) : LinkRole.None;
        bool canReduce = known is not null && model.Clients[client].Positions.Any(position => position.Instrument == known && position.ReducesBy(side));
        bool mayAlgorithm = role == LinkRole.None && type is OrderType.Market or OrderType.Limit;
        var request = new SubmitRecord
        {
            Client = Rarely(80) ? 2 : client,
            Strategy = Rarely(80) ? 9 : client,
            Instrument = instrument,
            Side = side,
            Type = type,
            TimeInForce = until,
            Quantity = Rarely(80) ? Scaled.Of(Extreme()) : Rarely(40) ? 1.0005m : Math.Max(1, decimal.Floor(random.Next(1, 12) / lot)) * lot,
            Price = Rarely(80) ? null : Rarely(80) ? Scaled.Of(Extreme()) : PriceOf(),
            Trigger = Rarely(80) || type == OrderType.TrailingStop ? null : Rarely(80) ? Scaled.Of(Extreme()) : PriceOf(),
            Trailing = Rarely(80) ? null : Rarely(80) ? Scaled.Of(Extreme()) : random.Next(1, 40) * 0.001m,
            ExpireAtNanos = Rarely(40) ? null : model.Now + (random.Next(-2, 60) * EngineHarness.SecondNanos),
            Display = Rarely(type == OrderType.Limit ? 12 : 80) ? random.Next(1, 6) * lot : null,
            PostOnly = Rarely(type == OrderType.Limit ? 6 : 80),
            ReduceOnly = Rarely(canReduce || role == LinkRole.Secondary ? 3 : 40),
            Link = (role != LinkRole.None) != Rarely(80) ? (ulong)random.Next(1, 3) : 0,
            Role = role,
            Algorithm = Rarely(80) ? (ExecutionAlgorithm)random.Next(8, 250) : !mayAlgorithm || random.Next(2) == 0 ? null
                : type == OrderType.Market ? Pick(ExecutionAlgorithm.Twap, ExecutionAlgorithm.Iceberg)
                : Pick(ExecutionAlgorithm.LimitThenMarket, ExecutionAlgorithm.Twap, ExecutionAlgorithm.Iceberg),
        };
        return new OrderStep(request.Encode(), model => model.OnSubmit(request), request);
    }

    private decimal PriceOf() => random.Next(30) == 0 ? 100.003m : random.Next(1_940, 2_060) * 0.05m;

    private OrderStep Cancel()
    {
        NaiveOrder? order = Some();
        ulong id = order?.Id ?? (ulong)random.NextInt64();
        uint client = Rarely(10) ? (uint)random.Next(1, 4) : order?.Position.Client.Id ?? 1;
        return new OrderStep(InputBytes.Cancel(id, client), model => model.OnCancel(id, client));
    }

    private OrderStep Amend()
    {
        NaiveOrder? order = Some();
        ulong id = order?.Id ?? (ulong)random.NextInt64();
        uint client = Rarely(20) ? (uint)random.Next(1, 4) : order?.Position.Client.Id ?? 1;
        decimal lot = order?.Position.Instrument.Rules.QuantityStep ?? 1;
        decimal? quantity = random.Next(3) == 0 ? null
            : Rarely(30) ? Scaled.Of(Pick(-1L, 0, long.MaxValue))
            : Math.Max(lot, (order?.Quantity ?? 5) + (random.Next(-20, 20) * lot));
        decimal? price = random.Next(3) == 0 ? null : Rarely(30) ? Scaled.Of(Pick(-1L, 0, long.MaxValue)) : PriceOf();
        decimal? trigger = random.Next(3) > 0 ? null : Rarely(30) ? Scaled.Of(Pick(-1L, 0, long.MaxValue)) : PriceOf();
        var bytes = new byte[AmendOrderEncoder.EncodedLength];
        var encoder = AmendOrderEncoder.WrapForEncodeAndApplyHeader(bytes);
        encoder.ClientOrderId = id;
        encoder.ClientId = client;
        encoder.Quantity = Scaled.OrNull(quantity);
        encoder.Price = Scaled.OrNull(price);
        encoder.TriggerPrice = Scaled.OrNull(trigger);
        return new OrderStep(bytes, model => model.OnAmend(id, client, quantity, price, trigger), $"amend {id} {client} {quantity} {price} {trigger}");
    }

    private OrderStep VenueStatus()
    {
        bool connected = model.IsDown ? !Rarely(8) : !Rarely(2);
        long? retry = random.Next(4) == 0 ? random.Next(0, 40) * EngineHarness.SecondNanos : null;
        return new OrderStep(OrderRecords.VenueStatus(connected, retry), model => model.OnVenueStatus(connected, retry));
    }

    private OrderStep Operator()
    {
        NaiveOrder[] doubtful = [.. model.Orders.Values.Where(static order => order.InDoubt || order.Reported > order.Cumulative)];
        NaiveOrder? order = doubtful.Length > 0 && !Rarely(4) ? doubtful[random.Next(doubtful.Length)] : Some();
        ulong id = order?.Id ?? (ulong)random.NextInt64();
        if (Rarely(3))
        {
            return new OrderStep(OperatorInputs.Cancel(id), model => model.OnOperatorCancel(id), OperatorAction.CancelAll);
        }

        VenueOrderState state = Pick(VenueOrderState.NotKnown, VenueOrderState.Working, VenueOrderState.Ended, VenueOrderState.UnderWay);
        decimal? filled = order is null || random.Next(3) == 0
            ? null
            : Pick(order.Cumulative, order.Quantity, order.Cumulative + order.Position.Instrument.Rules.QuantityStep, order.Quantity + 1);
        decimal? average = Rarely(6) ? null : random.Next(1_940, 2_060) * 0.05m;
        return new OrderStep(
            OperatorInputs.Resolve(id, state, filled, average), model => model.OnResolve(id, state, filled, average), OperatorAction.EndDoubt);
    }

    private OrderStep Command()
    {
        OperatorAction action = Pick(OperatorAction.EndDoubt, OperatorAction.CancelAll, (OperatorAction)random.Next(100, 200));
        return new OrderStep(InputBytes.Command(action, Scope.Shard, 0), model => model.OnCommand(action), action);
    }

    private OrderStep Reconciliation()
    {
        long within = random.Next(4) switch { 0 => 0, 1 => 10 * EngineHarness.SecondNanos, 2 => 3_000 * EngineHarness.SecondNanos, _ => Extreme() };
        return new OrderStep(InputBytes.ReconciliationStart(within), model => model.OnReconciliation(within));
    }

    private OrderStep Malformed()
    {
        // Of a command only the reason's text could be cut, which nobody reads.
        OrderStep step = Next();
        byte[] bytes = step.Request is OperatorAction ? InputBytes.Tick(0) : step.Bytes;
        byte[] wrong = random.Next(3) switch
        {
            0 => bytes[..random.Next(bytes.Length)],
            1 => [.. bytes.Take(2), .. BitConverter.GetBytes((ushort)9_999), .. bytes.Skip(4)],
            _ => [],
        };
        return new OrderStep(wrong, model => model.OnMalformed(wrong.Length));
    }

    // Mostly what is open, most of all what is young; now and then what has ended.
    private NaiveOrder? Some()
    {
        NaiveOrder[] candidates = [.. random.Next(8) == 0 ? model.Orders.Values : model.Orders.Values.Where(order => order.IsOpen)];
        return candidates.Length == 0 || Rarely(60) ? null : candidates[Math.Max(random.Next(candidates.Length), random.Next(candidates.Length))];
    }

    private uint Instrument() => Rarely(80) ? 9 : random.Next(3) == 0 ? 2u : 1u;

    private long Extreme() => Pick(Extremes);

    private bool Rarely(int one) => random.Next(one) == 0;

    private T Pick<T>(params T[] values) => values[random.Next(values.Length)];
}
