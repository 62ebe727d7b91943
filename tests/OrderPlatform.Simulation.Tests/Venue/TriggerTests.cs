using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>Orders that wait for a price. The bar of these tests: 100 falls to 92 at t400, rises to 112 at t800, closes at 104 at t1200.</summary>
internal sealed class TriggerTests
{
    private static readonly MarketEvent TheBar = Bar(0, 1200, 100, 112, 92, 104);

    [TestCase(VenueOrderType.Stop, OrderSide.Sell, 96, "1@96 t200", Description = "R62")]
    [TestCase(VenueOrderType.Stop, OrderSide.Buy, 108, "1@108 t720")]
    [TestCase(VenueOrderType.MarketIfTouched, OrderSide.Buy, 96, "1@96 t200")]
    [TestCase(VenueOrderType.MarketIfTouched, OrderSide.Sell, 108, "1@108 t720")]
    public void In_a_bar_a_trigger_that_the_path_moves_through_fills_at_the_trigger(VenueOrderType type, OrderSide side, decimal trigger, string expected)
    {
        VenueRun run = new VenueRun().Give(TheBar).Submit(Stop(1, side, 1, trigger) with { Type = type }, 0).Finish();
        Assert.That(run.FillText(), Is.EqualTo(expected));
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Triggered Fill"));
    }

    [Test]
    public void A_trigger_between_two_nanoseconds_of_the_path_fills_at_the_trigger()
    {
        VenueRun run = new VenueRun().Give(Bar(0, 1200, 100, 112.7m, 92.3m, 104)).Submit(Stop(1, OrderSide.Sell, 1, 95.37m), 0).Finish();
        Assert.That(run.Fills.Single().LastPrice, Is.EqualTo(P(95.37m)));
    }

    [TestCase(OrderSide.Sell, 100, 90, "1@90 t1200")]
    [TestCase(OrderSide.Buy, 110, 115, "1@115 t1200")]
    public void A_bar_that_opens_beyond_the_trigger_fills_at_its_open(OrderSide side, decimal trigger, decimal open, string expected)
    {
        VenueRun run = new VenueRun().Give(Bar(0, 1200, 105, 106, 104, 105)).Submit(Stop(1, side, 1, trigger), 0)
            .Give(Bar(1200, 2400, open, open + 1, open - 1, open)).Finish();
        Assert.That(run.FillText(), Is.EqualTo(expected));
    }

    [Test]
    public void What_a_triggered_stop_does_not_get_at_once_fills_at_the_path()
    {
        VenueRun run = new VenueRun().Give(Bar(0, 1200, 100, 112, 92, 104, 400)).Submit(Stop(1, OrderSide.Sell, 150, 96), 0).Finish();
        Assert.That(run.FillText(), Is.EqualTo("100@96 t200; 50@94 t300"));
    }

    [Test]
    public void Slippage_moves_a_triggered_stop_from_its_trigger()
    {
        VenueRun run = new VenueRun(DefaultOptions with { Slippage = SlippageModel.FixedRate(R(0.01m)) }).Give(TheBar)
            .Submit(Stop(1, OrderSide.Sell, 1, 96), 0).Finish();
        Assert.That(run.FillText(), Is.EqualTo("1@95.04 t200"));
    }

    [Test]
    public void A_stop_limit_takes_at_its_trigger_if_its_limit_allows_and_else_rests()
    {
        VenueRun run = new VenueRun().Give(TheBar).Submit(StopLimit(1, OrderSide.Sell, 1, 96, 95), 0)
            .Submit(StopLimit(2, OrderSide.Sell, 1, 94, 98), 0).Finish();
        Assert.That(run.FillText(), Is.EqualTo("1@96 t200; 1@98 t521 M"));
    }

    [TestCase(VenueOrderType.Stop, 101)]
    [TestCase(VenueOrderType.MarketIfTouched, 99)]
    public void With_trades_a_trigger_goes_by_the_trade_and_fills_from_the_next(VenueOrderType type, decimal trigger)
    {
        VenueRun run = new VenueRun().Give(Trade(0, 100, 1)).Submit(Stop(1, OrderSide.Buy, 5, trigger) with { Type = type }, 1)
            .Give(Trade(10, trigger, 50)).AdvanceTo(10);
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Triggered"), "the trade that triggers has happened already");
        Assert.That(run.Give(Trade(20, 103, 50)).Finish().FillText(), Is.EqualTo("5@103 t20"));
    }

    [Test]
    public void With_quotes_and_no_trade_yet_a_stop_goes_by_the_price_it_would_have_to_pay()
    {
        VenueRun run = new VenueRun().Give(Quote(0, 99, 10, 100, 10)).Submit(Stop(1, OrderSide.Buy, 5, 101), 1).Submit(Stop(2, OrderSide.Sell, 5, 98), 2)
            .Give(Quote(10, 98.5m, 10, 101, 10)).Give(Quote(20, 98, 10, 101, 5)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("5@101 t10; 5@98 t20"));
    }

    [Test]
    public void A_trigger_that_is_reached_on_arrival_triggers_then_or_is_refused_by_the_option([Values] bool refuses)
    {
        VenueRun run = new VenueRun(DefaultOptions with { RefusesReachedTriggers = refuses }).Give(Quote(0, 99, 10, 100, 10))
            .Submit(Stop(1, OrderSide.Sell, 5, 105), 1).Submit(Stop(2, OrderSide.Sell, 5, 90), 2).Finish();
        Assert.That(run.StoryText(), Is.EqualTo(refuses ? "Rejected:WouldTriggerAtOnce Accepted" : "Accepted Triggered Fill Accepted"));
    }

    [Test]
    public void A_waiting_order_can_be_cancelled_amended_and_expire()
    {
        VenueRun run = new VenueRun().Give(TheBar).Submit(Stop(1, OrderSide.Sell, 1, 91), 0).Submit(Stop(2, OrderSide.Sell, 4, 91), 0)
            .Submit(Stop(3, OrderSide.Sell, 1, 91) with { TimeInForce = VenueTimeInForce.GoodTillDate, ExpireAtNanos = 150 }, 0)
            .Cancel(1, 10).Amend(2, 3, 0, 95, 20).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Accepted Accepted Cancelled Amended Expired:TimeIsUp Triggered Fill"));
        Assert.That(run.FillText(), Is.EqualTo("3@95 t250"));
    }

    [Test]
    public void An_immediate_or_cancel_stop_has_its_one_opportunity_when_it_triggers()
    {
        VenueRun run = new VenueRun().Give(Bar(0, 1200, 100, 112, 92, 104, 400))
            .Submit(Stop(1, OrderSide.Sell, 150, 96) with { TimeInForce = VenueTimeInForce.ImmediateOrCancel }, 0).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Triggered Fill Expired:NoLiquidity"));
    }

    [Test]
    public void A_post_only_stop_limit_that_would_take_when_it_triggers_expires()
    {
        VenueRun run = new VenueRun().Give(TheBar).Submit(StopLimit(1, OrderSide.Sell, 1, 96, 95) with { PostOnly = true }, 0)
            .Submit(StopLimit(2, OrderSide.Sell, 1, 96, 99) with { PostOnly = true }, 0).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Accepted Triggered Expired:WouldTake Triggered Fill"));
        Assert.That(run.Last.IsMaker);
    }

    [TestCase(OrderSide.Sell, "1@106.4 t1080", Description = "R62: 112 at t800, × 0.95")]
    [TestCase(OrderSide.Buy, "1@96.6 t492", Description = "92 at t400, × 1.05")]
    public void In_a_bar_a_trailing_stop_follows_the_turns_of_the_path(OrderSide side, string expected) =>
        Assert.That(new VenueRun().Give(TheBar).Submit(Trailing(1, side, 1, 0.05m), 399).Finish().FillText(), Is.EqualTo(expected));

    [Test]
    public void A_trailing_stop_that_arrives_in_a_fall_triggers_at_its_distance_from_the_price_of_its_arrival()
    {
        VenueRun run = new VenueRun().Give(TheBar).Submit(Trailing(1, OrderSide.Sell, 1, 0.05m), 0).Finish();
        Assert.That(run.Fills.Single().LastPrice, Is.EqualTo(P(94.98m)), "99.98 × 0.95 = 94.981, to the tick against the order");
    }

    [Test]
    public void A_trailing_stop_by_an_absolute_distance()
    {
        VenueOrder order = Trailing(1, OrderSide.Sell, 1, 0) with { TrailingDistance = P(3) };
        VenueRun run = new VenueRun().Give(Trade(0, 100, 1)).Submit(order, 1).Give(Trade(10, 104, 1)).Give(Trade(20, 101.01m, 1)).AdvanceTo(20);
        Assert.That(run.View(1).ExtremePrice, Is.EqualTo(P(104)));
        run.Give(Trade(30, 101, 1)).Give(Trade(40, 100.5m, 5)).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Triggered Fill"));
    }

    [Test]
    public void The_close_of_a_bar_counts_for_a_trailing_stop_though_its_instant_is_the_next_bars()
    {
        VenueRun run = new VenueRun().Give(Bar(0, 1200, 100, 110, 99, 110)).Submit(Trailing(1, OrderSide.Sell, 1, 0.1m), 0)
            .Give(Bar(1200, 2400, 105, 106, 90, 91)).Finish();
        Assert.That(run.Fills.Single().LastPrice, Is.EqualTo(P(99)), "110 × 0.9");
    }

    [TestCase(0, 0)]
    [TestCase(1, 0)]
    [TestCase(0.05, 1)]
    public void A_trailing_stop_has_exactly_one_distance(decimal offset, decimal distance) =>
        Assert.That(
            new VenueRun().Submit(Trailing(1, OrderSide.Sell, 1, offset) with { TrailingDistance = P(distance) }, 0).Finish().StoryText(),
            Is.EqualTo("Rejected:Malformed"));

    [TestCase(95.005, "Rejected:PriceNotOnTick")]
    [TestCase(0, "Rejected:PriceBelowMinimum")]
    public void A_trigger_obeys_the_rules_of_prices(decimal trigger, string expected) =>
        Assert.That(new VenueRun().Submit(Stop(1, OrderSide.Sell, 1, trigger), 0).Finish().StoryText(), Is.EqualTo(expected));
}
