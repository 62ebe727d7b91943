using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

public class ReportTests
{
    [Test]
    public void An_order_is_accepted_filled_in_parts_and_filled()
    {
        EngineHarness engine = WithOrder(out ulong order);
        Assert.That(engine.News(order, ExecutionKind.Accepted).One<OrderNews>().Status, Is.EqualTo(OrderStatus.Working));
        OrderNews part = engine.Fill(order, 4, 100).One<OrderNews>();
        Assert.That((part.Status, part.Cumulative, part.Leaves, part.LastQuantity, part.LastPrice),
            Is.EqualTo((OrderStatus.PartiallyFilled, 4m, 6m, 4m, 100m)));
        OrderNews rest = engine.Fill(order, 6, 101).One<OrderNews>();
        Assert.That((rest.Status, rest.Cumulative, rest.Leaves), Is.EqualTo((OrderStatus.Filled, 10m, 0m)));
        Assert.That((engine.Held, engine.Cash), Is.EqualTo((10m, 100_000m - 400 - 606)));
        Assert.That(engine.Account.Reserved.Raw, Is.Zero);
    }

    [Test]
    public void A_fill_during_a_pending_cancel_is_booked_and_the_cancel_ends_the_rest()
    {
        EngineHarness engine = WithOrder(out ulong order);
        engine.News(order, ExecutionKind.Accepted);
        Assert.That(engine.Cancel(order).One<CancelSent>().Id, Is.EqualTo(order));
        Assert.That(engine.Cancel(order).All, Is.Empty, "a cancel is asked for once");
        Assert.That(engine.Fill(order, 4, 100).One<OrderNews>().Status, Is.EqualTo(OrderStatus.PendingCancel));
        OrderNews end = engine.News(order, ExecutionKind.Cancelled).One<OrderNews>();
        Assert.That((end.Status, end.Cumulative, end.Leaves), Is.EqualTo((OrderStatus.Cancelled, 4m, 0m)));
        Assert.That(Scaled.Of(engine.Find(order).Ended.Raw), Is.EqualTo(6m));
        Assert.That(engine.Account.Reserved.Raw, Is.Zero);
    }

    [Test]
    public void A_refused_cancel_brings_the_order_back()
    {
        EngineHarness engine = WithOrder(out ulong order);
        engine.News(order, ExecutionKind.Accepted);
        engine.Cancel(order);
        Assert.That(engine.News(order, ExecutionKind.CancelRejected).One<OrderNews>().Status, Is.EqualTo(OrderStatus.Working));
        Assert.That(engine.Cancel(order).One<CancelSent>().Id, Is.EqualTo(order), "and it can be cancelled again");
    }

    [TestCase(ExecutionKind.Cancelled, OrderStatus.Cancelled)]
    [TestCase(ExecutionKind.Expired, OrderStatus.Expired)]
    [TestCase(ExecutionKind.Rejected, OrderStatus.Rejected)]
    public void A_fill_after_the_end_is_booked_and_reported(ExecutionKind kind, OrderStatus ended)
    {
        EngineHarness engine = WithOrder(out ulong order);
        engine.News(order, kind);
        Reply late = engine.Fill(order, 4, 100);
        Assert.That(late.One<Alert>().Reason, Is.EqualTo(ReasonCode.LateReport));
        Assert.That(late.One<OrderNews>(), Is.EqualTo(late.One<OrderNews>() with { Status = ended, Cumulative = 4, Leaves = 0 }));
        Assert.That(engine.Held, Is.EqualTo(4m), "T17");
        Assert.That(late.Has0<Sent>(), Is.True, "nothing is sent on top");
        Assert.That(engine.Fill(order, 6, 100).One<OrderNews>().Status, Is.EqualTo(OrderStatus.Filled), "the status is corrected");
        Assert.That(engine.State.Orders.OpenCount, Is.Zero);
    }

    [Test]
    public void A_doubled_fill_is_booked_once()
    {
        EngineHarness engine = WithOrder(out ulong order);
        engine.Fill(order, 4, 100, tradeId: 77);
        ulong before = engine.Position.Quantity.Raw == 0 ? 0 : engine.State.Clients[0].FillsAdded == 1 ? 1UL : 2;
        Alert doubled = engine.Fill(order, 4, 100, tradeId: 77).One<Alert>();
        Assert.That((doubled.Reason, doubled.Subject), Is.EqualTo((ReasonCode.DuplicateFill, 77UL)));
        Assert.That((engine.Held, before), Is.EqualTo((4m, 1UL)));
    }

    [Test]
    public void A_trade_between_two_orders_of_ours_is_a_fill_of_each()
    {
        EngineHarness engine = WithOrder(out ulong buy);
        engine.Send(new StrategyRecord { Id = 2 }.Encode());
        ulong sell = engine.Submit(Side.Sell, 10, limit: 100, strategy: 2).One<Sent>().Id;
        engine.Fill(buy, 10, 100, tradeId: 5);
        Assert.That(engine.Fill(sell, 10, 100, tradeId: 5).Has0<Alert>(), Is.True, "both sides of one trade carry its id");
        Assert.That(Scaled.Of(engine.State.Positions[1].Quantity.Raw), Is.EqualTo(-10m));
        Assert.That(engine.Cash, Is.EqualTo(100_000m));
    }

    [Test]
    public void More_than_was_ordered_is_booked_and_named()
    {
        EngineHarness engine = WithOrder(out ulong order);
        engine.Fill(order, 9, 100);
        Reply over = engine.Fill(order, 3, 100);
        Alert alert = over.One<Alert>();
        Assert.That((alert.Severity, alert.Reason, Scaled.Of(alert.Expected), Scaled.Of(alert.Actual)),
            Is.EqualTo((Severity.Critical, ReasonCode.Overfill, 10m, 12m)));
        Assert.That(over.One<OrderNews>().Status, Is.EqualTo(OrderStatus.Filled));
        Assert.That((engine.Held, engine.Account.Reserved.Raw, engine.Position.PendingOpening.Raw), Is.EqualTo((12m, 0L, 0L)));
    }

    [Test]
    public void A_gap_between_the_venues_sum_and_the_booked_fills_is_named_with_both_numbers()
    {
        EngineHarness engine = WithOrder(out ulong order);
        Alert gap = engine.Send(new Report
        {
            Order = order,
            Kind = ExecutionKind.Fill,
            Side = Side.Buy,
            TradeId = 2,
            Quantity = Scaled.Raw(3),
            Price = Scaled.Raw(100),
            Cumulative = Scaled.Raw(7),
        }.Encode()).One<Alert>();
        Assert.That((gap.Reason, Scaled.Of(gap.Expected), Scaled.Of(gap.Actual)), Is.EqualTo((ReasonCode.FillGap, 7m, 3m)));
        Assert.That(engine.Held, Is.EqualTo(3m));
    }

    [Test]
    public void A_rejection_keeps_the_venues_reason()
    {
        EngineHarness engine = WithOrder(out ulong order);
        OrderNews rejected = engine.News(order, ExecutionKind.Rejected, ReasonCode.InsufficientBalance).One<OrderNews>();
        Assert.That((rejected.Status, rejected.Reason, rejected.Leaves), Is.EqualTo((OrderStatus.Rejected, ReasonCode.InsufficientBalance, 0m)));
        Assert.That(engine.Account.Reserved.Raw, Is.Zero);
    }

    [TestCase(0, 100, 0, FeeCurrency.Quote, Side.Buy)]
    [TestCase(-1, 100, 0, FeeCurrency.Quote, Side.Buy)]
    [TestCase(1, 0, 0, FeeCurrency.Quote, Side.Buy)]
    [TestCase(1, -5, 0, FeeCurrency.Quote, Side.Buy)]
    [TestCase(1, 100, 1, FeeCurrency.Base, Side.Buy)]
    [TestCase(1, 100, 0, (FeeCurrency)9, Side.Buy)]
    [TestCase(1, 100, 0, FeeCurrency.Quote, Side.Sell)]
    [TestCase(1, 100, 0, FeeCurrency.Quote, (Side)0)]
    public void A_fill_that_makes_no_sense_changes_no_book(int quantity, int price, int fee, FeeCurrency currency, Side side)
    {
        EngineHarness engine = WithOrder(out ulong order);
        Alert alert = engine.Send(new Report
        {
            Order = order,
            Kind = ExecutionKind.Fill,
            Side = side,
            TradeId = 9,
            Quantity = Scaled.Raw(quantity),
            Price = Scaled.Raw(price),
            Fee = Scaled.Raw(fee),
            FeeCurrency = currency,
        }.Encode()).One<Alert>();
        Assert.That((alert.Severity, alert.Reason), Is.EqualTo((Severity.Critical, ReasonCode.InvalidValue)));
        Assert.That((engine.Held, engine.Cash, engine.Find(order).Cumulative.Raw), Is.EqualTo((0m, 100_000m, 0L)));
    }

    private static EngineHarness WithOrder(out ulong order)
    {
        var engine = new EngineHarness();
        order = engine.Submit(Side.Buy, 10, limit: 100).One<Sent>().Id;
        Assert.That(engine.Account.Reserved.Raw, Is.EqualTo(Scaled.Raw(1_000)));
        return engine;
    }
}
