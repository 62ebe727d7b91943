using OrderPlatform.Engine.Tests.Harness;

namespace OrderPlatform.Engine.Tests.Determinism;

public class AllocationTests
{
    [Test]
    public void A_hundred_thousand_mixed_inputs_allocate_nothing()
    {
        const int WarmUp = 20_000;
        List<byte[]> inputs = MixedInputs.Make(7, WarmUp + 100_000);
        var engine = new BusinessLogicProcessor(MixedInputs.Limits);
        Process(engine, inputs, 0, WarmUp);
        long outputsBefore = engine.Outputs.TotalCount;

        long before = GC.GetAllocatedBytesForCurrentThread();
        Process(engine, inputs, WarmUp, inputs.Count);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(allocated, Is.Zero);
        Assert.That(engine.Outputs.TotalCount - outputsBefore, Is.GreaterThan(50_000), "they were worth measuring");
        Assert.That(engine.State.Fills.Added, Is.GreaterThan(5_000), "booked fills");
    }

    private static void Process(BusinessLogicProcessor engine, List<byte[]> inputs, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            engine.Process(i + 1, EngineHarness.StartNanos + (i * EngineHarness.SecondNanos), inputs[i]);
        }
    }
}
