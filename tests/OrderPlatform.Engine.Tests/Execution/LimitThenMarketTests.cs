using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Execution;

/// <summary>A limit for a time, then the market (R74).</summary>
internal sealed class LimitThenMarketTests
{
    [Test]
    [Description("R74")]
    public void After_the_timeout_what_is_left_goes_to_the_market_once_the_cancel_is_answered()
    {
        EngineHarness engine = Started(fallback: true, out ulong limit);
        engine.Fill(limit, 0.4m, 99);
        Assert.That(WaitUntilOut<CancelSent>(engine, 60).One<CancelSent>().Id, Is.EqualTo(limit));
        Assert.That(engine.Send(InputBytes.Tick(0)).Has0<Sent>(), Is.True, "not before the answer");
        engine.Fill(limit, 0.1m, 99);
        Reply reply = engine.News(limit, ExecutionKind.Cancelled);
        Assert.That((reply.One<Sent>().Type, reply.One<Sent>().Quantity), Is.EqualTo((OrderType.Market, 1.5m)));
        Assert.That(reply.Of<ParentNews>()[^1].Reason, Is.EqualTo(ReasonCode.FallbackToMarket));
        ParentNews done = engine.Fill(reply.One<Sent>().Id, 1.5m, 101).One<ParentNews>();
        Assert.That((done.Status, done.Executed, engine.Held), Is.EqualTo((ParentStatus.Done, 2m, 2m)));
    }

    [Test]
    [Description("R74: fallback_to_market false")]
    public void Without_fallback_the_rest_ends()
    {
        EngineHarness engine = Started(fallback: false, out ulong limit);
        WaitUntilOut<CancelSent>(engine, 60);
        ParentNews ended = engine.News(limit, ExecutionKind.Cancelled).Of<ParentNews>()[^1];
        Assert.That((ended.Status, ended.Ended, ended.Reason), Is.EqualTo((ParentStatus.Ended, 2m, ReasonCode.Expired)));
    }

    [Test]
    [Description("R74, T17")]
    public void A_fill_that_overtakes_the_cancel_is_all()
    {
        EngineHarness engine = Started(fallback: true, out ulong limit);
        WaitUntilOut<CancelSent>(engine, 60);
        Reply filled = engine.Fill(limit, 2, 99);
        Assert.That((filled.Has0<Sent>(), filled.One<ParentNews>().Status), Is.EqualTo((true, ParentStatus.Done)));
    }

    [Test]
    [Description("R74")]
    public void A_limit_order_that_the_venue_ends_goes_to_the_market_at_once()
    {
        EngineHarness engine = Started(fallback: true, out ulong limit);
        Sent market = engine.News(limit, ExecutionKind.Expired).One<Sent>();
        Assert.That((market.Type, market.Quantity), Is.EqualTo((OrderType.Market, 2m)));
    }

    [Test]
    [Description("R74")]
    public void A_cancel_that_the_venue_refuses_is_asked_for_again()
    {
        EngineHarness engine = Started(fallback: true, out ulong limit);
        WaitUntilOut<CancelSent>(engine, 60);
        engine.News(limit, ExecutionKind.CancelRejected);
        Assert.That(WaitUntilOut<CancelSent>(engine, 3).One<CancelSent>().Id, Is.EqualTo(limit));
    }

    [Test]
    [Description("R74: timeout 60 s where a request names the algorithm and the strategy has no number")]
    public void A_requests_limit_stands_for_the_documents_default()
    {
        var engine = new EngineHarness();
        engine.Send(new ExecutionRecord { Fallback = true }.Encode());
        engine.Trade(100);
        long start = engine.NowNanos;
        engine.Send(new SubmitRecord { Type = OrderType.Limit, Price = 95, Algorithm = ExecutionAlgorithm.LimitThenMarket }.Encode());
        WaitUntilOut<CancelSent>(engine, 100);
        Assert.That((engine.NowNanos - start) / EngineHarness.SecondNanos, Is.EqualTo(61), "a second for the request itself");
    }

    private static EngineHarness Started(bool fallback, out ulong limit)
    {
        var engine = new EngineHarness(new StrategyRecord { Quantity = 2, LimitOffset = 0.01m });
        engine.Send(new ExecutionRecord { Algorithm = ExecutionAlgorithm.LimitThenMarket, LimitTimeoutSeconds = 60, Fallback = fallback }.Encode());
        engine.Trade(100);
        Sent sent = engine.Signal(Direction.Long).One<Sent>();
        Assert.That((sent.Type, sent.Price), Is.EqualTo((OrderType.Limit, (decimal?)99m)));
        limit = sent.Id;
        return engine;
    }

    private static Reply WaitUntilOut<T>(EngineHarness engine, int seconds)
    {
        for (int second = 0; second < seconds; second++)
        {
            Reply reply = engine.Send(InputBytes.Tick(0));
            if (!reply.Has0<T>())
            {
                return reply;
            }
        }

        throw new AssertionException($"no {typeof(T).Name} within {seconds} s");
    }
}
