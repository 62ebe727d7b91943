using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Execution;

/// <summary>TWAP, VWAP and POV through the engine (R75, R78, T14).</summary>
internal sealed class ScheduledTests
{
    [Test]
    [Description("R75: 300 s, 10 slices: one every 30 s, the first at once")]
    public void A_twap_by_the_documents_defaults_is_ten_slices_thirty_seconds_apart()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        long start = engine.NowNanos + EngineHarness.SecondNanos;
        var slices = new List<(long Second, decimal Quantity)>();
        Reply reply = engine.Send(new SubmitRecord { Quantity = 1.005m, Algorithm = ExecutionAlgorithm.Twap }.Encode());
        for (int second = 0; second <= 300; second++)
        {
            foreach (Sent sent in reply.Of<Sent>())
            {
                slices.Add(((engine.NowNanos - start) / EngineHarness.SecondNanos, sent.Quantity));
                engine.NowNanos -= EngineHarness.SecondNanos;
                engine.Fill(sent.Id, sent.Quantity, 100);
            }

            reply = engine.Send(InputBytes.Tick(0));
        }

        Assert.That(slices.Select(slice => slice.Second), Is.EqualTo(Enumerable.Range(0, 10).Select(index => 30L * index)));
        Assert.That(slices.Sum(slice => slice.Quantity), Is.EqualTo(1.005m));
        Assert.That(slices.Max(slice => slice.Quantity) - slices.Min(slice => slice.Quantity), Is.LessThanOrEqualTo(0.001m));
        Assert.That((engine.Held, engine.State.Parents.Count), Is.EqualTo((1.005m, 0)));
    }

    [Test]
    [Description("R75, T14: use_limit_orders")]
    public void A_slice_that_rests_is_renewed_with_the_next_one_at_the_price_of_then()
    {
        EngineHarness engine = Started(new ExecutionRecord { Algorithm = ExecutionAlgorithm.Twap, DurationSeconds = 40, Slices = 4, LimitOrders = true }, out Reply first);
        Sent resting = first.One<Sent>();
        Assert.That((resting.Quantity, resting.Price), Is.EqualTo((1m, (decimal?)100m)));
        engine.Trade(105);
        engine.Fill(resting.Id, 0.25m, 100);
        CancelSent cancel = Until<CancelSent>(engine, 10).One<CancelSent>();
        Assert.That(cancel.Id, Is.EqualTo(resting.Id));
        Sent renewed = engine.News(resting.Id, ExecutionKind.Cancelled).One<Sent>();
        Assert.That((renewed.Quantity, renewed.Price), Is.EqualTo((1.75m, (decimal?)105m)), "two slices less what executed");
    }

    [Test]
    [Description("T14: LEFTOVER with a reason")]
    public void At_the_end_what_rests_is_cancelled_and_the_rest_is_a_leftover()
    {
        EngineHarness engine = Started(new ExecutionRecord { Algorithm = ExecutionAlgorithm.Twap, DurationSeconds = 20, Slices = 2, LimitOrders = true }, out Reply first);
        engine.News(first.One<Sent>().Id, ExecutionKind.Expired);
        Sent second = Until<Sent>(engine, 10).One<Sent>();
        Assert.That(second.Quantity, Is.EqualTo(4m), "the second slice takes the first one's rest along");
        Until<CancelSent>(engine, 12);
        ParentNews ended = engine.News(second.Id, ExecutionKind.Cancelled).Of<ParentNews>()[^1];
        Assert.That((ended.Status, ended.Ended, ended.Reason), Is.EqualTo((ParentStatus.Ended, 4m, ReasonCode.Leftover)));
    }

    [Test]
    [Description("T14, R74: the rest is executed where the strategy falls back to the market")]
    public void At_the_end_what_is_left_of_limit_slices_may_go_to_the_market()
    {
        EngineHarness engine = Started(
            new ExecutionRecord { Algorithm = ExecutionAlgorithm.Twap, DurationSeconds = 20, Slices = 2, LimitOrders = true, Fallback = true }, out Reply first);
        ulong one = first.One<Sent>().Id;
        Until<CancelSent>(engine, 10);
        ulong two = engine.News(one, ExecutionKind.Cancelled).One<Sent>().Id;
        Until<CancelSent>(engine, 12);
        Sent market = engine.News(two, ExecutionKind.Cancelled).One<Sent>();
        Assert.That((market.Type, market.Quantity), Is.EqualTo((OrderType.Market, 4m)));
        Assert.That(engine.Fill(market.Id, 4, 100).One<ParentNews>().Status, Is.EqualTo(ParentStatus.Done));
    }

    [Test]
    [Description("R12, T12, T14: children are at least the venue's minimum, or merged")]
    public void Slices_below_the_venues_minimum_are_merged()
    {
        EngineHarness engine = Started(
            new ExecutionRecord { Algorithm = ExecutionAlgorithm.Twap, DurationSeconds = 40, Slices = 4 }, out Reply first, new InstrumentRecord { MinimumNotional = 150 });
        Assert.That(first.Has0<Sent>(), Is.True, "a slice of one is worth 100");
        Sent merged = Until<Sent>(engine, 11).One<Sent>();
        Assert.That(merged.Quantity, Is.EqualTo(2m));
    }

    [Test]
    [Description("R53, R75: a refused slice is tried again, and if that fails taken along")]
    public void A_slice_that_stays_refused_is_taken_along_by_the_next_one()
    {
        EngineHarness engine = Started(new ExecutionRecord { Algorithm = ExecutionAlgorithm.Twap, DurationSeconds = 40, Slices = 4, Retries = 1 }, out Reply first);
        engine.News(first.One<Sent>().Id, ExecutionKind.Rejected, ReasonCode.Throttled);
        Sent again = engine.Send(InputBytes.Tick(0)).One<Sent>();
        Assert.That(again.Quantity, Is.EqualTo(1m));
        Assert.That(engine.News(again.Id, ExecutionKind.Rejected, ReasonCode.Throttled).One<ParentNews>().Reason, Is.EqualTo(ReasonCode.RetriesExhausted));
        Assert.That(Until<Sent>(engine, 10).One<Sent>().Quantity, Is.EqualTo(2m));
    }

    [Test]
    [Description("T4, T2: what the venue says was executed is not sent again, also before its fills are there")]
    public void Fills_that_are_missing_from_a_slice_are_not_sent_again()
    {
        EngineHarness engine = Started(new ExecutionRecord { Algorithm = ExecutionAlgorithm.Twap, DurationSeconds = 40, Slices = 4 }, out Reply first);
        ulong slice = first.One<Sent>().Id;
        engine.Send(new Report { Order = slice, Kind = ExecutionKind.Cancelled, Side = Side.Buy, Cumulative = Scaled.Raw(0.4m), Leaves = Scaled.Raw(0.6m) }.Encode());
        Assert.That(Until<Sent>(engine, 11).One<Sent>().Quantity, Is.EqualTo(1.6m), "two slices less what executed somewhere");
        ParentNews known = engine.Fill(slice, 0.4m, 100).Of<ParentNews>()[^1];
        Assert.That((known.Executed, known.Ended, known.Working, known.Unsent), Is.EqualTo((0.4m, 0m, 1.6m, 2m)));
    }

    [Test]
    [Description("D16")]
    public void Where_the_opening_part_is_refused_the_closing_part_runs_alone()
    {
        EngineHarness engine = Started(new ExecutionRecord { Algorithm = ExecutionAlgorithm.Twap, DurationSeconds = 40, Slices = 4 }, out Reply first);
        engine.Fill(first.One<Sent>().Id, 1, 100);
        engine.Send(new LimitsRecord { MaximumPositionQuantity = 2 }.Encode());
        Reply reply = engine.Signal(Direction.Short);
        Assert.That(reply.One<Refused>().Reason, Is.EqualTo(ReasonCode.PositionQuantityLimit));
        Assert.That((reply.One<Sent>().Quantity, reply.Of<ParentNews>()[^1].Quantity), Is.EqualTo((0.25m, 1m)));
    }

    [Test]
    [Description("R126, R63: an opposing intent ends what is not sent")]
    public void An_opposing_signal_ends_the_parent_between_its_slices()
    {
        EngineHarness engine = Started(new ExecutionRecord { Algorithm = ExecutionAlgorithm.Twap, DurationSeconds = 40, Slices = 4 }, out Reply first);
        engine.Fill(first.One<Sent>().Id, 1, 100);
        Reply reply = engine.Signal(Direction.Short);
        ParentNews ended = reply.Of<ParentNews>()[0];
        Assert.That((ended.Status, ended.Executed, ended.Ended, ended.Reason), Is.EqualTo((ParentStatus.Ended, 1m, 3m, ReasonCode.ParentCancelled)));
        Sent reversal = reply.One<Sent>();
        Assert.That((reversal.Side, reversal.Quantity), Is.EqualTo((Side.Sell, 1.25m)), "a quarter of one that closes and four that open");
    }

    [Test]
    [Description("R78: without a volume profile VWAP runs as TWAP, and says so")]
    public void A_vwap_without_a_profile_runs_as_twap()
    {
        EngineHarness engine = Started(new ExecutionRecord { Algorithm = ExecutionAlgorithm.Vwap, DurationSeconds = 40, Slices = 4 }, out Reply first);
        Assert.That((first.One<Alert>().Reason, first.One<ParentNews>().Algorithm), Is.EqualTo((ReasonCode.NoVolumeProfile, ExecutionAlgorithm.Twap)));
        Assert.That(first.One<Sent>().Quantity, Is.EqualTo(1m));
        Assert.That(engine.State.Parents[0].EndNanos - engine.State.Parents[0].StartNanos, Is.EqualTo(40 * EngineHarness.SecondNanos));
    }

    [Test]
    [Description("R78")]
    public void A_pov_takes_its_share_of_the_volume_and_not_more()
    {
        EngineHarness engine = Started(new ExecutionRecord { Algorithm = ExecutionAlgorithm.Pov, DurationSeconds = 60, Participation = 0.1m }, out Reply first);
        Assert.That(first.Has0<Sent>(), Is.True, "nothing has traded yet");
        Volume(engine, 7.5m);
        Sent sent = Until<Sent>(engine, 2).One<Sent>();
        Assert.That(sent.Quantity, Is.EqualTo(0.75m));
        engine.Fill(sent.Id, 0.75m, 100);
        Volume(engine, 100);
        Assert.That(Until<Sent>(engine, 2).One<Sent>().Quantity, Is.EqualTo(3.25m), "no more than is left");
    }

    [Test]
    [Description("R78, T14")]
    public void A_pov_that_finds_no_volume_ends_with_a_leftover()
    {
        EngineHarness engine = Started(new ExecutionRecord { Algorithm = ExecutionAlgorithm.Pov, DurationSeconds = 10, Participation = 0.1m }, out _);
        ParentNews ended = Until<ParentNews>(engine, 11).One<ParentNews>();
        Assert.That((ended.Ended, ended.Reason), Is.EqualTo((4m, ReasonCode.Leftover)));
    }

    private static void Volume(EngineHarness engine, decimal quantity) => engine.Send(InputBytes.Trade(1, Scaled.Raw(100), Scaled.Raw(quantity)));

    private static EngineHarness Started(ExecutionRecord rules, out Reply first, InstrumentRecord? instrument = null)
    {
        var engine = new EngineHarness(new StrategyRecord { Quantity = 4 }, instrument);
        engine.Send(rules.Encode());
        engine.Trade(100);
        first = engine.Signal(Direction.Long);
        return engine;
    }

    private static Reply Until<T>(EngineHarness engine, int seconds)
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
