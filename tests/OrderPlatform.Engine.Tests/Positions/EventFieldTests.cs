using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>Orders' and positions' events carry what reports need without any other state.</summary>
[Description("R93, R95")]
internal sealed class EventFieldTests
{
    [Test]
    public void An_orders_event_says_whose_where_when_and_at_which_prices_it_was_decided()
    {
        var engine = new MoneyEngine();
        engine.Mark(100);
        ulong id = engine.Submit(Side.Buy, 2, 101).One<Sent>().Id;
        OrderEventDecoder sent = OrderEventDecoder.WrapForDecodeAndApplyHeader(Last(engine, OrderEventDecoder.TemplateId));
        Assert.That((sent.ClientOrderId, sent.VenueId, sent.AccountId, sent.Origin, sent.TimeInForce),
            Is.EqualTo((id, (ushort)1, MoneyEngine.Id, OrderOrigin.Request, TimeInForce.GoodTillCancelled)));
        Assert.That((Of(sent.DecisionPrice), Of(sent.ArrivalPrice), sent.DecidedAtNanos), Is.EqualTo((100m, 100m, engine.State.NowNanos)));
        Assert.That((sent.ParentId, sent.RequestId), Is.EqualTo((engine.State.Parents[0].Id, engine.State.Parents[0].RequestId)));
        Assert.That((sent.InDoubt, sent.Estimated, sent.TryGetTriggerPrice(out _)), Is.EqualTo((YesNo.No, YesNo.No, false)));
        Assert.That(sent.TryGetLimitPrice(out long limit) && Of(limit) == 101m, Is.True);
    }

    [Test]
    public void A_positions_event_has_the_levels_that_protect_it_while_it_is_held()
    {
        var engine = new MoneyEngine(leverage: 5);
        engine.Mark(100);
        engine.Trade(2, 100);
        ref Protection protection = ref engine.State.Positions.ProtectionOf(0);
        protection.StopPrice = new Price(Raw(90));
        protection.TargetPrice = new Price(Raw(120));
        engine.Trade(1, 100);
        PositionEventDecoder held = PositionEventDecoder.WrapForDecodeAndApplyHeader(Last(engine, PositionEventDecoder.TemplateId));
        Assert.That(held.TryGetStopPrice(out long stop) && held.TryGetTargetPrice(out long target) && (Of(stop), Of(target)) == (90m, 120m), Is.True);
        Assert.That((held.Leg, Of(held.Margin), held.TryGetLiquidationPrice(out _)), Is.EqualTo((PositionLeg.Net, 60m, true)));
        protection = default;
        engine.Trade(-3, 100);
        Assert.That(PositionEventDecoder.WrapForDecodeAndApplyHeader(Last(engine, PositionEventDecoder.TemplateId)).TryGetStopPrice(out _), Is.False);
    }

    private static ReadOnlySpan<byte> Last(MoneyEngine engine, ushort template)
    {
        OutputBatch outputs = engine.Base.Engine.Outputs;
        for (int i = outputs.Count - 1; i >= 0; i--)
        {
            if (MessageHeader.TryRead(outputs[i], out MessageHeader header) && header.TemplateId == template)
            {
                return outputs[i];
            }
        }

        throw new ArgumentException($"no output of template {template}");
    }
}
