using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>What the model of orders found about groups and their sizes (R62, T15, D3).</summary>
internal sealed class GroupSizeTests
{
    [Test]
    [Description("D3, T15: parts of one leg would shrink each other")]
    public void A_leg_of_a_group_is_never_split()
    {
        var engine = new EngineHarness(instrument: new InstrumentRecord { MaximumQuantity = 3 });
        engine.Send(new ExecutionRecord { Split = true }.Encode());
        engine.Trade(100);
        Reply reply = engine.Send(new SubmitRecord { Quantity = 6, Price = 90, Link = 5, Role = LinkRole.Peer }.Encode());
        Assert.That((reply.One<Refused>().Reason, reply.Has0<Sent>()), Is.EqualTo((ReasonCode.QuantityAboveMaximum, true)));
        Assert.That(engine.Send(new SubmitRecord { Quantity = 3, Price = 90, Link = 5, Role = LinkRole.Peer }.Encode()).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    [Description("T15: a venue that fills what it never got")]
    public void A_secondary_that_executed_as_much_as_its_primary_has_nothing_left()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        ulong primary = engine.Send(new SubmitRecord { Quantity = 4, Price = 90, Link = 5, Role = LinkRole.Primary }.Encode()).One<Sent>().Id;
        var sell = new SubmitRecord { Side = Side.Sell, Quantity = 4, Price = 110, Link = 5, Role = LinkRole.Secondary };
        ulong secondary = engine.Send(sell.Encode()).One<OrderNews>().Id;
        engine.Fill(secondary, 3, 110);
        engine.Fill(primary, 3, 90);
        Assert.That((engine.Find(secondary).Status, engine.Find(secondary).Leaves.Raw), Is.EqualTo((OrderStatus.Cancelled, 0L)));
    }

    [Test]
    [Description("D3: what is shown is cut with the order")]
    public void A_split_order_shows_no_more_than_each_part()
    {
        var engine = new EngineHarness(instrument: new InstrumentRecord { MaximumQuantity = 3 });
        engine.Send(new ExecutionRecord { Split = true }.Encode());
        engine.Trade(100);
        Sent[] sent = engine.Send(new SubmitRecord { Quantity = 6, Price = 90, Display = 5 }.Encode()).Of<Sent>();
        Assert.That(sent.Select(order => engine.Find(order.Id).DisplayQuantity.Raw), Is.EqualTo(new[] { Scaled.Raw(3), Scaled.Raw(3) }));
    }
}
