using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>Sums that come near 64 bits: the engine refuses by name and never throws, whatever a message says (D19).</summary>
public class ExtremeNumberTests
{
    private const long Most = Bounds.QuantityMax;

    private ulong _trades;

    [Test]
    public void Pending_quantity_never_leaves_64_bits()
    {
        EngineHarness engine = WithUnitSteps();
        Reply[] replies = [.. Enumerable.Range(0, 12).Select(_ => Submit(engine, Side.Buy, Most))];
        Assert.That(replies.Count(reply => reply.Of<Sent>().Length == 1), Is.EqualTo(9));
        Assert.That(replies[9].One<Refused>().Reason, Is.EqualTo(ReasonCode.ArithmeticOverflow));
        Assert.That(engine.Position.PendingOpening.Raw, Is.EqualTo(9 * Most));
    }

    [Test]
    public void A_venue_cannot_amend_pending_quantity_beyond_64_bits()
    {
        EngineHarness engine = WithUnitSteps();
        ulong[] orders = [.. Enumerable.Range(0, 12).Select(_ => Submit(engine, Side.Buy, 1).One<Sent>().Id)];
        Alert[] alerts = [.. orders.SelectMany(order =>
            engine.Send(new Report { Order = order, Kind = ExecutionKind.Amended, Leaves = Most, NewPrice = 1 }.Encode()).Of<Alert>())];
        Assert.That(alerts.Select(alert => (alert.Severity, alert.Reason)),
            Is.EqualTo(Enumerable.Repeat((Severity.Critical, ReasonCode.ArithmeticOverflow), 3)));
        foreach (ulong order in orders)
        {
            engine.Send(new Report { Order = order, Kind = ExecutionKind.Cancelled }.Encode());
        }

        Assert.That((engine.Position.PendingOpening.Raw, engine.Account.Reserved.Raw), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public void A_venue_cannot_amend_reserved_funds_beyond_64_bits()
    {
        EngineHarness engine = WithUnitSteps();
        ulong[] orders = [.. Enumerable.Range(0, 3).Select(_ => Submit(engine, Side.Buy, 1).One<Sent>().Id)];
        Reply[] replies = [.. orders.Select(order => engine.Send(new Report
        {
            Order = order,
            Kind = ExecutionKind.Amended,
            Leaves = 6_000_000_000 * FixedPoint.One / 1_000,
            NewPrice = 1_000_000 * FixedPoint.One / 100,
        }.Encode()))];
        Assert.That(replies.Select(reply => reply.Of<Alert>().Length), Does.Contain(1));
        Assert.That(engine.Account.Reserved.Raw, Is.Positive);
    }

    [Test]
    public void What_one_order_executed_never_leaves_64_bits()
    {
        EngineHarness engine = WithUnitSteps();
        ulong buy = Submit(engine, Side.Buy, 1).One<Sent>().Id;
        ulong sell = Submit(engine, Side.Sell, 1).One<Sent>().Id;
        Alert[] last = [];
        for (int i = 0; i < 10; i++)
        {
            last = Fill(engine, buy, Side.Buy, Most).Of<Alert>();
            Fill(engine, sell, Side.Sell, Most);
        }

        Assert.That(last.Single().Reason, Is.EqualTo(ReasonCode.ArithmeticOverflow), "the tenth fill of an overfilled order");
        Assert.That(engine.Find(buy).Cumulative.Raw, Is.EqualTo(9 * Most));
    }

    [Test]
    public void A_position_never_reaches_the_number_without_an_opposite()
    {
        EngineHarness engine = WithUnitSteps();
        ulong sell = Submit(engine, Side.Sell, 1).One<Sent>().Id;
        ulong other = Submit(engine, Side.Sell, 1).One<Sent>().Id;
        for (int i = 0; i < 9; i++)
        {
            Fill(engine, sell, Side.Sell, Most);
        }

        long rest = long.MaxValue - (9 * Most);
        Assert.That(Fill(engine, other, Side.Sell, rest + 1).One<Alert>(), Is.EqualTo(
            new Alert(Severity.Critical, ReasonCode.ArithmeticOverflow, ExecutionReportDecoder.TemplateId, other, 1, rest + 1)));
        Assert.That(engine.Position.Quantity.Raw, Is.EqualTo(-9 * Most), "nothing was booked");
        Fill(engine, other, Side.Sell, rest);
        Assert.That(engine.Position.Quantity.Raw, Is.EqualTo(-long.MaxValue));
        Assert.That(engine.Signal(Direction.Long).Has0<Sent>(), Is.True, "above the venue's maximum, refused by name");
        Assert.That(Submit(engine, Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_reversal_whose_parts_do_not_fit_together_is_refused()
    {
        EngineHarness engine = WithUnitSteps();
        engine.Send(new StrategyRecord { EquityFraction = 0.7m }.Encode());
        ulong buy = Submit(engine, Side.Buy, 1).One<Sent>().Id;
        for (int i = 0; i < 6; i++)
        {
            Fill(engine, buy, Side.Buy, Most);
        }

        // Six parts close and more than four open: ten do not fit in 64 bits.
        engine.Send(InputBytes.Trade(1, FixedPoint.One / 5));
        Assert.That(engine.Signal(Direction.Short).Of<Refused>().Select(refused => refused.Reason),
            Is.EqualTo(new[] { ReasonCode.QuantityAboveMaximum, ReasonCode.QuantityAboveMaximum }));
    }

    [Test]
    public void A_mark_that_values_a_position_at_the_smallest_number_is_survived()
    {
        EngineHarness engine = WithUnitSteps();
        ulong sell = Submit(engine, Side.Sell, 1).One<Sent>().Id;
        ulong other = Submit(engine, Side.Sell, 1).One<Sent>().Id;
        for (int i = 0; i < 4; i++)
        {
            Fill(engine, sell, Side.Sell, Most);
        }

        Fill(engine, other, Side.Sell, (1L << 62) - (4 * Most));
        engine.Send(InputBytes.Trade(1, 2 * FixedPoint.One));
        for (int i = 0; i < 4; i++)
        {
            Submit(engine, Side.Buy, Most).One<Sent>();
        }

        // All but three units are being closed: of five, two would open, and the balance is asked with a value of -2^63.
        Submit(engine, Side.Buy, (1L << 62) - (4 * Most) - 3).One<Sent>();
        Assert.That(Submit(engine, Side.Buy, 5).One<Refused>().Reason, Is.EqualTo(ReasonCode.InsufficientBalance).Or.EqualTo(ReasonCode.ArithmeticOverflow));
    }

    [Test]
    public void Seeds_never_move_cash_beyond_64_bits()
    {
        var engine = new EngineHarness(account: new AccountRecord { Cash = 50_000_000_000m });
        engine.Send(new InstrumentRecord { Id = 2 }.Encode());
        engine.Send(new InstrumentRecord { Id = 3 }.Encode());
        long price = 40_000_000_000 * FixedPoint.One / 1_000;
        Assert.That(engine.Send(InputBytes.Seed(1, 1, -1_000 * FixedPoint.One, price)).Of<PositionNews>(), Has.Length.EqualTo(1));
        Assert.That(engine.Send(InputBytes.Seed(1, 2, -1_000 * FixedPoint.One, price)).One<Alert>().Reason, Is.EqualTo(ReasonCode.ArithmeticOverflow));
        Assert.That(engine.Send(InputBytes.Seed(1, 3, Most, Bounds.PriceMax)).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue));
        Assert.That(engine.Send(InputBytes.Seed(1, 3, Most - 1, Bounds.PriceMax)).One<Alert>().Reason, Is.EqualTo(ReasonCode.ArithmeticOverflow));
    }

    [TestCase(long.MinValue)]
    [TestCase(-1)]
    [TestCase(0)]
    [TestCase(Bounds.PriceMax + 1)]
    [TestCase(long.MaxValue)]
    public void A_price_outside_its_bounds_moves_no_mark(long price)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        Assert.That(engine.Send(InputBytes.Trade(1, price)).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue));
        Assert.That(engine.Send(InputBytes.Quote(1, price, Scaled.Raw(100))).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue));
        Assert.That(engine.Send(InputBytes.Bar(1, BarPhase.Closed, 5, 5, price, 5)).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue));
        Assert.That(engine.State.Instruments[0].Mark.Raw, Is.EqualTo(Scaled.Raw(100)));
    }

    /// <summary>A market where one raw unit is a lot and a tick, at the smallest price, and far more money than it costs.</summary>
    private static EngineHarness WithUnitSteps()
    {
        var instrument = new InstrumentRecord { PriceTick = 0.00000001m, QuantityStep = 0.00000001m };
        var engine = new EngineHarness(instrument: instrument, account: new AccountRecord { Cash = 10_000m });
        engine.Send(InputBytes.Trade(1, 1));
        return engine;
    }

    private static Reply Submit(EngineHarness engine, Side side, long quantity) =>
        engine.Send(InputBytes.Submit(1, 1, 1, side, OrderType.Limit, quantity, 1));

    private Reply Fill(EngineHarness engine, ulong order, Side side, long quantity) => engine.Send(new Report
    {
        Order = order,
        Kind = ExecutionKind.Fill,
        Side = side,
        TradeId = ++_trades,
        Quantity = quantity,
        Price = 1,
        Cumulative = engine.Find(order).Cumulative.Raw + quantity,
    }.Encode());
}
