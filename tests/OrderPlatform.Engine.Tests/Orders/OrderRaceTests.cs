using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>The races of the issue, each through the engine (R63, R64, R69, T17).</summary>
internal sealed class OrderRaceTests
{
    [Test]
    [Description("T17: a fill during a cancel, and the cancel is then refused")]
    public void A_fill_that_wins_against_the_cancel_ends_the_order()
    {
        EngineHarness engine = Working(out ulong order);
        engine.Cancel(order);
        Assert.That(engine.Fill(order, 10, 100).One<OrderNews>().Status, Is.EqualTo(OrderStatus.Filled));
        Assert.That(engine.News(order, ExecutionKind.CancelRejected).One<OrderNews>().Status, Is.EqualTo(OrderStatus.Filled), "no news");
        Assert.That(engine.Held, Is.EqualTo(10m));
    }

    [Test]
    [Description("R64: an amend that is refused after a partial fill")]
    public void An_amend_refused_after_a_partial_fill_leaves_the_order_as_it_was()
    {
        EngineHarness engine = Working(out ulong order);
        engine.Amend(order, quantity: 4);
        engine.Fill(order, 5, 100);
        OrderNews refused = engine.News(order, ExecutionKind.AmendRejected, ReasonCode.AmendRefused).One<OrderNews>();
        Assert.That((refused.Status, refused.Quantity, refused.Leaves, refused.Reason),
            Is.EqualTo((OrderStatus.PartiallyFilled, 10m, 5m, ReasonCode.AmendRefused)));
        Assert.That(engine.Amend(order, quantity: 8).Of<AmendSent>(), Has.Length.EqualTo(1), "another one may be asked for");
    }

    [Test]
    [Description("R63: a late acknowledgement")]
    public void An_acknowledgement_after_a_fill_changes_no_state()
    {
        EngineHarness engine = Sent(out ulong order);
        engine.Fill(order, 4, 100);
        OrderNews late = engine.News(order, ExecutionKind.Accepted).One<OrderNews>();
        Assert.That((late.Status, late.Cumulative), Is.EqualTo((OrderStatus.PartiallyFilled, 4m)));
        engine.Fill(order, 6, 100);
        Assert.That(engine.News(order, ExecutionKind.Accepted).One<Alert>().Reason, Is.EqualTo(ReasonCode.LateReport));
    }

    [Test]
    [Description("R64: the cancel overtakes the order")]
    public void A_cancel_that_overtook_its_order_is_refused_and_can_be_asked_again()
    {
        EngineHarness engine = Sent(out ulong order);
        engine.Cancel(order);
        Assert.That(engine.News(order, ExecutionKind.CancelRejected, ReasonCode.UnknownOrder).One<OrderNews>().Status, Is.EqualTo(OrderStatus.PendingNew));
        engine.News(order, ExecutionKind.Accepted);
        Assert.That(engine.Cancel(order).One<CancelSent>().Id, Is.EqualTo(order));
    }

    [Test]
    [Description("R63: an acknowledgement during a cancel")]
    public void A_cancel_refused_after_the_acknowledgement_returns_to_a_working_order()
    {
        EngineHarness engine = Sent(out ulong order);
        engine.Cancel(order);
        engine.News(order, ExecutionKind.Accepted);
        Assert.That(engine.News(order, ExecutionKind.CancelRejected).One<OrderNews>().Status, Is.EqualTo(OrderStatus.Working));
    }

    [Test]
    [Description("R63: a report of an order that nobody knows")]
    public void News_of_an_unknown_order_are_named()
    {
        EngineHarness engine = Working(out _);
        Alert alert = engine.Send(new Report { Order = 77, Kind = ExecutionKind.Fill, Side = Side.Buy, Quantity = 1, Price = 1 }.Encode()).One<Alert>();
        Assert.That((alert.Reason, alert.Subject, engine.Held), Is.EqualTo((ReasonCode.UnknownOrder, 77UL, 0m)));
    }

    [Test]
    [Description("T5: an overfill after the end")]
    public void More_than_ordered_after_the_end_is_booked_and_named_twice()
    {
        EngineHarness engine = Working(out ulong order);
        engine.Fill(order, 10, 100);
        Reply over = engine.Fill(order, 2, 100);
        Assert.That(over.Of<Alert>().Select(alert => alert.Reason), Is.EqualTo(new[] { ReasonCode.LateReport, ReasonCode.Overfill }));
        Assert.That((engine.Held, engine.Find(order).Status), Is.EqualTo((12m, OrderStatus.Filled)));
    }

    [Test]
    [Description("R64: an amend that was lost in a crash is asked for again")]
    public void An_amend_that_was_lost_in_a_crash_is_asked_for_again()
    {
        EngineHarness engine = Working(out ulong order);
        engine.Amend(order, quantity: 4, price: 95);
        engine.Send(InputBytes.EpochStart(2));
        engine.Send(InputBytes.ReconciliationStart(60 * EngineHarness.SecondNanos));
        byte[] asBefore = InputBytes.Status(order, VenueOrderState.Working, 0, Scaled.Raw(10), Scaled.Raw(100));
        Assert.That(engine.Send(asBefore).One<AmendSent>(), Is.EqualTo(new AmendSent(order, 4, 95)));
        Assert.That(Scaled.Of(engine.Find(order).Quantity.Raw), Is.EqualTo(10m), "until the venue says so");
    }

    [Test]
    [Description("R64: an amend that counted before the crash")]
    public void An_amend_that_counted_before_the_crash_is_known_from_the_answer()
    {
        EngineHarness engine = Working(out ulong order);
        engine.Amend(order, quantity: 4, price: 95);
        engine.Send(InputBytes.EpochStart(2));
        engine.Send(InputBytes.ReconciliationStart(60 * EngineHarness.SecondNanos));
        Reply known = engine.Send(InputBytes.Status(order, VenueOrderState.Working, 0, Scaled.Raw(4), Scaled.Raw(95)));
        Assert.That((known.Of<AmendSent>().Length, engine.Find(order).Quantity.Raw, engine.Find(order).AmendQuantity.Raw), Is.EqualTo((0, Scaled.Raw(4), 0L)));
    }

    [Test]
    [Description("R63: a stop becomes live at the venue")]
    public void A_triggered_stop_works()
    {
        EngineHarness engine = Sent(out ulong order);
        Assert.That(engine.News(order, ExecutionKind.Triggered).One<OrderNews>().Status, Is.EqualTo(OrderStatus.Working));
    }

    [Test]
    [Description("R93, R94: counters of orders")]
    public void Orders_are_counted_by_what_became_of_them()
    {
        EngineHarness engine = Sent(out ulong first);
        engine.News(first, ExecutionKind.Accepted);
        engine.Fill(first, 10, 100);
        engine.News(engine.Submit(Side.Buy, 1, limit: 100).One<Sent>().Id, ExecutionKind.Rejected);
        engine.News(engine.Submit(Side.Buy, 1, limit: 100).One<Sent>().Id, ExecutionKind.Expired);
        var tally = engine.State.Positions.TallyOf(0);
        Assert.That((tally.Orders, tally.Acknowledged, tally.Filled, tally.Rejected, tally.Cancelled, tally.FirstFills),
            Is.EqualTo((3UL, 1UL, 1UL, 1UL, 1UL, 1UL)));
        Assert.That((tally.AcknowledgeNanos, tally.FirstFillNanos), Is.EqualTo(((ulong)EngineHarness.SecondNanos, 2 * (ulong)EngineHarness.SecondNanos)));
    }

    private static EngineHarness Sent(out ulong order)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        order = engine.Submit(Side.Buy, 10, limit: 100).One<Sent>().Id;
        return engine;
    }

    private static EngineHarness Working(out ulong order)
    {
        EngineHarness engine = Sent(out order);
        engine.News(order, ExecutionKind.Accepted);
        return engine;
    }
}
