using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>Post-only, reduce-only, icebergs and price protection.</summary>
internal sealed class OrderFlagTests
{
    private static readonly MarketEvent TheQuote = Quote(0, 99, 10, 100, 20);

    private static VenueRun Quoted => new VenueRun().Give(TheQuote);

    private static VenueOrder Reducing(ulong id, OrderSide side, decimal quantity, decimal price) =>
        Limit(id, side, quantity, price) with { ReduceOnly = true };

    [TestCase(OrderSide.Buy, 100, "Rejected:WouldTake", Description = "R62")]
    [TestCase(OrderSide.Buy, 99.99, "Accepted")]
    [TestCase(OrderSide.Sell, 99, "Rejected:WouldTake")]
    [TestCase(OrderSide.Sell, 99.01, "Accepted")]
    public void A_post_only_order_that_would_take_is_refused(OrderSide side, decimal price, string expected) =>
        Assert.That(Quoted.Submit(Limit(1, side, 5, price) with { PostOnly = true }, 1).Finish().StoryText(), Is.EqualTo(expected));

    [Test]
    public void A_post_only_order_is_always_a_maker_even_if_it_came_before_the_market()
    {
        VenueRun run = new VenueRun(DefaultOptions with { TakerFee = R(0.001m) }).Submit(Limit(1, OrderSide.Buy, 5, 101) with { PostOnly = true }, 0)
            .Give(Quote(5, 99, 10, 100, 20)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("5@101 t5 M"));
    }

    [TestCase(98, "Accepted", 100, "Rejected:WouldTake")]
    public void In_a_bar_post_only_goes_by_the_path(decimal low, string first, decimal high, string second)
    {
        VenueRun run = new VenueRun().Give(Bar(0, 1200, 99, 112, 92, 104)).Submit(Limit(1, OrderSide.Buy, 5, low) with { PostOnly = true }, 0)
            .Submit(Limit(2, OrderSide.Buy, 5, high) with { PostOnly = true }, 0).AdvanceTo(1);
        Assert.That(run.StoryText(), Is.EqualTo($"{first} {second}"));
    }

    [Test]
    public void An_amend_that_would_make_a_post_only_order_take_is_refused()
    {
        VenueRun run = Quoted.Submit(Limit(1, OrderSide.Buy, 5, 99) with { PostOnly = true }, 1).Amend(1, 5, 100, 5).Amend(1, 5, 99.5m, 6).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted AmendRejected:WouldTake Amended"));
    }

    [Test]
    [Description("R62, D16")]
    public void A_reduce_only_order_without_a_position_to_reduce_is_refused()
    {
        VenueRun run = Quoted.Submit(Reducing(1, OrderSide.Sell, 5, 99), 1).Submit(Market(2, OrderSide.Buy, 5), 2).Submit(Reducing(3, OrderSide.Buy, 5, 100), 3)
            .Submit(Reducing(4, OrderSide.Sell, 5, 99) with { AccountId = 9 }, 4).Finish();
        Assert.That(
            run.StoryText(), Is.EqualTo("Rejected:NothingToReduce Accepted Fill Rejected:NothingToReduce Rejected:NothingToReduce"));
    }

    [Test]
    public void A_reduce_only_order_is_cut_to_the_position_and_its_rest_expires()
    {
        VenueRun run = Quoted.Submit(Market(1, OrderSide.Buy, 5), 1).Submit(Reducing(2, OrderSide.Sell, 8, 99), 2).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Fill Accepted Fill Expired:NothingToReduce"));
        Assert.That((run.Last.CumulativeQuantity, run.Last.LeavesQuantity), Is.EqualTo((Q(5), Q(0))));
        Assert.That(run.Venue.PositionOf(0, Instrument), Is.EqualTo(Q(0)));
    }

    [Test]
    public void All_reduce_only_orders_expire_once_another_one_has_closed_the_position()
    {
        VenueRun run = Quoted.Submit(Market(1, OrderSide.Buy, 5), 1).Submit(Reducing(2, OrderSide.Sell, 5, 105), 2)
            .Submit(Stop(3, OrderSide.Sell, 5, 90) with { ReduceOnly = true }, 3).Submit(Market(4, OrderSide.Sell, 5), 4).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Fill Accepted Accepted Accepted Fill Expired:NothingToReduce Expired:NothingToReduce"));
        Assert.That(run.Reports[^2].ClientOrderId, Is.EqualTo(2));
        Assert.That(run.Last.ClientOrderId, Is.EqualTo(3));
    }

    [Test]
    public void A_position_at_the_start_can_be_reduced()
    {
        var options = DefaultOptions with { InitialPositions = [new VenuePosition(4, Instrument, Q(-3))] };
        VenueRun run = new VenueRun(options).Give(TheQuote).Submit(Reducing(1, OrderSide.Buy, 3, 100) with { AccountId = 4 }, 1).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Fill"));
        Assert.That(run.Venue.PositionOf(4, Instrument), Is.EqualTo(Q(0)));
    }

    [Test]
    public void One_account_too_many_is_refused()
    {
        VenueRun run = new VenueRun(DefaultOptions with { MaxPositions = 1 }).Submit(Market(1, OrderSide.Buy, 5), 1)
            .Submit(Market(2, OrderSide.Buy, 5) with { AccountId = 1 }, 2).Submit(Market(3, OrderSide.Buy, 5), 3).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Rejected:TooManyAccounts Accepted"));
    }

    [Test]
    [Description("R79: the queue ahead of each part of an iceberg is that of a new order")]
    public void An_iceberg_shows_its_parts_one_after_the_other_each_at_the_end_of_the_queue()
    {
        VenueRun run = new VenueRun().Give(Quote(0, 100, 10, 101, 100)).Submit(Limit(1, OrderSide.Buy, 50, 100) with { DisplayQuantity = Q(20) }, 1)
            .Give(Trade(10, 100, 40, Aggressor.Sell)).Give(Trade(20, 100, 25, Aggressor.Sell)).Give(Trade(30, 99.99m, 40, Aggressor.Sell)).Finish();
        Assert.That(run.FillText(), Is.EqualTo("20@100 t10 M; 15@100 t20 M; 15@100 t30 M"),
            "40 less 10 ahead, but 20 shown; 25 less 10 ahead; a market that goes through takes all");
    }

    [Test]
    public void An_icebergs_next_part_goes_behind_our_own_order_at_its_price()
    {
        var options = DefaultOptions with { Instruments = [DefaultInstrument with { AssumedQueueAhead = Q(0) }] };
        VenueRun run = new VenueRun(options).Give(Trade(0, 101, 1)).Submit(Limit(1, OrderSide.Buy, 50, 100) with { DisplayQuantity = Q(20) }, 1)
            .Submit(Limit(2, OrderSide.Buy, 30, 100), 2).Give(Trade(10, 100, 20, Aggressor.Sell)).Give(Trade(20, 100, 40, Aggressor.Sell)).Finish();
        Assert.That(run.Fills.Select(f => (f.ClientOrderId, f.LastQuantity)), Is.EqualTo(new[] { (1UL, Q(20)), (2UL, Q(30)), (1UL, Q(10)) }));
    }

    [TestCase(51, "Rejected:DisplayNotAllowed")]
    [TestCase(0.5, "Rejected:DisplayNotAllowed")]
    [TestCase(50, "Accepted")]
    public void What_is_shown_is_a_multiple_of_the_step_and_at_most_the_whole(decimal shown, string expected) =>
        Assert.That(
            new VenueRun().Submit(Limit(1, OrderSide.Buy, 50, 100) with { DisplayQuantity = Q(shown) }, 0).Finish().StoryText(), Is.EqualTo(expected));

    [Test]
    public void Price_protection_holds_for_slippage_too()
    {
        var options = DefaultOptions with
        {
            Instruments = [DefaultInstrument with { PriceProtectionTicks = 50 }],
            Slippage = SlippageModel.FixedRate(R(0.01m)),
        };
        Assert.That(new VenueRun(options).Give(TheQuote).Submit(Market(1, OrderSide.Buy, 5), 1).Finish().FillText(), Is.EqualTo("5@100.5 t2"));
    }

    [Test]
    public void In_a_bar_a_protected_market_order_expires_where_the_path_is_beyond_its_bound()
    {
        var options = DefaultOptions with { Instruments = [DefaultInstrument with { PriceProtectionTicks = 100 }] };
        VenueRun run = new VenueRun(options).Give(Bar(0, 1200, 100, 112, 92, 104, 400)).Submit(Market(1, OrderSide.Sell, 150), 0).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Fill Expired:PriceProtection"));
        Assert.That(run.FillText(), Is.EqualTo("100@99.98 t1"));
    }
}
