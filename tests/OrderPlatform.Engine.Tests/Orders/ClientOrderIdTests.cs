using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

public class ClientOrderIdTests
{
    [Test]
    public void The_parts_do_not_overlap_at_their_largest()
    {
        Assert.That(ClientOrderId.Make(ClientOrderId.ShardMax, 0, 0, 0), Is.EqualTo(0xFC00_0000_0000_0000UL));
        Assert.That(ClientOrderId.Make(0, ClientOrderId.EpochMax, 0, 0), Is.EqualTo(0x03FF_C000_0000_0000UL));
        Assert.That(ClientOrderId.Make(0, 0, ClientOrderId.SequenceMax, 0), Is.EqualTo(0x0000_3FFF_FFFF_FFC0UL));
        Assert.That(ClientOrderId.Make(0, 0, 0, ClientOrderId.OrdersPerInputMax - 1), Is.EqualTo(0x3FUL));
        Assert.That(ClientOrderId.SequenceOf(ulong.MaxValue), Is.EqualTo(ClientOrderId.SequenceMax));
    }

    [Test]
    public void An_order_is_named_by_the_input_that_decided_it()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        Sent order = engine.Signal(Direction.Long).One<Sent>();
        Assert.That(order.Id, Is.EqualTo(ClientOrderId.Make(3, 1, engine.State.Sequence, 0)));
        Assert.That(ClientOrderId.SequenceOf(order.Id), Is.EqualTo(engine.State.Sequence));
    }

    [Test]
    public void The_next_epoch_makes_other_ids_and_an_old_one_is_refused()
    {
        var engine = new EngineHarness();
        Assert.That(engine.Send(InputBytes.EpochStart(2)).All, Is.Empty);
        Assert.That(engine.State.Epoch, Is.EqualTo(2));
        Assert.That(engine.Send(InputBytes.EpochStart(2)).One<Alert>().Severity, Is.EqualTo(Severity.Critical));
        Assert.That(engine.Send(InputBytes.EpochStart(1)).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue));
        Assert.That(engine.Send(InputBytes.EpochStart(3, shard: 4)).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue), "another shard");
        Assert.That(engine.Send(InputBytes.EpochStart(4_096)).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue), "beyond 12 bits");
        Assert.That(engine.State.Epoch, Is.EqualTo(2));
    }
}
