using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Determinism;

/// <summary>No decision knows the future (T20, D8).</summary>
internal sealed class LookAheadTests
{
    [Test]
    [Description("T20: whatever comes later, the decisions before it are the same: cut off, or replaced by other prices and signals")]
    public void Truncating_or_changing_the_future_changes_no_past_decision([Values(3, 11)] int seed)
    {
        List<byte[]> inputs = MixedInputs.Make(seed, 3_000);
        List<byte[]> others = MixedInputs.Make(seed + 100, 3_000);
        ulong[] whole = DigestsOfOutputs(inputs);
        int decided = 0;
        foreach (int cut in new[] { MixedInputs.Setup.Length + 1, 400, 1_333, 2_500 })
        {
            ulong[] truncated = DigestsOfOutputs(inputs[..cut]);
            Assert.That(truncated, Is.EqualTo(whole[..cut]), $"seed {seed}, cut at {cut}");
            ulong[] changed = DigestsOfOutputs([.. inputs[..cut], .. others[cut..]]);
            Assert.That(changed[..cut], Is.EqualTo(whole[..cut]), $"seed {seed}, another future from {cut}");
            decided += changed.AsSpan(cut).SequenceEqual(whole.AsSpan(cut)) ? 0 : 1;
        }

        Assert.That(decided, Is.EqualTo(4), "the other future was another one");
    }

    [TestCase(EntryTiming.PreviousClose)]
    [TestCase(EntryTiming.CurrentOpen)]
    [Description("D8: an order leaves after the bar whose close decided, and with current_open at the next bar's first price")]
    public void An_order_never_leaves_before_what_decided_it(EntryTiming timing)
    {
        var engine = new EngineHarness(new StrategyRecord { Timing = timing, EquityFraction = 0.1m, Quantity = null });
        Assert.That(engine.Bar(100, 110, 90, 105).Has0<Sent>(), Is.True);
        Reply decided = engine.Signal(Direction.Long);
        Reply opened = engine.BarOpened(120);
        Sent order = (timing == EntryTiming.PreviousClose ? decided : opened).One<Sent>();
        Assert.That((timing == EntryTiming.PreviousClose ? opened : decided).Has0<Sent>(), Is.True);
        Assert.That(order.Quantity, Is.EqualTo(timing == EntryTiming.PreviousClose ? 95.238m : 83.333m), "sized at the price that was known");
    }

    private static ulong[] DigestsOfOutputs(List<byte[]> inputs)
    {
        var engine = new BusinessLogicProcessor(MixedInputs.Limits);
        var digests = new ulong[inputs.Count];
        for (int i = 0; i < inputs.Count; i++)
        {
            engine.Process(i + 1, EngineHarness.StartNanos + (i * EngineHarness.SecondNanos), inputs[i]);
            digests[i] = engine.Outputs.Digest;
        }

        return digests;
    }
}
