using OrderPlatform.Disruptor;
using OrderPlatform.Engine;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Tests;

/// <summary>The stages of a pipeline that goes on behind a recovered engine.</summary>
[TestFixture]
internal sealed class RecoveredStageTests
{
    // Found by the crash campaign: the order of the last journaled input went to the venue a second time, before anybody was asked.
    [Test]
    public void Outputs_of_the_last_replayed_input_do_not_leave_again()
    {
        BusinessLogicProcessor engine = EngineWhoseLastInputMadeAnOrder();
        using RingBuffer<InputSlot> inputs = RingBuffer<InputSlot>.CreateMultiProducer(16);
        using RingBuffer<OutputSlot> outputs = RingBuffer<OutputSlot>.CreateSingleProducer(16);
        var progress = new PipelineProgress(engine.State.Sequence);
        EventPoller<OutputSlot> egress = outputs.NewPoller();
        var check = new SelfCheck(engine.State.Sequence);
        var agent = new EngineAgent(inputs.NewPoller(), engine, outputs, progress, check);
        agent.DoWork();
        var seen = new Seen();
        Assert.That(egress.Poll(ref seen, 16), Is.Zero);
        Assert.That(progress.Processed.Value, Is.EqualTo(engine.State.Sequence));
    }

    private static BusinessLogicProcessor EngineWhoseLastInputMadeAnOrder()
    {
        var engine = new BusinessLogicProcessor();
        var input = new EngineInput(engine, null);
        using InputFeed feed = new Scenario().OpenFeed();
        while (feed.MoveNext())
        {
            input.Put(feed.Current.TimeNanos, feed.Current.Message);
            for (int i = 0; i < engine.Outputs.Count; i++)
            {
                if (NewOrderDecoder.TryWrap(engine.Outputs[i], out _))
                {
                    return engine;
                }
            }
        }

        throw new AssertionException("no order in the whole scenario");
    }

    private struct Seen : IEventHandler<OutputSlot>
    {
        public readonly void OnEvent(ref OutputSlot data, long sequence, bool endOfBatch)
        {
        }
    }
}
