using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Execution;

/// <summary>One visible part at a time (R76).</summary>
internal sealed class IcebergTests
{
    [Test]
    [Description("R76: visible_pct 0.1")]
    public void Each_part_follows_the_one_that_filled_until_all_is_done()
    {
        EngineHarness engine = Started(out Reply reply);
        decimal executed = 0;
        int parts = 0;
        while (!reply.Has0<Sent>())
        {
            Sent part = reply.One<Sent>();
            Assert.That((part.Type, part.Quantity), Is.EqualTo((OrderType.Limit, 0.4m)));
            executed += part.Quantity;
            parts++;
            reply = engine.Fill(part.Id, part.Quantity, 100);
        }

        Assert.That((parts, executed, engine.Held, reply.Of<ParentNews>()[^1].Status), Is.EqualTo((10, 4m, 4m, ParentStatus.Done)));
    }

    [Test]
    [Description("R76: max_refresh_time 30 s")]
    public void A_part_that_does_not_fill_is_renewed_after_the_refresh_time_at_the_price_of_then()
    {
        EngineHarness engine = Started(out Reply reply);
        ulong part = reply.One<Sent>().Id;
        long start = engine.NowNanos;
        engine.Fill(part, 0.1m, 100);
        engine.Trade(102);
        while (engine.Send(InputBytes.Tick(0)).Has0<CancelSent>())
        {
            Assert.That(engine.NowNanos - start, Is.LessThan(40 * EngineHarness.SecondNanos));
        }

        Assert.That((engine.NowNanos - start) / EngineHarness.SecondNanos, Is.EqualTo(30));
        Sent renewed = engine.News(part, ExecutionKind.Cancelled).One<Sent>();
        Assert.That((renewed.Quantity, renewed.Price), Is.EqualTo((0.4m, (decimal?)102m)));
    }

    [Test]
    [Description("R76, T14")]
    public void A_part_that_the_venue_refuses_for_good_ends_the_parent_with_the_reason()
    {
        EngineHarness engine = Started(out Reply reply);
        ulong first = reply.One<Sent>().Id;
        ulong second = engine.Fill(first, 0.4m, 100).One<Sent>().Id;
        ParentNews ended = engine.News(second, ExecutionKind.Rejected, ReasonCode.InsufficientBalance).One<ParentNews>();
        Assert.That((ended.Executed, ended.Ended, ended.Reason), Is.EqualTo((0.4m, 3.6m, ReasonCode.InsufficientBalance)));
    }

    [Test]
    [Description("R63")]
    public void A_cancel_of_the_part_by_request_ends_the_whole()
    {
        EngineHarness engine = Started(out Reply reply);
        ulong part = reply.One<Sent>().Id;
        engine.Cancel(part);
        Reply ended = engine.News(part, ExecutionKind.Cancelled);
        Assert.That((ended.Has0<Sent>(), ended.One<ParentNews>().Ended), Is.EqualTo((true, 4m)));
    }

    private static EngineHarness Started(out Reply reply)
    {
        var engine = new EngineHarness(new StrategyRecord { Quantity = 4 });
        engine.Send(new ExecutionRecord { Algorithm = ExecutionAlgorithm.Iceberg, Visible = 0.1m, RefreshSeconds = 30, LimitOrders = true }.Encode());
        engine.Trade(100);
        reply = engine.Signal(Direction.Long);
        return engine;
    }
}
