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

    private static EngineHarness With(out ulong order)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        order = engine.Submit(Side.Buy, 2, limit: 90).One<Sent>().Id;
        return engine;
    }
}
