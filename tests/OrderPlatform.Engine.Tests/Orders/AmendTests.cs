using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

public class AmendTests
{
    [Test]
    public void An_amend_is_asked_for_and_counts_when_the_venue_says_so()
    {
        EngineHarness engine = With(out ulong order);
        Assert.That(engine.Amend(order, quantity: 4, price: 95).One<AmendSent>(), Is.EqualTo(new AmendSent(order, 4, 95)));
        Assert.That(Scaled.Of(engine.Find(order).Quantity.Raw), Is.EqualTo(2m), "not yet");
        OrderNews news = Amended(engine, order, 4, 95).One<OrderNews>();
        Assert.That((news.Quantity, news.Leaves), Is.EqualTo((4m, 4m)));
        Assert.That((Reserved(engine), Scaled.Of(engine.Position.PendingOpening.Raw)), Is.EqualTo((380m, 4m)));
    }

    [Test]
    public void An_absent_field_stays_as_it_is()
    {
        EngineHarness engine = With(out ulong order);
        Assert.That(engine.Amend(order, price: 95).One<AmendSent>(), Is.EqualTo(new AmendSent(order, 2, 95)));
        Assert.That(engine.Amend(order, quantity: 1).One<Alert>().Reason, Is.EqualTo(ReasonCode.AmendPending), "one at a time");
        engine.News(order, ExecutionKind.AmendRejected);
        Assert.That(engine.Amend(order, quantity: 1).One<AmendSent>(), Is.EqualTo(new AmendSent(order, 1, 90)));
    }

    [Test]
    public void An_order_amended_down_to_what_had_executed_is_filled()
    {
        EngineHarness engine = With(out ulong order);
        engine.Fill(order, 1.5m, 90);
        OrderNews news = Amended(engine, order, 1.5m, null).One<OrderNews>();
        Assert.That((news.Status, news.Leaves), Is.EqualTo((OrderStatus.Filled, 0m)));
        Assert.That((engine.State.Orders.OpenCount, Reserved(engine)), Is.EqualTo((0, 0m)));
    }

    [Test]
    public void What_an_amend_adds_is_checked_with_what_is_held_and_ordered()
    {
        EngineHarness engine = With(out ulong order);
        engine.Hold(5, 90);
        engine.Send(new LimitsRecord { MaximumPositionQuantity = 8 }.Encode());
        Refused refused = engine.Amend(order, quantity: 3.001m).One<Refused>();
        Assert.That((refused.Reason, refused.Value, refused.Limit), Is.EqualTo((ReasonCode.PositionQuantityLimit, 8.001m, 8m)));
        Assert.That(engine.Amend(order, quantity: 3).Of<AmendSent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void An_order_cannot_grow_past_the_largest_by_amends()
    {
        EngineHarness engine = With(out ulong order);
        engine.Send(new LimitsRecord { MaximumOrderQuantity = 3 }.Encode());
        Assert.That(engine.Amend(order, quantity: 4).One<Refused>().Value, Is.EqualTo(4m));
        Assert.That(engine.Amend(order, quantity: 3).Of<AmendSent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void An_amend_that_adds_counts_the_exposure_that_is_held()
    {
        var engine = new EngineHarness(account: new AccountRecord { Cash = 1_000, Leverage = 1 });
        engine.Trade(100);
        engine.Hold(5, 100);
        ulong order = engine.Submit(Side.Buy, 4, limit: 100).One<Sent>().Id;
        Assert.That(engine.Amend(order, quantity: 5.001m).One<Refused>().Reason, Is.EqualTo(ReasonCode.InsufficientBalance));
        Assert.That(engine.Amend(order, quantity: 5).Of<AmendSent>(), Has.Length.EqualTo(1));
    }

    [Test]
    [Description("R112, R113, R120: an amend is no way round the limits of prices")]
    public void Another_price_is_checked_for_value_collar_and_funds()
    {
        var engine = new EngineHarness(account: new AccountRecord { Cash = 1_000, Leverage = 1 });
        engine.Send(new LimitsRecord { MaximumPriceDeviation = 0.5m, MaximumOrderNotional = 900 }.Encode());
        engine.Trade(100);
        ulong order = engine.Submit(Side.Buy, 6, limit: 100).One<Sent>().Id;
        engine.News(order, ExecutionKind.Accepted);
        Assert.That(engine.Amend(order, price: 150.01m).One<Refused>().Check, Is.EqualTo(CheckKind.OrderNotional), "900.06");
        engine.Send(new LimitsRecord { MaximumPriceDeviation = 0.5m, MaximumOrderNotional = 5_000 }.Encode());
        Assert.That(engine.Amend(order, price: 150.01m).One<Refused>().Check, Is.EqualTo(CheckKind.PriceCollar));
        ulong other = engine.Submit(Side.Buy, 2, limit: 60).One<Sent>().Id;
        Assert.That(engine.Amend(order, price: 147).One<Refused>().Value, Is.EqualTo(1_002m), "600 and 120 held, 282 more");
        engine.News(other, ExecutionKind.Cancelled);
        Assert.That(engine.Amend(order, price: 147).Of<AmendSent>(), Has.Length.EqualTo(1));
    }

    [Test]
    [Description("R26: self-trade prevention")]
    public void Another_price_must_not_meet_the_clients_own_order()
    {
        EngineHarness engine = With(out ulong order);
        engine.Send(RiskInputs.Client(1, SelfTradePrevention.ExpireTaker));
        engine.News(engine.Submit(Side.Sell, 1, limit: 120).One<Sent>().Id, ExecutionKind.Accepted);
        Assert.That(engine.Amend(order, price: 120).One<Refused>().Reason, Is.EqualTo(ReasonCode.SelfTrade));
        Assert.That(engine.Amend(order, price: 119.99m).Of<AmendSent>(), Has.Length.EqualTo(1));
    }

    [Test]
    [Description("D16")]
    public void Another_price_of_what_closes_is_free()
    {
        var engine = new EngineHarness(account: new AccountRecord { Cash = 1_000, Leverage = 1 });
        engine.Trade(100);
        engine.Hold(10, 100);
        ulong order = engine.Submit(Side.Sell, 10, limit: 100).One<Sent>().Id;
        engine.News(order, ExecutionKind.Accepted);
        engine.Send(new LimitsRecord { MaximumPriceDeviation = 0.01m }.Encode());
        Assert.That(engine.Amend(order, price: 150).Of<AmendSent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void While_halted_an_order_may_shrink_and_not_grow()
    {
        EngineHarness engine = With(out ulong order);
        engine.Command(OperatorAction.Halt);
        Assert.That(engine.Amend(order, quantity: 3).One<Refused>().Reason, Is.EqualTo(ReasonCode.Halted));
        Assert.That(engine.Amend(order, quantity: 1).One<Alert>().Reason, Is.EqualTo(ReasonCode.AmendRefused), "its cancel is under way");
        engine.News(order, ExecutionKind.CancelRejected);
        Assert.That(engine.Amend(order, quantity: 1).Of<AmendSent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void An_amend_that_makes_no_sense_is_refused_by_name()
    {
        EngineHarness engine = With(out ulong order);
        engine.Fill(order, 1, 90);
        Assert.That(engine.Amend(order, quantity: 1).One<Refused>().Reason, Is.EqualTo(ReasonCode.InvalidValue), "no more than what executed");
        Assert.That(engine.Amend(order, quantity: -1).One<Refused>().Reason, Is.EqualTo(ReasonCode.InvalidValue));
        Assert.That(engine.Amend(order, price: 90.005m).One<Refused>().Reason, Is.EqualTo(ReasonCode.PriceNotOnTick));
        Assert.That(engine.Amend(order, quantity: 1.5005m).One<Refused>().Reason, Is.EqualTo(ReasonCode.QuantityNotOnStep));
    }

    [Test]
    public void Cancels_and_amends_are_for_the_owner_of_an_open_order()
    {
        EngineHarness engine = With(out ulong order);
        engine.Send(InputBytes.Client(2));
        Assert.That(engine.Cancel(order, client: 2).One<Alert>().Reason, Is.EqualTo(ReasonCode.NotTheOwner));
        Assert.That(engine.Amend(order, quantity: 1, client: 2).One<Alert>().Reason, Is.EqualTo(ReasonCode.NotTheOwner));
        Assert.That(engine.Cancel(order + 1).One<Alert>().Reason, Is.EqualTo(ReasonCode.UnknownOrder));
        engine.News(order, ExecutionKind.Cancelled);
        Assert.That(engine.Cancel(order).One<Alert>().Reason, Is.EqualTo(ReasonCode.OrderNotOpen));
        Assert.That(engine.Amend(order, quantity: 1).One<Alert>().Reason, Is.EqualTo(ReasonCode.OrderNotOpen));
    }

    [Test]
    public void A_report_of_an_impossible_amend_changes_nothing()
    {
        EngineHarness engine = With(out ulong order);
        engine.Fill(order, 1, 90);
        Reply reply = Amended(engine, order, 0.5m, null);
        Assert.That(reply.One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue));
        Assert.That(Scaled.Of(engine.Find(order).Quantity.Raw), Is.EqualTo(2m));
    }

    private static decimal Reserved(EngineHarness engine) => Scaled.Of(engine.Account.Reserved.Raw);

    private static EngineHarness With(out ulong order)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        order = engine.Submit(Side.Buy, 2, limit: 90).One<Sent>().Id;
        return engine;
    }

    private static Reply Amended(EngineHarness engine, ulong order, decimal quantity, decimal? price)
    {
        long cumulative = engine.Find(order).Cumulative.Raw;
        return engine.Send(new Report
        {
            Order = order,
            Kind = ExecutionKind.Amended,
            Side = Side.Buy,
            Cumulative = cumulative,
            Leaves = Scaled.Raw(quantity) - cumulative,
            NewPrice = price is { } present ? Scaled.Raw(present) : null,
        }.Encode());
    }
}
