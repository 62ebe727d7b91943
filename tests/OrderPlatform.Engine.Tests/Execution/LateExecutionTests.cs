using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Execution;

/// <summary>What the model of orders found about parents whose orders execute after their end (T14, T17).</summary>
internal sealed class LateExecutionTests
{
    [Test]
    [Description("T14, T17: it stayed for ever, and took a place of its client's")]
    public void A_parent_whose_rest_executed_while_it_waited_for_another_attempt_ends()
    {
        var engine = new EngineHarness();
        engine.Send(new ExecutionRecord { Retries = 2, RetryDelayNanos = 5 * EngineHarness.SecondNanos }.Encode());
        engine.Trade(100);
        ulong order = engine.Submit(Side.Buy, 2).One<Sent>().Id;
        engine.News(order, ExecutionKind.Rejected);
        engine.Fill(order, 2, 100);
        engine.NowNanos += 10 * EngineHarness.SecondNanos;
        Reply later = engine.Send(InputBytes.Tick(0));
        Assert.That((later.Has0<Sent>(), later.One<ParentNews>().Status, later.One<ParentNews>().Executed), Is.EqualTo((true, ParentStatus.Done, 2m)));
        Assert.That(engine.State.Clients[0].OpenParents, Is.Zero);
    }
}
