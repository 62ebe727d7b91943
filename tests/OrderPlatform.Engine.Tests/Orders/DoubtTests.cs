using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>Unknown outcomes, silence, missing fills (T2, T3, T4).</summary>
internal sealed class DoubtTests
{
    private const long Second = EngineHarness.SecondNanos;

    [Test]
    [Description("T3: a venue that was away is asked when it is back, not when a timer says so.")]
    public void A_venue_that_comes_back_is_asked_at_once_for_every_order_in_doubt()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        ulong doubtful = engine.Submit(Side.Buy, 1).One<Sent>().Id;
        ulong known = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>().Id;
        engine.News(known, ExecutionKind.Accepted);
        engine.Send(OrderRecords.VenueStatus(connected: false));
        Assert.That(engine.News(doubtful, ExecutionKind.Unknown).Has0<Asked>(), Is.True, "nothing may be sent there");
        Assert.That(engine.Send(OrderRecords.VenueStatus(connected: true)).Of<Asked>(), Is.EqualTo(new[] { new Asked(doubtful, 0) }));
        Assert.That(engine.Send(OrderRecords.VenueStatus(connected: true)).Has0<Asked>(), Is.True, "it was up already");
    }

    [Test]
    [Description("T2")]
    public void An_unknown_outcome_is_asked_for_and_nothing_is_sent_again()
    {
        EngineHarness engine = With(out ulong order);
        Reply reply = engine.News(order, ExecutionKind.Unknown, ReasonCode.None);
        Assert.That(reply.One<Asked>().Id, Is.EqualTo(order));
        Assert.That(reply.One<Alert>(), Has.Property("Reason").EqualTo(ReasonCode.OutcomeUnknown).And.Property("Severity").EqualTo(Severity.Warning));
        Assert.That((reply.Of<Sent>().Length, engine.Find(order).InDoubt, engine.Find(order).Status), Is.EqualTo((0, true, OrderStatus.PendingNew)));
        Assert.That(engine.News(order, ExecutionKind.Unknown).Has0<Asked>(), "it is being asked for already");
    }

    [Test]
    [Description("T2: a doubt of one order stops no other")]
    public void Other_orders_go_on_while_one_is_in_doubt()
    {
        EngineHarness engine = With(out ulong order);
        engine.News(order, ExecutionKind.Unknown);
        Assert.That(engine.Submit(Side.Buy, 1, limit: 80).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [TestCase(ExecutionKind.Accepted, OrderStatus.Working)]
    [TestCase(ExecutionKind.Rejected, OrderStatus.Rejected)]
    [TestCase(ExecutionKind.Cancelled, OrderStatus.Cancelled)]
    [TestCase(ExecutionKind.Expired, OrderStatus.Expired)]
    [Description("T2: news of the order resolves the doubt")]
    public void News_settle_a_doubt(ExecutionKind kind, OrderStatus status)
    {
        EngineHarness engine = With(out ulong order);
        engine.News(order, ExecutionKind.Unknown);
        engine.News(order, kind);
        Assert.That((engine.Find(order).InDoubt, engine.Find(order).Status, engine.State.Clients[0].InDoubt), Is.EqualTo((false, status, 0u)));
        Assert.That(Later(engine, 1_000).Has0<Asked>());
    }

    [Test]
    [Description("T2: the lost answer to a cancel")]
    public void A_lost_answer_to_a_cancel_is_settled_by_the_answer_and_the_cancel_goes_again()
    {
        EngineHarness engine = With(out ulong order);
        engine.News(order, ExecutionKind.Accepted);
        engine.Cancel(order);
        engine.News(order, ExecutionKind.Unknown);
        Assert.That(engine.News(order, ExecutionKind.Accepted).Has0<CancelSent>());
        Assert.That(engine.Find(order).InDoubt, Is.True, "an acknowledgement says nothing of the cancel");
        Assert.That(Answer(engine, order, VenueOrderState.Working, leaves: 2).One<CancelSent>().Id, Is.EqualTo(order));
        Assert.That((engine.Find(order).InDoubt, engine.Find(order).Status), Is.EqualTo((false, OrderStatus.PendingCancel)));
    }

    [Test]
    [Description("execution_timeout; T2")]
    public void Silence_becomes_a_doubt_after_the_execution_timeout()
    {
        EngineHarness engine = Timed(5, out ulong order);
        Assert.That(Later(engine, 3).Has0<Asked>());
        Reply late = Later(engine, 3);
        Assert.That(late.One<Asked>().Id, Is.EqualTo(order));
        Assert.That(late.One<Alert>().Reason, Is.EqualTo(ReasonCode.ExecutionTimeout));
    }

    [Test]
    [Description("R54, T4: a thin market is no unknown outcome")]
    public void A_market_order_that_works_is_asked_for_and_is_in_no_doubt()
    {
        EngineHarness engine = Timed(5, out ulong resting);
        engine.News(resting, ExecutionKind.Accepted);
        ulong order = engine.Submit(Side.Buy, 2).One<Sent>().Id;
        engine.News(order, ExecutionKind.Accepted);
        engine.Fill(order, 1, 100);
        Reply late = Later(engine, 6);
        Assert.That((late.Of<Asked>().Select(asked => asked.Id), late.Has0<Alert>(), engine.Find(order).InDoubt), Is.EqualTo((new[] { order }, true, false)));
        Assert.That(Later(engine, 6).Of<Asked>().Select(asked => asked.Id), Is.EqualTo(new[] { order }), "again, for as long as it works");
        ulong silent = engine.Submit(Side.Buy, 2).One<Sent>().Id;
        Later(engine, 6);
        Assert.That(engine.Find(silent).InDoubt, Is.True, "one that was never acknowledged is in doubt");
    }

    [Test]
    [Description("T3: never by age or count")]
    public void A_doubt_is_asked_for_with_growing_intervals_and_for_ever()
    {
        EngineHarness engine = With(out ulong order);
        engine.News(order, ExecutionKind.Unknown);
        var waits = new List<long>();
        long last = engine.NowNanos;
        int alarms = 0;
        for (int second = 0; second < 1_200; second++)
        {
            Reply reply = engine.Send(InputBytes.Tick(0));
            alarms += reply.Of<Alert>().Count(alert => alert is { Reason: ReasonCode.OutcomeUnknown, Severity: Severity.Critical });
            if (!reply.Has0<Asked>())
            {
                waits.Add((engine.NowNanos - last) / Second);
                last = engine.NowNanos;
            }
        }

        Assert.That(waits.Take(6), Is.EqualTo(new[] { 5L, 10, 20, 40, 60, 60 }));
        Assert.That((waits.Count > 15, alarms, engine.Find(order).InDoubt), Is.EqualTo((true, 1, true)));
    }

    [Test]
    [Description("T3: an outage of 30 minutes with 6 fills meanwhile")]
    public void Fills_of_an_outage_are_booked_when_the_line_is_back()
    {
        EngineHarness engine = Timed(5, out ulong order, quantity: 6);
        Later(engine, 1_800);
        for (int i = 0; i < 6; i++)
        {
            engine.Fill(order, 1, 90);
        }

        Assert.That((engine.Held, engine.Find(order).Status, engine.Find(order).InDoubt), Is.EqualTo((6m, OrderStatus.Filled, false)));
    }

    [Test]
    [Description("T2: never at the venue, young: the same id, once")]
    public void An_order_that_never_got_there_goes_again_under_its_own_id_while_it_is_young()
    {
        EngineHarness engine = With(out ulong order);
        engine.News(order, ExecutionKind.Unknown);
        Reply reply = Answer(engine, order, VenueOrderState.NotKnown);
        Assert.That((reply.One<Sent>().Id, engine.Find(order).InDoubt), Is.EqualTo((order, false)));
        Assert.That(Answer(engine, order, VenueOrderState.NotKnown).Has0<Sent>(), "an answer that comes twice sends nothing twice");
    }

    [Test]
    public void An_old_order_that_never_got_there_ends()
    {
        EngineHarness engine = With(out ulong order);
        engine.News(order, ExecutionKind.Unknown);
        Later(engine, 60);
        OrderNews news = Answer(engine, order, VenueOrderState.NotKnown).One<OrderNews>();
        Assert.That((news.Status, news.Reason, news.Leaves), Is.EqualTo((OrderStatus.Rejected, ReasonCode.NeverAtVenue, 0m)));
        Assert.That(engine.Account.Reserved.Raw, Is.Zero);
    }

    [Test]
    [Description("T4")]
    public void A_missing_fill_is_named_and_asked_for_and_the_order_is_in_doubt_until_it_is_there()
    {
        EngineHarness engine = With(out ulong order, quantity: 10);
        Reply gap = Reported(engine, order, quantity: 3, cumulative: 7, trade: 12);
        Assert.That(gap.One<Alert>(), Has.Property("Reason").EqualTo(ReasonCode.FillGap).And.Property("Expected").EqualTo(Scaled.Raw(7)));
        Assert.That(gap.One<Asked>(), Is.EqualTo(new Asked(order, 3)));
        Reported(engine, order, quantity: 4, cumulative: 4, trade: 11);
        Assert.That((engine.Held, engine.Find(order).InDoubt), Is.EqualTo((7m, false)));
    }

    [Test]
    [Description("T4: an order that ended with a gap is asked for until its fills are there")]
    public void A_gap_of_an_ended_order_is_asked_for_and_closed_by_the_late_fill()
    {
        EngineHarness engine = With(out ulong order, quantity: 10);
        Reply end = engine.Send(new Report { Order = order, Kind = ExecutionKind.Cancelled, Side = Side.Buy, Cumulative = Scaled.Raw(4) }.Encode());
        Assert.That((end.One<OrderNews>().Status, end.One<Asked>().Id), Is.EqualTo((OrderStatus.Cancelled, order)));
        Assert.That(Later(engine, 6).One<Asked>().Id, Is.EqualTo(order));
        Reported(engine, order, quantity: 4, cumulative: 4, trade: 1);
        Assert.That(engine.Held, Is.EqualTo(4m));
        Assert.That(Later(engine, 1_000).Has0<Asked>());
    }

    [Test]
    [Description("T4: estimated fills only where the venue has no trades to give")]
    public void A_gap_that_the_venue_cannot_explain_is_estimated_after_three_answers_and_never_counted_twice()
    {
        EngineHarness engine = With(out ulong order, quantity: 10);
        Reported(engine, order, quantity: 3, cumulative: 7, trade: 12);
        for (int i = 0; i < 3; i++)
        {
            Reply kept = Answered(engine, order, cumulative: 7, leaves: 3, average: 92);
            Assert.That(kept.Has0<PositionNews>() && engine.Find(order).InDoubt, "the venue may still give them");
            Later(engine, 70);
        }

        Reply estimated = Answered(engine, order, cumulative: 7, leaves: 3, average: 92);
        Assert.That(estimated.Of<Alert>().Select(alert => alert.Reason), Does.Contain(ReasonCode.EstimatedFill));
        OrderNews news = estimated.Of<OrderNews>()[0];
        Assert.That((news.LastQuantity, news.LastPrice, news.Cumulative), Is.EqualTo((4m, 93.5m, 7m)), "(7 x 92 - 3 x 90) / 4");
        Assert.That((engine.Held, engine.Find(order).InDoubt), Is.EqualTo((7m, false)));
        Assert.That(Reported(engine, order, quantity: 4, cumulative: 4, trade: 11).One<Alert>().Reason, Is.EqualTo(ReasonCode.DuplicateFill));
        Assert.That(engine.Held, Is.EqualTo(7m), "what was estimated counts once");
    }

    [Test]
    [Description("T4: a report lost on a healthy line")]
    public void A_silent_resting_order_is_asked_for_and_an_answer_that_agrees_is_no_news()
    {
        EngineHarness engine = Timed(5, out ulong order);
        engine.News(order, ExecutionKind.Accepted);
        Assert.That(Later(engine, 299).Has0<Asked>());
        Assert.That(Later(engine, 3).One<Asked>().Id, Is.EqualTo(order));
        Assert.That(engine.Find(order).InDoubt, Is.False, "the question alone is no doubt");
        Assert.That(Answer(engine, order, VenueOrderState.Working, leaves: 2).All, Is.Empty);
        Assert.That(Answer(engine, order, VenueOrderState.Working, cumulative: 1, leaves: 1).One<Asked>().Id, Is.EqualTo(order));
        Assert.That(engine.Find(order).InDoubt, Is.True, "a fill is missing");
    }

    [Test]
    [Description("R194: one client's doubt stops no other client")]
    public void A_reconciliation_of_one_client_stops_no_other()
    {
        EngineHarness engine = With(out ulong order);
        engine.Send(InputBytes.Client(2));
        engine.Send(new AccountRecord { Id = 2, Client = 2 }.Encode());
        engine.Send(new StrategyRecord { Id = 2, Client = 2, Account = 2 }.Encode());
        engine.Send(InputBytes.EpochStart(2));
        engine.Send(InputBytes.ReconciliationStart(Second));
        Assert.That(engine.Submit(Side.Buy, 1, limit: 80).One<Refused>().Reason, Is.EqualTo(ReasonCode.Reconciling));
        Assert.That(engine.Submit(Side.Buy, 1, limit: 80, strategy: 2, client: 2).Of<Sent>(), Has.Length.EqualTo(1));
        Alert complete = Answer(engine, order, VenueOrderState.Working, leaves: 2).One<Alert>();
        Assert.That((complete.Reason, complete.Subject), Is.EqualTo((ReasonCode.ReconciliationComplete, 1UL)));
        Assert.That(engine.Submit(Side.Buy, 1, limit: 80).Of<Sent>(), Has.Length.EqualTo(1));
    }

    private static EngineHarness With(out ulong order, decimal quantity = 2)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        order = engine.Submit(Side.Buy, quantity, limit: 90).One<Sent>().Id;
        return engine;
    }

    private static EngineHarness Timed(long seconds, out ulong order, decimal quantity = 2)
    {
        var engine = new EngineHarness();
        engine.Send(OrderRecords.Execution(seconds * Second));
        engine.Trade(100);
        order = engine.Submit(Side.Buy, quantity, limit: 90).One<Sent>().Id;
        return engine;
    }

    private static Reply Later(EngineHarness engine, long seconds)
    {
        engine.NowNanos += (seconds - 1) * Second;
        return engine.Send(InputBytes.Tick(0));
    }

    private static Reply Answer(EngineHarness engine, ulong order, VenueOrderState state, decimal cumulative = 0, decimal leaves = 0) =>
        engine.Send(InputBytes.Status(order, state, Scaled.Raw(cumulative), Scaled.Raw(leaves)));

    private static Reply Answered(EngineHarness engine, ulong order, decimal cumulative, decimal leaves, decimal average) =>
        engine.Send(InputBytes.Status(order, VenueOrderState.Working, Scaled.Raw(cumulative), Scaled.Raw(leaves), average: Scaled.Raw(average)));

    private static Reply Reported(EngineHarness engine, ulong order, decimal quantity, decimal cumulative, ulong trade) => engine.Send(new Report
    {
        Order = order,
        Kind = ExecutionKind.Fill,
        Side = Side.Buy,
        TradeId = trade,
        Quantity = Scaled.Raw(quantity),
        Price = Scaled.Raw(90),
        Cumulative = Scaled.Raw(cumulative),
    }.Encode());
}
