using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

internal sealed class TickFillTests
{
    [Test]
    public void With_trades_a_market_order_fills_from_the_trades_after_its_arrival_at_their_prices()
    {
        VenueRun run = new VenueRun(DefaultOptions with { Participation = R(0.5m) }).Give(Trade(5, 99, 1000))
            .Submit(Market(1, OrderSide.Buy, 30), 10).Give(Trade(20, 100, 40)).Give(Trade(30, 101, 40)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("20@100 t20; 10@101 t30"));
    }

    [Test]
    public void Two_orders_share_one_trade_in_the_order_of_arrival()
    {
        VenueRun run = new VenueRun().Submit(Market(1, OrderSide.Buy, 30), 10).Submit(Market(2, OrderSide.Sell, 30), 10).Give(Trade(20, 100, 40)).Finish();
        Assert.That(run.Fills.Select(f => (f.ClientOrderId, f.LastQuantity)), Is.EqualTo(new[] { (1UL, Q(30)), (2UL, Q(10)) }));
    }

    [Test]
    public void A_limit_order_takes_while_trades_are_better_and_rests_from_the_first_that_is_not()
    {
        VenueRun run = new VenueRun().Submit(Limit(1, OrderSide.Buy, 100, 100), 0).Give(Trade(10, 98, 20)).Give(Trade(20, 101, 20)).Give(Trade(30, 97, 30))
            .Finish();
        Assert.That(run.FillText(), Is.EqualTo("20@98 t10; 30@100 t30 M"));
    }

    [Test]
    public void Without_an_assumption_about_the_queue_a_touch_never_fills()
    {
        VenueRun run = new VenueRun().Give(Trade(0, 101, 1)).Submit(Limit(1, OrderSide.Buy, 10, 100), 1).Give(Trade(10, 100, 1000, Aggressor.Sell))
            .Give(Trade(20, 99.99m, 4, Aggressor.Sell)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("4@100 t20 M"));
    }

    [TestCase(Aggressor.Sell, "5@100 t10 M")]
    [TestCase(Aggressor.Unknown, "5@100 t10 M")]
    [TestCase(Aggressor.Buy, "")]
    public void At_the_limit_only_takers_of_the_other_side_shorten_the_queue(Aggressor aggressor, string expected)
    {
        SimulatedVenueOptions options = DefaultOptions with { Instruments = [DefaultInstrument with { AssumedQueueAhead = Q(15) }] };
        VenueRun run = new VenueRun(options).Give(Trade(0, 101, 1)).Submit(Limit(1, OrderSide.Buy, 10, 100), 1).Give(Trade(10, 100, 20, aggressor)).Finish();
        Assert.That(run.FillText(), Is.EqualTo(expected));
    }

    [Test]
    public void With_quotes_a_market_order_fills_at_the_other_side_and_the_rest_waits_for_the_next_update()
    {
        VenueRun run = new VenueRun().Give(Quote(0, 99, 10, 101, 20)).Submit(Market(1, OrderSide.Buy, 50), 1).Submit(Market(2, OrderSide.Sell, 5), 2)
            .Give(Quote(10, 98, 10, 101, 20)).Give(Quote(20, 98, 10, 102, 40)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("20@101 t2; 5@99 t3; 30@102 t20"), "the unchanged ask of t10 has not been refilled");
    }

    [Test]
    public void A_stale_quote_never_fills()
    {
        VenueRun run = new VenueRun(DefaultOptions with { MaxQuoteAgeNanos = 100 }).Give(Quote(0, 99, 10, 101, 20))
            .Submit(Market(1, OrderSide.Buy, 5), 99).Submit(Market(2, OrderSide.Buy, 5), 100).Give(Quote(500, 99, 10, 103, 20)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("5@101 t100; 5@103 t500"));
    }

    [Test]
    public void Once_there_are_quotes_taking_orders_do_not_fill_from_trades()
    {
        VenueRun run = new VenueRun(DefaultOptions with { MaxQuoteAgeNanos = 1 }).Give(Quote(0, 99, 10, 101, 20)).Submit(Market(1, OrderSide.Buy, 5), 50)
            .Give(Trade(60, 100, 50)).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted"));
    }

    [Test]
    public void A_marketable_limit_takes_what_is_displayed_and_rests_with_what_is_left()
    {
        VenueRun run = new VenueRun().Give(Quote(0, 99, 10, 101, 20)).Submit(Limit(1, OrderSide.Buy, 50, 101), 1)
            .Give(Trade(10, 100.5m, 10, Aggressor.Sell)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("20@101 t2; 10@101 t10 M"));
    }

    [Test]
    public void A_queue_is_never_longer_than_what_is_displayed()
    {
        VenueRun run = new VenueRun().Give(Quote(0, 100, 100, 101, 100)).Submit(Limit(1, OrderSide.Buy, 10, 100), 1).Give(Quote(10, 100, 3, 101, 100))
            .Give(Trade(20, 100, 7, Aggressor.Sell)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("4@100 t20 M"));
    }

    [Test]
    public void What_an_earlier_order_of_ours_takes_at_a_level_does_not_reach_the_later_one()
    {
        VenueRun run = new VenueRun().Give(Quote(0, 100, 10, 101, 100)).Submit(Limit(1, OrderSide.Buy, 5, 100), 1).Submit(Limit(2, OrderSide.Buy, 20, 100), 2)
            .Give(Trade(20, 100, 18, Aggressor.Sell)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("5@100 t20 M; 3@100 t20 M"), "18 less 10 of others, 5 for the first order");
    }

    [Test]
    public void A_deeper_limit_learns_its_queue_when_its_level_becomes_the_best()
    {
        VenueRun run = new VenueRun().Give(Quote(0, 100, 5, 101, 5)).Submit(Limit(1, OrderSide.Buy, 10, 99), 1).Give(Trade(5, 99, 50, Aggressor.Sell))
            .Give(Quote(10, 99, 8, 101, 6)).Give(Trade(20, 99, 9, Aggressor.Sell)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("1@99 t20 M"));
    }

    [Test]
    public void A_resting_sell_mirrors_a_resting_buy()
    {
        VenueRun run = new VenueRun().Give(Quote(0, 100, 5, 101, 8)).Submit(Limit(1, OrderSide.Sell, 10, 101), 1).Give(Trade(5, 101, 9, Aggressor.Buy))
            .Give(Quote(10, 101, 4, 102, 6)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("1@101 t5 M; 4@101 t10 M"));
    }

    [Test]
    public void The_better_price_and_then_the_earlier_order_fills_first()
    {
        VenueRun run = new VenueRun().Give(Quote(0, 98, 5, 105, 8));
        run.Submit(Limit(1, OrderSide.Buy, 10, 100), 1).Submit(Limit(2, OrderSide.Buy, 10, 101), 2).Submit(Limit(3, OrderSide.Buy, 10, 101), 3);
        run.Give(Quote(10, 98, 5, 99.5m, 25)).Finish();
        Assert.That(run.Fills.Select(f => (f.ClientOrderId, f.LastQuantity)), Is.EqualTo(new[] { (2UL, Q(10)), (3UL, Q(10)), (1UL, Q(5)) }));
    }

    [Test]
    public void An_empty_side_offers_nothing()
    {
        VenueRun run = new VenueRun().Give(Quote(0, 99, 10, 0, 0)).Submit(Market(1, OrderSide.Buy, 5), 1).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted"));
    }
}
