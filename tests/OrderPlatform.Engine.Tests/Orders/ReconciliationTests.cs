using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>Orders in doubt after a restart (T1, T2, law 4).</summary>
public class ReconciliationTests
{
    private const long Minute = 60 * EngineHarness.SecondNanos;

    [Test]
    public void A_restart_asks_for_every_open_order_and_for_no_other_before_anything_is_sent()
    {
        EngineHarness engine = Running();
        engine.Hold(2, 100);
        ulong first = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>().Id;
        ulong second = engine.Submit(Side.Buy, 3, limit: 80).One<Sent>().Id;
        engine.Fill(second, 0.5m, 80);
        Reply reply = Restart(engine);
        Assert.That(reply.Of<Asked>(), Is.EquivalentTo(new[] { new Asked(first, 0), new Asked(second, 0.5m) }));
        Assert.That(reply.One<Alert>(), Is.EqualTo(new Alert(Severity.Information, ReasonCode.ReconciliationStarted, ReconciliationStartDecoder.TemplateId, 2, 0, 0)));
        Assert.That(reply.All, Has.Count.EqualTo(3), "nothing is sent");
    }

    [Test]
    public void New_orders_are_refused_with_the_reason_until_the_last_answer()
    {
        EngineHarness engine = Running();
        ulong first = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>().Id;
        ulong second = engine.Submit(Side.Buy, 1, limit: 80).One<Sent>().Id;
        Restart(engine);
        AssertRefused(engine, first);
        Answer(engine, first, VenueOrderState.Working, leaves: 1);
        AssertRefused(engine, first);
        Assert.That(Answer(engine, second, VenueOrderState.Working, leaves: 1).Of<Alert>().Select(alert => alert.Reason),
            Is.EqualTo(new[] { ReasonCode.ReconciliationComplete }));
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
        Assert.That(engine.Signal(Direction.Long).One<Decision>().Reason, Is.Not.EqualTo(ReasonCode.Reconciling));
        Assert.That(engine.State.ResendWithinNanos, Is.Zero);
    }

    [Test]
    public void Between_the_start_of_an_epoch_and_of_its_reconciliation_nothing_is_sent_either()
    {
        EngineHarness engine = Running();
        ulong order = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>().Id;
        Assert.That(engine.Send(InputBytes.EpochStart(2)).All, Is.Empty);
        AssertRefused(engine, order);
    }

    [Test]
    public void Without_open_orders_the_reconciliation_is_complete_at_once()
    {
        EngineHarness engine = Running();
        Assert.That(Restart(engine).Of<Alert>().Select(alert => alert.Reason),
            Is.EqualTo(new[] { ReasonCode.ReconciliationStarted, ReasonCode.ReconciliationComplete }));
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_young_order_that_never_reached_its_venue_is_sent_again_under_its_own_id()
    {
        EngineHarness engine = Running();
        Sent order = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>();
        Restart(engine);
        Reply reply = Answer(engine, order.Id, VenueOrderState.NotKnown);
        Assert.That(reply.One<Sent>(), Is.EqualTo(order));
        Assert.That(reply.Of<Alert>().Select(alert => alert.Reason), Is.EqualTo(new[] { ReasonCode.SentAgain, ReasonCode.ReconciliationComplete }));
        Assert.That(Answer(engine, order.Id, VenueOrderState.NotKnown).Has0<Sent>(), "an answer that comes twice sends nothing twice");
    }

    [Test]
    public void An_old_order_that_never_reached_its_venue_ends_and_gives_its_funds_back()
    {
        EngineHarness engine = Running();
        ulong order = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>().Id;
        engine.NowNanos += 2 * Minute;
        Restart(engine);
        Reply reply = Answer(engine, order, VenueOrderState.NotKnown);
        Assert.That(reply.Has0<Sent>());
        Assert.That(reply.One<OrderNews>(), Has.Property("Status").EqualTo(OrderStatus.Rejected).And.Property("Reason").EqualTo(ReasonCode.NeverAtVenue));
        Assert.That((engine.Account.Reserved.Raw, engine.Position.PendingOpening.Raw, engine.State.Orders.OpenCount), Is.EqualTo((0L, 0L, 0)));
    }

    [Test]
    public void An_order_under_way_is_known_without_being_sent_again()
    {
        EngineHarness engine = Running();
        ulong order = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>().Id;
        Restart(engine);
        Reply reply = Answer(engine, order, VenueOrderState.UnderWay);
        Assert.That(reply.One<Alert>().Reason, Is.EqualTo(ReasonCode.ReconciliationComplete));
        Assert.That(reply.Has0<Sent>());
        Assert.That(engine.Find(order).Status, Is.EqualTo(OrderStatus.PendingNew));
    }

    [Test]
    public void A_working_order_takes_the_quantity_and_the_limit_that_its_venue_has()
    {
        EngineHarness engine = Running();
        ulong order = engine.Submit(Side.Buy, 4, limit: 90).One<Sent>().Id;
        engine.News(order, ExecutionKind.Accepted);
        engine.Amend(order, quantity: 2, price: 91);
        Restart(engine);
        Answer(engine, order, VenueOrderState.Working, leaves: 2, price: 91);
        Assert.That((engine.Find(order).Quantity.Raw, engine.Find(order).LimitPrice.Raw), Is.EqualTo((Scaled.Raw(2), Scaled.Raw(91))));
        Assert.That(engine.Account.Reserved.Raw, Is.EqualTo(Scaled.Raw(182)));
    }

    [Test]
    public void A_missed_fill_comes_before_the_answer_and_counts_once()
    {
        EngineHarness engine = Running();
        ulong order = engine.Submit(Side.Buy, 2, limit: 90).One<Sent>().Id;
        engine.Fill(order, 0.5m, 90, tradeId: 7);
        Restart(engine);
        engine.Fill(order, 0.5m, 90, tradeId: 7);
        engine.Fill(order, 1, 90, tradeId: 8);
        Reply reply = Answer(engine, order, VenueOrderState.Working, cumulative: 1.5m, leaves: 0.5m);
        Assert.That(reply.One<Alert>().Reason, Is.EqualTo(ReasonCode.ReconciliationComplete));
        Assert.That((engine.Held, engine.Find(order).Status), Is.EqualTo((1.5m, OrderStatus.PartiallyFilled)));
    }

    [TestCase(VenueOrderState.Working)]
    [TestCase(VenueOrderState.Ended)]
    public void An_answer_that_does_not_fit_the_booked_fills_leaves_the_order_in_doubt(VenueOrderState state)
    {
        EngineHarness engine = Running();
        ulong order = engine.Submit(Side.Buy, 2, limit: 90).One<Sent>().Id;
        Restart(engine);
        Alert alert = Answer(engine, order, state, cumulative: 1, leaves: 1).One<Alert>();
        Assert.That(alert, Is.EqualTo(
            new Alert(Severity.Critical, ReasonCode.FillGap, OrderStatusReportDecoder.TemplateId, order, Scaled.Raw(1), 0)));
        AssertRefused(engine, order);
        engine.Fill(order, 1, 90);
        Assert.That(Answer(engine, order, VenueOrderState.Working, cumulative: 1, leaves: 1).One<Alert>().Reason, Is.EqualTo(ReasonCode.ReconciliationComplete));
    }

    [TestCase(ExecutionKind.Cancelled, OrderStatus.Cancelled)]
    [TestCase(ExecutionKind.Expired, OrderStatus.Expired)]
    [TestCase(ExecutionKind.Rejected, OrderStatus.Rejected)]
    public void The_report_that_ends_an_order_ends_the_doubt(ExecutionKind kind, OrderStatus status)
    {
        EngineHarness engine = Running();
        ulong order = engine.Submit(Side.Buy, 2, limit: 90).One<Sent>().Id;
        Restart(engine);
        Assert.That(engine.News(order, kind).One<Alert>().Reason, Is.EqualTo(ReasonCode.ReconciliationComplete));
        Assert.That(engine.Find(order).Status, Is.EqualTo(status));
        Assert.That(Answer(engine, order, VenueOrderState.Ended).All, Is.Empty, "the answer itself is no news then");
        Assert.That(Answer(engine, order, VenueOrderState.Working).One<Alert>().Reason, Is.EqualTo(ReasonCode.LateReport));
    }

    [Test]
    public void A_cancel_that_may_be_lost_is_asked_for_again_once_the_order_is_known_to_work()
    {
        EngineHarness engine = Running();
        ulong order = engine.Submit(Side.Buy, 2, limit: 90).One<Sent>().Id;
        engine.Cancel(order);
        Restart(engine);
        Assert.That(Answer(engine, order, VenueOrderState.Working, leaves: 2).One<CancelSent>().Id, Is.EqualTo(order));
        Assert.That((engine.Find(order).Status, engine.Find(order).StatusBeforeCancel), Is.EqualTo((OrderStatus.PendingCancel, OrderStatus.Working)));
    }

    [Test]
    public void A_cancelled_order_that_never_reached_its_venue_is_not_sent()
    {
        EngineHarness engine = Running();
        ulong order = engine.Submit(Side.Buy, 2, limit: 90).One<Sent>().Id;
        Restart(engine);
        Assert.That(engine.Cancel(order).Has0<CancelSent>(), "it waits for the answer");
        Reply reply = Answer(engine, order, VenueOrderState.NotKnown);
        Assert.That((reply.Of<Sent>().Length, reply.One<OrderNews>().Status), Is.EqualTo((0, OrderStatus.Cancelled)));
    }

    [Test]
    public void An_acknowledged_order_that_its_venue_forgot_waits_for_a_person()
    {
        EngineHarness engine = Running();
        ulong order = engine.Submit(Side.Buy, 2, limit: 90).One<Sent>().Id;
        engine.News(order, ExecutionKind.Accepted);
        Restart(engine);
        Assert.That(Answer(engine, order, VenueOrderState.NotKnown).One<Alert>(), Has.Property("Reason").EqualTo(ReasonCode.ForgottenByVenue)
            .And.Property("Severity").EqualTo(Severity.Critical));
        AssertRefused(engine, order);
        Reply reply = engine.Command(OperatorAction.EndDoubt);
        Assert.That(reply.Of<Alert>().Select(alert => alert.Reason), Is.EqualTo(new[] { ReasonCode.OperatorEndDoubt, ReasonCode.ReconciliationComplete }));
        Assert.That(reply.One<OrderNews>(), Has.Property("Status").EqualTo(OrderStatus.Cancelled).And.Property("Reason").EqualTo(ReasonCode.OperatorEndDoubt));
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void An_intent_that_waited_for_an_order_in_doubt_goes_on_when_all_is_known()
    {
        EngineHarness engine = Running(new StrategyRecord { Type = OrderType.Limit, LimitOffset = 0.01m });
        ulong entry = engine.Signal(Direction.Long).One<Sent>().Id;
        ulong other = engine.Submit(Side.Buy, 1, limit: 50).One<Sent>().Id;
        Assert.That(engine.Signal(Direction.Short).One<CancelSent>().Id, Is.EqualTo(entry));
        Restart(engine);
        Assert.That(engine.News(entry, ExecutionKind.Cancelled).Has0<Sent>(), "another order is still in doubt");
        Assert.That(Answer(engine, other, VenueOrderState.Working, leaves: 1).One<Sent>().Side, Is.EqualTo(Side.Sell));
    }

    [Test]
    public void A_stop_that_is_reached_meanwhile_leaves_when_all_is_known()
    {
        EngineHarness engine = Running(new StrategyRecord { StopLoss = 0.1m });
        engine.Hold(1, 100);
        ulong resting = engine.Submit(Side.Buy, 1, limit: 50).One<Sent>().Id;
        Restart(engine);
        Assert.That(engine.Trade(80).Has0<Sent>());
        Assert.That(engine.Trade(79).Has0<Refused>(), "and is not refused with every price");
        Sent exit = Answer(engine, resting, VenueOrderState.Working, leaves: 1).One<Sent>();
        Assert.That((exit.Side, exit.Quantity, exit.Type), Is.EqualTo((Side.Sell, 1m, OrderType.Market)));
    }

    [Test]
    public void An_order_at_the_venue_that_nobody_here_knows_is_a_critical_alert()
    {
        EngineHarness engine = Running();
        Restart(engine);
        Alert alert = engine.Send(InputBytes.Status(99, VenueOrderState.Working, leaves: 1)).One<Alert>();
        Assert.That((alert.Severity, alert.Reason, alert.Subject), Is.EqualTo((Severity.Critical, ReasonCode.UnknownOrder, 99UL)));
    }

    [TestCase(-1L)]
    [TestCase(3_600_000_000_001L)]
    public void A_limit_of_age_that_nobody_can_mean_is_refused(long resendWithinNanos)
    {
        EngineHarness engine = Running();
        engine.Submit(Side.Buy, 1, limit: 90);
        Assert.That(engine.Send(InputBytes.ReconciliationStart(resendWithinNanos)).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue));
        Assert.That(engine.State.Orders.InDoubtCount, Is.Zero);
    }

    [Test]
    public void A_restart_during_a_reconciliation_asks_again()
    {
        EngineHarness engine = Running();
        ulong first = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>().Id;
        ulong second = engine.Submit(Side.Buy, 1, limit: 80).One<Sent>().Id;
        Restart(engine);
        Answer(engine, first, VenueOrderState.Working, leaves: 1);
        Assert.That(Restart(engine, 3).Of<Asked>().Select(asked => asked.Id), Is.EqualTo(new[] { first, second }));
    }

    [Test]
    public void A_snapshot_in_the_middle_of_a_reconciliation_goes_on_where_it_was()
    {
        EngineHarness engine = Running();
        ulong first = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>().Id;
        engine.Submit(Side.Buy, 1, limit: 80);
        Restart(engine);
        Answer(engine, first, VenueOrderState.Working, leaves: 1);
        BusinessLogicProcessor restored = BusinessLogicProcessor.Restore(Snapshots.Captured.Of(engine.Engine), engine.State.Limits);
        Assert.That(restored.State.Orders.InDoubtCount, Is.EqualTo(1));
        Assert.That(restored.DigestText(), Is.EqualTo(engine.Engine.DigestText()));
    }

    private static EngineHarness Running(StrategyRecord? strategy = null)
    {
        var engine = new EngineHarness(strategy);
        engine.Trade(100);
        return engine;
    }

    private static Reply Restart(EngineHarness engine, ushort epoch = 2)
    {
        Assert.That(engine.Send(InputBytes.EpochStart(epoch)).All, Is.Empty);
        return engine.Send(InputBytes.ReconciliationStart(Minute));
    }

    private static Reply Answer(EngineHarness engine, ulong order, VenueOrderState state, decimal cumulative = 0, decimal leaves = 0, decimal? price = null) =>
        engine.Send(InputBytes.Status(order, state, Scaled.Raw(cumulative), Scaled.Raw(leaves), Scaled.OrNull(price)));

    private static void AssertRefused(EngineHarness engine, ulong known)
    {
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>(), Has.Property("Reason").EqualTo(ReasonCode.Reconciling)
            .And.Property("Check").EqualTo(CheckKind.TradingState));
        Reply signal = engine.Signal(Direction.Long);
        Assert.That((signal.One<Decision>().Reason, signal.Of<Sent>().Length), Is.EqualTo((ReasonCode.Reconciling, 0)));
        Assert.That(engine.Amend(known, price: 70).One<Refused>().Reason, Is.EqualTo(ReasonCode.Reconciling));
    }
}
