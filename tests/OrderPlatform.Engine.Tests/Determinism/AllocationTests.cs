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

        int done = WarmUp;
        long allocated = AllocationCount.LeastOfRounds(() => Process(engine, inputs, done, done += 20_000));

        Assert.That(allocated, Is.Zero);
        Assert.That(engine.Outputs.TotalCount - outputsBefore, Is.GreaterThan(50_000), "they were worth measuring");
        Assert.That(engine.State.Clients[0].FillsAdded, Is.GreaterThan(5_000), "booked fills");
    }

    private static void Process(BusinessLogicProcessor engine, List<byte[]> inputs, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            engine.Process(i + 1, EngineHarness.StartNanos + (i * EngineHarness.SecondNanos), inputs[i]);
        }
    }
}
