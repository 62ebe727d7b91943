using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>Order types that a venue lacks, and what a venue has itself (R59, R62); expiry by time; post-only and reduce-only.</summary>
internal sealed class HeldOrderTests
{
    private const long Second = EngineHarness.SecondNanos;

    [TestCase(OrderType.Stop, Side.Buy, 101, 104, 105, OrderType.Market)]
    [TestCase(OrderType.Stop, Side.Sell, 99, 96, 95, OrderType.Market)]
    [TestCase(OrderType.StopLimit, Side.Buy, 101, 104, 105, OrderType.Limit)]
    [TestCase(OrderType.StopLimit, Side.Sell, 99, 96, 95, OrderType.Limit)]
    [TestCase(OrderType.MarketIfTouched, Side.Buy, 99, 96, 95, OrderType.Market)]
    [TestCase(OrderType.MarketIfTouched, Side.Sell, 101, 104, 105, OrderType.Market)]
    [TestCase(OrderType.LimitIfTouched, Side.Buy, 99, 96, 95, OrderType.Limit)]
    [TestCase(OrderType.LimitIfTouched, Side.Sell, 101, 104, 105, OrderType.Limit)]
    [Description("R62")]
    public void A_trigger_that_the_venue_does_not_watch_is_watched_here(OrderType type, Side side, int near, int nearer, int trigger, OrderType live)
    {
        EngineHarness engine = At100();
        Reply held = engine.Send(new SubmitRecord { Type = type, Side = side, Trigger = trigger, Price = 100 }.Encode());
        Assert.That((held.Of<Sent>().Length, held.One<OrderNews>().Status), Is.EqualTo((0, OrderStatus.Held)));
        Assert.That(engine.Trade(near).Has0<Sent>() && engine.Trade(nearer).Has0<Sent>());
        Reply fired = engine.Trade(trigger);
        Assert.That((fired.One<Sent>().Type, fired.One<Sent>().Price, fired.One<OrderNews>().Status),
            Is.EqualTo((live, live == OrderType.Limit ? 100m : (decimal?)null, OrderStatus.PendingNew)));
        Assert.That(engine.Trade(trigger).Has0<Sent>(), "once");
    }

    [TestCase(OrderType.Stop, VenueFeatures.Stop, "Stop GoodTillCancelled trigger 105")]
    [TestCase(OrderType.StopLimit, VenueFeatures.StopLimit, "StopLimit GoodTillCancelled trigger 105")]
    [TestCase(OrderType.MarketIfTouched, VenueFeatures.IfTouched, "MarketIfTouched GoodTillCancelled trigger 105")]
    [TestCase(OrderType.TrailingStop, VenueFeatures.TrailingStop, "TrailingStop GoodTillCancelled trailing 0.05")]
    [Description("R62: native where the venue has it")]
    public void What_the_venue_can_do_itself_goes_there(OrderType type, VenueFeatures features, string extras)
    {
        EngineHarness engine = At100(features);
        engine.Send(new SubmitRecord
        {
            Type = type,
            Trigger = type == OrderType.TrailingStop ? null : 105,
            Trailing = type == OrderType.TrailingStop ? 0.05m : null,
            Price = type == OrderType.StopLimit ? 106 : null,
        }.Encode());
        Assert.That(OrderRecords.Extras(NewOrderOf(engine)), Is.EqualTo(extras));
    }

    [Test]
    [Description("R62")]
    public void A_trailing_stop_follows_the_market_and_fires_at_its_distance()
    {
        EngineHarness engine = At100();
        engine.Hold(2, 100);
        Reply held = engine.Send(new SubmitRecord { Type = OrderType.TrailingStop, Side = Side.Sell, Quantity = 2, Trailing = 0.1m }.Encode());
        Assert.That(held.One<OrderNews>().Status, Is.EqualTo(OrderStatus.Held));
        Assert.That(engine.Trade(100).Has0<Sent>() && engine.Trade(120).Has0<Sent>() && engine.Trade(108.01m).Has0<Sent>());
        Assert.That(engine.Trade(108).One<Sent>(), Has.Property("Type").EqualTo(OrderType.Market).And.Property("Quantity").EqualTo(2m));
    }

    [Test]
    public void Orders_that_fire_with_one_price_fire_in_the_order_in_which_they_came()
    {
        EngineHarness engine = At100();
        ulong[] ids = [.. new[] { 103m, 101m, 102m }.Select(trigger =>
            engine.Send(new SubmitRecord { Type = OrderType.Stop, Trigger = trigger }.Encode()).One<OrderNews>().Id)];
        Assert.That(engine.Trade(102).Of<Sent>().Select(sent => sent.Id), Is.EqualTo(new[] { ids[1], ids[2] }));
        Assert.That(engine.Trade(103).One<Sent>().Id, Is.EqualTo(ids[0]));
        Assert.That(engine.State.Instruments[0].FirstHeld, Is.EqualTo(-1));
    }

    [Test]
    [Description("R63: a held order ends at once")]
    public void A_held_order_is_cancelled_and_amended_here()
    {
        EngineHarness engine = At100();
        ulong order = engine.Send(new SubmitRecord { Type = OrderType.Stop, Trigger = 105, Quantity = 2 }.Encode()).One<OrderNews>().Id;
        OrderNews amended = engine.Amend(order, quantity: 3).One<OrderNews>();
        Assert.That((amended.Status, amended.Quantity, engine.Position.PendingOpening.Raw), Is.EqualTo((OrderStatus.Held, 3m, Scaled.Raw(3))));
        Reply cancelled = engine.Cancel(order);
        OrderNews end = cancelled.One<OrderNews>();
        Assert.That((cancelled.Of<CancelSent>().Length, end.Status, end.Leaves), Is.EqualTo((0, OrderStatus.Cancelled, 0m)));
        Assert.That((engine.Account.Reserved.Raw, engine.Position.PendingOpening.Raw, engine.Trade(105).Of<Sent>().Length), Is.EqualTo((0L, 0L, 0)));
    }

    [Test]
    [Description("R193: every order is checked, also when it fires")]
    public void What_opens_does_not_fire_while_trading_is_halted()
    {
        EngineHarness engine = At100();
        engine.Hold(1, 100);
        engine.Send(new SubmitRecord { Type = OrderType.Stop, Trigger = 105 }.Encode());
        engine.Send(new SubmitRecord { Type = OrderType.Stop, Side = Side.Sell, Trigger = 95 }.Encode());
        engine.State.Strategies[0].State = TradingState.Halted;
        Reply fired = engine.Trade(105);
        Assert.That((fired.Of<Sent>().Length, fired.One<Refused>().Reason, fired.One<OrderNews>().Status),
            Is.EqualTo((0, ReasonCode.Halted, OrderStatus.Rejected)));
        Assert.That(engine.Trade(95).Of<Sent>(), Has.Length.EqualTo(1), "what reduces does");
    }

    [Test]
    [Description("R48, GTD")]
    public void A_date_that_the_venue_does_not_watch_ends_the_order_by_a_cancel()
    {
        EngineHarness engine = At100();
        long until = engine.NowNanos + (10 * Second);
        ulong order = engine.Send(new SubmitRecord { TimeInForce = TimeInForce.GoodTillDate, Price = 90, ExpireAtNanos = until }.Encode()).One<Sent>().Id;
        Assert.That(OrderRecords.Extras(NewOrderOf(engine)), Is.EqualTo("Limit GoodTillCancelled"));
        engine.News(order, ExecutionKind.Accepted);
        Assert.That(engine.SendAt(until - 1, InputBytes.Tick(0)).Has0<CancelSent>());
        Assert.That(engine.SendAt(until, InputBytes.Tick(0)).One<CancelSent>().Id, Is.EqualTo(order));
        OrderNews end = engine.News(order, ExecutionKind.Cancelled).One<OrderNews>();
        Assert.That((end.Status, end.Reason), Is.EqualTo((OrderStatus.Cancelled, ReasonCode.Expired)));
    }

    [Test]
    [Description("R48, GTD, DAY: native")]
    public void A_venue_that_watches_the_time_gets_it()
    {
        EngineHarness engine = At100(VenueFeatures.GoodTillDate | VenueFeatures.Day);
        long until = engine.NowNanos + (10 * Second);
        engine.Send(new SubmitRecord { TimeInForce = TimeInForce.GoodTillDate, Price = 90, ExpireAtNanos = until }.Encode());
        Assert.That(OrderRecords.Extras(NewOrderOf(engine)), Is.EqualTo($"Limit GoodTillDate until {until}"));
        engine.Send(new SubmitRecord { TimeInForce = TimeInForce.Day, Price = 90 }.Encode());
        Assert.That(OrderRecords.Extras(NewOrderOf(engine)), Is.EqualTo("Limit Day"));
        Assert.That(engine.SendAt(engine.NowNanos + (3 * EngineHarness.DayNanos), InputBytes.Tick(0)).Has0<CancelSent>());
    }

    [TestCase(0L, 24)]
    [TestCase(6L * 3_600_000_000_000, 6)]
    [Description("R48, DAY")]
    public void A_day_order_ends_with_the_venues_day(long dayEndNanos, int hours)
    {
        EngineHarness engine = At100(0, dayEndNanos);
        engine.Send(new SubmitRecord { TimeInForce = TimeInForce.Day, Type = OrderType.Stop, Trigger = 105 }.Encode());
        long end = EngineHarness.StartNanos + (hours * 3_600_000_000_000);
        Assert.That(engine.SendAt(end - 1, InputBytes.Tick(0)).All, Is.Empty);
        OrderNews news = engine.SendAt(end, InputBytes.Tick(0)).One<OrderNews>();
        Assert.That((news.Status, news.Reason), Is.EqualTo((OrderStatus.Expired, ReasonCode.Expired)), "it was held, so nobody has to be asked");
    }

    [Test]
    public void A_date_that_is_past_is_refused()
    {
        EngineHarness engine = At100();
        Reply reply = engine.Send(new SubmitRecord { TimeInForce = TimeInForce.GoodTillDate, Price = 90, ExpireAtNanos = engine.NowNanos }.Encode());
        Assert.That(reply.One<Refused>().Reason, Is.EqualTo(ReasonCode.Expired));
    }

    [TestCase(Side.Buy, 101, ReasonCode.WouldCross)]
    [TestCase(Side.Buy, 100, ReasonCode.None)]
    [TestCase(Side.Sell, 99, ReasonCode.WouldCross)]
    [TestCase(Side.Sell, 100, ReasonCode.None)]
    [Description("post-only where the venue has none")]
    public void A_post_only_order_that_would_take_is_refused(Side side, int price, ReasonCode reason)
    {
        EngineHarness engine = At100();
        engine.Quote(99, 101);
        Reply reply = engine.Send(new SubmitRecord { Side = side, Price = price, PostOnly = true }.Encode());
        Assert.That(reply.Has0<Refused>() ? ReasonCode.None : reply.One<Refused>().Reason, Is.EqualTo(reason));
        Assert.That(reply.Of<Sent>(), Has.Length.EqualTo(reason == ReasonCode.None ? 1 : 0));
    }

    [Test]
    public void Flags_go_to_venues_that_know_them()
    {
        EngineHarness engine = At100(VenueFeatures.PostOnly | VenueFeatures.ReduceOnly | VenueFeatures.Iceberg);
        engine.Hold(5, 100);
        engine.Send(new SubmitRecord { Side = Side.Sell, Price = 110, Quantity = 3, Display = 1, PostOnly = true, ReduceOnly = true }.Encode());
        Assert.That(OrderRecords.Extras(NewOrderOf(engine)), Is.EqualTo("Limit GoodTillCancelled shows 1 post reduce"));
    }

    [Test]
    [Description("reduce-only, T15")]
    public void A_reduce_only_stop_takes_no_more_than_there_is_when_it_fires()
    {
        EngineHarness engine = At100();
        engine.Hold(5, 100);
        engine.Send(new SubmitRecord { Type = OrderType.Stop, Side = Side.Sell, Trigger = 95, Quantity = 5, ReduceOnly = true }.Encode());
        engine.Hold(-3, 100);
        Assert.That(engine.Trade(95).One<Sent>().Quantity, Is.EqualTo(2m));
    }

    [Test]
    [Description("reduce-only, T15: flat -> no protective order")]
    public void A_reduce_only_stop_without_a_position_ends()
    {
        EngineHarness engine = At100();
        engine.Hold(5, 100);
        engine.Send(new SubmitRecord { Type = OrderType.Stop, Side = Side.Sell, Trigger = 95, Quantity = 5, ReduceOnly = true }.Encode());
        Reply flat = engine.Hold(-5, 100);
        Reply fired = engine.Trade(95);
        Assert.That(fired.Has0<Sent>());
        OrderNews end = flat.Of<OrderNews>().Concat(fired.Of<OrderNews>()).Single(news => news.Status == OrderStatus.Cancelled);
        Assert.That(end.Reason, Is.EqualTo(ReasonCode.NotReducing));
    }

    [TestCase(OrderType.Stop, null, null)]
    [TestCase(OrderType.TrailingStop, null, 1.0)]
    [TestCase(OrderType.TrailingStop, null, null)]
    [TestCase(OrderType.StopLimit, 105.0, null)]
    public void An_order_without_what_its_type_needs_is_refused(OrderType type, double? trigger, double? trailing)
    {
        EngineHarness engine = At100();
        Reply reply = engine.Send(new SubmitRecord { Type = type, Trigger = (decimal?)trigger, Trailing = (decimal?)trailing }.Encode());
        Assert.That((reply.One<Refused>().Reason, engine.State.Orders.OpenCount), Is.EqualTo((ReasonCode.InvalidValue, 0)));
    }

    private static EngineHarness At100(VenueFeatures features = 0, long dayEndNanos = 0)
    {
        var engine = new EngineHarness();
        engine.Send(OrderRecords.Venue(features, dayEndNanos));
        engine.Trade(100);
        return engine;
    }

    private static ReadOnlySpan<byte> NewOrderOf(EngineHarness engine)
    {
        for (int i = 0; i < engine.Engine.Outputs.Count; i++)
        {
            MessageHeader.TryRead(engine.Engine.Outputs[i], out MessageHeader header);
            if (header.TemplateId == NewOrderDecoder.TemplateId)
            {
                return engine.Engine.Outputs[i];
            }
        }

        throw new InvalidOperationException("nothing was sent");
    }
}
