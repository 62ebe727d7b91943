using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>The bar of these tests: 100 falls to 92 at t400, rises to 112 at t800, closes at 104 at t1200. Quarters end at 300, 600, 900.</summary>
internal sealed class BarFillTests
{
    private static readonly MarketEvent TheBar = Bar(0, 1200, 100, 112, 92, 104);

    [TestCase(199, "1@96 t200")]
    [TestCase(599, "1@102 t600")]
    [TestCase(999, "1@108 t1000")]
    public void A_market_order_fills_at_the_path_price_of_its_arrival(long sentAt, string expected) =>
        Assert.That(new VenueRun().Give(TheBar).Submit(Market(1, OrderSide.Buy, 1), sentAt).Finish().FillText(), Is.EqualTo(expected));

    [TestCase(OrderSide.Buy, "1@96 t201")]
    [TestCase(OrderSide.Sell, "1@95.5 t201")]
    public void The_path_price_is_rounded_to_the_tick_against_the_order(OrderSide side, string expected)
    {
        SimulatedVenueOptions options = DefaultOptions with { Instruments = [DefaultInstrument with { Tick = P(0.5m) }] };
        Assert.That(new VenueRun(options).Give(TheBar).Submit(Market(1, side, 1), 200).Finish().FillText(), Is.EqualTo(expected));
    }

    [TestCase(OrderSide.Buy, "1@106 t200")]
    [TestCase(OrderSide.Sell, "1@96 t200")]
    public void The_pessimistic_path_visits_the_extreme_first_that_is_worse_for_the_order(OrderSide side, string expected)
    {
        SimulatedVenueOptions options = DefaultOptions with { BarPath = BarPathRule.AdverseExtremeFirst };
        Assert.That(new VenueRun(options).Give(TheBar).Submit(Market(1, side, 1), 199).Finish().FillText(), Is.EqualTo(expected));
    }

    [TestCase(101, "1@90 t400")]
    [TestCase(99, "1@110 t400")]
    public void At_equal_distance_a_rising_bar_visits_its_low_first_and_a_falling_one_its_high(decimal close, string expected)
    {
        VenueRun run = new VenueRun().Give(Bar(0, 1200, 100, 110, 90, close)).Submit(Market(1, OrderSide.Buy, 1), 399).Finish();
        Assert.That(run.FillText(), Is.EqualTo(expected));
    }

    [Test]
    public void An_order_that_arrives_in_a_gap_or_before_the_first_bar_fills_at_the_next_open()
    {
        VenueRun run = new VenueRun().Submit(Market(1, OrderSide.Buy, 1), 0).Give(Bar(100, 1300, 100, 112, 92, 104))
            .Submit(Market(2, OrderSide.Sell, 1), 1500).Give(Bar(2400, 3600, 90, 95, 88, 94)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("1@100 t100; 1@90 t2400"));
    }

    [Test]
    public void An_order_sent_at_the_close_of_a_bar_fills_only_after_that_close()
    {
        VenueRun run = new VenueRun().Give(TheBar).Submit(Market(1, OrderSide.Buy, 1), 1200).Give(Bar(1200, 2400, 104, 112, 92, 100)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("1@104.02 t1201"));
    }

    [Test]
    public void A_resting_limit_fills_at_its_price_at_the_first_instant_the_path_is_beyond_it()
    {
        VenueRun run = new VenueRun().Give(TheBar).Submit(Limit(1, OrderSide.Buy, 1, 94), 0).Submit(Limit(2, OrderSide.Sell, 1, 110), 0).Finish();
        Assert.That(run.FillText(), Is.EqualTo("1@94 t301 M; 1@110 t761 M"));
    }

    [TestCase(false, "")]
    [TestCase(true, "1@92 t400 M; 1@112 t800 M")]
    public void A_touch_fills_only_by_the_option(bool touchFills, string expected)
    {
        VenueRun run = new VenueRun(DefaultOptions with { TouchFills = touchFills }).Give(TheBar)
            .Submit(Limit(1, OrderSide.Buy, 1, 92), 0).Submit(Limit(2, OrderSide.Sell, 1, 112), 0).Finish();
        Assert.That(run.FillText(), Is.EqualTo(expected));
    }

    [Test]
    public void A_marketable_limit_takes_at_the_path_price_and_not_at_its_limit() =>
        Assert.That(new VenueRun().Give(TheBar).Submit(Limit(1, OrderSide.Buy, 1, 100), 199).Finish().FillText(), Is.EqualTo("1@96 t200"));

    [Test]
    public void A_bar_that_gaps_beyond_a_resting_limit_fills_it_at_the_open_and_never_outside_the_bar()
    {
        VenueRun run = new VenueRun().Give(TheBar).Submit(Limit(1, OrderSide.Buy, 1, 90), 0).Give(Bar(1200, 2400, 80, 85, 78, 84)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("1@80 t1200 M"));
    }

    [Test]
    public void What_does_not_fit_in_a_quarter_waits_for_the_next_and_then_for_the_next_bar()
    {
        VenueRun run = new VenueRun().Give(Bar(0, 1200, 100, 112, 92, 104, 400)).Submit(Market(1, OrderSide.Buy, 450), 0)
            .Give(Bar(1200, 2400, 105, 112, 92, 104, 400)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("100@99.98 t1; 100@94 t300; 100@102 t600; 100@110 t900; 50@105 t1200"));
        Assert.That(run.Fills.Select(f => f.TradeId), Is.EqualTo(new ulong[] { 1, 2, 3, 4, 5 }));
        Assert.That(run.Fills.Select(f => f.LeavesQuantity), Is.EqualTo(new[] { Q(350), Q(250), Q(150), Q(50), Q(0) }));
    }

    [Test]
    public void Two_orders_never_fill_from_the_same_volume()
    {
        VenueRun run = new VenueRun().Give(Bar(0, 1200, 100, 112, 92, 104, 400)).Submit(Market(1, OrderSide.Buy, 80), 0)
            .Submit(Market(2, OrderSide.Buy, 80), 0).Finish();
        Assert.That(run.FillText(), Is.EqualTo("80@99.98 t1; 20@99.98 t1; 60@94 t300"));
    }

    [Test]
    public void Participation_is_the_share_of_the_volume_that_can_be_had()
    {
        VenueRun run = new VenueRun(DefaultOptions with { Participation = R(0.1m) }).Give(Bar(0, 1200, 100, 112, 92, 104, 400))
            .Submit(Market(1, OrderSide.Buy, 100), 0).Finish();
        Assert.That(run.FillText(), Is.EqualTo("10@99.98 t1; 10@94 t300; 10@102 t600; 10@110 t900"));
        Assert.That(run.Last.LeavesQuantity, Is.EqualTo(Q(60)));
    }

    [Test]
    public void A_bar_without_volume_fills_nothing()
    {
        VenueRun run = new VenueRun().Give(Bar(0, 1200, 100, 112, 92, 104, 0)).Submit(Market(1, OrderSide.Buy, 1), 0).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted"));
    }

    [Test]
    public void A_bar_of_one_nanosecond_has_its_open_only()
    {
        VenueRun run = new VenueRun().Submit(Market(1, OrderSide.Buy, 1000), 0).Give(Bar(10, 11, 100, 112, 92, 104, 4000)).Finish();
        Assert.That(run.FillText(), Does.StartWith("1000@").And.EndsWith("t10"));
    }
}
