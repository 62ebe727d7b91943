using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>Groups of orders: OCO, one-triggers-other, bracket (R62, T15).</summary>
internal sealed class LinkedOrderTests
{
    [Test]
    [Description("OCO, T15: a partial fill reduces the other leg")]
    public void A_partial_fill_of_one_leg_makes_the_other_smaller()
    {
        EngineHarness engine = Long10();
        (ulong target, ulong stop) = Legs(engine);
        Reply part = engine.Fill(target, 4, 120);
        Assert.That(Scaled.Of(engine.Find(stop).Quantity.Raw), Is.EqualTo(6m), "it is held here, so it is smaller at once");
        Assert.That(part.Has0<Sent>());
        Assert.That(engine.Trade(80).One<Sent>().Quantity, Is.EqualTo(6m));
    }

    [Test]
    [Description("OCO, T15: flat -> no protective order open")]
    public void The_last_fill_of_one_leg_ends_the_other()
    {
        EngineHarness engine = Long10();
        (ulong target, ulong stop) = Legs(engine);
        engine.Fill(target, 10, 120);
        Assert.That((engine.Find(stop).Status, engine.Find(stop).Reason, engine.Held), Is.EqualTo((OrderStatus.Cancelled, ReasonCode.LinkedOrder, 0m)));
        Assert.That((engine.State.Orders.OpenCount, engine.Trade(80).Of<Sent>().Length), Is.EqualTo((0, 0)));
    }

    [Test]
    [Description("OCO at the venue: the other leg is amended")]
    public void A_leg_at_the_venue_is_amended_and_a_second_fill_meanwhile_is_not_lost()
    {
        EngineHarness engine = Long10();
        ulong high = engine.Send(Leg(OrderType.Limit, price: 120).Encode()).One<Sent>().Id;
        ulong higher = engine.Send(Leg(OrderType.Limit, price: 130).Encode()).One<Sent>().Id;
        engine.News(high, ExecutionKind.Accepted);
        engine.News(higher, ExecutionKind.Accepted);
        Assert.That(engine.Fill(high, 4, 120).One<AmendSent>(), Is.EqualTo(new AmendSent(higher, 6, 130)));
        Assert.That(engine.Fill(high, 1, 120).Has0<AmendSent>(), "one amend is under way");
        Assert.That(Amended(engine, higher, 6).One<AmendSent>(), Is.EqualTo(new AmendSent(higher, 5, 130)));
        Amended(engine, higher, 5);
        Assert.That((Scaled.Of(engine.Find(higher).Quantity.Raw), engine.Find(higher).AmendQuantity.Raw), Is.EqualTo((5m, 0L)));
        Assert.That(engine.Fill(high, 5, 120).One<CancelSent>().Id, Is.EqualTo(higher));
    }

    [Test]
    [Description("T15: two legs in one millisecond: a named OVERFILL and a flattening order")]
    public void Two_legs_that_fill_together_are_named_and_given_back()
    {
        EngineHarness engine = Long10();
        ulong high = engine.Send(Leg(OrderType.Limit, price: 120).Encode()).One<Sent>().Id;
        ulong higher = engine.Send(Leg(OrderType.Limit, price: 130).Encode()).One<Sent>().Id;
        Assert.That(engine.Fill(high, 10, 120).One<CancelSent>().Id, Is.EqualTo(higher));
        Reply both = engine.Fill(higher, 10, 130);
        Assert.That(both.Of<Alert>().Select(alert => (alert.Severity, alert.Reason)), Does.Contain((Severity.Critical, ReasonCode.Overfill)));
        Sent back = both.One<Sent>();
        Assert.That((back.Side, back.Quantity, back.Type, engine.Held), Is.EqualTo((Side.Buy, 10m, OrderType.Market, -10m)));
        engine.Fill(back.Id, 10, 130);
        Assert.That((engine.Held, engine.State.Orders.OpenCount), Is.EqualTo((0m, 0)));
    }

    [Test]
    [Description("T15: the second leg fills after its cancel was confirmed")]
    public void A_late_fill_of_a_leg_that_had_ended_is_given_back_too()
    {
        EngineHarness engine = Long10();
        ulong high = engine.Send(Leg(OrderType.Limit, price: 120).Encode()).One<Sent>().Id;
        ulong higher = engine.Send(Leg(OrderType.Limit, price: 130).Encode()).One<Sent>().Id;
        engine.Fill(high, 10, 120);
        engine.News(higher, ExecutionKind.Cancelled);
        Sent back = engine.Fill(higher, 3, 130).One<Sent>();
        Assert.That((back.Side, back.Quantity), Is.EqualTo((Side.Buy, 3m)));
    }

    [Test]
    [Description("OTO and bracket, T6, T15: protective quantity = executed quantity after every partial fill")]
    public void The_fills_of_a_primary_release_its_secondaries_for_as_much()
    {
        EngineHarness engine = Flat();
        (ulong entry, ulong target, ulong stop) = Bracket(engine);
        Assert.That((engine.Find(target).Status, engine.Find(stop).Status), Is.EqualTo((OrderStatus.Held, OrderStatus.Held)));
        Assert.That(engine.Trade(80).Has0<Sent>(), "nothing is there to protect yet");
        Sent sent = engine.Fill(entry, 4, 100).One<Sent>();
        Assert.That((sent.Id, sent.Quantity, sent.Side), Is.EqualTo((target, 4m, Side.Sell)));
        Assert.That(Scaled.Of(engine.Find(stop).Quantity.Raw), Is.EqualTo(4m));
        engine.News(target, ExecutionKind.Accepted);
        Assert.That(engine.Fill(entry, 6, 100).One<AmendSent>(), Is.EqualTo(new AmendSent(target, 10, 120)));
        Assert.That(Scaled.Of(engine.Find(stop).Quantity.Raw), Is.EqualTo(10m));
        Amended(engine, target, 10);
        engine.Fill(target, 10, 120);
        Assert.That((engine.Held, engine.Find(stop).Status, engine.State.Orders.OpenCount), Is.EqualTo((0m, OrderStatus.Cancelled, 0)));
    }

    [Test]
    public void A_primary_that_ends_unfilled_ends_its_secondaries()
    {
        EngineHarness engine = Flat();
        (ulong entry, ulong target, ulong stop) = Bracket(engine);
        engine.News(entry, ExecutionKind.Rejected);
        Assert.That(new[] { target, stop }.Select(leg => (engine.Find(leg).Status, engine.Find(leg).Reason)),
            Is.All.EqualTo((OrderStatus.Cancelled, ReasonCode.LinkedOrder)));
        Assert.That((engine.State.Orders.OpenCount, engine.Account.Reserved.Raw), Is.EqualTo((0, 0L)));
    }

    [Test]
    public void A_primary_that_ends_after_a_part_leaves_its_secondaries_for_that_part()
    {
        EngineHarness engine = Flat();
        (ulong entry, ulong target, ulong stop) = Bracket(engine);
        engine.Fill(entry, 4, 100);
        engine.News(entry, ExecutionKind.Cancelled);
        Assert.That((engine.Find(target).IsOpen, engine.Find(stop).IsOpen), Is.EqualTo((true, true)));
        Sent exit = engine.Trade(80).One<Sent>();
        Assert.That(exit.Quantity, Is.EqualTo(4m));
        engine.Fill(exit.Id, 4, 80);
        Assert.That(engine.Find(target).Status, Is.EqualTo(OrderStatus.PendingCancel));
    }

    [Test]
    public void Numbers_of_groups_are_the_clients_own()
    {
        EngineHarness engine = Long10();
        engine.Send(InputBytes.Client(2));
        engine.Send(new AccountRecord { Id = 2, Client = 2 }.Encode());
        engine.Send(new StrategyRecord { Id = 2, Client = 2, Account = 2 }.Encode());
        ulong own = engine.Send(Leg(OrderType.Limit, price: 120).Encode()).One<Sent>().Id;
        ulong other = engine.Send((Leg(OrderType.Limit, price: 120) with { Client = 2, Strategy = 2, ReduceOnly = false }).Encode()).One<Sent>().Id;
        engine.Fill(own, 10, 120);
        Assert.That(engine.Find(other).Status, Is.EqualTo(OrderStatus.PendingNew));
    }

    [Test]
    public void A_snapshot_keeps_groups_and_held_orders()
    {
        EngineHarness engine = Long10();
        (ulong target, ulong stop) = Legs(engine);
        BusinessLogicProcessor restored = BusinessLogicProcessor.Restore(Snapshots.Captured.Of(engine.Engine), engine.State.Limits);
        var fill = new Report
        {
            Order = target,
            Kind = ExecutionKind.Fill,
            Side = Side.Sell,
            TradeId = 99,
            Quantity = Scaled.Raw(4),
            Price = Scaled.Raw(120),
            Cumulative = Scaled.Raw(4),
        };
        restored.Process(engine.State.Sequence + 1, engine.NowNanos + 1, fill.Encode());
        engine.SendAt(engine.NowNanos + 1, fill.Encode());
        Assert.That(restored.DigestText(), Is.EqualTo(engine.Engine.DigestText()));
        Assert.That(Scaled.Of(engine.Find(stop).Quantity.Raw), Is.EqualTo(6m));
    }

    private static EngineHarness Flat()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        return engine;
    }

    private static EngineHarness Long10()
    {
        EngineHarness engine = Flat();
        engine.Hold(10, 100);
        return engine;
    }

    private static SubmitRecord Leg(OrderType type, decimal? price = null, decimal? trigger = null, LinkRole role = LinkRole.Peer) => new()
    {
        Type = type,
        Side = Side.Sell,
        Quantity = 10,
        Price = price,
        Trigger = trigger,
        ReduceOnly = true,
        Link = 7,
        Role = role,
    };

    private static (ulong Target, ulong Stop) Legs(EngineHarness engine)
    {
        ulong target = engine.Send(Leg(OrderType.Limit, price: 120).Encode()).One<OrderNews>().Id;
        return (target, engine.Send(Leg(OrderType.Stop, trigger: 80).Encode()).One<OrderNews>().Id);
    }

    private static (ulong Entry, ulong Target, ulong Stop) Bracket(EngineHarness engine)
    {
        ulong target = engine.Send(Leg(OrderType.Limit, price: 120, role: LinkRole.Secondary).Encode()).One<OrderNews>().Id;
        ulong stop = engine.Send(Leg(OrderType.Stop, trigger: 80, role: LinkRole.Secondary).Encode()).One<OrderNews>().Id;
        ulong entry = engine.Send(new SubmitRecord { Price = 100, Quantity = 10, Link = 7, Role = LinkRole.Primary }.Encode()).One<Sent>().Id;
        return (entry, target, stop);
    }

    private static Reply Amended(EngineHarness engine, ulong order, decimal quantity)
    {
        long cumulative = engine.Find(order).Cumulative.Raw;
        return engine.Send(new Report
        {
            Order = order,
            Kind = ExecutionKind.Amended,
            Side = Side.Sell,
            Cumulative = cumulative,
            Leaves = Scaled.Raw(quantity) - cumulative,
        }.Encode());
    }
}
