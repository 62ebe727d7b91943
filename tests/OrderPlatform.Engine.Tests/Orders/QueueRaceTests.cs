using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>Races between what waits for a rate limit and what the venue says meanwhile (D14, T11).</summary>
internal sealed class QueueRaceTests
{
    private const long Second = EngineHarness.SecondNanos;

    [Test]
    [Description("T17: found by the model of orders: the queue became a ring, and the engine went round it for ever")]
    public void A_refused_cancel_takes_the_cancel_that_waits_out_of_the_queue()
    {
        EngineHarness engine = With(out ulong order);
        engine.Send(OrderRecords.VenueStatus(connected: true, retryAfterNanos: 60 * Second));
        Assert.That(engine.Cancel(order).Has0<CancelSent>(), "it waits");
        engine.News(order, ExecutionKind.CancelRejected);
        Assert.That((engine.Find(order).Status, engine.Find(order).CancelQueued), Is.EqualTo((OrderStatus.PendingNew, false)));
        engine.News(order, ExecutionKind.Throttled);
        ulong second = engine.Submit(Side.Buy, 1, limit: 80).One<OrderNews>().Id;
        engine.Fill(order, 2, 90);
        engine.NowNanos += 300 * Second;
        Assert.That(engine.Send(InputBytes.Tick(0)).One<Sent>().Id, Is.EqualTo(second));
        Assert.That(engine.Find(order).Status, Is.EqualTo(OrderStatus.Filled));
    }

    [Test]
    [Description("D14: new orders as they came")]
    public void A_new_order_does_not_overtake_one_that_waits_behind_a_cancel()
    {
        EngineHarness engine = With(out ulong resting);
        engine.News(resting, ExecutionKind.Accepted);
        engine.Send(new Model.Orders.BudgetSetup(1, Scope.Venue, 1, BudgetUnit.Cancels, 1, 1_000 * Second, 0).Encode());
        engine.Send(new Model.Orders.BudgetSetup(2, Scope.Venue, 1, BudgetUnit.Orders, 1, 20 * Second, 0).Encode());
        ulong other = engine.Submit(Side.Buy, 1, limit: 80).One<Sent>().Id;
        ulong waits = engine.Submit(Side.Buy, 1, limit: 81).One<OrderNews>().Id;
        Assert.That(engine.Cancel(other).Of<CancelSent>(), Has.Length.EqualTo(1));
        Assert.That(engine.Cancel(resting).Has0<CancelSent>(), "the budget of cancels is used up");
        engine.NowNanos += 30 * Second;
        ulong late = engine.Submit(Side.Buy, 1, limit: 82).Of<OrderNews>()[^1].Id;
        Assert.That((engine.Find(waits).Status, engine.Find(late).Status), Is.EqualTo((OrderStatus.Queued, OrderStatus.Queued)));
    }

    [Test]
    [Description("T11: what waited behind an order that left the queue goes when it may")]
    public void A_queue_goes_on_when_its_first_order_is_cancelled()
    {
        EngineHarness engine = With(out ulong held);
        engine.Fill(held, 2, 90);
        engine.Send(new Model.Orders.BudgetSetup(1, Scope.Venue, 1, BudgetUnit.Orders, 1, 20 * Second, 1).Encode());
        ulong opens = engine.Submit(Side.Buy, 1, limit: 80).One<OrderNews>().Id;
        ulong closes = engine.Submit(Side.Sell, 1, limit: 110).One<OrderNews>().Id;
        Assert.That(engine.Find(opens).Status, Is.EqualTo(OrderStatus.Queued), "all of the budget is kept for what reduces");
        engine.Cancel(opens);
        Assert.That(engine.Send(InputBytes.Tick(0)).One<Sent>().Id, Is.EqualTo(closes));
    }

    [Test]
    [Description("T3: an order that an operator ended was sent when the venue took requests again, and nobody followed it")]
    public void An_order_that_was_ended_in_doubt_leaves_the_queue()
    {
        EngineHarness engine = With(out ulong order);
        engine.Send(InputBytes.EpochStart(2));
        engine.Send(InputBytes.ReconciliationStart(Second));
        engine.News(order, ExecutionKind.Throttled);
        Assert.That((engine.Find(order).Status, engine.Find(order).InDoubt), Is.EqualTo((OrderStatus.Queued, true)));
        engine.Command(OperatorAction.EndDoubt);
        Assert.That(engine.Find(order).Status, Is.EqualTo(OrderStatus.Cancelled));
        engine.NowNanos += 600 * Second;
        Assert.That(engine.Send(InputBytes.Tick(0)).Has0<Sent>());
    }

    private static EngineHarness With(out ulong order)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        order = engine.Submit(Side.Buy, 2, limit: 90).One<Sent>().Id;
        return engine;
    }
}
