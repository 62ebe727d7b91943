using System.Text.Json;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Execution;

/// <summary>What is above a maximum is split into orders within it (D3), and orders of one input are numbered for batches (R80).</summary>
internal sealed class SplittingTests
{
    [Test]
    [Description("D3, R110, R112")]
    public void An_order_above_a_maximum_is_split_into_nearly_equal_orders_within_it()
    {
        EngineHarness engine = Engine(10);
        engine.Send(new LimitsRecord { MaximumOrderQuantity = 3 }.Encode());
        Reply reply = engine.Signal(Direction.Long);
        Assert.That(reply.Of<Sent>().Select(sent => sent.Quantity), Is.EqualTo(new[] { 2.5m, 2.5m, 2.5m, 2.5m }));
        ParentNews parent = reply.One<ParentNews>();
        Assert.That((parent.Quantity, parent.Working, parent.Children), Is.EqualTo((10m, 10m, 4u)));

        engine = Engine(10);
        engine.Send(new LimitsRecord { MaximumOrderNotional = 400 }.Encode());
        Assert.That(engine.Signal(Direction.Long).Of<Sent>().Select(sent => sent.Quantity), Is.EqualTo(new[] { 3.333m, 3.333m, 3.334m }));
    }

    [Test]
    [Description("D3, R81")]
    public void The_venues_maximum_splits_what_closes_too_and_what_closes_goes_first()
    {
        EngineHarness engine = Engine(2, new InstrumentRecord { MaximumQuantity = 3 });
        engine.Hold(3, 100);
        engine.Hold(1, 100);
        Sent[] sent = engine.Signal(Direction.Short).Of<Sent>();
        Assert.That(sent.Select(order => (order.Side, order.Quantity)), Is.EqualTo(new[] { (Side.Sell, 3m), (Side.Sell, 3m) }));
        Assert.That(sent.Select(order => Scaled.Of(engine.Find(order.Id).Opening.Raw)), Is.EqualTo(new[] { 0m, 2m }));
    }

    [Test]
    [Description("D3")]
    public void Without_splitting_it_is_refused_with_the_reason()
    {
        EngineHarness engine = Engine(10, split: false);
        engine.Send(new LimitsRecord { MaximumOrderQuantity = 3 }.Encode());
        Reply reply = engine.Signal(Direction.Long);
        Assert.That((reply.One<Refused>().Reason, reply.Has0<Sent>()), Is.EqualTo((ReasonCode.QuantityAboveMaximum, true)));
    }

    [Test]
    [Description("R81, T6")]
    public void What_has_no_room_in_an_input_goes_out_with_the_next_one()
    {
        EngineHarness engine = Engine(70, limits: Limits);
        engine.Send(new LimitsRecord { MaximumOrderQuantity = 1 }.Encode());
        Reply first = engine.Signal(Direction.Long);
        Assert.That((first.Of<Sent>().Length, first.One<ParentNews>().Unsent), Is.EqualTo((64, 6m)));
        Reply second = engine.Send(InputBytes.Tick(0));
        Assert.That((second.Of<Sent>().Length, second.One<ParentNews>().Unsent), Is.EqualTo((6, 0m)));
    }

    [Test]
    [Description("D3, R106: the position's limit stops the orders that would exceed it")]
    public void A_limit_that_the_whole_breaks_refuses_the_whole()
    {
        EngineHarness engine = Engine(10);
        engine.Send(new LimitsRecord { MaximumOrderQuantity = 3, MaximumPositionQuantity = 8 }.Encode());
        Reply reply = engine.Signal(Direction.Long);
        Assert.That((reply.One<Refused>().Reason, reply.Has0<Sent>()), Is.EqualTo((ReasonCode.PositionQuantityLimit, true)));
    }

    [Test]
    [Description("T6")]
    public void A_part_that_the_venue_refuses_ends_and_the_others_go_on()
    {
        EngineHarness engine = Engine(4);
        engine.Send(new LimitsRecord { MaximumOrderQuantity = 2 }.Encode());
        Sent[] sent = engine.Signal(Direction.Long).Of<Sent>();
        engine.News(sent[0].Id, ExecutionKind.Rejected, ReasonCode.InsufficientBalance);
        ParentNews done = engine.Fill(sent[1].Id, 2, 100).One<ParentNews>();
        Assert.That((done.Status, done.Executed, done.Ended, done.Reason), Is.EqualTo((ParentStatus.Ended, 2m, 2m, ReasonCode.InsufficientBalance)));
    }

    [TestCase((byte)0, "0,0,0,0,0")]
    [TestCase((byte)1, "0,0,0,0,0")]
    [TestCase((byte)2, "1,1,2,2,3")]
    [TestCase((byte)20, "1,1,1,1,1")]
    [Description("R80")]
    public void Orders_of_one_input_and_account_are_numbered_in_batches(byte maximum, string batches)
    {
        EngineHarness engine = Engine(5, batch: maximum);
        engine.Send(new LimitsRecord { MaximumOrderQuantity = 1 }.Encode());
        Assert.That(string.Join(',', Batches(engine, () => engine.Signal(Direction.Long))), Is.EqualTo(batches));
        engine.News(engine.State.Orders[0].ClientOrderId, ExecutionKind.Accepted);
        int next = maximum > 1 ? 1 : 0;
        Assert.That(Batches(engine, () => engine.Submit(Side.Buy, 1, limit: 99)), Is.EqualTo(new[] { next }), "each input begins anew");
    }

    [Test]
    [Description("venue_filters_and_limits.json: okx_batch_of_45 (R80)")]
    public void Forty_five_orders_go_in_three_batches()
    {
        JsonElement known = KnownAnswer.Case("venue_filters_and_limits.json", "okx_batch_of_45");
        EngineHarness engine = Engine(
            known.GetProperty("input").GetProperty("orders").GetInt32(), limits: Limits, batch: known.GetProperty("input").GetProperty("max_batch").GetByte());
        engine.Send(new LimitsRecord { MaximumOrderQuantity = 1 }.Encode());
        int[] sizes = [.. Batches(engine, () => engine.Signal(Direction.Long)).GroupBy(static number => number).Select(static batch => batch.Count())];
        Assert.That(sizes, Is.EqualTo(known.GetProperty("expected").GetProperty("batches").EnumerateArray().Select(static item => item.GetInt32())));
    }

    private static EngineLimits Limits => new(
        Venues: 4, Instruments: 4, Clients: 4, Accounts: 4, Strategies: 8, Positions: 64, Orders: 512, Budgets: 16, ClientOrders: 128, ClientPositions: 16);

    private static EngineHarness Engine(decimal quantity, InstrumentRecord? instrument = null, bool split = true, EngineLimits? limits = null, byte batch = 0)
    {
        var engine = new EngineHarness(new StrategyRecord { Quantity = quantity }, instrument, limits: limits);
        engine.State.Venues[0].BatchMaximum = batch;
        engine.Send(new ExecutionRecord { Split = split }.Encode());
        engine.Trade(100);
        return engine;
    }

    private static int[] Batches(EngineHarness engine, Action act)
    {
        act();
        var batches = new List<int>();
        for (int output = 0; output < engine.Engine.Outputs.Count; output++)
        {
            if (NewOrderDecoder.TryWrap(engine.Engine.Outputs[output], out NewOrderDecoder order))
            {
                batches.Add(order.TryGetBatch(out byte number) ? number : 0);
            }
        }

        return [.. batches];
    }
}
