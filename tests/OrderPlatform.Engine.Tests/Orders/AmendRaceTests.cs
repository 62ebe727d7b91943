using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>What the model of orders found about amends (R63, R64, T6, T11).</summary>
internal sealed class AmendRaceTests
{
    private const long Second = EngineHarness.SecondNanos;

    [Test]
    [Description("T6: executed + working + unsent + ended = quantity after the amend too")]
    public void A_parents_sums_follow_an_amend_of_its_order()
    {
        EngineHarness engine = With(out ulong order);
        engine.News(order, ExecutionKind.Accepted);
        engine.Amend(order, quantity: 3);
        engine.Send(new Report { Order = order, Kind = ExecutionKind.Amended, Side = Side.Buy, Leaves = Scaled.Raw(3) }.Encode());
        var parent = engine.State.Parents[engine.Find(order).Parent];
        Assert.That((parent.Quantity.Raw, parent.Working.Raw, parent.Unsent.Raw), Is.EqualTo((Scaled.Raw(3), Scaled.Raw(3), 0L)));
    }

    [Test]
    [Description("T11: nothing leaves before Retry-After")]
    public void A_lost_amend_is_not_asked_for_again_while_the_venue_takes_nothing()
    {
        EngineHarness engine = With(out ulong order);
        engine.News(order, ExecutionKind.Accepted);
        engine.Amend(order, quantity: 3);
        engine.News(order, ExecutionKind.Unknown);
        engine.Send(OrderRecords.VenueStatus(connected: true, retryAfterNanos: 20 * Second));
        Reply blocked = engine.Send(InputBytes.Status(order, VenueOrderState.Working, 0, Scaled.Raw(2)));
        Assert.That((blocked.Has0<AmendSent>(), engine.Find(order).InDoubt), Is.EqualTo((true, true)));
        engine.NowNanos += 90 * Second;
        Assert.That(engine.Send(InputBytes.Tick(0)).One<Asked>().Id, Is.EqualTo(order));
        Reply free = engine.Send(InputBytes.Status(order, VenueOrderState.Working, 0, Scaled.Raw(2)));
        Assert.That((free.One<AmendSent>().Quantity, engine.Find(order).InDoubt), Is.EqualTo((3m, false)));
    }

    [TestCase(-1, 94)]
    [TestCase(0, 94)]
    [TestCase(93.001, 94)]
    [TestCase(93, -1)]
    [TestCase(93, 94.001)]
    [Description("R64, R193: an amend is checked as a new order is, whatever its type")]
    public void An_amend_of_a_stop_limit_to_impossible_prices_is_refused(decimal limit, decimal trigger)
    {
        EngineHarness engine = With(out _);
        ulong stop = engine.Send(new SubmitRecord { Side = Side.Sell, Type = OrderType.StopLimit, Price = 94, Trigger = 95 }.Encode()).One<OrderNews>().Id;
        var bytes = new byte[AmendOrderEncoder.EncodedLength];
        var amend = AmendOrderEncoder.WrapForEncodeAndApplyHeader(bytes);
        amend.ClientOrderId = stop;
        amend.ClientId = 1;
        amend.Quantity = AmendOrderDecoder.QuantityNullValue;
        amend.Price = Scaled.Raw(limit);
        amend.TriggerPrice = Scaled.Raw(trigger);
        Assert.That(engine.Send(bytes).One<Refused>().Reason, Is.EqualTo(ReasonCode.PriceNotOnTick));
        Assert.That((engine.Find(stop).LimitPrice.Raw, engine.Find(stop).TriggerPrice.Raw), Is.EqualTo((Scaled.Raw(94), Scaled.Raw(95))));
    }

    [Test]
    [Description("T15: a venue that does not know the flag would open the other side")]
    public void An_order_that_only_reduces_is_not_amended_beyond_what_it_can_reduce()
    {
        EngineHarness engine = With(out ulong order);
        engine.Fill(order, 2, 90);
        ulong exit = engine.Send(new SubmitRecord { Side = Side.Sell, Quantity = 1, Price = 110, ReduceOnly = true }.Encode()).One<Sent>().Id;
        Assert.That(engine.Amend(exit, quantity: 3).One<Refused>().Reason, Is.EqualTo(ReasonCode.NotReducing));
        Assert.That(engine.Amend(exit, quantity: 2).One<AmendSent>().Quantity, Is.EqualTo(2m));
    }

    private static EngineHarness With(out ulong order)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        order = engine.Submit(Side.Buy, 2, limit: 90).One<Sent>().Id;
        return engine;
    }
}
