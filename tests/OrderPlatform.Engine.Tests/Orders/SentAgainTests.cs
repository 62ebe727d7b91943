using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>What is sent a second time under its own id: what never arrived, and what a rate limit sent back (T2, T11, D15).</summary>
internal sealed class SentAgainTests
{
    private const long Second = EngineHarness.SecondNanos;

    [Test]
    [Description("T2: nothing is sent for a parent while one of its orders is in doubt")]
    public void An_order_that_never_arrived_waits_until_the_other_order_of_its_parent_is_known()
    {
        EngineHarness engine = Split(out ulong first, out ulong second);
        engine.News(first, ExecutionKind.Unknown);
        engine.News(second, ExecutionKind.Unknown);
        Reply answer = Answer(engine, first, VenueOrderState.NotKnown);
        Assert.That((answer.Has0<Sent>(), answer.One<Alert>().Reason), Is.EqualTo((true, ReasonCode.SentAgain)));
        Assert.That((engine.Find(first).Status, engine.Find(first).InDoubt), Is.EqualTo((OrderStatus.Queued, false)));
        Assert.That(engine.Send(InputBytes.Tick(0)).Has0<Sent>(), "the other one is still in doubt");
        engine.News(second, ExecutionKind.Accepted);
        Assert.That(engine.Send(InputBytes.Tick(0)).One<Sent>().Id, Is.EqualTo(first));
        Assert.That(engine.Find(first).Status, Is.EqualTo(OrderStatus.PendingNew));
    }

    [Test]
    [Description("T2: two that never arrived do not wait for each other")]
    public void Two_orders_of_a_parent_that_never_arrived_both_go_again()
    {
        EngineHarness engine = Split(out ulong first, out ulong second);
        engine.News(first, ExecutionKind.Unknown);
        engine.News(second, ExecutionKind.Unknown);
        Answer(engine, first, VenueOrderState.NotKnown);
        Assert.That(Answer(engine, second, VenueOrderState.NotKnown).One<Sent>().Id, Is.EqualTo(second));
        Assert.That(engine.Send(InputBytes.Tick(0)).One<Sent>().Id, Is.EqualTo(first));
    }

    [Test]
    [Description("T2, T11: it lets those behind it in the queue pass")]
    public void An_order_that_a_rate_limit_sent_back_waits_while_another_of_its_parent_is_in_doubt()
    {
        EngineHarness engine = Split(out ulong first, out ulong second);
        engine.News(first, ExecutionKind.Unknown);
        engine.News(second, ExecutionKind.Throttled);
        ulong other = engine.Submit(Side.Buy, 1, limit: 80).One<OrderNews>().Id;
        engine.NowNanos += 120 * Second;
        Assert.That(engine.Send(InputBytes.Tick(0)).One<Sent>().Id, Is.EqualTo(other));
        Assert.That(engine.Send(InputBytes.Tick(0)).Has0<Sent>());
        Answer(engine, first, VenueOrderState.Working, leaves: 3);
        Assert.That(engine.Send(InputBytes.Tick(0)).One<Sent>().Id, Is.EqualTo(second));
    }

    [Test]
    [Description("T11: nothing leaves before Retry-After")]
    public void An_order_that_never_arrived_waits_while_its_venue_asked_for_silence()
    {
        EngineHarness engine = Split(out ulong first, out ulong second);
        engine.News(first, ExecutionKind.Unknown);
        engine.Send(new Report { Order = second, Kind = ExecutionKind.Throttled, Side = Side.Buy, RetryAfterNanos = 10 * Second }.Encode());
        Assert.That(Answer(engine, first, VenueOrderState.NotKnown).Has0<Sent>());
        engine.NowNanos += 10 * Second;
        Assert.That(engine.Send(InputBytes.Tick(0)).Of<Sent>().Select(sent => sent.Id), Is.EquivalentTo(new[] { first, second }));
    }

    [Test]
    [Description("T2, T4: what the venue said to have executed may have executed")]
    public void An_order_of_which_the_venue_named_a_sum_is_not_sent_again_when_the_venue_forgets_it()
    {
        EngineHarness engine = Split(out ulong first, out _);
        engine.News(first, ExecutionKind.Unknown);
        Answer(engine, first, VenueOrderState.Working, cumulative: 2, leaves: 1);
        Reply forgotten = Answer(engine, first, VenueOrderState.NotKnown);
        Assert.That((forgotten.Has0<Sent>(), forgotten.One<Alert>().Reason), Is.EqualTo((true, ReasonCode.ForgottenByVenue)));
        Assert.That(engine.Find(first).InDoubt, Is.True);
    }

    [Test]
    [Description("T2, T4: the venue named a sum, and then refused the same order for its rate limit")]
    public void An_order_in_doubt_is_not_sent_from_the_queue()
    {
        EngineHarness engine = Split(out ulong first, out _);
        engine.News(first, ExecutionKind.Unknown);
        Answer(engine, first, VenueOrderState.Working, cumulative: 2, leaves: 1);
        engine.News(first, ExecutionKind.Throttled);
        Assert.That((engine.Find(first).Status, engine.Find(first).InDoubt), Is.EqualTo((OrderStatus.Queued, true)));
        engine.NowNanos += 300 * Second;
        Assert.That(engine.Send(InputBytes.Tick(0)).Has0<Sent>());
    }

    [Test]
    [Description("T2, T15: a stop that was placed long ago and fired just now protects nothing if it ends as too old")]
    public void The_age_of_an_order_that_never_arrived_counts_from_when_it_was_sent()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        ulong stop = engine.Send(new SubmitRecord { Side = Side.Sell, Type = OrderType.Stop, Trigger = 95 }.Encode()).One<OrderNews>().Id;
        engine.NowNanos += 3_600 * Second;
        Assert.That(engine.Trade(94).One<Sent>().Id, Is.EqualTo(stop));
        engine.News(stop, ExecutionKind.Unknown);
        Assert.That(Answer(engine, stop, VenueOrderState.NotKnown).One<Sent>().Id, Is.EqualTo(stop));
    }

    private static EngineHarness Split(out ulong first, out ulong second)
    {
        var engine = new EngineHarness(instrument: new InstrumentRecord { MaximumQuantity = 3 });
        engine.Send(new ExecutionRecord { Split = true }.Encode());
        engine.Trade(100);
        Sent[] sent = engine.Submit(Side.Buy, 6, limit: 90).Of<Sent>();
        (first, second) = (sent[0].Id, sent[1].Id);
        return engine;
    }

    private static Reply Answer(EngineHarness engine, ulong order, VenueOrderState state, decimal cumulative = 0, decimal leaves = 0) =>
        engine.Send(InputBytes.Status(order, state, Scaled.Raw(cumulative), Scaled.Raw(leaves)));
}
