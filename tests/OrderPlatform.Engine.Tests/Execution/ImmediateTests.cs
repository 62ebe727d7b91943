using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Execution;

/// <summary>One order at once (R73), with retries (R52, R53, D15), and what ends a parent (R63, R70).</summary>
internal sealed class ImmediateTests
{
    [Test]
    [Description("R70, T6")]
    public void A_signal_is_one_parent_with_one_order_until_it_is_done()
    {
        var engine = new EngineHarness(new StrategyRecord { Quantity = 2 });
        engine.Trade(100);
        Reply reply = engine.Signal(Direction.Long);
        ulong order = reply.One<Sent>().Id;
        ParentNews started = reply.One<ParentNews>();
        Assert.That(Sums(started), Is.EqualTo((ParentStatus.Working, 2m, 0m, 2m, 0m, 0m)));
        Assert.That((started.Children, engine.Position.WorkingParent), Is.EqualTo((1u, 0)));
        Assert.That(Sums(engine.Fill(order, 0.5m, 100).One<ParentNews>()), Is.EqualTo((ParentStatus.Working, 2m, 0.5m, 1.5m, 0m, 0m)));
        ParentNews done = engine.Fill(order, 1.5m, 104).One<ParentNews>();
        Assert.That(Sums(done), Is.EqualTo((ParentStatus.Done, 2m, 2m, 0m, 0m, 0m)));
        Assert.That(done.Average, Is.EqualTo(103m));
        Assert.That((engine.Position.WorkingParent, engine.State.Parents.Count, engine.State.Clients[0].OpenParents), Is.EqualTo((-1, 0, 0u)));
    }

    [TestCase(ReasonCode.RejectedByVenue)]
    [TestCase(ReasonCode.Throttled)]
    [Description("R52, R53, D15")]
    public void A_refusal_that_may_pass_is_tried_again_after_the_delay_for_what_is_left(ReasonCode reason)
    {
        EngineHarness engine = Started(retries: 2, out ulong first);
        Reply refused = engine.News(first, ExecutionKind.Rejected, reason);
        Assert.That(refused.Has0<Sent>(), Is.True, "not before the delay");
        Assert.That((refused.One<ParentNews>().Unsent, refused.One<ParentNews>().Reason), Is.EqualTo((2m, reason)));
        Sent second = engine.Send(InputBytes.Tick(0)).One<Sent>();
        Assert.That((second.Quantity, second.Id), Is.EqualTo((2m, engine.State.Orders[1].ClientOrderId)));
        engine.News(second.Id, ExecutionKind.Rejected, reason);
        ulong third = engine.Send(InputBytes.Tick(0)).One<Sent>().Id;
        ParentNews ended = engine.News(third, ExecutionKind.Rejected, reason).One<ParentNews>();
        Assert.That((Sums(ended), ended.Reason), Is.EqualTo(((ParentStatus.Ended, 2m, 0m, 0m, 0m, 2m), ReasonCode.RetriesExhausted)));
        Assert.That(engine.Send(InputBytes.Tick(0)).Has0<Sent>(), Is.True);
    }

    [TestCase(ReasonCode.InsufficientBalance)]
    [TestCase(ReasonCode.PriceNotOnTick)]
    [Description("R52")]
    public void A_refusal_that_will_not_pass_is_not_tried_again(ReasonCode reason)
    {
        EngineHarness engine = Started(retries: 3, out ulong first);
        ParentNews ended = engine.News(first, ExecutionKind.Rejected, reason).One<ParentNews>();
        Assert.That((ended.Status, ended.Reason, ended.Ended), Is.EqualTo((ParentStatus.Ended, reason, 2m)));
    }

    [Test]
    [Description("R53: an earlier tick is not the time")]
    public void The_delay_is_the_strategys()
    {
        EngineHarness engine = Started(retries: 1, out ulong first, delayNanos: 5 * EngineHarness.SecondNanos);
        engine.News(first, ExecutionKind.Rejected, ReasonCode.Throttled);
        for (int second = 1; second < 5; second++)
        {
            Assert.That(engine.Send(InputBytes.Tick(0)).Has0<Sent>(), Is.True, $"after {second} s");
        }

        Assert.That(engine.Send(InputBytes.Tick(0)).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    [Description("T2")]
    public void While_an_order_is_in_doubt_nothing_is_sent_for_its_parent()
    {
        EngineHarness engine = Started(retries: 3, out ulong first);
        engine.Send(InputBytes.ReconciliationStart(0));
        Assert.That(engine.State.Orders.InDoubtCount, Is.EqualTo(1));
        for (int second = 0; second < 10; second++)
        {
            Assert.That(engine.Send(InputBytes.Tick(0)).Has0<Sent>(), Is.True);
        }

        engine.News(first, ExecutionKind.Rejected, ReasonCode.Throttled);
        Assert.That(engine.Send(InputBytes.Tick(0)).One<Sent>().Quantity, Is.EqualTo(2m), "a known refusal is tried again");
    }

    [Test]
    [Description("R63")]
    public void A_cancel_by_request_ends_the_parent()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        ulong order = engine.Submit(Side.Buy, 3, limit: 90).One<Sent>().Id;
        engine.Fill(order, 1, 90);
        Reply asked = engine.Cancel(order);
        Assert.That((asked.One<CancelSent>().Id, asked.One<ParentNews>().Status), Is.EqualTo((order, ParentStatus.Cancelling)));
        ParentNews ended = engine.News(order, ExecutionKind.Cancelled).One<ParentNews>();
        Assert.That((Sums(ended), ended.Reason), Is.EqualTo(((ParentStatus.Ended, 3m, 1m, 0m, 0m, 2m), ReasonCode.ParentCancelled)));
    }

    [Test]
    [Description("T17: nothing is sent on top")]
    public void A_fill_after_the_cancel_of_a_retried_parent_is_counted_and_what_works_on_top_is_cancelled()
    {
        EngineHarness engine = Started(retries: 1, out ulong first);
        engine.News(first, ExecutionKind.Rejected, ReasonCode.Throttled);
        ulong second = engine.Send(InputBytes.Tick(0)).One<Sent>().Id;
        Reply late = engine.Fill(first, 0.5m, 100);
        Assert.That(Sums(late.One<ParentNews>()), Is.EqualTo((ParentStatus.Working, 2m, 0.5m, 2m, -0.5m, 0m)), "more is committed than was asked for");
        Assert.That(late.One<CancelSent>().Id, Is.EqualTo(second));
        ParentNews ended = engine.News(second, ExecutionKind.Cancelled).One<ParentNews>();
        Assert.That((ended.Executed, ended.Executed + ended.Working + ended.Unsent + ended.Ended), Is.EqualTo((0.5m, 2m)));
    }

    [Test]
    [Description("T6")]
    public void A_fill_after_its_parent_has_ended_is_booked_and_no_other_parent_counts_it()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        ulong first = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>().Id;
        engine.News(first, ExecutionKind.Cancelled);
        engine.Submit(Side.Buy, 5, limit: 91);
        Reply late = engine.Fill(first, 1, 90);
        Assert.That(late.Has0<ParentNews>(), Is.True, "the row of its parent is another's");
        Assert.That((engine.Held, Scaled.Of(engine.State.Parents[0].Executed.Raw)), Is.EqualTo((1m, 0m)));
    }

    [Test]
    [Description("R64")]
    public void An_amend_changes_what_the_parent_is_for()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        ulong order = engine.Submit(Side.Buy, 3, limit: 90).One<Sent>().Id;
        engine.News(order, ExecutionKind.Accepted);
        engine.Amend(order, quantity: 2, price: 91);
        engine.Send(new Report { Order = order, Kind = ExecutionKind.Amended, Side = Side.Buy, Leaves = Scaled.Raw(2), NewPrice = Scaled.Raw(91) }.Encode());
        ParentNews done = engine.Fill(order, 2, 91).One<ParentNews>();
        Assert.That(Sums(done), Is.EqualTo((ParentStatus.Done, 2m, 2m, 0m, 0m, 0m)));
    }

    private static (ParentStatus Status, decimal Quantity, decimal Executed, decimal Working, decimal Unsent, decimal Ended) Sums(ParentNews news) =>
        (news.Status, news.Quantity, news.Executed, news.Working, news.Unsent, news.Ended);

    private static EngineHarness Started(byte retries, out ulong order, long delayNanos = 100_000_000)
    {
        var engine = new EngineHarness(new StrategyRecord { Quantity = 2 });
        engine.Send(new ExecutionRecord { Retries = retries, RetryDelayNanos = delayNanos }.Encode());
        engine.Trade(100);
        order = engine.Signal(Direction.Long).One<Sent>().Id;
        return engine;
    }
}
