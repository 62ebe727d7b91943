using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Requests;

/// <summary>What a request may say (R48 to R50, R60, R63).</summary>
internal sealed class RequestTermsTests
{
    private static readonly (string Name, SubmitRecord Request, ReasonCode Reason)[] Wrong =
    [
        ("a limit without a price", new() { Type = OrderType.Limit }, ReasonCode.InvalidValue),
        ("a limit off the tick", new() { Type = OrderType.Limit, Price = 99.995m }, ReasonCode.PriceNotOnTick),
        ("a stop without a trigger", new() { Type = OrderType.Stop }, ReasonCode.InvalidValue),
        ("a stop whose trigger is off the tick", new() { Type = OrderType.Stop, Trigger = 99.995m }, ReasonCode.PriceNotOnTick),
        ("a stop limit without a limit", new() { Type = OrderType.StopLimit, Trigger = 90 }, ReasonCode.InvalidValue),
        ("a trailing stop without a distance", new() { Type = OrderType.TrailingStop }, ReasonCode.InvalidValue),
        ("a trailing stop as far as the price", new() { Type = OrderType.TrailingStop, Trailing = 1 }, ReasonCode.InvalidValue),
        ("good till a time that is past", new() { TimeInForce = TimeInForce.GoodTillDate, ExpireAtNanos = 1 }, ReasonCode.Expired),
        ("good till no time", new() { TimeInForce = TimeInForce.GoodTillDate }, ReasonCode.Expired),
        ("more displayed than ordered", new() { Type = OrderType.Limit, Price = 99, Quantity = 1, Display = 2 }, ReasonCode.InvalidValue),
        ("a displayed part of a market order", new() { Display = 0.5m }, ReasonCode.InvalidValue),
        ("a displayed part off the lot", new() { Type = OrderType.Limit, Price = 99, Display = 0.0005m }, ReasonCode.QuantityNotOnStep),
        ("a market order that must rest", new() { PostOnly = true }, ReasonCode.InvalidValue),
        ("a taker that must rest", new() { Type = OrderType.Limit, Price = 99, TimeInForce = TimeInForce.ImmediateOrCancel, PostOnly = true }, ReasonCode.InvalidValue),
        ("a group without a role", new() { Link = 5 }, ReasonCode.InvalidValue),
        ("a role without a group", new() { Role = LinkRole.Peer }, ReasonCode.InvalidValue),
        ("an algorithm that there is not", new() { Algorithm = (ExecutionAlgorithm)7 }, ReasonCode.InvalidValue),
        ("an algorithm of a stop", new() { Type = OrderType.Stop, Trigger = 90, Algorithm = ExecutionAlgorithm.Twap }, ReasonCode.InvalidValue),
        ("an algorithm of a group", new() { Algorithm = ExecutionAlgorithm.Twap, Link = 5, Role = LinkRole.Peer }, ReasonCode.InvalidValue),
        ("a limit then market without a limit", new() { Algorithm = ExecutionAlgorithm.LimitThenMarket }, ReasonCode.InvalidValue),
        ("only reducing of nothing", new() { ReduceOnly = true }, ReasonCode.NotReducing),
        ("only reducing of the other side", new() { Side = Side.Sell, ReduceOnly = true }, ReasonCode.NotReducing),
    ];

    private static IEnumerable<TestCaseData> Cases => Wrong.Select(wrong => new TestCaseData(wrong.Request, wrong.Reason).SetName("Refused_by_name: " + wrong.Name));

    [TestCaseSource(nameof(Cases))]
    [Description("R60, R61, D16")]
    public void A_request_that_makes_no_sense_is_refused_by_name_and_changes_nothing(object request, ReasonCode reason)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        Reply reply = engine.Send(((SubmitRecord)request).Encode());
        Assert.That(reply.One<Refused>().Reason, Is.EqualTo(reason));
        Assert.That((reply.Has0<Sent>(), engine.State.Parents.Count), Is.EqualTo((true, 0)));
    }

    [Test]
    [Description("R60")]
    public void What_only_reduces_is_cut_to_what_is_held_and_two_of_them_may_stand_side_by_side()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        engine.Hold(3, 100);
        for (int order = 0; order < 2; order++)
        {
            Reply reply = engine.Send(new SubmitRecord { Side = Side.Sell, Type = OrderType.Limit, Price = 110, Quantity = 5, ReduceOnly = true }.Encode());
            Assert.That(reply.One<Sent>().Quantity, Is.EqualTo(3m));
        }

        Assert.That(Scaled.Of(engine.Position.PendingOpening.Raw), Is.Zero);
    }

    [Test]
    [Description("R48, R50, R60")]
    public void The_terms_reach_the_order()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        long until = engine.NowNanos + EngineHarness.DayNanos;
        engine.Send(new SubmitRecord
        {
            Type = OrderType.Limit,
            Price = 99,
            Quantity = 2,
            Display = 0.5m,
            PostOnly = true,
            TimeInForce = TimeInForce.GoodTillDate,
            ExpireAtNanos = until,
            RequestId = 77,
        }.Encode());
        Engine.Orders.Order order = engine.State.Orders[0];
        Assert.That(
            (order.PostOnly, Scaled.Of(order.DisplayQuantity.Raw), order.TimeInForce, order.ExpireAtNanos, order.RequestId),
            Is.EqualTo((true, 0.5m, TimeInForce.GoodTillDate, until, 77ul)));
    }
}
