using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>A person cancels an order, or says what became of one in doubt (T2, T4).</summary>
internal sealed class OperatorOrderTests
{
    private const ushort Template = OperatorOrderDecoder.TemplateId;

    [Test]
    public void A_cancel_ends_the_order_and_what_its_parent_has_not_sent()
    {
        EngineHarness engine = With(out ulong order);
        engine.News(order, ExecutionKind.Accepted);
        Reply reply = engine.Send(OperatorInputs.Cancel(order));
        Assert.That(reply.One<CancelSent>().Id, Is.EqualTo(order));
        Assert.That(reply.One<Alert>(), Is.EqualTo(new Alert(
            Severity.Information, ReasonCode.OperatorCancel, Template, order, (long)OperatorOrderAction.Cancel, (long)VenueOrderState.NULL_VALUE)));
        engine.News(order, ExecutionKind.Cancelled);
        Assert.That((engine.Find(order).Status, engine.State.Parents.Count), Is.EqualTo((OrderStatus.Cancelled, 0)));
    }

    [Test]
    public void A_cancel_of_an_order_that_has_ended_or_is_not_known_changes_nothing_and_says_so()
    {
        EngineHarness engine = With(out ulong order);
        engine.News(order, ExecutionKind.Rejected);
        Assert.That(engine.Send(OperatorInputs.Cancel(order)).One<Alert>(), Has.Property("Reason").EqualTo(ReasonCode.OrderNotOpen));
        Assert.That(engine.Send(OperatorInputs.Cancel(7)).One<Alert>(), Has.Property("Reason").EqualTo(ReasonCode.UnknownOrder)
            .And.Property("Severity").EqualTo(Severity.Warning).And.Property("Subject").EqualTo(7ul));
    }

    [Test]
    [Description("T2: an order leaves the doubt by a person's word")]
    public void An_order_that_is_not_there_ends_and_its_client_trades_again()
    {
        EngineHarness engine = InDoubt(out ulong order);
        engine.Send(InputBytes.EpochStart(2));
        engine.Send(InputBytes.ReconciliationStart(0));
        Reply reply = engine.Send(OperatorInputs.Resolve(order, VenueOrderState.NotKnown));
        Assert.That(reply.Of<Alert>().Select(alert => alert.Reason), Is.EqualTo(new[] { ReasonCode.OperatorResolve, ReasonCode.ReconciliationComplete }));
        Assert.That(reply.One<OrderNews>(), Has.Property("Status").EqualTo(OrderStatus.Cancelled).And.Property("Reason").EqualTo(ReasonCode.OperatorResolve));
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
        Assert.That(engine.Held, Is.Zero);
    }

    [Test]
    [Description("T4: what a person names is booked as an estimate that makes the average right")]
    public void An_order_that_was_filled_is_booked_as_an_estimate_and_ends()
    {
        EngineHarness engine = InDoubt(out ulong order);
        engine.Fill(order, 0.5m, 90);
        engine.News(order, ExecutionKind.Unknown);
        Reply reply = engine.Send(OperatorInputs.Resolve(order, VenueOrderState.Ended, 2, 93));
        Alert estimate = reply.Of<Alert>().Single(alert => alert.Reason == ReasonCode.EstimatedFill);
        Assert.That((estimate.Severity, Scaled.Of(estimate.Expected), Scaled.Of(estimate.Actual)), Is.EqualTo((Severity.Critical, 1.5m, 94m)));
        Assert.That((engine.Find(order).Status, engine.Find(order).InDoubt, engine.Held, Scaled.Of(engine.Find(order).Estimated.Raw)),
            Is.EqualTo((OrderStatus.Filled, false, 2m, 1.5m)));
    }

    [Test]
    public void Of_an_order_that_was_filled_in_part_the_rest_ends()
    {
        EngineHarness engine = InDoubt(out ulong order);
        Reply reply = engine.Send(OperatorInputs.Resolve(order, VenueOrderState.Ended, 0.5m, 90));
        Assert.That(reply.Of<OrderNews>().Last(), Has.Property("Status").EqualTo(OrderStatus.Cancelled).And.Property("Cumulative").EqualTo(0.5m));
        Assert.That((engine.Held, engine.State.Orders.InDoubtCount, engine.State.Orders.OpenCount), Is.EqualTo((0.5m, 0, 0)));
        Reply late = engine.Fill(order, 0.5m, 90, tradeId: 77);
        Assert.That((late.One<Alert>().Reason, engine.Held), Is.EqualTo((ReasonCode.DuplicateFill, 1m - 0.5m)).Or.EqualTo((ReasonCode.LateReport, 1m)));
    }

    [Test]
    public void The_real_fill_that_comes_after_its_estimate_is_not_booked_twice()
    {
        EngineHarness engine = InDoubt(out ulong order);
        engine.Send(OperatorInputs.Resolve(order, VenueOrderState.Ended, 2, 90));
        Reply late = engine.Send(new Report
        {
            Order = order,
            Kind = ExecutionKind.Fill,
            Side = Side.Buy,
            TradeId = 9,
            Quantity = Scaled.Raw(2),
            Price = Scaled.Raw(90),
            Cumulative = Scaled.Raw(2),
        }.Encode());
        Assert.That((late.One<Alert>().Reason, engine.Held), Is.EqualTo((ReasonCode.DuplicateFill, 2m)));
    }

    [Test]
    public void An_order_that_works_goes_on_as_if_its_venue_had_answered()
    {
        EngineHarness engine = InDoubt(out ulong order);
        engine.Send(OperatorInputs.Resolve(order, VenueOrderState.Working));
        Assert.That((engine.Find(order).Status, engine.Find(order).InDoubt), Is.EqualTo((OrderStatus.Working, false)));
        engine.News(order, ExecutionKind.Unknown);
        engine.Send(OperatorInputs.Resolve(order, VenueOrderState.Working, 0.5m, 90));
        Assert.That((engine.Find(order).Status, engine.Find(order).InDoubt, engine.Held), Is.EqualTo((OrderStatus.PartiallyFilled, false, 0.5m)));
        engine.Fill(order, 1.5m, 90);
        Assert.That((engine.Find(order).Status, engine.Held), Is.EqualTo((OrderStatus.Filled, 2m)));
    }

    [Test]
    public void What_a_person_says_of_an_order_that_is_not_in_doubt_changes_nothing([Values] VenueOrderState state)
    {
        EngineHarness engine = With(out ulong order);
        engine.News(order, ExecutionKind.Accepted);
        string before = Model.EngineText.State(engine.State);
        Assert.That(engine.Send(OperatorInputs.Resolve(order, state)).One<Alert>(), Has.Property("Reason").EqualTo(ReasonCode.NotInDoubt));
        Assert.That(Model.EngineText.State(engine.State), Is.EqualTo(before));
    }

    [TestCase(VenueOrderState.Ended, 3.0, 90.0, TestName = "{m}(more than was ordered)")]
    [TestCase(VenueOrderState.Ended, 1.0, null, TestName = "{m}(fills without a price)")]
    [TestCase(VenueOrderState.Ended, 1.0, -1.0, TestName = "{m}(a price below zero)")]
    [TestCase(VenueOrderState.Ended, 0.25, 90.0, TestName = "{m}(less than is booked)")]
    [TestCase(VenueOrderState.Working, 2.0, 90.0, TestName = "{m}(works with nothing left)")]
    [TestCase(VenueOrderState.NotKnown, 1.0, 90.0, TestName = "{m}(not there and filled)")]
    [TestCase(VenueOrderState.UnderWay, null, null, TestName = "{m}(nobody can see what is under way)")]
    [TestCase(VenueOrderState.NULL_VALUE, null, null, TestName = "{m}(no state)")]
    public void What_cannot_be_changes_nothing(VenueOrderState state, double? cumulative, double? average)
    {
        EngineHarness engine = InDoubt(out ulong order);
        engine.Fill(order, 0.5m, 90);
        engine.News(order, ExecutionKind.Unknown);
        string before = Model.EngineText.State(engine.State);
        Reply reply = engine.Send(OperatorInputs.Resolve(order, state, (decimal?)cumulative, (decimal?)average));
        Assert.That(reply.One<Alert>(), Has.Property("Reason").EqualTo(ReasonCode.InvalidValue).And.Property("Severity").EqualTo(Severity.Warning));
        Assert.That((reply.All.Count, Model.EngineText.State(engine.State)), Is.EqualTo((1, before)));
    }

    [Test]
    public void An_action_that_is_none_changes_nothing()
    {
        EngineHarness engine = InDoubt(out ulong order);
        Assert.That(engine.Send(OperatorInputs.Order((OperatorOrderAction)9, order, VenueOrderState.Ended)).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue));
    }

    private static EngineHarness With(out ulong order)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        order = engine.Submit(Side.Buy, 2, limit: 95).One<Sent>().Id;
        return engine;
    }

    private static EngineHarness InDoubt(out ulong order)
    {
        EngineHarness engine = With(out order);
        engine.News(order, ExecutionKind.Unknown);
        return engine;
    }
}
