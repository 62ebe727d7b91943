using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

internal sealed class OrderRuleTests
{
    private static readonly VenueInstrument Strict = DefaultInstrument with
    {
        MinimumPrice = P(10),
        MaximumPrice = P(1000),
        MinimumQuantity = Q(2),
        MaximumQuantity = Q(500),
        MinimumNotional = new Money(P(100).Raw),
        MaximumNotional = new Money(P(50_000).Raw),
    };

    [TestCase(5, 50.005, VenueRejectReason.PriceNotOnTick)]
    [TestCase(50, 9.99, VenueRejectReason.PriceBelowMinimum)]
    [TestCase(50, 0, VenueRejectReason.PriceBelowMinimum)]
    [TestCase(50, -50, VenueRejectReason.PriceBelowMinimum)]
    [TestCase(50, 1000.01, VenueRejectReason.PriceAboveMaximum)]
    [TestCase(5.5, 50, VenueRejectReason.QuantityNotOnStep)]
    [TestCase(1, 200, VenueRejectReason.QuantityBelowMinimum)]
    [TestCase(-5, 200, VenueRejectReason.QuantityBelowMinimum)]
    [TestCase(501, 10, VenueRejectReason.QuantityAboveMaximum)]
    [TestCase(9, 11, VenueRejectReason.NotionalBelowMinimum)]
    [TestCase(500, 101, VenueRejectReason.NotionalAboveMaximum)]
    public void An_order_that_breaks_a_rule_is_rejected_with_the_reason(decimal quantity, decimal price, VenueRejectReason reason)
    {
        VenueRun run = new VenueRun(DefaultOptions with { Instruments = [Strict] }).Submit(Limit(3, OrderSide.Buy, quantity, price), 5).Finish();
        Assert.That(run.Reports.Single(), Is.EqualTo(new VenueReport
        {
            Kind = VenueReportKind.Rejected,
            Reason = reason,
            ClientOrderId = 3,
            InstrumentId = Instrument,
            Side = OrderSide.Buy,
            LimitPrice = P(price),
            TimeNanos = 6,
        }));
    }

    [TestCase(10, 10)]
    [TestCase(2, 50)]
    [TestCase(500, 100)]
    [TestCase(50, 1000)]
    public void An_order_on_the_edge_of_every_rule_is_accepted(decimal quantity, decimal price) =>
        Assert.That(
            new VenueRun(DefaultOptions with { Instruments = [Strict] }).Submit(Limit(3, OrderSide.Buy, quantity, price), 5).Finish().StoryText(),
            Is.EqualTo("Accepted"));

    [Test]
    public void A_market_order_is_measured_at_the_price_of_its_arrival_if_there_is_one()
    {
        VenueRun run = new VenueRun(DefaultOptions with { Instruments = [Strict] }).Submit(Market(1, OrderSide.Buy, 2), 0).Cancel(1, 1)
            .Give(Quote(10, 40, 100, 45, 100)).Submit(Market(2, OrderSide.Buy, 2), 11).Submit(Market(3, OrderSide.Buy, 3), 12).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Cancelled Rejected:NotionalBelowMinimum Accepted Fill"));
    }

    [Test]
    public void A_value_beyond_64_bits_is_rejected_and_never_wraps()
    {
        SimulatedVenueOptions free = DefaultOptions with { Instruments = [new VenueInstrument { InstrumentId = Instrument }] };
        VenueRun run = new VenueRun(free).Submit(Limit(1, OrderSide.Buy, 90_000_000_000, 90_000_000_000), 0).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Rejected:ValueOutOfRange"));
    }

    [Test]
    public void A_market_order_whose_fill_would_not_fit_in_64_bits_expires()
    {
        SimulatedVenueOptions free = DefaultOptions with { Instruments = [new VenueInstrument { InstrumentId = Instrument }] };
        VenueRun run = new VenueRun(free).Submit(Market(1, OrderSide.Buy, 90_000_000_000), 0)
            .Give(Trade(5, 90_000_000_000, 90_000_000_000)).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Expired:ValueOutOfRange"));
    }

    [Test]
    public void An_unknown_instrument_is_rejected() =>
        Assert.That(
            new VenueRun().Submit(Market(1, OrderSide.Buy, 1) with { InstrumentId = 8 }, 0).Finish().StoryText(),
            Is.EqualTo("Rejected:UnknownInstrument"));

    [TestCase((OrderSide)0, VenueOrderType.Limit, VenueTimeInForce.GoodTillCancelled)]
    [TestCase((OrderSide)3, VenueOrderType.Limit, VenueTimeInForce.GoodTillCancelled)]
    [TestCase(OrderSide.Buy, (VenueOrderType)9, VenueTimeInForce.GoodTillCancelled)]
    [TestCase(OrderSide.Buy, VenueOrderType.Limit, (VenueTimeInForce)0)]
    [TestCase(OrderSide.Buy, VenueOrderType.Limit, (VenueTimeInForce)6)]
    public void Values_that_do_not_exist_are_rejected(OrderSide side, VenueOrderType type, VenueTimeInForce tif) =>
        Assert.That(
            new VenueRun().Submit(Limit(1, side, 1, 100, tif) with { Type = type }, 0).Finish().StoryText(), Is.EqualTo("Rejected:Malformed"));

    [Test]
    public void A_client_order_id_is_refused_while_open_and_while_remembered_and_free_again_afterwards()
    {
        VenueRun run = new VenueRun(DefaultOptions with { MaxClosedOrders = 1 });
        run.Submit(Market(1, OrderSide.Buy, 1), 0).Submit(Market(1, OrderSide.Buy, 1), 1);
        run.Cancel(1, 2).Submit(Market(1, OrderSide.Buy, 1), 3).Submit(Market(2, OrderSide.Buy, 1), 4).Cancel(2, 5).Submit(Market(1, OrderSide.Buy, 1), 6)
            .Finish();
        Assert.That(
            run.StoryText(),
            Is.EqualTo("Accepted Rejected:DuplicateClientOrderId Cancelled Rejected:DuplicateClientOrderId Accepted Cancelled Accepted"));
    }

    [Test]
    public void A_rejected_order_does_not_use_up_its_id() =>
        Assert.That(
            new VenueRun().Submit(Market(1, OrderSide.Buy, 0), 0).Submit(Market(1, OrderSide.Buy, 1), 1).Finish().StoryText(),
            Is.EqualTo("Rejected:QuantityBelowMinimum Accepted"));

    [Test]
    public void One_open_order_too_many_is_rejected_and_a_closed_one_makes_room()
    {
        VenueRun run = new VenueRun(DefaultOptions with { MaxOpenOrders = 2 });
        run.Submit(Market(1, OrderSide.Buy, 1), 0).Submit(Market(2, OrderSide.Buy, 1), 1).Submit(Market(3, OrderSide.Buy, 1), 2).Cancel(1, 3)
            .Submit(Market(4, OrderSide.Buy, 1), 4).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Accepted Rejected:TooManyOrders Cancelled Accepted"));
    }

    [Test]
    public void One_request_too_many_on_the_way_is_refused_in_kind()
    {
        VenueRun run = new(DefaultOptions with
        {
            MaxCommandsInFlight = 1,
            OrderLatency = LatencyOptions.Constant(100),
            ReportLatency = LatencyOptions.Constant(0),
        });
        run.Submit(Market(1, OrderSide.Buy, 1), 0).Submit(Market(2, OrderSide.Buy, 1), 0).Cancel(1, 0).Amend(1, 2, 0, 0).Finish();
        Assert.That(
            run.StoryText(), Is.EqualTo("Rejected:TooManyOrders CancelRejected:TooManyOrders AmendRejected:TooManyOrders Accepted"));
    }
}
