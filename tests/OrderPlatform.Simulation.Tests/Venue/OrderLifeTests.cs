using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

internal sealed class OrderLifeTests
{
    private static readonly MarketEvent TheQuote = Quote(0, 99, 10, 101, 20);

    private static VenueRun Quoted => new VenueRun().Give(TheQuote);

    [Test]
    public void Immediate_or_cancel_fills_what_is_there_and_the_rest_expires()
    {
        VenueRun run = Quoted.Submit(Limit(1, OrderSide.Buy, 50, 101, VenueTimeInForce.ImmediateOrCancel), 1).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Fill Expired:NoLiquidity"));
        Assert.That((run.Last.CumulativeQuantity, run.Last.LeavesQuantity), Is.EqualTo((Q(20), Q(0))));
    }

    [TestCase(20, "Accepted Fill")]
    [TestCase(21, "Accepted Expired:WouldNotFill")]
    public void Fill_or_kill_fills_whole_or_not_at_all(decimal quantity, string expected) =>
        Assert.That(
            Quoted.Submit(Limit(1, OrderSide.Buy, quantity, 101, VenueTimeInForce.FillOrKill), 1).Finish().StoryText(), Is.EqualTo(expected));

    [TestCase(VenueTimeInForce.ImmediateOrCancel, "Accepted Expired:NoLiquidity")]
    [TestCase(VenueTimeInForce.FillOrKill, "Accepted Expired:WouldNotFill")]
    public void Where_there_is_no_market_what_may_not_wait_expires(VenueTimeInForce tif, string expected) =>
        Assert.That(new VenueRun().Submit(Market(1, OrderSide.Buy, 1, tif), 1).Finish().StoryText(), Is.EqualTo(expected));

    [Test]
    public void A_cancel_ends_the_open_rest()
    {
        VenueRun run = Quoted.Submit(Limit(1, OrderSide.Buy, 50, 101), 1).Cancel(1, 5).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Fill Cancelled"));
        Assert.That((run.Last.CumulativeQuantity, run.Last.LeavesQuantity, run.Last.TimeNanos), Is.EqualTo((Q(20), Q(0), 6L)));
        Assert.That(run.Venue.NextEventTimeNanos, Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void A_cancel_that_loses_the_race_against_a_fill_is_too_late()
    {
        VenueRun run = new VenueRun(DefaultOptions with { OrderLatency = LatencyOptions.Constant(10), ReportLatency = LatencyOptions.Constant(100) });
        run.Give(TheQuote).Submit(Limit(1, OrderSide.Buy, 20, 100), 1).Cancel(1, 15).Give(Quote(20, 99, 10, 100, 20)).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Fill CancelRejected:TooLate"));
        Assert.That(run.Reports.Select(r => r.TimeNanos), Is.EqualTo(new long[] { 111, 120, 125 }));
    }

    [TestCase("cancel", "CancelRejected:UnknownOrder")]
    [TestCase("amend", "AmendRejected:UnknownOrder")]
    public void A_request_for_an_order_that_was_never_seen_is_refused(string request, string expected)
    {
        VenueRun run = request == "cancel" ? new VenueRun().Cancel(9, 1) : new VenueRun().Amend(9, 1, 1, 1);
        Assert.That(run.Finish().StoryText(), Is.EqualTo(expected));
        Assert.That(run.Last.ClientOrderId, Is.EqualTo(9));
    }

    [Test]
    public void An_amend_to_what_has_executed_or_less_is_refused_and_changes_nothing([Values(19, 20)] int quantity)
    {
        VenueRun run = Quoted.Submit(Limit(1, OrderSide.Buy, 50, 101), 1).Amend(1, quantity, 101, 5).Cancel(1, 10).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Fill AmendRejected:QuantityBelowExecuted Cancelled"));
        Assert.That(run.Reports[2].LeavesQuantity, Is.EqualTo(Q(30)));
    }

    [Test]
    public void An_amend_that_breaks_a_rule_is_refused_and_changes_nothing()
    {
        VenueRun run = Quoted.Submit(Limit(1, OrderSide.Buy, 50, 98), 1).Amend(1, 50, 98.005m, 5).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted AmendRejected:PriceNotOnTick"));
        Assert.That(run.Last.LimitPrice, Is.EqualTo(P(98)));
    }

    [Test]
    public void An_amend_of_a_closed_order_is_too_late() =>
        Assert.That(
            Quoted.Submit(Market(1, OrderSide.Buy, 1), 1).Amend(1, 5, 0, 5).Finish().StoryText(), Is.EqualTo("Accepted Fill AmendRejected:TooLate"));

    [Test]
    public void An_amend_to_a_marketable_limit_fills_at_once()
    {
        VenueRun run = Quoted.Submit(Limit(1, OrderSide.Buy, 5, 98), 1).Amend(1, 5, 101, 5).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Amended Fill"));
        Assert.That(run.FillText(), Is.EqualTo("5@101 t6"));
    }

    [TestCase(8, 100, 1UL)]
    [TestCase(12, 100, 2UL)]
    public void Only_a_smaller_quantity_keeps_priority(decimal quantity, decimal price, ulong firstFilled)
    {
        VenueRun run = Quoted.Submit(Limit(1, OrderSide.Buy, 10, 100), 1).Submit(Limit(2, OrderSide.Buy, 10, 100), 2).Amend(1, quantity, price, 5)
            .Give(Quote(10, 98, 1, 100, 4)).Finish();
        Assert.That(run.Fills.Single().ClientOrderId, Is.EqualTo(firstFilled));
    }

    [Test]
    public void An_amended_limit_in_bars_is_planned_anew()
    {
        VenueRun run = new VenueRun().Give(Bar(0, 1200, 100, 112, 92, 104)).Submit(Limit(1, OrderSide.Buy, 1, 94), 0).Amend(1, 1, 93, 10).Finish();
        Assert.That(run.FillText(), Is.EqualTo("1@93 t351 M"));
    }

    [Test]
    public void A_cancel_can_overtake_its_order_and_then_finds_nothing()
    {
        var options = DefaultOptions with { OrderLatency = LatencyOptions.LogNormal(1000, 3000) };
        string[] stories = Enumerable.Range(0, 40).Select(seed => new VenueRun(options with { Seed = (ulong)seed })
            .Submit(Market(1, OrderSide.Buy, 1), 0).Cancel(1, 0).Finish().StoryText()).Distinct().Order().ToArray();
        Assert.That(stories, Is.EqualTo(new[] { "Accepted Cancelled", "CancelRejected:UnknownOrder Accepted" }));
    }

    [Test]
    public void The_fill_ratio_bounds_what_one_opportunity_fills()
    {
        VenueRun run = new VenueRun(DefaultOptions with { FillRatio = R(0.4m) }).Give(Bar(0, 1200, 100, 112, 92, 104))
            .Submit(Market(1, OrderSide.Buy, 10), 0).Finish();
        Assert.That(run.FillText(), Is.EqualTo("4@99.98 t1; 4@94 t300; 2@102 t600"));
    }

    [Test]
    public void A_fill_ratio_below_one_step_still_fills_a_step()
    {
        VenueRun run = new VenueRun(DefaultOptions with { FillRatio = R(0.01m) }).Give(Bar(0, 1200, 100, 112, 92, 104))
            .Submit(Market(1, OrderSide.Buy, 2), 0).Finish();
        Assert.That(run.FillText(), Is.EqualTo("1@99.98 t1; 1@94 t300"));
    }

    [Test]
    public void A_fill_probability_of_zero_never_fills_and_of_a_quarter_fills_about_every_fourth_time()
    {
        Assert.That(FilledOf(1000, R(0)), Is.Zero);
        Assert.That(FilledOf(1000, R(0.25m)), Is.InRange(200, 300));
    }

    private static int FilledOf(int orders, Engine.Numbers.Ratio probability)
    {
        VenueRun run = new VenueRun(DefaultOptions with { FillProbability = probability }).Give(Quote(0, 99, 1, 101, orders));
        for (int i = 1; i <= orders; i++)
        {
            run.Submit(Market((ulong)i, OrderSide.Buy, 1, VenueTimeInForce.ImmediateOrCancel), i);
        }

        return run.Finish().Fills.Count();
    }
}
