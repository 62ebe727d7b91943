using OrderPlatform.Engine.Budgets;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Budgets;

/// <summary>Requests that do not fit into the rate budgets wait in the engine (D14, T11, N11, R55, R56, R133, R137).</summary>
internal sealed class RequestQueueTests
{
    private const long Second = EngineHarness.SecondNanos;
    private const long Minute = 60 * Second;

    [Test]
    [Description("R55, R56, T11")]
    public void What_does_not_fit_waits_and_goes_in_its_order_when_the_window_rolls()
    {
        EngineHarness engine = With(Budget(Scope.Client, BudgetUnit.Orders, 2));
        ulong[] ids = [.. Enumerable.Range(0, 5).Select(_ => Buy(engine).One<OrderNews>().Id)];
        Assert.That(ids.Select(id => engine.Find(id).Status), Is.EqualTo(new[]
        {
            OrderStatus.PendingNew, OrderStatus.PendingNew, OrderStatus.Queued, OrderStatus.Queued, OrderStatus.Queued,
        }));
        Reply next = NextMinute(engine);
        Assert.That(next.Of<Sent>().Select(sent => sent.Id), Is.EqualTo(ids[2..4]));
        Assert.That(next.Of<OrderNews>().Select(news => news.Status), Is.All.EqualTo(OrderStatus.PendingNew));
        Assert.That(NextMinute(engine).One<Sent>().Id, Is.EqualTo(ids[4]));
        Assert.That(NextMinute(engine).All, Is.Empty);
    }

    [Test]
    [Description("D14: the client's and the venue's; both must allow")]
    public void Both_budgets_must_allow_and_only_then_both_count()
    {
        EngineHarness engine = With(Budget(Scope.Client, BudgetUnit.Orders, 5), Budget(Scope.Venue, BudgetUnit.Orders, 1));
        Assert.That(Buy(engine).Of<Sent>(), Has.Length.EqualTo(1));
        Assert.That(Buy(engine).Has0<Sent>() && Buy(engine).Has0<Sent>());
        Assert.That((Used(engine, 0), Used(engine, 1)), Is.EqualTo((1L, 1L)));
    }

    [Test]
    [Description("D14, T11: cancels before news, and from the reserve")]
    public void A_cancel_goes_from_the_reserve_when_everything_else_is_used()
    {
        EngineHarness engine = With(Budget(Scope.Venue, BudgetUnit.Requests, 4, reserve: 0.5m));
        ulong first = Buy(engine).One<Sent>().Id;
        ulong second = Buy(engine).One<Sent>().Id;
        Assert.That(Buy(engine).Has0<Sent>(), "half is kept");
        Assert.That(engine.Cancel(first).One<CancelSent>().Id, Is.EqualTo(first));
        Assert.That(engine.Cancel(second).One<CancelSent>().Id, Is.EqualTo(second));
    }

    [Test]
    [Description("T11: what reduces may use the reserve")]
    public void An_exit_goes_from_the_reserve()
    {
        EngineHarness engine = With();
        engine.Hold(2, 100);
        Add(engine, Budget(Scope.Venue, BudgetUnit.Requests, 2, reserve: 0.5m));
        Buy(engine);
        Assert.That(Buy(engine).Has0<Sent>());
        Assert.That(engine.State.Accounts[0].FirstQueued, Is.Not.EqualTo(-1));
        Assert.That(NextMinute(engine).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    [Description("D14: a queued cancel comes before queued news")]
    public void A_queued_cancel_comes_first()
    {
        EngineHarness engine = With(Budget(Scope.Venue, BudgetUnit.Requests, 2));
        ulong first = Buy(engine).One<Sent>().Id;
        Buy(engine);
        ulong waiting = Buy(engine).One<OrderNews>().Id;
        Reply cancel = engine.Cancel(first);
        Assert.That((cancel.Of<CancelSent>().Length, cancel.One<OrderNews>().Status), Is.EqualTo((0, OrderStatus.PendingCancel)));
        Reply next = NextMinute(engine);
        Assert.That(next.All.Where(output => output is CancelSent or Sent).Select(output => output is CancelSent asked ? asked.Id : ((Sent)output).Id),
            Is.EqualTo(new[] { first, waiting }));
    }

    [Test]
    public void A_queued_order_that_is_cancelled_never_leaves()
    {
        EngineHarness engine = With(Budget(Scope.Venue, BudgetUnit.Requests, 1));
        Buy(engine);
        ulong[] waiting = [.. Enumerable.Range(0, 3).Select(_ => Buy(engine).One<OrderNews>().Id)];
        Reply reply = engine.Cancel(waiting[1]);
        Assert.That((reply.Of<CancelSent>().Length, reply.One<OrderNews>().Status), Is.EqualTo((0, OrderStatus.Cancelled)));
        Assert.That(NextMinute(engine).One<Sent>().Id, Is.EqualTo(waiting[0]));
        Assert.That(NextMinute(engine).One<Sent>().Id, Is.EqualTo(waiting[2]));
        Assert.That((engine.State.Accounts[0].FirstQueued, engine.State.Accounts[0].LastQueued), Is.EqualTo((-1, -1)));
    }

    [Test]
    [Description("R26, R27: no client's queue delays another's")]
    public void Clients_share_a_venues_budget_in_turn()
    {
        EngineHarness engine = With(Budget(Scope.Venue, BudgetUnit.Requests, 2));
        engine.Send(InputBytes.Client(2));
        engine.Send(new AccountRecord { Id = 2, Client = 2 }.Encode());
        engine.Send(new StrategyRecord { Id = 2, Client = 2, Account = 2 }.Encode());
        for (int i = 0; i < 20; i++)
        {
            Buy(engine);
        }

        ulong other = engine.Submit(Side.Buy, 1, limit: 90, strategy: 2, client: 2).One<OrderNews>().Id;
        Assert.That(NextMinute(engine).Of<Sent>().Select(sent => sent.Id), Does.Contain(other), "not behind the eighteen of the other client");
    }

    [Test]
    [Description("T11: after 429 nothing leaves before Retry-After, and the refused order goes first then")]
    public void A_throttled_order_waits_for_the_venues_time_and_goes_under_its_own_id()
    {
        EngineHarness engine = With();
        ulong first = Buy(engine).One<Sent>().Id;
        Reply throttled = engine.Send(Throttled(first, 35 * Second));
        Assert.That(throttled.One<OrderNews>().Status, Is.EqualTo(OrderStatus.Queued));
        Assert.That(throttled.One<Alert>().Reason, Is.EqualTo(ReasonCode.Throttled));
        ulong second = Buy(engine).One<OrderNews>().Id;
        Assert.That(engine.Find(second).Status, Is.EqualTo(OrderStatus.Queued));
        long until = engine.State.Venues[0].BlockedUntilNanos;
        Assert.That(engine.SendAt(until - 1, InputBytes.Tick(0)).All, Is.Empty);
        Assert.That(engine.SendAt(until, InputBytes.Tick(0)).Of<Sent>().Select(sent => sent.Id), Is.EqualTo(new[] { first, second }));
    }

    [Test]
    [Description("T11: not even cancels leave while the venue blocks")]
    public void A_cancel_waits_for_the_venues_time_too()
    {
        EngineHarness engine = With();
        ulong order = Buy(engine).One<Sent>().Id;
        engine.News(order, ExecutionKind.Accepted);
        engine.Send(OrderRecords.VenueStatus(connected: true, retryAfterNanos: 30 * Second));
        Assert.That(engine.Cancel(order).Has0<CancelSent>());
        Assert.That(engine.SendAt(engine.State.Venues[0].BlockedUntilNanos, InputBytes.Tick(0)).One<CancelSent>().Id, Is.EqualTo(order));
    }

    [Test]
    [Description("T11: a throttled cancel is asked again")]
    public void A_throttled_cancel_is_asked_again_by_itself()
    {
        EngineHarness engine = With();
        ulong order = Buy(engine).One<Sent>().Id;
        engine.News(order, ExecutionKind.Accepted);
        engine.Cancel(order);
        Assert.That(engine.Send(Throttled(order, 10 * Second)).One<OrderNews>().Status, Is.EqualTo(OrderStatus.PendingCancel));
        Assert.That(engine.SendAt(engine.State.Venues[0].BlockedUntilNanos, InputBytes.Tick(0)).One<CancelSent>().Id, Is.EqualTo(order));
    }

    [Test]
    [Description("T11: a fill ends what waits")]
    public void A_queued_cancel_of_an_order_that_fills_is_forgotten()
    {
        EngineHarness engine = With(Budget(Scope.Venue, BudgetUnit.Requests, 1));
        ulong order = Buy(engine).One<Sent>().Id;
        engine.Cancel(order);
        engine.Fill(order, 1, 90);
        Assert.That(NextMinute(engine).All, Is.Empty);
        Assert.That((engine.State.Accounts[0].FirstQueued, engine.State.Accounts[0].LastCancel), Is.EqualTo((-1, -1)));
    }

    [Test]
    [Description("R137: a venue that is down")]
    public void What_reduces_waits_for_a_venue_that_is_down_and_what_opens_is_refused()
    {
        EngineHarness engine = With();
        engine.Hold(2, 100);
        engine.Send(OrderRecords.VenueStatus(connected: false));
        Assert.That(Buy(engine).One<Refused>().Reason, Is.EqualTo(ReasonCode.VenueDown));
        ulong exit = engine.Submit(Side.Sell, 2).One<OrderNews>().Id;
        Assert.That(engine.Find(exit).Status, Is.EqualTo(OrderStatus.Queued));
        engine.Send(OrderRecords.VenueStatus(connected: true));
        Assert.That(engine.Send(InputBytes.Tick(0)).One<Sent>().Id, Is.EqualTo(exit));
    }

    [Test]
    [Description("T11: nothing leaves, not even a question")]
    public void Questions_wait_while_the_venue_blocks()
    {
        EngineHarness engine = With();
        ulong order = Buy(engine).One<Sent>().Id;
        engine.Send(OrderRecords.VenueStatus(connected: true, retryAfterNanos: 30 * Second));
        Assert.That(engine.News(order, ExecutionKind.Unknown).Has0<Asked>());
        engine.NowNanos += 60 * Second;
        Assert.That(engine.Send(InputBytes.Tick(0)).One<Asked>().Id, Is.EqualTo(order));
    }

    [Test]
    [Description("N11: unfilled orders; a first fill gives 1 back to the taker")]
    public void A_first_fill_gives_room_for_an_unfilled_order()
    {
        EngineHarness engine = With(Budget(Scope.Account, BudgetUnit.Unfilled, 1));
        ulong first = Buy(engine).One<Sent>().Id;
        ulong second = Buy(engine).One<OrderNews>().Id;
        engine.Fill(first, 0.5m, 90);
        Assert.That(engine.Send(InputBytes.Tick(0)).One<Sent>().Id, Is.EqualTo(second));
        engine.Fill(first, 0.5m, 90);
        Assert.That(Used(engine, 0), Is.EqualTo(1), "later fills give nothing back");
    }

    [Test]
    public void Budgets_of_other_instruments_accounts_and_units_do_not_count()
    {
        EngineHarness engine = With(
            Budget(Scope.Instrument, BudgetUnit.Orders, 1) with { Account = 1 }, Budget(Scope.Instrument, BudgetUnit.Cancels, 1),
            Budget(Scope.Account, BudgetUnit.Weight, 9));
        ulong[] ids = [.. Enumerable.Range(0, 3).Select(_ => Buy(engine).One<Sent>().Id)];
        Assert.That(engine.Cancel(ids[0]).Of<CancelSent>(), Has.Length.EqualTo(1));
        Assert.That(engine.Cancel(ids[1]).Has0<CancelSent>());
        Assert.That((Used(engine, 0), Used(engine, 1), Used(engine, 2)), Is.EqualTo((0L, 1L, 4L)));
    }

    [Test]
    [Description("T11: the venue's own count")]
    public void The_venues_own_count_is_taken()
    {
        EngineHarness engine = With(Budget(Scope.Venue, BudgetUnit.Weight, 10));
        engine.Send(OrderRecords.VenueStatus(connected: true, budget: 1, used: 10));
        Assert.That(Buy(engine).Has0<Sent>());
        engine.Send(OrderRecords.VenueStatus(connected: true, budget: 1, used: 3));
        Assert.That(engine.Send(InputBytes.Tick(0)).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [TestCase(0, 8, 4)]
    [TestCase(4, 8, 4)]
    [TestCase(5, 6, 3)]
    [TestCase(9, 6, 3)]
    [TestCase(10, 5, 2)]
    [TestCase(15, 4, 1)]
    [TestCase(44, 4, 1)]
    [TestCase(45, 2, 1)]
    [TestCase(90, 1, 1)]
    [TestCase(299, 1, 1)]
    [TestCase(300, 0, 1)]
    [Description("R133: Kraken's counter, from a record of the configuration")]
    public void The_younger_an_order_is_the_more_a_change_of_it_costs_at_Kraken(long ageSeconds, long cancel, long amend)
    {
        foreach ((bool isCancel, long cost) in new[] { (true, cancel), (false, amend) })
        {
            EngineHarness engine = Aged(capacity: 100);
            ulong order = Buy(engine).One<Sent>().Id;
            engine.News(order, ExecutionKind.Accepted);
            long now = engine.NowNanos + (ageSeconds * Second);
            Reply reply = engine.SendAt(now, isCancel ? InputBytes.Cancel(order, 1) : InputBytes.Amend(order, 1, 2 * FixedPoint.One, long.MinValue));
            Assert.That(reply.Of<CancelSent>().Length + reply.Of<AmendSent>().Length, Is.EqualTo(1));
            Assert.That(engine.State.Budgets[0].Meter.Used(now), Is.EqualTo(1 + cost), "one for the new order");
        }
    }

    [Test]
    [Description("R133, D14")]
    public void A_cancel_that_is_too_dear_waits_until_its_order_is_older()
    {
        EngineHarness engine = Aged(capacity: 8, windowNanos: 80 * Second);
        ulong order = Buy(engine).One<Sent>().Id;
        engine.News(order, ExecutionKind.Accepted);
        Assert.That(engine.Cancel(order).Has0<CancelSent>(), "8, and what is left of the new order's 1");
        long due = engine.Find(order).SentAtNanos + (10 * Second);
        Assert.That(engine.SendAt(due - 1, InputBytes.Tick(0)).Has0<CancelSent>());
        Assert.That(engine.SendAt(due, InputBytes.Tick(0)).One<CancelSent>().Id, Is.EqualTo(order));
        Assert.That(engine.State.Budgets[0].Meter.Used(due), Is.EqualTo(6), "it is 9 s old by now");
    }

    [Test]
    public void A_counter_that_would_never_take_a_cancel_is_refused()
    {
        EngineHarness engine = Aged(capacity: 7);
        Assert.That(engine.State.Budgets.Count, Is.Zero);
        engine.Send(RiskInputs.Budget(1, Scope.Instrument, 1, kind: BudgetKind.FixedWindow, unit: BudgetUnit.Aged, capacity: 100));
        Assert.That(engine.State.Budgets.Count, Is.Zero, "it decays, and does not begin anew");
    }

    [Test]
    public void An_amend_that_does_not_fit_is_refused_and_never_waits()
    {
        EngineHarness engine = With(Budget(Scope.Venue, BudgetUnit.Orders, 1));
        ulong order = Buy(engine).One<Sent>().Id;
        engine.News(order, ExecutionKind.Accepted);
        Reply reply = engine.Amend(order, quantity: 2);
        Assert.That((reply.Of<AmendSent>().Length, reply.One<Alert>().Reason), Is.EqualTo((0, ReasonCode.Throttled)));
    }

    [Test]
    public void A_snapshot_keeps_the_queue_and_its_timer()
    {
        EngineHarness engine = With(Budget(Scope.Venue, BudgetUnit.Requests, 1));
        Buy(engine);
        Buy(engine);
        Buy(engine);
        BusinessLogicProcessor restored = BusinessLogicProcessor.Restore(Snapshots.Captured.Of(engine.Engine), engine.State.Limits);
        long later = engine.NowNanos + (3 * Minute);
        restored.Process(engine.State.Sequence + 1, later, InputBytes.Tick(0));
        Assert.That(engine.SendAt(later, InputBytes.Tick(0)).Of<Sent>(), Has.Length.EqualTo(1));
        Assert.That(restored.DigestText(), Is.EqualTo(engine.Engine.DigestText()));
    }

    private static EngineHarness With(params RateBudget[] budgets)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        foreach (RateBudget budget in budgets)
        {
            Add(engine, budget);
        }

        return engine;
    }

    private static EngineHarness Aged(uint capacity, long windowNanos = 1_000 * Minute)
    {
        var engine = new EngineHarness();
        engine.Send(RiskInputs.Budget(1, Scope.Instrument, 1, kind: BudgetKind.Leaky, unit: BudgetUnit.Aged, capacity: capacity, windowNanos: windowNanos));
        engine.Trade(100);
        return engine;
    }

    private static void Add(EngineHarness engine, RateBudget budget)
    {
        budget.Id = (uint)engine.State.Budgets.Count + 1;
        engine.State.Budgets.Add(budget.Id, budget);
    }

    private static RateBudget Budget(Scope scope, BudgetUnit unit, long capacity, decimal reserve = 0)
    {
        Assert.That(BudgetMeter.TryCreate(BudgetKind.FixedWindow, capacity, Minute, new Ratio(Scaled.Raw(reserve)), out BudgetMeter meter), Is.True);
        return new RateBudget { Scope = scope, ScopeRow = 0, Account = -1, Unit = unit, Meter = meter };
    }

    private static long Used(EngineHarness engine, int budget) => engine.State.Budgets[budget].Meter.Used(engine.NowNanos);

    private static Reply Buy(EngineHarness engine) => engine.Submit(Side.Buy, 1, limit: 90);

    private static Reply NextMinute(EngineHarness engine)
    {
        engine.NowNanos = ((engine.NowNanos / Minute) + 1) * Minute;
        return engine.SendAt(engine.NowNanos, InputBytes.Tick(0));
    }

    private static byte[] Throttled(ulong order, long retryAfterNanos) =>
        new Report { Order = order, Kind = ExecutionKind.Throttled, Side = Side.Buy, RetryAfterNanos = retryAfterNanos }.Encode();
}
