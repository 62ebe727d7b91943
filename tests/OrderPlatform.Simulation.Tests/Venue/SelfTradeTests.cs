using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>The platform's own orders against each other at the venue.</summary>
internal sealed class SelfTradeTests
{
    private static readonly SimulatedVenueOptions Matching = DefaultOptions with { MatchOwnOrders = true, TakerFee = R(0.002m), MakerFee = R(0.001m) };

    [Test]
    public void Without_the_option_orders_of_the_platform_do_not_meet() =>
        Assert.That(
            new VenueRun().Submit(Limit(1, OrderSide.Buy, 5, 100), 0).Submit(Limit(2, OrderSide.Sell, 5, 100), 1).Finish().StoryText(),
            Is.EqualTo("Accepted Accepted"));

    [Test]
    public void Two_accounts_trade_at_the_resting_price_with_one_trade_id_and_their_own_fees()
    {
        VenueRun run = new VenueRun(Matching).Submit(Limit(1, OrderSide.Buy, 5, 100) with { AccountId = 1 }, 0)
            .Submit(Market(2, OrderSide.Sell, 8) with { AccountId = 2 }, 1).Finish();
        Assert.That(run.FillText(), Is.EqualTo("5@100 t2 M; 5@100 t2"));
        Assert.That(run.Fills.Select(f => (f.ClientOrderId, f.TradeId)), Is.EqualTo(new[] { (1UL, 1UL), (2UL, 1UL) }));
        Assert.That(run.Fills.Select(f => f.Fee.Raw), Is.EqualTo(new[] { P(0.5m).Raw, P(1).Raw }));
        Assert.That((run.Venue.PositionOf(1, Instrument), run.Venue.PositionOf(2, Instrument)), Is.EqualTo((Q(5), Q(-5))));
    }

    [Test]
    public void An_arriving_order_takes_the_best_price_first_whoever_has_it()
    {
        VenueRun run = new VenueRun(Matching).Give(Quote(0, 99, 10, 101, 20)).Submit(Limit(1, OrderSide.Sell, 4, 100), 1)
            .Submit(Limit(2, OrderSide.Sell, 7, 102), 2).Submit(Limit(3, OrderSide.Buy, 30, 103), 3).AdvanceTo(4);
        Assert.That(run.Fills.Where(f => f.ClientOrderId == 3).Select(f => (f.LastPrice, f.LastQuantity)),
            Is.EqualTo(new[] { (P(100), Q(4)), (P(101), Q(20)), (P(102), Q(6)) }));
    }

    [TestCase(11, "Accepted Accepted Accepted Expired:WouldNotFill")]
    [TestCase(10, "Accepted Accepted Accepted Fill Fill Fill Fill")]
    public void Fill_or_kill_meets_own_orders_only_if_they_fill_it(decimal quantity, string expected)
    {
        VenueRun run = new VenueRun(Matching).Submit(Limit(1, OrderSide.Sell, 4, 100), 1).Submit(Limit(2, OrderSide.Sell, 6, 101), 2)
            .Submit(Limit(3, OrderSide.Buy, quantity, 101, VenueTimeInForce.FillOrKill), 3).Finish();
        Assert.That(run.StoryText(), Is.EqualTo(expected));
    }

    [Test]
    public void Prevention_looks_at_the_account_only_and_works_without_the_option()
    {
        VenueRun run = new VenueRun().Submit(Limit(1, OrderSide.Buy, 5, 100) with { AccountId = 1 }, 0)
            .Submit(Limit(2, OrderSide.Buy, 5, 100) with { AccountId = 2 }, 1)
            .Submit(Limit(3, OrderSide.Sell, 5, 100) with { AccountId = 2, SelfTradePrevention = SelfTradePrevention.ExpireBoth }, 2).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Accepted Accepted Expired:SelfTradePrevented Expired:SelfTradePrevented"));
        Assert.That(run.Reports.TakeLast(2).Select(r => (r.ClientOrderId, r.PreventedQuantity)), Is.EqualTo(new[] { (2UL, Q(5)), (3UL, Q(5)) }));
        Assert.That(run.View(1).LeavesQuantity, Is.EqualTo(Q(5)));
    }

    [Test]
    public void A_post_only_order_that_would_meet_an_own_order_is_refused()
    {
        VenueRun run = new VenueRun(Matching).Submit(Limit(1, OrderSide.Buy, 5, 100), 0)
            .Submit(Limit(2, OrderSide.Sell, 5, 100) with { PostOnly = true }, 1).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Rejected:WouldTake"));
    }

    [Test]
    public void In_bars_own_orders_meet_at_the_better_of_path_and_limit()
    {
        VenueRun run = new VenueRun(Matching).Give(Bar(0, 1200, 100, 112, 92, 104, 4)).Submit(Limit(1, OrderSide.Sell, 5, 98), 0)
            .Submit(Limit(2, OrderSide.Buy, 2, 105), 1).AdvanceTo(2);
        Assert.That(run.FillText(), Is.EqualTo("1@99.98 t1; 2@98 t2 M; 2@98 t2"), "the first took the quarter's volume from the path");
    }
}
